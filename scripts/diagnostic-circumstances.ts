import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { atomicsSource } from "../src/corpora/atomics/index.ts";
import { caps } from "../src/emulation/shells/ground.ts";
import { parseShell } from "../src/emulation/shells/registry.ts";
import { limits } from "../src/kit/limits.ts";

/**
 * What no short example can show: a text that is made, or files that are. `prepare` returns what is checked; `report`
 * the codes of what is read of an emulation test, which `check` does not look at.
 */
export type Circumstance =
  | { readonly example: string; readonly file?: string }
  | { readonly prepare: (folder: string) => string }
  | { readonly report: (folder: string) => readonly string[] };

const tooLong: Circumstance = { example: "a".repeat(limits.length + 1) };

const rule = (body: string): Circumstance => ({
  file: "rule.yml",
  example: `title: Made\nid: 7c9a1d52-3f0e-4b8b-a6d5-90e4c1f2b099\nlogsource:\n  category: process_creation\n${body}`,
});

const detection = (lines: string): string => `detection:\n  selection:\n${lines}  condition: selection\n`;

const script = (shell: Parameters<typeof parseShell>[0], text: string): Circumstance => ({
  report: () => parseShell(shell, text).diagnostics.map((one) => one.code),
});

/** Files of Atomic Red Team, name → text. */
const atomics = (files: Readonly<Record<string, string>>): Circumstance => ({
  report: (folder) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, "atomics", name), { recursive: true });
      writeFileSync(join(folder, "atomics", name, `${name}.yaml`), text);
    }
    const items = [...atomicsSource.read(folder).items];
    return items.flatMap((one) => (one.type === "failure" ? [one.failure.code] : []));
  },
});

const atomic = [
  "attack_technique: T1033",
  "atomic_tests:",
  "- name: Made",
  "  auto_generated_guid: 0f2cf2a4-6d3a-4a5c-9b51-2f1a4f2b6a03",
  "  executor: { name: sh, command: id }",
  "",
].join("\n");

/** Every code that has circumstances instead of an example, with what brings it about. Keep these few. */
export const circumstances: Readonly<Record<string, Circumstance>> = {
  "eql/too-long": tooLong,
  "esql/too-long": tooLong,
  "kusto/too-long": tooLong,
  "kuery/too-long": tooLong,
  "lucene/too-long": tooLong,
  "query-dsl/too-long": tooLong,
  "spl/too-long": tooLong,
  "yara-l/too-long": tooLong,
  "kql/too-long": { file: "page.md", example: `# Long\n\n\`\`\`kql\nT\n\`\`\`\n\n${"word ".repeat(30_000)}\n` },

  "eql/too-deep": { example: `process where ${"(".repeat(limits.depth + 1)}` },
  "esql/too-deep": { example: `from logs | where ${"(".repeat(limits.depth + 1)}` },
  "kusto/too-deep": { example: `T | where ${"(".repeat(limits.depth + 1)}` },
  "kuery/too-deep": { example: `${"(".repeat(limits.depth + 1)}a` },
  "lucene/too-deep": { example: `${"(".repeat(limits.depth + 1)}a` },
  "yara-l/too-deep": { example: `${"(".repeat(limits.depth + 1)}a` },
  "spl/too-deep": { example: `${"(".repeat(limits.depth + 1)}a` },
  "sigma/too-deep": rule(`custom: ${"[".repeat(60)}1${"]".repeat(60)}\n${detection("    Image: a.exe\n")}`),

  "eql/more": { example: `process where ${Array(200).fill("f()").join(" and ")}` },
  "esql/more": { example: `from logs | where ${Array(200).fill("f()").join(" and ")}` },
  "kusto/more": { example: Array(200).fill("T | wher").join(";") },
  "kuery/more": { example: `f: (${"\\x ".repeat(200)})` },
  "lucene/more": { example: "f:[x ".repeat(200) },
  "yara-l/more": { example: "a == 1\n".repeat(200) },
  "query-dsl/more": { example: JSON.stringify({ bool: { filter: Array(200).fill({ none: {} }) } }) },
  "spl/more": { example: `index=main ${", ".repeat(200)}` },
  "sigma/more": rule(detection("    Image|x: a.exe\n".repeat(200))),
  "yara-l/too-many": { example: "a = 1\n".repeat(2100) },

  "shell/more": script("cmd", "for x\n".repeat(200)),
  "shell/not-base64": script("cmd", "powershell -EncodedCommand hello!"),
  "shell/too-deep": script("bash", "(".repeat(caps.depth + 1)),
  "shell/too-long": script("sh", "a".repeat(caps.length + 1)),
  "shell/too-much": script("cmd", "a&".repeat(caps.commands + 1)),
  "shell/unclosed": script("sh", 'echo "one'),
  "shell/unexpected": script("cmd", "for %i in (1 2) echo %i"),

  "atomics/duplicate-guid": atomics({ T1033: atomic, T1034: atomic }),
  "atomics/more-documents": atomics({ T1033: `${atomic}---\na: 1\n` }),
  "atomics/not-a-technique": atomics({ T1033: "- one\n" }),
  "atomics/not-a-test": atomics({ T1033: atomic.replace("name: sh", "name: fish") }),

  "yaml/aliases": rule(
    [
      ...Array.from({ length: 5 }, (_, level) => {
        const parts = Array(10).fill(level === 0 ? "x" : `*a${level - 1}`);
        return `a${level}: &a${level} [${parts.join(", ")}]\n`;
      }),
      detection("    Image: *a4\n"),
    ].join(""),
  ),
  "yaml/refused": rule(`custom: ${"[".repeat(500)}\n`),

  "corpus/invalid-utf8": {
    prepare: (folder) => {
      writeFileSync(join(folder, "latin.yml"), Buffer.from([0x74, 0x3a, 0x20, 0xe9, 0x0a]));
      return "latin.yml";
    },
  },
  "corpus/outside": {
    prepare: (folder) => {
      writeFileSync(join(folder, "rule.yml"), "title: Elsewhere\n");
      mkdirSync(join(folder, "rules"));
      symlinkSync(join(folder, "rule.yml"), join(folder, "rules", "rule.yml"));
      return "rules";
    },
  },
  "corpus/too-large": {
    prepare: (folder) => {
      writeFileSync(join(folder, "large.yml"), "# \n".repeat(1024 * 1024));
      return "large.yml";
    },
  },
  "corpus/unreadable": {
    prepare: (folder) => {
      const levels = Array.from({ length: 20 }, (_, level) => `level${level}`);
      mkdirSync(join(folder, "rules", ...levels), { recursive: true });
      return "rules";
    },
  },
};
