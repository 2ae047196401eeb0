import type { SequencePlan, ThresholdPlan } from "../../platforms/plan/plan.ts";
import { askedOf, compare, isLasting, numberOf, percentileOf } from "./measure.ts";
import type { Sample } from "./testing.ts";
import { timeSpan } from "./time-span.ts";

/** What the operators must find, worked out slowly from all samples at once. They stand in the order of time. */

/** Names of events, in the order of the steps or of time. */
export type Found = readonly string[];

interface Run {
  /** Places in the list of samples. */
  readonly at: readonly number[];
}

/** Step by step, as Elasticsearch reads the results of one query for each step; missing events are looked for at the end. */
export function sequencesIn({ steps, until, maxspan }: SequencePlan, samples: readonly Sample[]): readonly Found[] {
  const span = maxspan === null ? Number.POSITIVE_INFINITY : (timeSpan(maxspan) ?? 0);
  const timeAt = (at: number): number => samples[at]?.time ?? Number.NaN;
  const found: { readonly at: readonly number[] }[] = [];
  for (const key of new Set(samples.map((one) => one.by[0] ?? null))) {
    if (key === null) continue;
    const of = (step: number): readonly number[] =>
      samples.flatMap((one, at) => (one.by[0] === key && one.step === step ? [at] : []));
    const ends = until === null ? [] : of(steps.length);
    const happening = steps.flatMap(({ runs, missing }, step) => (missing ? [] : new Array<number>(runs).fill(step)));
    let runs: readonly Run[] = of(happening[0] ?? -1).map((at) => ({ at: [at] }));
    for (const step of happening.slice(1)) {
      let left = [...runs];
      const next: Run[] = [];
      for (const event of of(step)) {
        const before = left.findLast((one) => (one.at.at(-1) ?? 0) < event);
        if (before === undefined) continue;
        left = left.slice(left.indexOf(before) + 1);
        const last = before.at.at(-1) ?? 0;
        if (timeAt(event) - timeAt(before.at[0] ?? 0) > span) continue;
        if (ends.some((end) => end >= last && end < event)) continue;
        next.push({ at: [...before.at, event] });
      }
      runs = next;
    }
    found.push(...runs.filter((one) => isFree(one, steps, of, timeAt, span)));
  }
  return found.map((one) => one.at.map((at) => samples[at]?.ref ?? ""));
}

function isFree(
  { at }: Run,
  steps: SequencePlan["steps"],
  of: (step: number) => readonly number[],
  timeAt: (at: number) => number,
  span: number,
): boolean {
  const [first, last] = [timeAt(at[0] ?? 0), timeAt(at.at(-1) ?? 0)];
  let place = 0;
  let [lead, trail] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [leading, trailing] = [false, false];
  for (const [number, { missing, runs }] of steps.entries()) {
    if (!missing) {
      place += runs;
      continue;
    }
    const times = of(number).map(timeAt);
    if (place === 0) {
      leading = true;
      lead = Math.max(lead, ...times.filter((time) => time < first));
    } else if (place === at.length) {
      trailing = true;
      trail = Math.min(trail, ...times.filter((time) => time > last));
    } else {
      const [from, to] = [timeAt(at[place - 1] ?? 0), timeAt(at[place] ?? 0)];
      if (times.some((time) => time > from && time < to)) return false;
    }
  }
  if (!leading && !trailing) return true;
  return (trailing ? trail : last) - (leading ? lead : first) > span;
}

function holds(plan: ThresholdPlan, samples: readonly Sample[]): boolean {
  return askedOf(plan).every(({ measure, operator, value, at }) => {
    const values = samples.flatMap((one) => one.values[at] ?? []);
    const numbers = values.flatMap((one) => numberOf(one) ?? []).toSorted((one, other) => one - other);
    const sum = numbers.reduce((one, other) => one + other, 0);
    if (measure.type === "events") return compare(samples.length, operator, value);
    if (measure.type === "distinct") return compare(new Set(values).size, operator, value);
    if (measure.type === "values") return compare(values.length, operator, value);
    if (numbers.length === 0) return false;
    const measured = {
      sum,
      average: sum / numbers.length,
      least: numbers[0] ?? 0,
      greatest: numbers.at(-1) ?? 0,
      percentile: measure.type === "percentile" ? percentileOf(numbers, measure.percent) : 0,
    }[measure.type];
    return compare(measured, operator, value);
  });
}

/** Of each key, and then of each window. */
export function thresholdsIn(plan: ThresholdPlan, all: readonly Sample[]): readonly Found[] {
  const span = plan.window === null ? Number.POSITIVE_INFINITY : (timeSpan(plan.window) ?? 0);
  const atOnce = askedOf(plan).every(isLasting);
  const byKey = Map.groupBy(all, (one) => one.by[0] ?? null);
  return [...byKey].flatMap(([key, samples]): readonly Found[] => {
    if (key === null) return [];
    if (plan.window !== null && plan.windows === "sliding" && atOnce) return sliding(plan, samples, span);
    const windows =
      plan.window === null
        ? [samples]
        : plan.windows === "aligned"
          ? [...Map.groupBy(samples, (one) => Math.floor(one.time / span)).values()]
          : fromFirst(samples, span);
    return windows.flatMap((window) => {
      const told = atOnce
        ? window.map((_, at) => window.slice(0, at + 1)).find((some) => holds(plan, some))
        : holds(plan, window) && window;
      return told === undefined || told === false ? [] : [told.map((one) => one.ref)];
    });
  });
}

function sliding(plan: ThresholdPlan, samples: readonly Sample[], span: number): readonly Found[] {
  const found: Found[] = [];
  let [held, told] = [false, Number.NEGATIVE_INFINITY];
  for (const [at, { time }] of samples.entries()) {
    const window = samples.slice(0, at + 1).filter((one) => one.time >= time - span);
    const now = holds(plan, window);
    if (now && (!held || told < time - span)) {
      found.push(window.map((one) => one.ref));
      told = time;
    }
    held = now;
  }
  return found;
}

function fromFirst(samples: readonly Sample[], span: number): readonly (readonly Sample[])[] {
  const windows: Sample[][] = [];
  for (const one of samples) {
    const start = windows.at(-1)?.[0]?.time ?? Number.NEGATIVE_INFINITY;
    if (one.time - start > span) windows.push([one]);
    else windows.at(-1)?.push(one);
  }
  return windows;
}

/** Events whose value no event had in the span before. */
export function newTermsIn(span: number, samples: readonly Sample[]): readonly Found[] {
  return samples.flatMap(({ time, values, ref }, at) => {
    const [value = null] = values;
    if (value === null) return [];
    const known = samples.slice(0, at).some((one) => one.values[0] === value && one.time >= time - span);
    return known ? [] : [[ref]];
  });
}

/** Are there events that are a different one for each step, and within the span? Every choice is tried. */
export function isThere(pool: readonly Sample[], { steps }: SequencePlan, span: number): boolean {
  const places = steps.flatMap(({ runs, missing }, step) => (missing ? [] : new Array<number>(runs).fill(step)));
  const choose = (place: number, taken: readonly Sample[]): boolean => {
    if (place === places.length) {
      const times = taken.map((one) => one.time);
      return Math.max(...times) - Math.min(...times) <= span;
    }
    return pool.some(
      (one) =>
        one.step === places[place] &&
        !taken.some((other) => other.ref === one.ref) &&
        choose(place + 1, [...taken, one]),
    );
  };
  return choose(0, []);
}
