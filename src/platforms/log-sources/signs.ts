import type { SourceContext } from "../../vocabulary/context.ts";
import { like } from "../../vocabulary/events/like.ts";
import { names } from "../../vocabulary/events/log-source.ts";
import { type Facts, meets } from "./answer.ts";
import { type Combination, contextField, isListed, type Telling } from "./combinations.ts";
import type { LogSource, LogSourceSign } from "./tables.ts";

type Patterns = readonly (readonly [key: string, patterns: readonly string[]])[];

/** A sign of a log source, ready to be asked. */
export interface OpenSign {
  readonly source: LogSource;
  readonly sign: LogSourceSign;
  /** What must stand in the context, by kind. */
  readonly when: Patterns;
  /** What events must be asked for, by field. */
  readonly asks: Patterns;
  /** What holds of the events: the facts of the log, and of which macro, table or data model it is one. */
  readonly facts: Facts;
  /** How much of a flow it explains: of two signs that hold, the heavier one names the narrower log. */
  readonly weight: number;
}

export function openSign(source: LogSource, sign: LogSourceSign): OpenSign {
  const kinds = Object.entries(sign.when);
  const inEvents: Patterns = kinds
    .filter(([kind]) => isListed(kind))
    .map(([kind, patterns]) => [contextField(kind), patterns] as const);
  const when = kinds.filter(([kind]) => !isListed(kind));
  const asks = [...Object.entries(sign.asks), ...inEvents];
  return {
    source,
    sign,
    when,
    asks,
    facts: factsOf(
      source,
      inEvents.filter(([field]) => field !== macro),
    ),
    weight: 4 * asks.length + 2 * when.length,
  };
}

const known = new WeakMap<LogSource, Facts>();

/** What holds of the events of a log; `more`: what holds because of the sign that led to it. */
export function factsOf(source: LogSource, more: Patterns = []): Facts {
  if (more.length > 0) return openFacts(source, more);
  let facts = known.get(source);
  if (facts === undefined) {
    facts = openFacts(source, more);
    known.set(source, facts);
  }
  return facts;
}

function openFacts({ facts, among = {}, follows = {}, signs }: LogSource, more: Patterns): Facts {
  const macros = signs.flatMap(({ when }) => when.macro ?? []);
  const brought: Patterns = macros.length === 0 ? [] : [[macro, macros]];
  return {
    one: new Map([...Object.entries(facts), ...more, ...brought]),
    among: new Map(Object.entries(among)),
    follows: new Map(Object.entries(follows)),
  };
}

const macro = contextField("macro");

/** The fields that tell logs apart, with every value that signs and facts name. */
export function tellingOf(signs: readonly OpenSign[]): Telling {
  const telling = new Map<string, Set<string>>();
  const add = (field: string, values: readonly string[]) => {
    const known = telling.get(field) ?? new Set();
    for (const value of values) known.add(value);
    telling.set(field, known);
  };
  for (const { asks, facts } of signs) {
    for (const [field, values] of [...asks, ...facts.one]) add(field, values);
  }
  return new Map([...telling].map(([field, values]) => [field, [...values]]));
}

/** Does a context say what the sign wants to stand there? */
export function isIn(context: SourceContext, { when }: OpenSign): boolean {
  return when.every(([kind, patterns]) =>
    (context[kind] ?? []).some((value) => patterns.some((one) => names(one, value))),
  );
}

/** The signs that hold of one kind of events and explain most of it: of every log source one at most. */
export function bestOf(signs: readonly OpenSign[], combination: Combination): readonly OpenSign[] {
  const all = signs.filter((one) => holds(one, combination));
  const narrow = all.filter(({ sign }) => sign.general !== true);
  const holding = (narrow.length > 0 ? narrow : all).map((one) => ({
    one,
    weight: one.weight + exactAsks(one, combination),
  }));
  const most = Math.max(...holding.map(({ weight }) => weight));
  const best = new Map<LogSource, OpenSign>();
  for (const { one, weight } of holding) {
    if (weight === most && !best.has(one.source)) best.set(one.source, one);
  }
  return [...best.values()];
}

function holds({ asks, facts }: OpenSign, { asked, refused }: Combination): boolean {
  const isAsked = asks.every(([field, patterns]) => {
    const value = asked.get(field);
    return value !== undefined && patterns.some((one) => allows(one, value));
  });
  if (!isAsked) return false;
  for (const [field, value] of asked) {
    const held = facts.one.get(field);
    if (held !== undefined && !held.some((one) => meets(value, one))) return false;
  }
  for (const [field, values] of refused) {
    if (facts.one.get(field)?.some((one) => values.some((value) => meets(value, one))) === true) return false;
  }
  return true;
}

/** Does a pattern of a sign allow the value of a rule? A pattern of the rule counts where it holds one of the sign. */
function allows(pattern: string, value: string): boolean {
  return like(pattern, value) || (value !== "*" && value.includes("*") && like(value, pattern));
}

function exactAsks({ asks }: OpenSign, { asked }: Combination): number {
  return asks.filter(([field, patterns]) => {
    const value = asked.get(field)?.toLowerCase();
    return patterns.some((one) => one.toLowerCase() === value);
  }).length;
}
