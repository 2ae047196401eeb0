import type { Span } from "../../../kit/span.ts";
import { negate, opaque } from "../../../rule/build.ts";
import type { Expression as Condition, Operator, Value } from "../../../rule/expression.ts";
import { isFullText } from "../../kuery/fields.ts";
import { isNetwork } from "../../kuery/values.ts";
import type { Call, Entry, Expression, TextMatch } from "../ast.ts";
import { lowerEmbedded } from "../embedded.ts";
import { hole, placeholder } from "./condition.ts";
import { type FieldOperand, type Operand, operandOf } from "./operand.ts";
import type { Scope } from "./scope.ts";

/** `field : value` */
export function lowerMatch({ left, right, span }: TextMatch, scope: Scope): Condition {
  return matchQuery(operandOf(left, scope), operandOf(right, scope), { left, span }, "any");
}

/** `match(field, value, { … })`, and `match_phrase` with the words in their order. */
export function lowerMatchCall(node: Call, scope: Scope): Condition | null {
  const [left, right, options] = node.arguments;
  if (left === undefined || right === undefined) return null;
  const settings = entriesOf(options);
  if (settings.some(({ key, value }) => key.value === "fuzziness" && !isZero(value)))
    return hole(node, "a fuzzy match");
  if (settings.some(({ key }) => key.value === "minimum_should_match" || key.value === "slop")) {
    return hole(node, "a match of some of its words");
  }
  const every = settings.some(({ key, value }) => key.value === "operator" && isText(value, "and"));
  const mode = node.name.toLowerCase() === "match_phrase" ? "phrase" : every ? "all" : "any";
  return matchQuery(operandOf(left, scope), operandOf(right, scope), { left: node, span: node.span }, mode);
}

function entriesOf(node: Expression | undefined): readonly Entry[] {
  return node?.type === "entries" ? node.entries : [];
}

function isZero(node: Expression): boolean {
  return (node.type === "number" && node.value === 0) || isText(node, "0");
}

function isText(node: Expression, text: string): boolean {
  return node.type === "string" && node.value.toLowerCase() === text;
}

/**
 * A match query knows no null: without a value it does not match, and of several values one is enough. A field that is
 * analysed is asked for words, any other for the whole value.
 */
function matchQuery(
  subject: Operand,
  object: Operand,
  { left, span }: { readonly left: Expression; readonly span: Span },
  mode: "any" | "all" | "phrase",
): Condition {
  if (subject.type !== "field") return hole(left, "a match on a constant");
  if (object.type === "parameter") return certain(placeholder(subject, object.name, object.raw, span));
  if (object.type !== "value") return hole(left, "a match with a computed value");
  const { value, raw } = object;
  const { field, fullText } = target(subject);
  const make = (operator: Operator, values: readonly Value[], raws: readonly string[]): Condition => ({
    type: "predicate",
    field,
    operator,
    values,
    raw: raws,
    quantifier: mode === "all" && values.length > 1 ? "all" : "any",
    caseSensitive: !fullText && subject.fold === null,
    span,
  });
  if (!fullText) return make(typeof value === "string" && isNetwork(value) ? "cidr_match" : "eq", [value], [raw]);
  const words =
    mode === "phrase"
      ? []
      : String(value)
          .split(/\s+/)
          .filter((one) => one !== "");
  return words.length < 2 ? make("match", [value], [raw]) : make("match", words, words);
}

function target({ ref }: FieldOperand): { readonly field: FieldOperand["ref"]; readonly fullText: boolean } {
  return { field: ref, fullText: isFullText(ref.raw) };
}

/** A query of another language in a string. It asks the index, so it knows nothing of what this query has computed. */
export function lowerInner(node: Call): Condition {
  if (node.embedded === undefined) return hole(node, "a query that is no constant");
  const condition = lowerEmbedded(node.embedded);
  if (condition === null) return hole(node, "a constant condition");
  const options = entriesOf(node.arguments[1]);
  const folds = options.some(
    ({ key, value }) => key.value === "case_insensitive" && value.type === "boolean" && value.value,
  );
  return folds ? mapPredicates(condition, (one) => ({ ...one, caseSensitive: false })) : condition;
}

/** The same condition where a comparison is false when the field has no value, and true when one of several values is. */
export function certain(condition: Condition): Condition {
  return mapPredicates(condition, ({ missing: _, several: __, ...one }) => one);
}

function mapPredicates(
  condition: Condition,
  change: (one: Extract<Condition, { type: "predicate" }>) => Condition,
): Condition {
  switch (condition.type) {
    case "and":
    case "or":
      return { ...condition, operands: condition.operands.map((one) => mapPredicates(one, change)) };
    case "not":
      return negate(mapPredicates(condition.operand, change), condition.span);
    case "predicate":
      return change(condition);
    case "opaque":
      return opaque(condition.text, condition.reason, condition.span);
    default:
      return condition satisfies never;
  }
}
