import type { ReportPart } from "../../platforms/translation.ts";
import type { PackageDetection } from "../detection-package.ts";

/** What a native rule sets beside its query, read from its report; `src/packages/native-settings.ts` writes that. */
export interface BesideQuery {
  readonly thresholds: readonly Threshold[];
  readonly newTerms: { readonly fields: readonly string[]; readonly window: string } | null;
  /** Filters of Kibana. */
  readonly filters: readonly object[];
}

export interface Threshold {
  /** null: events are counted. */
  readonly distinct: string | null;
  readonly sign: "<" | "<=" | ">" | ">=" | "=";
  readonly count: number;
  readonly by: readonly string[];
}

/**
 * null where a part of it is none of these (indicators, jobs of machine learning): the query alone would find more than
 * the rule, and is no rule.
 */
export function besideQuery({ native, report }: PackageDetection): BesideQuery | null {
  let beside: BesideQuery = { thresholds: [], newTerms: null, filters: [] };
  if (!native) return beside;
  for (const part of report) {
    const more = readPart(part);
    if (more === null || (more.newTerms !== undefined && beside.newTerms !== null)) return null;
    beside = {
      thresholds: [...beside.thresholds, ...(more.thresholds ?? [])],
      newTerms: more.newTerms ?? beside.newTerms,
      filters: [...beside.filters, ...(more.filters ?? [])],
    };
  }
  return beside;
}

function readPart({ part, why }: ReportPart): Partial<BesideQuery> | null {
  const threshold = /^(?:events|values of (.+?)) (<=|>=|<|>|=) (\d+)(?: by (.+))?$/u.exec(part);
  if (threshold !== null) {
    const [, distinct = null, sign, count, by] = threshold;
    return { thresholds: [{ distinct, sign: sign as Threshold["sign"], count: Number(count), by: names(by) }] };
  }
  const [, fields, window] = /^new values of (.+) in (\S+)$/u.exec(part) ?? [];
  if (fields !== undefined && window !== undefined) return { newTerms: { fields: names(fields), window } };
  const [, filter] = part === "filter of the rule" ? (/: (\{.*\})$/u.exec(why) ?? []) : [];
  return filter === undefined ? null : filterOf(filter);
}

/** Brackets in a filter; those of real rules have a dozen. */
const mostBrackets = 200;

/** A filter without `null`, which TOML has not, and no deeper than what is written can go. */
function filterOf(text: string): Partial<BesideQuery> | null {
  if (/\bnull\b/u.test(text) || (text.match(/[[{]/gu)?.length ?? 0) > mostBrackets) return null;
  try {
    return { filters: [JSON.parse(text) as object] };
  } catch {
    return null;
  }
}

function names(list = ""): readonly string[] {
  return list.split(", ").filter((one) => one !== "");
}
