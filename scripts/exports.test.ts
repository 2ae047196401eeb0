import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { languages } from "../src/languages/registry.ts";

const root = join(import.meta.dirname, "..");

interface Target {
  readonly types: string;
  readonly default: string;
}

const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly exports: Readonly<Record<string, Target | string>>;
};

const targets = Object.values(exports).flatMap((one) => (typeof one === "string" ? [one] : [one.types, one.default]));

test.each(targets.filter((one) => !one.includes("*")))("%s is there", (target) => {
  expect(existsSync(join(root, target))).toBe(true);
});

let project = "";
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "detectionary-consumer-"));
  mkdirSync(join(project, "node_modules"));
  symlinkSync(root, join(project, "node_modules", "detectionary"), "junction");
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function run(tool: string, ...args: readonly string[]): string {
  return execFileSync(process.execPath, [tool, ...args], { cwd: project, encoding: "utf8" });
}

test.each([...languages.keys()])("detectionary/languages/%s parses in somebody else's project", (id) => {
  const file = join(project, "use.mjs");
  writeFileSync(
    file,
    `import { parse, lower, print } from "detectionary/languages/${id}";
     const { ast, diagnostics } = parse("a");
     console.log(Array.isArray(diagnostics), Array.isArray(lower(ast).stages), typeof print(ast));`,
  );
  expect(run(file).trim()).toBe("true true string");
});

test("types come along", () => {
  writeFileSync(
    join(project, "use.ts"),
    `import { parse } from "detectionary/languages/eql";
     import type { Logic } from "detectionary/rule";
     import { languages } from "detectionary/languages";
     const code: string | undefined = parse("process where true").diagnostics[0]?.code;
     const logic: Logic | undefined = languages.get("eql")?.lower(parse("any where true").ast);
     // @ts-expect-error diagnostics are a list
     const wrong: number = parse("x").diagnostics;
     export { code, logic, wrong };`,
  );
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--target",
    "es2024",
    "--preserveSymlinks",
  ];
  expect(() => run(tsc, ...options, "use.ts")).not.toThrow();
});
