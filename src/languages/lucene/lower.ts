import { cover, type Span, span } from "../../kit/span.ts";
import { conjoin, disjoin, fieldRef, negate, opaque } from "../../rule/build.ts";
import type { Expression, FieldRef } from "../../rule/expression.ts";
import type { Logic } from "../../rule/logic.ts";
import { valuesExpression, type WrittenValue } from "../../rule/pattern.ts";
import { isFullText } from "../kuery/fields.ts";
import type { Clause, FieldName, LuceneNode, LuceneQuery, LuceneValue } from "./ast.ts";
import { type Occurrence, occurrences } from "./occurrence.ts";
import { printNode } from "./print.ts";
import { rangeValues, type Target, writtenValues } from "./values.ts";

/** What stands after `_exists_:` are names of fields, and no values. */
type Subject = Target | "field names";

const anyField: Target = { field: null, fullText: true };

/** One filter stage. An empty query finds nothing, so it takes out every event that has a field at all. */
export function lower(ast: LuceneQuery): Logic {
  return { stages: [{ type: "filter", expression: query(ast, anyField), span: ast.span }] };
}

function query(node: LuceneQuery, target: Subject): Expression {
  const { clauses, span: at } = node;
  const [first] = clauses;
  if (first === undefined) return nothing(at);
  if (clauses.length === 1) {
    const only = expression(first.node, target);
    return first.modifier === "NOT" ? negate(only, first.span) : only;
  }
  const by: Record<Occurrence, Clause[]> = { must: [], should: [], "must not": [] };
  const found = occurrences(clauses);
  clauses.forEach((one, index) => {
    by[found[index] ?? "should"].push(one);
  });
  const { must, should } = by;
  return conjoin(
    [
      ...(must.length > 0 ? [joined(must, "all", target)] : should.length > 0 ? [joined(should, "any", target)] : []),
      ...by["must not"].map((one) => negate(expression(one.node, target), one.span)),
    ],
    at,
  );
}

/** No event has no field at all. */
function nothing(at: Span): Expression {
  return negate(exists(null, at), at);
}

function exists(field: FieldRef | null, at: Span): Expression {
  const frame = { field, quantifier: "any", caseSensitive: true, span: at } as const;
  return valuesExpression(frame, [{ operator: "exists", value: null, raw: "*" }]);
}

/** Plain values of one field make one predicate for each operator that they need; everything else stands by itself. */
function joined(clauses: readonly Clause[], quantifier: "any" | "all", target: Subject): Expression {
  const values: WrittenValue[] = [];
  const others: Expression[] = [];
  let first: LuceneNode | null = null;
  let last: LuceneNode | null = null;
  for (const { node } of clauses) {
    const written = plainValues(node, target);
    if (written === null || (quantifier === "all" && written.length > 1)) others.push(expression(node, target));
    else {
      values.push(...written);
      first ??= node;
      last = node;
    }
  }
  const own =
    first === null || last === null || target === "field names"
      ? []
      : [predicates(values, quantifier, target, cover(first.span, last.span))];
  const at = cover(clauses[0]?.node.span ?? span(0, 0), clauses[clauses.length - 1]?.node.span ?? span(0, 0));
  return quantifier === "all" ? conjoin([...own, ...others], at) : disjoin([...own, ...others], at);
}

function predicates(
  values: readonly WrittenValue[],
  quantifier: "any" | "all",
  { field, fullText }: Target,
  at: Span,
): Expression {
  return valuesExpression({ field, quantifier, caseSensitive: !fullText, span: at }, values);
}

function plainValues(node: LuceneNode, target: Subject): readonly WrittenValue[] | null {
  return node.type === "field" || target === "field names" ? null : writtenValues(node, target);
}

function expression(node: LuceneNode, target: Subject): Expression {
  if (node.type === "field") return valueExpression(node.value, targetOf(node.name), node);
  return valueExpression(node, target, node);
}

/** `written` is the value together with its field, where that stands before it. */
function valueExpression(node: LuceneValue, target: Subject, written: LuceneNode): Expression {
  const at = written.span;
  if (node.type === "group") return query(node.query, target);
  if (node.type === "error") return opaque(node.text, "text that is no Lucene query", node.span);
  if (target === "field names") {
    const name = nameOf(node);
    if (name !== null) return exists(fieldRef(name), at);
    return opaque(printNode(written), "`_exists_` of something else than a field", at);
  }
  if (node.type === "range") return predicates(rangeValues(node), "all", target, at);
  const values = writtenValues(node, target);
  if (values !== null) return predicates(values, "any", target, at);
  switch (node.type) {
    case "term":
      return opaque(printNode(written), "a fuzzy term", at);
    case "phrase":
      return opaque(printNode(written), "a phrase whose words may stand apart", at);
    case "regex": {
      const words = "a regular expression over the words of a text";
      const operator = "an operator of Lucene's regular expressions";
      return opaque(printNode(written), target.fullText ? words : operator, at);
    }
    default:
      return node satisfies never;
  }
}

/** What a word without wildcards or a phrase spells; null for all else. */
function nameOf(node: LuceneValue): string | null {
  if (node.type === "phrase") return node.value;
  const [only, ...others] = node.type === "term" ? node.tokens : [];
  return only?.type === "literal" && others.length === 0 ? only.text : null;
}

/** `*:value` asks all fields; a wildcard within a name is kept in it. */
function targetOf({ name }: FieldName): Subject {
  if (name === "_exists_") return "field names";
  return name === "*" ? anyField : { field: fieldRef(name), fullText: isFullText(name) };
}
