import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { ShellScript } from "../../../emulation/shells/command.ts";
import { parseShell } from "../../../emulation/shells/registry.ts";
import { readShellFacts } from "./index.ts";

const facts = readShellFacts();
const bash = spawnSync("bash", ["--version"]).status === 0;

/** Scripts that hand words to `show`, and do nothing else. */
const scripts = [
  `show a "b c" 'd e' f\\ g`,
  `show a"b"'c'd "" '' x""`,
  `show "a\\"b" 'a\\b' "a\\b" "\\$x" "\\\\"`,
  `x="a b"; show $x "$x" x$x"y$x"`,
  `x=" a  b "; show $x; show "$x"; show p$x`,
  `x=; show $x "$x" a$x`,
  `show $HOME \${HOME} "\${HOME}/x" ~ ~/y a~ "~"`,
  `show \${u:-d} \${u-d} \${HOME:-d} \${u:+s} \${HOME:+s} "\${u:-a b}" \${u:-a b}`,
  `show \${u:=v} $u`,
  `x=/a/b.tar.gz; show \${x%.gz} \${x%%.gz} \${x#/a} \${x##/a} \${#x}`,
  `x=abcabc; show \${x/b/X} \${x//b/X} \${x:2} \${x:1:2} \${x: -2} \${x^^} \${x,,}`,
  `show $'a\\tb' $'\\x41\\101' $'it\\'s' $"q"`,
  `show {a,b} x{1,2}y {1..3} {3..1} {a..c} {01..03} {a} {} a{,b} {x,{y,z}} "{a,b}" {a,b}{c,d}`,
  `show $((1+2)) $((7/2)) $((2*3)) $((5%3)) $((-1))`,
  `x=4; show $((x+1)) $(($x-1))`,
  `show $(echo a b) "$(echo a  b)" \`echo c\` $(printf '%s-%s' a b) "$(echo)"`,
  `show $(echo aWQ= | base64 -d) $(echo -n hi | base64)`,
  `show $(echo abc | rev) $(echo -e 'a\\tb' | cat)`,
  `for i in 1 2 "3 4"; do show $i "$i"; done`,
  `for i in {a,b}; do for j in 1 2; do show $i$j; done; done`,
  `a=1 b=2; show $a $b; a=$b; show $a`,
  `x=a; x+=b; show $x; x="$x c"; show $x`,
  `export E=1 F="a b"; show $E "$F"`,
  `readonly R=1; show $R; unset R2; show "[$R2]"`,
  `show a # comment\nshow b`,
  `show a \\\n  b`,
  `show "multi\nline"`,
  `show a=b --x=y -z`,
  `show a\\;b a\\&b a\\|b 'a;b' "a&b"`,
  `show !x @x %x ^x +x ,x :x`,
  `x='a b'; y="$x-\${x}"; show "$y" $y`,
  `( show sub ); { show group; }`,
  `x=1; (x=2; show $x); show $x`,
  `show "$(echo "a $(echo b)")"`,
  `show \${x:-$(echo sub)} "\${x:-"q r"}"`,
  `cat <<EOF >/dev/null\n$HOME\nEOF\nshow after`,
  `show "a"'b'"c"\\d$'e'`,
  `show \\$HOME '$HOME' "\\\`x"`,
  `if true; then x=1; fi; show done`,
  `case a in a) :;; esac; show done`,
  `set=1; show $set`,
  `show -- -a - "-"`,
  `true && show yes; : ; show no`,
  `f() { show "$1" "$2" "$@" x$@y "$*"; }; f a "b c"`,
  `f() { show $1 $@; }; f "a b"; f; f ""`,
  `x=1; (x=2; show $x); show $x; { x=3; }; show $x`,
  `eval "show a; show 'b c'"`,
  `bash -c 'id' >/dev/null; x=$(printf 'a\nb\n'); show $x "$x"`,
];

/** What bash hands to `show`, one argument a line and a line behind each call; one text a script. */
function shownByBash(): readonly string[] {
  const show = 'show() { for one in "$@"; do printf "<%s>\\n" "$one"; done; echo --; }';
  const all = `${show}; for script in "$@"; do (eval "$script" 2>/dev/null); echo ====; done`;
  const env = { HOME: "/root", USER: "root", PATH: "/usr/bin:/bin", LC_ALL: "C.UTF-8" };
  const run = spawnSync("bash", ["-c", all, "bash", ...scripts], { env, cwd: "/", encoding: "utf8", input: "" });
  return run.stdout.split("====\n").slice(0, -1);
}

function shownByUs(script: ShellScript): string {
  return script.commands
    .map(({ words, inner }) => {
      const [name, ...args] = words;
      const own = args.map((one) => `<${one.value}>${one.certain ? "" : "~"}\n`).join("");
      return (name?.value === "show" ? `${own}--\n` : "") + inner.map((one) => shownByUs(one.script)).join("");
    })
    .join("");
}

describe.skipIf(!bash)("words are what bash makes of them", () => {
  const expected = bash ? shownByBash() : [];

  test("bash answers every script", () => {
    expect(expected).toHaveLength(scripts.length);
    expect(expected.filter((one) => one === "")).toEqual([]);
  });

  test.each(scripts.map((script, at) => ({ script, shown: expected[at] })))("$script", ({ script, shown }) => {
    expect(shownByUs(parseShell("bash", script, facts))).toBe(shown);
  });
});
