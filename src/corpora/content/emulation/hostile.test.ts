import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ShellScript } from "../../../emulation/shells/command.ts";
import { caps } from "../../../emulation/shells/ground.ts";
import { parseShell } from "../../../emulation/shells/registry.ts";
import type { Language } from "../../../languages/language.ts";
import { fuzzLanguage } from "../../../languages/mutation.ts";
import { readShellFacts } from "./index.ts";

const fixtures = join(import.meta.dirname, "../../../../fixtures/emulation/shells");
const facts = readShellFacts();

type Shell = Parameters<typeof parseShell>[0];

function count(script: ShellScript): number {
  return script.commands.reduce(
    (sum, one) => sum + 1 + one.inner.reduce((inner, { script }) => inner + count(script), 0),
    0,
  );
}

/** A shell in the shape of a language, for the mutations that languages are tried with. */
function asLanguage(shell: Shell, seen: (script: ShellScript) => void): Language {
  const shape: Pick<Language, "id" | "name" | "parse" | "print"> & { readonly lower: unknown } = {
    id: shell,
    name: shell,
    parse: (text) => {
      const script = parseShell(shell, text, facts);
      seen(script);
      return { ast: script, diagnostics: script.diagnostics };
    },
    lower: (ast: unknown) => ast,
    print: () => "",
  };
  return shape as Language;
}

describe.each([
  ["cmd", "cmd"],
  ["powershell", "powershell"],
  ["posix", "bash"],
] as const)("%s", (name, shell) => {
  test("mutated scripts are read, the same way each time, within the caps", () => {
    const cases = parse(readFileSync(join(fixtures, `${name}.yaml`), "utf8")) as readonly { readonly script: string }[];
    let most = 0;
    const language = asLanguage(shell, (script) => {
      most = Math.max(most, count(script));
    });
    const seeds = cases.map((one) => one.script);
    const result = fuzzLanguage(language, { seeds, count: 4000, seed: 6, now: () => 0 });
    expect(result.failures).toEqual([]);
    expect(most).toBeLessThanOrEqual(2 * caps.commands);
  });
});

const turns = (text: string) => text.repeat(Math.floor(caps.length / text.length));

describe("what would never end, ends with a fault", () => {
  test.each<[Shell, string]>([
    ["cmd", turns("(")],
    ["cmd", turns("if 1==1 ")],
    ["cmd", turns("cmd /c ")],
    ["cmd", turns("for %i in (1 2) do ")],
    ["cmd", turns("a&")],
    ["cmd", `${Array(9).fill("for /l %i in (1,1,999) do ").join("")}echo %i`],
    ["powershell", turns("(")],
    ["powershell", turns("{")],
    ["powershell", turns("$(")],
    ["powershell", turns("$a[")],
    ["powershell", turns("a $a[$(")],
    ["powershell", turns("[int]")],
    ["powershell", turns("-not ")],
    ["powershell", turns("if(1){")],
    ["powershell", turns("a;")],
    ["powershell", "function f { f; f; f }; f"],
    ["powershell", "$x = 'iex $x'; iex $x; iex $x"],
    ["powershell", `${"foreach($i in 1..999){".repeat(9)}a $i${"}".repeat(9)}`],
    ["bash", turns("(")],
    ["bash", turns("$(")],
    ["bash", turns('"$(')],
    ["bash", turns("${a:-")],
    ["bash", turns("if ")],
    ["bash", turns("{ ")],
    ["bash", turns("a;")],
    // A word with that many parts took time in the square of its length once.
    ["bash", turns("$a")],
    ["bash", turns("`")],
    ["bash", turns("{a,b}$x")],
    ["bash", "f() { f; f; f; }; f"],
    ["bash", "x='eval $x'; eval $x; eval $x"],
    ["bash", `${"for i in {1..999}; do ".repeat(9)}a $i${"; done".repeat(9)}`],
  ])("%s %.20j", (shell, script) => {
    const read = parseShell(shell, script, facts);
    expect(count(read)).toBeLessThanOrEqual(2 * caps.commands);
  });

  test.each<[Shell, string]>([
    ["cmd", `set x=aaaaaaaaaa\n${"set x=%x%%x%\n".repeat(60)}echo %x%`],
    ["powershell", `$x = "aaaaaaaaaa"\n${"$x += $x\n".repeat(60)}echo $x`],
    ["powershell", `$x = "aaaaaaaaaa"\n${'$x = "$x$x"\n'.repeat(60)}echo $x`],
    ["bash", `x=aaaaaaaaaa\n${"x=$x$x\n".repeat(60)}echo $x`],
    ["bash", `echo ${"{a,b}".repeat(30)}`],
  ])("%s: values that double stay below the cap", (shell, script) => {
    const last = parseShell(shell, script, facts).commands.at(-1);
    expect((last?.text ?? "").length).toBeLessThanOrEqual(2 * caps.value);
  });

  test("a script beyond the length is not looked at", () => {
    const { commands, diagnostics } = parseShell("sh", "a\n".repeat(caps.length), facts);
    expect([commands.length, diagnostics.map((one) => one.code)]).toEqual([0, ["shell/too-long"]]);
  });
});

describe("faults", () => {
  test.each<[string, Shell, string]>([
    ["shell/more", "cmd", "for x\n".repeat(200)],
    ["shell/not-base64", "cmd", "powershell -enc hello!"],
    ["shell/too-deep", "bash", "(".repeat(100)],
    ["shell/too-long", "bash", "a".repeat(caps.length + 1)],
    ["shell/too-much", "cmd", "a&".repeat(caps.commands + 1)],
    ["shell/unclosed", "bash", 'echo "one'],
    ["shell/unexpected", "cmd", "for %i in (1 2) echo %i"],
  ])("%s", (code, shell, script) => {
    expect(parseShell(shell, script, facts).diagnostics.map((one) => one.code)).toContain(code);
  });
});
