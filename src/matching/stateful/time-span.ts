import { durationSeconds, parseDuration } from "../../platforms/duration.ts";

/** Units that are told apart by letter case, and those that a duration of a query rounds to seconds: milliseconds each. */
const exact: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["w", 604_800_000],
  ["M", 2_592_000_000],
  ["y", 31_536_000_000],
]);

const alone: ReadonlyMap<string, number> = new Map([
  ["second", 1000],
  ["minute", 60_000],
  ["hour", 3_600_000],
  ["day", 86_400_000],
  ["week", 604_800_000],
]);

/**
 * Milliseconds of a time span as rules write it: `5m`, `500ms`, `by day`, `every hour`, `now-14d`, `1M` (30 days), `1y` (365). null
 * where it is not understood.
 */
export function timeSpan(text: string): number | null {
  const found = /^(?:now-)?(\d{1,9})(ms|w|M|y)$/u.exec(text.trim());
  if (found !== null) {
    const length = Number(found[1]) * (exact.get(found[2] ?? "") ?? 0);
    return length === 0 ? null : length;
  }
  const duration = parseDuration(text);
  if (duration !== null) return durationSeconds(duration) * 1000;
  const unit = /^(?:by|every) (\w+)$/u.exec(text.trim())?.[1];
  return unit === undefined ? null : (alone.get(unit.toLowerCase()) ?? null);
}
