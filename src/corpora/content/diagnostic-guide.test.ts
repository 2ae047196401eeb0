import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { diagnosticGuide, prefixOf, readDiagnosticGuide } from "./diagnostic-guide.ts";

const folder = mkdtempSync(join(tmpdir(), "detectionary-guide-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function guideOf(...entries: readonly object[]): () => unknown {
  writeFileSync(join(folder, "eql.yaml"), JSON.stringify(entries));
  return () => readDiagnosticGuide(folder);
}

const good = { code: "eql/some-fault", meaning: "It is wrong.", remedy: "Mend it.", example: "a" };

test("the guide that ships is read, sorted by code", () => {
  const codes = [...diagnosticGuide().keys()];
  expect(codes.length).toBeGreaterThan(100);
  expect(codes).toEqual(codes.toSorted());
  expect(diagnosticGuide().get("sigma/unknown-modifier")?.remedy).toBe(
    "Correct the name, or take it from the specification.",
  );
});

test("the prefix of a code is what stands before its slash", () => {
  expect([prefixOf("query-dsl/disabled"), prefixOf("none")]).toEqual(["query-dsl", ""]);
});

test.each([
  ["an entry twice", [good, good]],
  ["an entry in the file of another prefix", [{ ...good, code: "spl/some-fault" }]],
  ["neither example nor circumstances", [{ ...good, example: undefined }]],
  ["both", [{ ...good, circumstances: "Now and then." }]],
  ["a file that leaves its folder", [{ ...good, file: "../rule.yml" }]],
  ["a file without an example", [{ ...good, example: undefined, circumstances: "At night.", file: "rule.yml" }]],
  ["a key that nobody reads", [{ ...good, hint: "Do it." }]],
  ["a meaning that is no sentence", [{ ...good, meaning: "wrong" }]],
])("%s is refused", (_, entries) => {
  expect(guideOf(good)).not.toThrow();
  expect(guideOf(...entries)).toThrow(/entr|holds|content\/diagnostics\/eql\.yaml/);
});
