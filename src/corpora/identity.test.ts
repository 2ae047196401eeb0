import { expect, test } from "vitest";
import { uniqueRules } from "./identity.ts";
import { readSigmaFile } from "./sigma/index.ts";

function rule(path: string, id: string) {
  return readSigmaFile(
    path,
    `title: A\nid: ${id}\nlogsource:\n  category: test\ndetection:\n  selection:\n    a: b\n  condition: selection\n`,
  );
}

function idsOf(...ids: readonly string[]): readonly string[] {
  const items = ids.flatMap((id, index) => rule(`${index}.yml`, JSON.stringify(id)));
  return [...uniqueRules(items)].flatMap((one) => (one.type === "rule" ? [one.rule.id] : []));
}

test("no rule can take the id that another one got for being the second", () => {
  expect(idsOf("a", "a", "a#2", "a")).toEqual(["a", "a#2", "a#2#2", "a#3"]);
  expect(idsOf("a#2", "a", "a")).toEqual(["a#2", "a", "a#3"]);
  expect(new Set(idsOf("a", "a", "a", "a#3", "a#2", "a#3"))).toHaveLength(6);
});

test("ids that would be one in UTF-8 are one", () => {
  expect(idsOf("\ud800", "\ud801")).toEqual(["\ufffd", "\ufffd#2"]);
});

test("the second rule of one id is kept under an id of its own, with a warning that names the first", () => {
  const id = "6b1f3a52-0001-4000-8000-000000000001";
  const items = [...uniqueRules([...rule("a.yml", id), ...rule("b.yml", id), ...rule("c.yml", id)])];
  const rules = items.flatMap((one) => (one.type === "rule" ? [one.rule] : []));
  expect(rules.map((one) => one.id)).toEqual([id, `${id}#2`, `${id}#3`]);
  expect(rules[0]?.diagnostics).toEqual([]);
  expect(rules[2]?.diagnostics).toMatchObject([{ code: "corpus/duplicate-id", severity: "warning" }]);
  expect(rules[2]?.diagnostics[0]?.message).toContain("a.yml");
});
