import { describe, expect, test } from "vitest";
import { openValueCutter } from "./value-cutter.ts";

function cut(text: string, cap?: number, size = text.length) {
  const found: string[] = [];
  const cutter = openValueCutter(
    {
      value: (value) => found.push(value),
      fault: (offset, code) => found.push(`${code} at ${offset}`),
      stray: (offset, code) => found.push(`stray ${code} at ${offset}`),
    },
    cap,
  );
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) cutter.push(bytes.subarray(at, at + size));
  cutter.end();
  return found;
}

describe("values", () => {
  test.each([
    ["nothing", " \n", []],
    ["one", '{"a":1}', ['{"a":1}']],
    ["several, with anything blank or a comma between", '{"a":1} {"b":[]},\n\u001e{}', ['{"a":1}', '{"b":[]}', "{}"]],
    ["brackets and quotes in texts", '{"a":"]}{\\"\\\\"}{"b":"\\\\"}', ['{"a":"]}{\\"\\\\"}', '{"b":"\\\\"}']],
    ["no objects", '1 "a" [2, null] true', ["1", '"a"', "2", "null", "true"]],
    ["a list, and one after it", '[{"a":1},{"b":2}][{"c":3}]', ['{"a":1}', '{"b":2}', '{"c":3}']],
    ["an empty list", "[]", []],
    ["headings of evtx_dump", 'Record 1\n{"a":1}\nRecord 2\n{"a":2}', ['{"a":1}', '{"a":2}']],
    [
      "words that are no headings, for the reader to judge",
      'Rec\n{"k":1}\nRed {"k":2}',
      ["Rec", '{"k":1}', "Red", '{"k":2}'],
    ],
    ["lists in a list stay whole", '[[{"a":1}]]', ['[{"a":1}]']],
  ])("%s", (_, text, expected) => {
    expect(cut(text)).toEqual(expected);
    expect(cut(text, undefined, 1)).toEqual(expected);
  });
});

describe("lists of answers", () => {
  test.each([
    ["in the first member", '{"Records":[{"a":1},{"b":[{"c":1}]}],"more":[{"x":1}]}', ['{"a":1}', '{"b":[{"c":1}]}']],
    ["behind others that answers have", '{"took":1,"hits":{"total":9,"hits":[{"a":1}]}}', ['{"a":1}']],
    ["twice", '{"value":[{"a":1}],"@odata.count":1,"value":[{"b":1}]}{"c":1}', ['{"a":1}', '{"b":1}', '{"c":1}']],
    ["not behind a name that is no answer's", '{"id":"1","value":[{"a":1}]}', ['{"id":"1","value":[{"a":1}]}']],
    ["not where no object stands in the list", '{"value":[1,2]}', ['{"value":[1,2]}']],
    ["not deeper", '{"hits":{"x":{"hits":[{"a":1}]}}}', ['{"hits":{"x":{"hits":[{"a":1}]}}}']],
    ["empty: for the reader to judge", '{"Records":[]}', ['{"Records":[]}']],
  ])("%s", (_, text, expected) => {
    expect(cut(text)).toEqual(expected);
    expect(cut(text, undefined, 1)).toEqual(expected);
  });
});

describe("damage", () => {
  test.each([
    ["a cut record before one in the same column", '{\n"a":{\n{\n"b":1}', ["json-syntax at 0", '{\n"b":1}']],
    [
      "in a list, told by the first name",
      '[{"k":1},{"k":"x,"y":2},{"k":3}]',
      ['{"k":1}', "json-syntax at 9", '{"k":3}'],
    ],
    ["a text that is not closed", '{"k":"\n{"k":2}', ["json-syntax at 0", '{"k":2}']],
    ["words between", '{"k":1}\n=== \n{"k":2}', ['{"k":1}', "json-syntax at 8", '{"k":2}']],
    ["the end in a record", '{"k":1}{"k":', ['{"k":1}', "json-truncated at 7"]],
    ["the end in a list", '[{"k":1},', ['{"k":1}', "stray json-truncated at 9"]],
    ["brackets that do not fit", '{"k":[1}}\n{"k":2}', ["json-syntax at 0", '{"k":2}']],
    ["a name without a value", '{"k"}\n{"k":2}', ["json-syntax at 0", '{"k":2}']],
    ["a bracket too many", '{"k":1}}\n{"k":2}', ['{"k":1}', "json-syntax at 7", '{"k":2}']],
  ])("%s", (_, text, expected) => {
    expect(cut(text)).toEqual(expected);
    expect(cut(text, undefined, 1)).toEqual(expected);
  });

  test("a record above the cap is told, and those after it are read", () => {
    const text = `{"k":"${"x".repeat(500)}"}\n{"k":2}`;
    for (const size of [1, 7, 1000]) expect(cut(text, 100, size)).toEqual(["json-too-large at 0", '{"k":2}']);
  });

  test("what nests too deep is told, and what follows is read", () => {
    expect(cut(`${'{"a":'.repeat(5000)}\n{"a":1}`)).toEqual(["json-depth at 0", '{"a":1}']);
    expect(cut("[".repeat(100_000))).toEqual(["json-depth at 1"]);
  });
});
