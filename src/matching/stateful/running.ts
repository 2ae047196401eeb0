import { type Asked, compare, numberOf } from "./measure.ts";

/** A number that follows values which come and go, for a condition that is lasting (`isLasting`). Plain data. */
export interface Running {
  /** How many values there are, of those that count for the condition. */
  count: number;
  sum: number;
  /** Value → how often it is there; null where it does not matter. */
  readonly seen: Map<string, number> | null;
}

export function emptyRunning({ measure }: Asked): Running {
  return { count: 0, sum: 0, seen: measure.type === "distinct" ? new Map() : null };
}

/** A value comes (1) or goes (-1). */
export function change(
  running: Running,
  { measure, operator, value: limit }: Asked,
  value: string | null,
  by: 1 | -1,
): void {
  switch (measure.type) {
    case "events":
      running.count += by;
      return;
    case "values":
      if (value !== null) running.count += by;
      return;
    case "distinct": {
      const { seen } = running;
      if (value === null || seen === null) return;
      const often = (seen.get(value) ?? 0) + by;
      if (often === 0) seen.delete(value);
      else seen.set(value, often);
      return;
    }
    case "sum": {
      const number = numberOf(value);
      if (number === null) return;
      running.count += by;
      running.sum = running.count === 0 ? 0 : running.sum + by * number;
      return;
    }
    case "greatest":
    case "least": {
      // How many values alone meet the condition: one is enough.
      const number = numberOf(value);
      if (number !== null && compare(number, operator, limit)) running.count += by;
      return;
    }
    case "average":
    case "percentile":
      return;
    default:
      measure satisfies never;
  }
}

export function holds({ count, sum, seen }: Running, { measure, operator, value }: Asked): boolean {
  switch (measure.type) {
    case "events":
    case "values":
      return compare(count, operator, value);
    case "distinct":
      return compare(seen?.size ?? 0, operator, value);
    case "sum":
      return count > 0 && compare(sum, operator, value);
    case "greatest":
    case "least":
      return count > 0;
    case "average":
    case "percentile":
      return false;
    default:
      return measure satisfies never;
  }
}
