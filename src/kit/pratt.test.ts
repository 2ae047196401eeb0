import { describe, expect, test } from "vitest";
import { limits } from "./limits.ts";
import { type Infix, type Nesting, parseOperators } from "./pratt.ts";

type Tree =
  | { readonly type: "leaf"; readonly text: string }
  | { readonly type: "operation"; readonly operator: string; readonly operands: readonly Tree[] }
  | { readonly type: "deep" };

const powers: Readonly<Record<string, number>> = { "|": 1, "+": 2, "-": 2, "*": 3, "^": 4 };

/** A calculator: `^` groups to the right, `|` folds into one n-ary node, `( )` groups, `!` is a prefix. */
function parse(text: string): { readonly tree: Tree; readonly nesting: Nesting; readonly rest: string } {
  let at = 0;
  const nesting: Nesting = { depth: 0 };
  const tooDeep = (): Tree => {
    at = text.length;
    return { type: "deep" };
  };
  const prefix = (): Tree => {
    const char = text[at++] ?? "";
    if (char === "(") {
      const inner = expression(1);
      if (text[at] === ")") at++;
      return inner;
    }
    if (char === "!") return { type: "operation", operator: "!", operands: [expression(3)] };
    return { type: "leaf", text: char };
  };
  const infix = (): Infix<Tree> | null => {
    const operator = text[at] ?? "";
    const power = powers[operator];
    if (power === undefined) return null;
    return {
      power,
      rightAssociative: operator === "^",
      combine: (left, operand) => {
        at++;
        const right = operand();
        const joined = operator === "|" && isFlat(left) && left.type === "operation" ? left.operands : [left];
        return { type: "operation", operator, operands: [...joined, right] };
      },
    };
  };
  const isFlat = (node: Tree): boolean => node.type === "operation" && node.operator === "|";
  const expression = (minimum: number): Tree => parseOperators({ prefix, infix, tooDeep }, nesting, minimum, isFlat);
  const tree = expression(1);
  return { tree, nesting, rest: text.slice(at) };
}

function show(tree: Tree): string {
  if (tree.type === "leaf") return tree.text;
  if (tree.type === "deep") return "…";
  return `[${tree.operator} ${tree.operands.map(show).join(" ")}]`;
}

function height(tree: Tree): number {
  return tree.type === "operation" ? 1 + Math.max(...tree.operands.map(height)) : 1;
}

function holdsDeep(tree: Tree): boolean {
  return tree.type === "deep" || (tree.type === "operation" && tree.operands.some(holdsDeep));
}

describe("operator precedence", () => {
  test.each([
    ["1", "1"],
    ["1+2*3", "[+ 1 [* 2 3]]"],
    ["1*2+3", "[+ [* 1 2] 3]"],
    ["1-2-3", "[- [- 1 2] 3]"],
    ["2^3^4", "[^ 2 [^ 3 4]]"],
    ["2^3*4^5", "[* [^ 2 3] [^ 4 5]]"],
    ["(1+2)*3", "[* [+ 1 2] 3]"],
    ["!1*2", "[! [* 1 2]]"],
    ["!1+2", "[+ [! 1] 2]"],
    ["1|2|3", "[| 1 2 3]"],
    ["1|2+3|4", "[| 1 [+ 2 3] 4]"],
  ])("%s is %s", (text, expected) => {
    expect(show(parse(text).tree)).toBe(expected);
  });

  test("stops at what is no operator and leaves it", () => {
    expect(parse("1+2)3").rest).toBe(")3");
  });
});

describe("the depth cap", () => {
  test.each([
    ["nested groups", "(".repeat(10_000)],
    ["prefix operators", "!".repeat(10_000)],
    ["a left-deep chain", `1${"-2".repeat(10_000)}`],
    ["a right-deep chain", `1${"^2".repeat(10_000)}`],
    ["chains inside groups", "(1-2-3-4-5-".repeat(2_000)],
  ])("bounds %s, consumes the text and says so in the tree", (_, text) => {
    const { tree, rest } = parse(text);
    expect(height(tree)).toBeLessThanOrEqual(limits.depth + 1);
    expect(holdsDeep(tree)).toBe(true);
    expect(rest).toBe("");
  });

  test("is not met by a chain that folds into one node", () => {
    const { tree } = parse(`1${"|2".repeat(10_000)}`);
    expect(tree.type === "operation" ? tree.operands.length : 0).toBe(10_001);
    expect(holdsDeep(tree)).toBe(false);
  });

  test("is not met by many short groups side by side", () => {
    expect(holdsDeep(parse(`(1-2)${"|(1-2)".repeat(1_000)}`).tree)).toBe(false);
  });

  test("lets through what stays just below", () => {
    const levels = limits.depth - 1;
    expect(show(parse(`${"(".repeat(levels)}7${")".repeat(levels)}`).tree)).toBe("7");
  });

  test("leaves the count of the caller as it was", () => {
    expect(parse("1-2-3*(4+5)").nesting.depth).toBe(0);
    expect(parse("(".repeat(500)).nesting.depth).toBe(0);
  });
});
