import type { FieldAnswer, SchemaName } from "../../catalog/queries/field.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { facts, more, prose, section } from "./parts.ts";
import { indicators, techniqueUses } from "./technique.ts";

/** Rows of each list without `--all`. */
const rowsShown = { names: 40, indicators: 20, techniques: 15, spellings: 15, events: 15 } as const;

export function fieldPage(field: FieldAnswer, terminal: Terminal, all: boolean): string {
  const limit = (list: keyof typeof rowsShown): number => (all ? Number.POSITIVE_INFINITY : rowsShown[list]);
  const { style, width } = terminal;
  const { indicators: looked, excluded, techniques, spellings, events } = field;
  const used = Object.entries(field.operators).map(([operator, rules]) => `${operator} ${formatNumber(rules)}`);
  return [
    `${style("bold", field.title === field.id ? field.id : `${field.id}  ${field.title}`)}\n`,
    field.mapped ? "" : `${style("yellow", "no table maps this name")}\n`,
    facts(
      [
        ["of", field.role],
        ["type", field.type],
        ["letter case", field.letterCase],
        ["all forms of", field.allForms ? null : (field.facet?.id ?? null)],
        [
          "forms",
          field.forms.length < 2
            ? null
            : field.forms.map((one) => `${one.field} ${formatNumber(one.rules)}`).join(", "),
        ],
        ["rules", `${counted(field.rules, "active rule")}, ${counted(field.predicates, "predicate")}`],
        ["corpora", field.corpora.map((one) => `${one.corpus} ${formatNumber(one.rules)}`).join(", ")],
        ["operators", used.join(", ")],
      ],
      style,
    ),
    field.note === null ? "" : `\n${prose(field.note, terminal)}`,
    section("Names", field.mapped ? names(field.names, limit("names"), terminal) : "", style),
    section("Values looked for", indicators(looked.shown, limit("indicators"), looked.total, terminal), style),
    section("Values left out", indicators(excluded.shown, limit("indicators"), excluded.total, terminal), style),
    section("Techniques", techniqueUses(techniques, limit("techniques"), terminal), style),
    section(
      "Events that carry it",
      events.shown.length === 0
        ? ""
        : table(
            [{ title: "event" }, { title: "title", flexible: true }, { title: "rules", align: "right" }],
            events.shown
              .slice(0, limit("events"))
              .map((one) => [`${one.provider} ${one.eventId}`, one.title, formatNumber(one.rules)]),
            width,
            style,
          ) + rest(limit("events"), events),
      style,
    ),
    section(
      "As rules write it",
      spellings.shown.length === 0 || !field.mapped
        ? ""
        : table(
            [{ title: "name" }, { title: "table", flexible: true }, { title: "rules", align: "right" }],
            spellings.shown
              .slice(0, limit("spellings"))
              .map((one) => [one.name, one.namedBy ?? "", formatNumber(one.rules)]),
            width,
            style,
          ) + rest(limit("spellings"), spellings),
      style,
    ),
  ].join("");
}

function names(list: readonly SchemaName[], limit: number, { width, style }: Terminal): string {
  if (list.length === 0) return "";
  const columns = [{ title: "schema" }, { title: "name" }, { title: "log sources", flexible: true }];
  const rows = list.slice(0, limit).map((one) => [one.schema, one.name, one.scope]);
  return table(columns, rows, width, style) + more(rows.length, list.length);
}

function rest(limit: number, { shown, total }: { readonly shown: readonly unknown[]; readonly total: number }): string {
  return more(Math.min(limit, shown.length), shown.length, total);
}
