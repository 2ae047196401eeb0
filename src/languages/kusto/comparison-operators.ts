import type { ComparisonOperator, Membership } from "./ast.ts";

/**
 * How tight operators bind. Those on strings bind tighter than arithmetic; comparisons do not chain. After Microsoft's
 * parser; the documentation states no table.
 */
export const power = {
  or: 1,
  and: 2,
  equality: 3,
  relation: 4,
  sum: 5,
  product: 6,
  string: 7,
  sign: 8,
  operand: 9,
} as const;

export interface ComparisonSpelling {
  readonly operator: ComparisonOperator;
  readonly negated: boolean;
  readonly power: number;
}

const strings = ["has", "hasprefix", "hassuffix", "contains", "startswith", "endswith"] as const;

function spelled(operator: ComparisonOperator, negated: boolean, binding: number): ComparisonSpelling {
  return { operator, negated, power: binding };
}

/** Every spelling of a comparison, but for `matches regex`, which is two words. */
export const comparisons: ReadonlyMap<string, ComparisonSpelling> = new Map([
  ["==", spelled("==", false, power.equality)],
  ["!=", spelled("==", true, power.equality)],
  ["<>", spelled("==", true, power.equality)],
  ["<", spelled("<", false, power.relation)],
  ["<=", spelled("<=", false, power.relation)],
  [">", spelled(">", false, power.relation)],
  [">=", spelled(">=", false, power.relation)],
  ["=~", spelled("=~", false, power.string)],
  ["!~", spelled("=~", true, power.string)],
  [":", spelled(":", false, power.string)],
  ["like", spelled("like", false, power.string)],
  ["likecs", spelled("like_cs", false, power.string)],
  ["notlike", spelled("like", true, power.string)],
  ["notlikecs", spelled("like_cs", true, power.string)],
  ["containscs", spelled("contains_cs", false, power.string)],
  ["notcontains", spelled("contains", true, power.string)],
  ["notcontainscs", spelled("contains_cs", true, power.string)],
  ...strings.flatMap((name): [string, ComparisonSpelling][] => [
    [name, spelled(name, false, power.string)],
    [`${name}_cs`, spelled(`${name}_cs`, false, power.string)],
    [`!${name}`, spelled(name, true, power.string)],
    [`!${name}_cs`, spelled(`${name}_cs`, true, power.string)],
  ]),
]);

export interface MembershipSpelling {
  readonly operator: Membership["operator"];
  readonly negated: boolean;
}

export const memberships: ReadonlyMap<string, MembershipSpelling> = new Map<string, MembershipSpelling>([
  ["in", { operator: "in", negated: false }],
  ["in~", { operator: "in~", negated: false }],
  ["!in", { operator: "in", negated: true }],
  ["!in~", { operator: "in~", negated: true }],
  ["has_any", { operator: "has_any", negated: false }],
  ["has_all", { operator: "has_all", negated: false }],
]);

/** How a comparison is written. */
export function comparisonText(operator: ComparisonOperator, negated: boolean): string {
  if (!negated) return operator === "like_cs" ? "likecs" : operator;
  switch (operator) {
    case "==":
      return "!=";
    case "=~":
      return "!~";
    case "like":
      return "notlike";
    case "like_cs":
      return "notlikecs";
    default:
      return `!${operator}`;
  }
}

export function bindingOf(operator: ComparisonOperator): number {
  return comparisons.get(operator)?.power ?? power.string;
}

/** Does the word stand between two operands? */
export function isInfixWord(word: string): boolean {
  return (
    comparisons.has(word) ||
    memberships.has(word) ||
    word === "and" ||
    word === "or" ||
    word === "between" ||
    word === "!between" ||
    word === "matches"
  );
}
