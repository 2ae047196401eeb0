import type { DetectionPackage, PackageDetection } from "../detection-package.ts";

const secondsOf: Readonly<Record<string, number>> = {
  s: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

/**
 * Where queries say over how long a time they look, by language: `maxspan`, a bucket, a time back from now. Each has the
 * amount as its first group and the unit as its second.
 */
const spans: Readonly<Record<string, readonly RegExp[]>> = {
  eql: [/\bmaxspan\s*=\s*(\d+)\s*(s|m|h|d)\b/giu],
  esql: [/\b(?:BUCKET|DATE_TRUNC|NOW)\b[^\n|]*?\b(\d+) ?(seconds?|minutes?|hours?|days?)\b/giu],
  spl: [
    /\b(?:span|maxspan|time_window|window)\s*=\s*"?(\d+)(s|m|min|h|d)\b/giu,
    /\bearliest\s*=\s*"?-(\d+)(s|m|min|h|d)\b/giu,
  ],
  kusto: [/\b(?:ago|bin|between|within)\s*\([^\n|]*?\b(\d+)(s|m|h|d)\b/giu, /\b(\d+)(s|m|h|d)\b\s*(?:\)|;|,|$)/gimu],
  "yara-l": [/\bover\s+(\d+)(s|m|h|d)\b/giu],
  logscale: [/\b(?:span|window|maxspan|within|start)\s*[=:]\s*"?(\d+)(s|m|min|h|d)\b/giu],
  sumo: [/\b(?:timeslice|within|window)\s+(?:by\s+)?(\d+)(s|m|h|d)\b/giu],
};

/** A time with its unit, `10m`, in seconds; null for anything else. */
function seconds(text: string): number | null {
  const [, amount, unit] = /^\s*(\d{1,9})\s*([a-z]+)\s*$/iu.exec(text) ?? [];
  const each = secondsOf[unit?.toLowerCase() ?? ""];
  return amount === undefined || each === undefined ? null : Number(amount) * each;
}

/**
 * The longest time, in minutes, over which a detection puts events together: what a knob of the package sets for it, and
 * what its query says. 0 where each event stands for itself. A schedule that looks back less would find nothing.
 */
export function spanInMinutes({ knobs }: DetectionPackage, detection: PackageDetection): number {
  const set = knobs.filter((one) => one.kind === "window" && one.detections.includes(detection.id));
  const written = (spans[detection.language] ?? []).flatMap((expression) =>
    [...detection.query.matchAll(expression)].map(([, amount = "", unit = ""]) => `${amount}${unit}`),
  );
  const all = [...set.map((one) => one.value), ...written].map((one) => seconds(one) ?? 0);
  return Math.min(Math.ceil(Math.max(0, ...all) / 60), longestInMinutes);
}

/** Thirty days: more no platform looks back on a schedule. */
const longestInMinutes = 30 * 24 * 60;
