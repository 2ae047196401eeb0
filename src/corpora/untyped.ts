/**
 * Looks at values that came out of a YAML, TOML or JSON file of a stranger. Each function answers with what it was asked
 * for or with nothing; none throws, whatever the file holds.
 */
export type Untyped = Readonly<Record<string, unknown>>;

const nothing: Untyped = Object.freeze(Object.create(null));

/** The map that stands here; an empty one where there is none. */
export function recordOf(value: unknown): Untyped {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Untyped) : nothing;
}

/** Elements of a list; a single value stands for a list of one, nothing for an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A text, or a number or truth value in the words of the file's format; empty for everything else. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The texts of a list, trimmed, without empty ones. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value)
    .map((one) => textOf(one).trim())
    .filter((one) => one !== "");
}

export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** `YYYY-MM-DD` of a date that is written with dashes or slashes, with or without a time. */
export function dateOf(value: unknown): string | null {
  const written = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : textOf(value);
  const parts = /^\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)/.exec(written);
  if (parts === null) return null;
  const [, year = "", month = "", day = ""] = parts;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
