import { type Expression, isDerived } from "../../rule/expression.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import { noFacts, type Facts as Way, waysThrough } from "../../vocabulary/events/facts.ts";
import { meets, type Subject } from "./answer.ts";

/**
 * One kind of events that gets through the filters of a flow, as far as fields say that tell logs apart: one value for
 * each field that is asked for, and values that are refused.
 */
export interface Combination {
  readonly asked: ReadonlyMap<string, string>;
  readonly refused: ReadonlyMap<string, readonly string[]>;
}

/** The fields that tell logs apart, each with the values that matter to any log. */
export type Telling = ReadonlyMap<string, readonly string[]>;

/** What a context says that a flow reads one after the other, so that each name may lead to a log of its own. */
const listed: readonly string[] = ["macro", "table", "datamodel"];

export function isListed(kind: string): boolean {
  return listed.includes(kind);
}

/** Fields that say the same of an event: spelling → the field that signs ask for. */
const sameAs: Readonly<Record<string, string>> = {
  "event.dataset": "data_stream.dataset",
  "host.os.family": "host.os.type",
};

/** Fields of which an event may have several values at once. */
const severalValued: ReadonlySet<string> = new Set(["event.category", "event.type"]);

/** Combinations that are looked at; a flow with more tells too little. */
const maximum = 512;

/** A part of the context as if it were a field: `@macro`. No field of the vocabulary has such a name. */
export function contextField(kind: string): string {
  return `@${kind}`;
}

/** Every kind of events that a flow lets through, values that no log tells apart counted as one; null: too many. */
export function combinationsOf(
  context: SourceContext,
  expression: Expression | null,
  telling: Telling,
): readonly Combination[] | null {
  const fields = new Set([...telling.keys(), ...Object.keys(sameAs)]);
  const single = new Set([...fields].filter((one) => !severalValued.has(one)));
  const selectors = { fields, single, present: new Set<string>() };
  const ways = expression === null ? [noFacts] : waysThrough(expression, selectors);
  const found: Combination[] = [];
  for (const way of ways) {
    const asked = [...askedIn(context, way, telling)];
    if (asked.reduce((product, [, values]) => product * values.length, found.length + 1) > maximum) return null;
    let partial: ReadonlyMap<string, string>[] = [new Map()];
    for (const [field, values] of asked) {
      partial = partial.flatMap((one) => values.map((value) => new Map([...one, [field, value]])));
    }
    found.push(...partial.map((one) => ({ asked: one, refused: way.refused })));
  }
  return found;
}

/** Field → one value for each class of values that no log tells apart. */
function askedIn(context: SourceContext, way: Way, telling: Telling): ReadonlyMap<string, readonly string[]> {
  const asked = new Map<string, readonly string[]>();
  const take = (field: string, values: readonly string[]) => asked.set(field, classesOf(values, telling.get(field)));
  for (const kind of listed) {
    const names = context[kind];
    if (names !== undefined && names.length > 0) take(contextField(kind), names);
  }
  for (const [field, values] of way.asked) take(field, values);
  for (const [spelling, field] of Object.entries(sameAs)) {
    const values = way.asked.get(spelling);
    if (values === undefined || asked.has(field)) continue;
    take(field, values);
    asked.delete(spelling);
  }
  const category = categoryOf(context, telling);
  if (category.length > 0 && !asked.has("event.category")) take("event.category", category);
  return asked;
}

/** The event category of EQL (`process where …`): the source of the flow says it, not a filter. */
function categoryOf(context: SourceContext, telling: Telling): readonly string[] {
  const known = telling.get("event.category") ?? [];
  return (context.category ?? []).filter((name) => known.some((one) => meets(one, name)));
}

function classesOf(values: readonly string[], known: readonly string[] = []): readonly string[] {
  const classes = new Map<string, string>();
  for (const value of values) {
    const key = value.includes("*") ? value : known.map((one) => (meets(value, one) ? "1" : "0")).join("");
    if (!classes.has(key)) classes.set(key, value);
  }
  return [...classes.values()];
}

/**
 * What a macro of the context brought in is one predicate on the macro: which of several macros an event came through
 * chooses its log, whatever the macro asks for.
 */
export function macroSubject(context: SourceContext): Subject {
  const macros = new Map((context.macro ?? []).map((name) => [`macro ${name}`, name]));
  const canonical = contextField("macro");
  return (one) => {
    const name = macros.get(one.origin ?? "");
    if (name === undefined || isDerived(one)) return one;
    const { span } = one;
    const field = { raw: canonical, canonical };
    return {
      type: "predicate",
      field,
      operator: "eq",
      values: [name],
      raw: [name],
      quantifier: "any",
      caseSensitive: false,
      span,
    };
  };
}

/** The expression with every predicate replaced by its subject. */
export function withSubjects(expression: Expression, subject: Subject): Expression {
  switch (expression.type) {
    case "predicate":
      return subject(expression);
    case "not":
      return { ...expression, operand: withSubjects(expression.operand, subject) };
    case "and":
    case "or":
      return { ...expression, operands: expression.operands.map((one) => withSubjects(one, subject)) };
    case "opaque":
      return expression;
    default:
      return expression satisfies never;
  }
}
