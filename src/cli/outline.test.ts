import { expect, test } from "vitest";
import { outline } from "./outline.ts";

test("nodes below each other, plain values beside them, spans left out", () => {
  const tree = {
    type: "and",
    span: { start: 0, end: 9 },
    operands: [
      { type: "field", path: ["process", "name"], optional: false, span: { start: 0, end: 3 } },
      { type: "not", operand: { type: "literal", text: 'a"\n', value: null } },
      { key: 1 },
      "word",
    ],
    none: [],
    nothing: null,
  };
  expect(outline(tree, (_, text) => text)).toBe(
    [
      "  and none=[] nothing=null",
      "    operands",
      '      field path=["process","name"] optional=false',
      "      not",
      '        operand: literal text="a\\"\\n" value=null',
      "      key=1",
      '      "word"',
      "",
    ].join("\n"),
  );
});
