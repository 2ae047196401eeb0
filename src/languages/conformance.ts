import { hasErrors } from "../kit/diagnostic.ts";
import { limits } from "../kit/limits.ts";
import type { Span } from "../kit/span.ts";
import { type Expression, isPattern, type Predicate, type Value } from "../rule/expression.ts";
import type { Environment, Language } from "./language.ts";

/**
 * What is wrong with how a language handles one text; empty when it keeps all that every language must keep. A text may
 * be broken: then its faults are diagnostics, and the rest holds all the same.
 */
export function faultsOf(language: Language, text: string, environment?: Environment): readonly string[] {
  const { ast, diagnostics } = language.parse(text, environment);
  const logic = language.lower(ast, environment);
  const printed = language.print(ast);
  const again = language.parse(printed, environment).ast;
  const said = diagnostics.map(({ span, ...one }) => ({ ...one, code: one.code, place: { span } }));
  return [
    ...(diagnostics.length > limits.diagnostics ? [`${diagnostics.length} diagnostics`] : []),
    ...prefixed("diagnostics", misplaced(said, text.length)),
    ...prefixed("ast", misplaced(ast, text.length)),
    ...(hasErrors(diagnostics) ? [] : prefixed("ast", uncovered(ast, text))),
    ...prefixed("ast", unserialisable(ast)),
    ...prefixed("logic", misplaced(logic, text.length)),
    ...prefixed("logic", unserialisable(logic)),
    ...prefixed("logic", malformed(logic)),
    ...different("the printed text has another ast", again, ast, printed),
    ...different("the printed text means something else", language.lower(again, environment), logic, printed),
  ];
}

function prefixed(part: string, faults: readonly string[]): readonly string[] {
  return faults.map((fault) => part + fault);
}

function different(message: string, one: unknown, other: unknown, printed: string): readonly string[] {
  return equal(withoutPlaces(one), withoutPlaces(other)) ? [] : [`${message}: ${printed}`];
}

function equal(one: unknown, other: unknown): boolean {
  if (!isRecord(one) || !isRecord(other)) return Object.is(one, other);
  const keys = Object.keys(one);
  if (Array.isArray(one) !== Array.isArray(other) || keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && equal(one[key], other[key]));
}

/** A copy of an ast without places, for comparing texts that say the same. */
export function withoutPlaces(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutPlaces);
  if (!isRecord(node)) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (isSpan(value) ? [] : [[key, withoutPlaces(value)]])),
  );
}

/** What is wrong with the places of a tree: each must lie inside its parent's, and all inside the text. */
export function misplaced(node: unknown, length: number): readonly string[] {
  const faults: string[] = [];
  const visit = (one: unknown, outer: Span, path: string): void => {
    if (!isRecord(one)) return;
    const own = isSpan(one.span) ? one.span : outer;
    if (own.start < outer.start || own.end > outer.end || own.start > own.end) {
      faults.push(`${path}: ${own.start}-${own.end} is not inside ${outer.start}-${outer.end}`);
    }
    for (const [key, value] of Object.entries(one)) if (key !== "span") visit(value, own, `${path}.${key}`);
  };
  visit(node, { start: 0, end: length }, "");
  return faults;
}

/** What no node of a tree covers, though it is neither blank nor a comment nor a mark between documents. */
function uncovered(node: unknown, text: string): readonly string[] {
  const tops = placedTops(node);
  const first = tops[0]?.start ?? 0;
  const last = tops.at(-1)?.end ?? text.length;
  const outside = [text.slice(0, first), text.slice(last)].map((one) => one.replace(comments, "").trim());
  return outside.some((one) => one !== "")
    ? [`: nothing covers ${outside.filter((one) => one !== "").join(" and ")}`]
    : [];
}

const comments = /\/\/.*|#.*|\/\*[\s\S]*?\*\/|```[\s\S]*?```|^(?:---|\.\.\.)\s*$/gmu;

/** The places of the outermost nodes that have one, in their order. */
function placedTops(node: unknown): readonly Span[] {
  if (!isRecord(node)) return [];
  return isSpan(node.span) ? [node.span] : Object.values(node).flatMap(placedTops);
}

/** Values that JSON does not give back as they are. */
function unserialisable(node: unknown, path = ""): readonly string[] {
  if (isRecord(node)) {
    const plain = Array.isArray(node) || Object.getPrototypeOf(node) === Object.prototype;
    if (!plain) return [`${path}: no plain data`];
    return Object.entries(node).flatMap(([key, value]) => unserialisable(value, `${path}.${key}`));
  }
  const kept = node === null || typeof node === "string" || typeof node === "boolean";
  return kept || (Number.isFinite(node) && !Object.is(node, -0)) ? [] : [`${path}: ${String(node)}`];
}

/** Expressions anywhere in a logic that break what `src/rule/expression.ts` promises. */
function malformed(node: unknown, path = ""): readonly string[] {
  if (!isRecord(node)) return [];
  return [
    ...shapeFaults(node as unknown as Expression).map((fault) => `${path}: ${fault}`),
    ...Object.entries(node).flatMap(([key, value]) => malformed(value, `${path}.${key}`)),
  ];
}

function shapeFaults(one: Expression): readonly string[] {
  switch (one.type) {
    case "and":
    case "or":
      if (one.operands.length < 2) return [`an ${one.type} of ${one.operands.length}`];
      return one.operands.some((operand) => operand.type === one.type) ? [`an ${one.type} in an ${one.type}`] : [];
    case "predicate":
      return predicateFaults(one);
    default:
      return [];
  }
}

function predicateFaults({ operator, values, raw, quantifier }: Predicate): readonly string[] {
  const bare = operator === "exists" || operator === "is_null";
  return [
    ...(bare === (values.length === 0) ? [] : [`${operator} of ${values.length} values`]),
    ...(bare || raw.length === values.length ? [] : [`${values.length} values, ${raw.length} spellings`]),
    ...(quantifier === "all" && values.length < 2 ? [`all of ${values.length} values`] : []),
    ...(values.every((value) => operator === "match" || isPattern(value) === (operator === "wildcard") || isList(value))
      ? []
      : [`${operator} of a pattern`]),
  ];
}

/** A list of the user's environment, whose values may be regular expressions or networks. */
function isList(value: Value): boolean {
  return isPattern(value) && value.tokens.every((token) => token.type === "placeholder");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isSpan(value: unknown): value is Span {
  return (
    isRecord(value) &&
    typeof value.start === "number" &&
    typeof value.end === "number" &&
    Object.keys(value).length === 2
  );
}
