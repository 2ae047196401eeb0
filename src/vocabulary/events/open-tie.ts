import type { SourceContext } from "../context.ts";
import { like } from "./like.ts";
import { names } from "./log-source.ts";
import type { Sign, TieDefinition } from "./tables.ts";
import type { Unit } from "./units.ts";

/** A tie, ready to be asked: every rule is asked about all of them. */
export interface OpenTie {
  readonly tie: TieDefinition;
  readonly holds: (unit: Unit) => boolean;
}

type Patterns = readonly (readonly [key: string, patterns: readonly string[]])[];

export function openTie(tie: TieDefinition, conditions: ReadonlyMap<string, readonly Sign[]>): OpenTie {
  const when = Object.entries(tie.when);
  const outside = Object.entries(tie.outside);
  const asks = Object.entries(tie.asks);
  const unless = Object.entries(tie.unless);
  const inside = tie.in.map((name) => openCondition(conditions.get(name) ?? []));
  return {
    tie,
    holds: (unit) =>
      allSaid(unit.context, when) &&
      !outside.some(([key, patterns]) => says(unit.context, key, patterns)) &&
      asks.every(([field, patterns]) => asksFor(unit, field, patterns)) &&
      !unless.some(([field, patterns]) => asksFor(unit, field, patterns)) &&
      inside.every((condition) => condition(unit)),
  };
}

/** What a rule filters on decides; a log source only where it says so, because it may hold several. */
function openCondition(signs: readonly Sign[]): (unit: Unit) => boolean {
  const tests = signs.map((sign): ((unit: Unit) => boolean | null) => {
    if (sign.type === "source") {
      const when = Object.entries(sign.when);
      return ({ context }) => (allSaid(context, when) ? true : null);
    }
    const { fields, values } = sign;
    return (unit) => {
      const stated = fields.filter((one) => unit.facts.asked.has(one));
      return stated.length === 0 ? null : stated.some((field) => asksFor(unit, field, values));
    };
  });
  return (unit) => {
    for (const test of tests) {
      const answer = test(unit);
      if (answer !== null) return answer;
    }
    return false;
  };
}

/** Does the rule ask for a value that the patterns allow? A pattern of the rule counts where it is within one of them, or holds one. */
function asksFor({ facts }: Unit, field: string, patterns: readonly string[]): boolean {
  const values = facts.asked.get(field);
  if (values === undefined) return false;
  return values.some((value) => patterns.some((one) => like(one, value) || (value !== "*" && like(value, one))));
}

function allSaid(context: SourceContext, when: Patterns): boolean {
  return when.every(([key, patterns]) => says(context, key, patterns));
}

function says(context: SourceContext, key: string, patterns: readonly string[]): boolean {
  const values = context[key];
  return values?.some((value) => patterns.some((one) => names(one, value))) ?? false;
}
