import { isPattern, type Operator, type PatternToken, type Value } from "../../rule/expression.ts";
import { tidy } from "../../rule/pattern.ts";

/** The pattern of the whole value that means what a text operator and its value mean; null for other operators. */
export function wholePattern(operator: Operator, value: Value): readonly PatternToken[] | null {
  const own: readonly PatternToken[] = isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }];
  const any: PatternToken = { type: "any" };
  switch (operator) {
    case "eq":
    case "wildcard":
      return own;
    case "starts_with":
      return tidy([...own, any]);
    case "ends_with":
      return tidy([any, ...own]);
    case "contains":
      return tidy([any, ...own, any]);
    default:
      return null;
  }
}

/** Does a literal part hold one of these characters? */
export function holdsLiteral(tokens: readonly PatternToken[], signs: RegExp): boolean {
  return tokens.some((one) => one.type === "literal" && signs.test(one.text));
}
