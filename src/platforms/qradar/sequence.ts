import { type Refused, refused, type TargetQuery, type TargetStep, type WrittenQuery } from "../platform.ts";
import { kindOf } from "./properties.ts";
import { columnsOf, tableOf, whereOf } from "./select.ts";
import { amongRows, clauses, keyOf, last, lookBack, said, twoTables, unnamed } from "./statement.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/**
 * Events of the last step whose values the other steps have, too, each in a search within. A session of AQL (`SESSION BY`)
 * would keep the order, but shows those that were never ended, too, and no page says how to ask for the others only.
 * @see https://www.ibm.com/docs/en/SSKMKU/com.ibm.qradar.doc/c_qradar_aql_explicit_begin_end.html
 */
export function sequence(query: Sequence): WrittenQuery | Refused {
  const { steps, maxspan } = query;
  const shown = steps.findLast((one) => !one.missing);
  if (shown === undefined) return refused("sequence", "Every step of the sequence is one that must not come.");
  if (steps.some((one) => one.runs > 1)) return refused("sequence", "AQL does not count a step among others.");
  if (steps.some((one) => one.by.length === 0)) return refused("sequence", "The steps have no value in common.");
  const span = maxspan ?? lookBack;
  const asText = shown.by.some(({ name }, at) => steps.some(({ by }) => kindOf(by[at]?.name ?? "") !== kindOf(name)));
  const key = keyOf(shown.by, asText);
  const table = tableOf(shown.branches);
  if (key === null) return unnamed;
  if (table === null) return twoTables;
  const own = searchOf(shown, asText, last(span));
  if (typeof own !== "string") return own;
  const others: string[] = [];
  for (const step of steps) {
    if (step === shown) continue;
    const search = searchOf(step, asText, last(span));
    if (typeof search !== "string") return search;
    if (search === own) return refused("sequence", "AQL does not tell two steps apart that ask for the same.");
    others.push(step.missing ? `NOT (${amongRows(key.value, search)})` : amongRows(key.value, search));
  }
  const where = whereOf(shown.branches, key.present, others);
  if (typeof where !== "string") return where;
  const show = [...shown.by, ...shown.branches.flatMap((one) => one.show)].map(({ name }) => name);
  const text = clauses(columnsOf(show, table), table, where, [last(span)]);
  return { text, remarks: [{ part: "sequence", code: "sequence", why: whyOf(query) }] };
}

/** The values of one step. */
function searchOf({ branches, by }: TargetStep, asText: boolean, span: string): string | Refused {
  const table = tableOf(branches);
  const key = keyOf(by, asText);
  if (table === null) return twoTables;
  if (key === null) return unnamed;
  const where = whereOf(branches, key.present);
  return typeof where === "string" ? clauses([key.column], table, where, [`GROUP BY ${key.alias}`, span]) : where;
}

function whyOf({ ordered, maxspan, until }: Sequence): string {
  const time = maxspan === null ? `${said(lookBack)}, as the rule names no time span` : said(maxspan);
  const order = ordered ? ", in whatever order they came" : "";
  const end = until === null ? "" : ", without the rule's own end of a sequence";
  return `All steps are looked for in the last ${time}${order}${end}; the events of one of them are shown.`;
}
