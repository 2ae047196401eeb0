import { type Asked, compare, numberOf, percentileOf } from "./measure.ts";

/** What the values of some events come to, condition by condition. Events are added and never taken out. */
export interface Tally {
  /** How much more it holds afterwards. */
  readonly add: (values: readonly (string | null)[]) => number;
  readonly events: () => number;
  /** NaN where there is no number. */
  readonly measured: () => readonly number[];
  readonly holds: () => boolean;
}

interface Part {
  readonly add: (value: string | null) => number;
  readonly measured: () => number;
}

export function openTally(asked: readonly Asked[]): Tally {
  const parts = asked.map(openPart);
  let events = 0;
  return {
    add: (values) => {
      events += 1;
      let more = 0;
      for (let at = 0; at < parts.length; at++)
        more += (parts[at] as Part).add(values[(asked[at] as Asked).at] ?? null);
      return more;
    },
    events: () => events,
    measured: () => parts.map((one) => one.measured()),
    holds: () =>
      parts.every((one, at) => {
        const { operator, value } = asked[at] as Asked;
        return compare(one.measured(), operator, value);
      }),
  };
}

function openPart({ measure }: Asked): Part {
  switch (measure.type) {
    case "events":
    case "values": {
      let count = 0;
      const add = (value: string | null): number => {
        if (measure.type === "events" || value !== null) count += 1;
        return 0;
      };
      return { add, measured: () => count };
    }
    case "distinct": {
      const seen = new Set<string>();
      const add = (value: string | null): number => {
        if (value === null || seen.has(value)) return 0;
        seen.add(value);
        return 1;
      };
      return { add, measured: () => seen.size };
    }
    case "sum":
    case "average":
    case "least":
    case "greatest":
      return openNumber(measure.type);
    case "percentile": {
      const numbers: number[] = [];
      const add = (value: string | null): number => {
        const number = numberOf(value);
        if (number === null) return 0;
        numbers.push(number);
        return 1;
      };
      const measured = (): number =>
        numbers.length === 0
          ? Number.NaN
          : percentileOf(
              numbers.toSorted((one, other) => one - other),
              measure.percent,
            );
      return { add, measured };
    }
    default:
      return measure satisfies never;
  }
}

function openNumber(type: "sum" | "average" | "least" | "greatest"): Part {
  let count = 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  const add = (value: string | null): number => {
    const number = numberOf(value);
    if (number === null) return 0;
    count += 1;
    sum += number;
    if (number < least) least = number;
    if (number > greatest) greatest = number;
    return 0;
  };
  const measured = (): number => {
    if (count === 0) return Number.NaN;
    return type === "sum" ? sum : type === "average" ? sum / count : type === "least" ? least : greatest;
  };
  return { add, measured };
}
