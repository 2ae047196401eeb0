import type {
  CountCondition,
  NumberCondition,
  PlanField,
  SequencePlan,
  ThresholdPlan,
} from "../../platforms/plan/plan.ts";
import { openOperator, type StatefulPlan } from "./open-operator.ts";
import { defaultLimits, type Group, type Occurrence, type StateLimits } from "./operator.ts";

/** Streams and groups of tests, as short texts. Ref of an event: its text. */
export type Sample = Occurrence<string>;

const field: PlanField = { raw: "f", canonical: null };

/**
 * `a` a step, `b3` one that occurs three times, `!c` one that must not occur, `~d` until; `@10` the time span in
 * milliseconds, `unordered`; all share one field unless `apart` is there.
 */
export function sequence(text: string): SequencePlan {
  const words = text.split(" ");
  const by = words.includes("apart") ? [] : [field];
  const step = (word: string): SequencePlan["steps"][number] => {
    const [, sign, runs] = /^([!~]?)[a-z](\d*)$/u.exec(word) ?? [];
    return { flows: [], by, runs: runs === undefined || runs === "" ? 1 : Number(runs), missing: sign === "!" };
  };
  const steps = words.filter((one) => /^!?[a-z]\d*$/u.test(one)).map(step);
  const until = words.find((one) => one.startsWith("~"));
  const span = words.find((one) => one.startsWith("@"));
  return {
    type: "sequence",
    ordered: !words.includes("unordered"),
    maxspan: span === undefined ? null : `${span.slice(1)}ms`,
    steps,
    until: until === undefined ? null : step(until),
  };
}

const operators = { ">": "gt", ">=": "ge", "<": "lt", "<=": "le", "=": "eq" } as const;

/**
 * `events >= 3`, `distinct > 2`, `sum >= 10`, `p90 > 5`, `average`, `least`, `greatest`, joined by `and`; then `@10`, a
 * window of ten milliseconds that slides, or `|10`, one that the clock cuts.
 */
export function threshold(text: string, more: Partial<ThresholdPlan> = {}): ThresholdPlan {
  const conditions: CountCondition<PlanField>[] = [];
  const numbers: NumberCondition<PlanField>[] = [];
  const [, asked = "", sign, span] = /^(.*?)(?: ([@|])(\d+))?$/u.exec(text) ?? [];
  for (const one of asked.split(" and ")) {
    const [, name = "", sign = "", limit] = /^(\w+) (\S+) (\S+)$/u.exec(one) ?? [];
    const operator = operators[sign as keyof typeof operators];
    if (name === "events" || name === "distinct") {
      conditions.push({ operator, count: Number(limit), distinct: name === "events" ? null : field });
    } else {
      const percent = /^p(\d+)$/u.exec(name)?.[1];
      const measure =
        percent === undefined
          ? { type: name as "values" | "sum" | "average" | "least" | "greatest" }
          : { type: "percentile" as const, percent: Number(percent) };
      numbers.push({ measure, operator, value: Number(limit), field });
    }
  }
  return {
    type: "threshold",
    flows: [],
    by: [field],
    conditions,
    numbers,
    window: span === undefined ? null : `${span}ms`,
    windows: sign === "|" ? "aligned" : "sliding",
    absentGroups: false,
    ...more,
  };
}

/** `a1` step a at time 1 of the key k, `x|a1` of the key x, `-|a1` of none, `a1=7` with the value 7 for each condition. */
export function stream(text: string): readonly Sample[] {
  return text
    .split(/\s+/u)
    .filter((one) => one !== "")
    .map((word) => {
      const [, key = "k", letter = "", time, value] = /^(?:([^|]*)\|)?([a-z])(\d+)(?:=(.*))?$/u.exec(word) ?? [];
      const by = key === "" ? [] : [key === "-" ? null : key];
      const values = value === undefined ? [] : [value, value, value].map((one) => (one === "-" ? null : one));
      return { time: Number(time), step: letter.charCodeAt(0) - 97, by, values, ref: word };
    });
}

export function run(
  plan: StatefulPlan,
  samples: readonly Sample[],
  limits: Partial<StateLimits> = {},
): { readonly groups: readonly Group<string>[]; readonly evicted: number } {
  const operator = openOperator<string>(plan, { ...defaultLimits, ...limits });
  const groups = samples.flatMap((one) => operator.push(one));
  return { groups: [...groups, ...operator.finish()], evicted: operator.evicted() };
}

/** One line a group, in the order in which they were told. */
export function told(plan: StatefulPlan, text: string, limits: Partial<StateLimits> = {}): readonly string[] {
  return run(plan, stream(text), limits).groups.map((one) => one.events.join(" "));
}
