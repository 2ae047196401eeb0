import { expect, test } from "vitest";
import { uniqueRules } from "./identity.ts";
import { readSigmaFile } from "./sigma/index.ts";

function rule(path: string, id: string) {
  return readSigmaFile(
    path,
    `title: A\nid: ${id}\nlogsource:\n  category: test\ndetection:\n  selection:\n    a: b\n  condition: selection\n`,
  );
}

test("the second rule of one id is kept under an id of its own, with a warning that names the first", () => {
  const id = "6b1f3a52-0001-4000-8000-000000000001";
  const items = [...uniqueRules([...rule("a.yml", id), ...rule("b.yml", id), ...rule("c.yml", id)])];
  const rules = items.flatMap((one) => (one.type === "rule" ? [one.rule] : []));
  expect(rules.map((one) => one.id)).toEqual([id, `${id}#2`, `${id}#3`]);
  expect(rules[0]?.diagnostics).toEqual([]);
  expect(rules[2]?.diagnostics).toMatchObject([{ code: "corpus/duplicate-id", severity: "warning" }]);
  expect(rules[2]?.diagnostics[0]?.message).toContain("a.yml");
});
