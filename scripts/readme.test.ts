import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "detectionary-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Commands of the README with the output that it shows. Those that need corpora are left to the corpus tests. */
const blocks = [...readme.matchAll(/```console\n\$ npx detectionary (.+)\n([^`]*?)```/g)]
  .map(([, command = "", output = ""]) => ({ command, lines: output.trimEnd().split("\n") }))
  .filter(({ command }) => !command.includes("--corpora"));

test("the README shows commands", () => {
  expect(blocks.map((one) => one.command.split(" ")[0])).toEqual([
    "show",
    "show",
    "show",
    "parse",
    "check",
    "translate",
    "match",
    "validate",
  ]);
});

test.each(blocks)("npx detectionary $command prints what the README says", ({ command, lines }) => {
  const { stdout } = spawnSync(process.execPath, [join(root, "bin", "detectionary.mjs"), ...command.split(" ")], {
    cwd: join(root, "fixtures", "readme"),
    encoding: "utf8",
    env: { ...process.env, DETECTIONARY_CATALOG: join(folder, "catalog.sqlite"), COLUMNS: "120", NO_COLOR: "1" },
  });
  const printed = stdout.trimEnd().split("\n");
  const start = lines[0] === "…" ? printed.indexOf(lines[1] ?? "") : 0;
  const shown = lines.filter((line) => line !== "…");
  expect(printed.slice(start, start + shown.length)).toEqual(shown);
  if (lines.at(-1) !== "…") expect(printed.length).toBe(start + shown.length);
});

test("every file that the README names is there", () => {
  for (const [, path = ""] of readme.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)) {
    expect(() => readFileSync(join(root, path)), path).not.toThrow();
  }
});
