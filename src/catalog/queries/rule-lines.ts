import type { RuleLine } from "./answers.ts";

/** Columns of `rule` that a `RuleLine` needs, for a select list; the table must be named `r`. */
export const ruleLineColumns =
  "r.key, r.corpus, r.id, r.slug, r.path, r.title, r.language, r.kind, r.status, r.lifecycle, r.severity, r.outcome";

export interface RuleLineRow extends RuleLine {
  readonly key: number;
}

/** `id` of a line is `<corpus>:<upstream id>`, since two corpora may use one id. */
export function ruleLine(row: RuleLineRow): RuleLine {
  const { key: _key, corpus, id, slug, path, title, language, kind, status, lifecycle, severity, outcome } = row;
  return { id: `${corpus}:${id}`, corpus, slug, path, title, language, kind, status, lifecycle, severity, outcome };
}
