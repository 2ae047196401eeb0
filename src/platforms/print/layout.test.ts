import { describe, expect, test } from "vitest";
import { eqlDialect } from "../eql/dialect.ts";
import { type Condition, writtenList } from "../platform.ts";
import { layOut, onOneLine } from "./layout.ts";

const atom = (text: string): Condition => ({ type: "written", written: { text, binds: "atom" } });
const long = "x".repeat(60);

describe("a condition as text", () => {
  test("brackets mixed operators, whatever binds tighter", () => {
    const mixed: Condition = { type: "or", operands: [{ type: "and", operands: [atom("a"), atom("b")] }, atom("c")] };
    expect(onOneLine(eqlDialect, mixed)).toBe("(a and b) or c");
  });

  test("brackets what stands under not, unless it stands by itself", () => {
    expect(onOneLine(eqlDialect, { type: "not", operand: atom("a") })).toBe("not a");
    const either: Condition = { type: "or", operands: [atom("a"), atom("b")] };
    expect(onOneLine(eqlDialect, { type: "not", operand: either })).toBe("not (a or b)");
  });

  test("goes over several lines where it is long, with brackets on lines of their own", () => {
    const condition: Condition = {
      type: "and",
      operands: [atom("a"), { type: "not", operand: { type: "or", operands: [atom(long), atom(long)] } }],
    };
    expect(layOut(eqlDialect, condition, "  ")).toBe(`a\n  and not (\n    ${long}\n    or ${long}\n  )`);
  });

  test("fills lines with the values of a long list", () => {
    const values = Array.from({ length: 30 }, (_, at) => `"value ${at}"`);
    const text = layOut(eqlDialect, { type: "written", written: writtenList("f in (", values, ")") }, "");
    const lines = text.split("\n");
    expect(lines[0]).toBe("f in (");
    expect(lines.at(-1)).toBe(")");
    expect(Math.max(...lines.map((one) => one.length))).toBeLessThanOrEqual(101);
    expect(text.replace(/\s+/gu, " ")).toBe(`f in ( ${values.join(", ")} )`);
  });
});
