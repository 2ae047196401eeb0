import type { TargetQuery, WrittenQuery } from "../platform.ts";
import { columnOf } from "./columns.ts";
import { kustoSpan } from "./literals.ts";
import {
  indented,
  type Lines,
  listLine,
  projection,
  resultColumns,
  searchesOf,
  shownColumns,
  unionOf,
} from "./pipeline.ts";

/** How far back the events are searched that are compared with what was before; the schedule of the rule decides. */
const recent = "1d";

/** Events of the last day whose values the time before does not know. */
export function newTerms({
  branches,
  fields,
  window,
}: Extract<TargetQuery, { readonly type: "new_terms" }>): WrittenQuery {
  const searches = searchesOf(branches);
  const time = searches[0]?.time ?? "TimeGenerated";
  const keys = shownColumns(fields, []);
  const computed = keys.filter((one) => one.made !== one.name).map((one) => one.made);
  const lines: Lines = [
    ...unionOf(
      searches.map((one) => (one.time === time ? one.lines : [...one.lines, `| extend ${time} = ${one.time}`])),
    ),
    ...(computed.length === 0 ? [] : [listLine("extend", computed)]),
    ...fields.map((one, at) => presence(one, keys[at]?.name ?? "")),
  ];
  const names = keys.map((one) => one.name).join(", ");
  const [only] = searches;
  const named = new Set(keys.map((one) => one.name));
  const columns =
    only === undefined || searches.length > 1
      ? []
      : resultColumns({ ...only, show: only.show.filter((one) => !fields.some((key) => key.name === one.name)) });
  const result = [...columns.slice(0, 1), ...named, ...columns.slice(1).filter((one) => !named.has(one))];
  return {
    text: [
      `let Matches = materialize(`,
      indented(lines, "    "),
      `    | where ${time} > ago(${kustoSpan(window)})`,
      `);`,
      "Matches",
      `| where ${time} > ago(${recent})`,
      `| join kind=leftanti (`,
      `    Matches`,
      `    | where ${time} <= ago(${recent})`,
      `    | distinct ${names}`,
      `  ) on ${names}`,
      ...(searches.length === 1 ? projection(result) : []),
    ].join("\n"),
    remarks: [
      {
        part: "new terms",
        code: "window",
        why: `The events of the last day are compared with those before; the rule's own schedule decides how often it looks.`,
      },
    ],
  };
}

function presence(field: Parameters<typeof columnOf>[0], name: string): string {
  const { type } = columnOf(field);
  return `| where ${type === "number" || type === "boolean" || type === "time" ? "isnotnull" : "isnotempty"}(${name})`;
}
