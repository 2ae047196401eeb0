import type { Duration } from "./platform.ts";

const units: ReadonlyMap<string, Duration["unit"] | "week" | "millisecond"> = new Map(
  (
    [
      ["millisecond", ["ms", "millisecond", "milliseconds"]],
      ["second", ["s", "sec", "secs", "second", "seconds"]],
      ["minute", ["m", "min", "mins", "minute", "minutes"]],
      ["hour", ["h", "hr", "hrs", "hour", "hours"]],
      ["day", ["d", "day", "days"]],
      ["week", ["w", "week", "weeks"]],
    ] as const
  ).flatMap(([unit, names]) => names.map((name) => [name, unit] as const)),
);

const seconds: Readonly<Record<Duration["unit"], number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/**
 * The time span in a text as rules write it: `5m`, `15 minutes`, `span=1h`, `now-7d`, `bin(TimeGenerated, 1h)`. null where
 * there is none, or more than one.
 */
export function parseDuration(text: string): Duration | null {
  const found = [...text.matchAll(/(?<![\w.])(\d+)\s*([a-z]+)\b/giu)];
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  const amount = Number(only[1]);
  const unit = units.get((only[2] ?? "").toLowerCase());
  if (unit === undefined || amount === 0) return null;
  if (unit === "week") return { amount: amount * 7, unit: "day" };
  if (unit === "millisecond") return { amount: Math.max(1, Math.round(amount / 1000)), unit: "second" };
  return { amount, unit };
}

/** Length in seconds. */
export function durationSeconds({ amount, unit }: Duration): number {
  return amount * seconds[unit];
}

/** In the short form of most languages: `5m`. */
export function shortDuration({ amount, unit }: Duration): string {
  return `${amount}${unit[0]}`;
}
