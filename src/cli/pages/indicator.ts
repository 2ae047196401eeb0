import { anyField } from "../../catalog/queries/field-table.ts";
import type { CountedRules, IndicatorDetail } from "../../catalog/queries/indicator.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { facts, more, prose, remarks, section, severityCell } from "./parts.ts";
import { indicators, techniqueUses } from "./technique.ts";

/** Rows of each list without `--all`. */
const rowsShown = { rules: 15, techniques: 15, near: 15, spellings: 10 } as const;

export function indicatorPage(indicator: IndicatorDetail, terminal: Terminal, all: boolean): string {
  const limit = (list: keyof typeof rowsShown): number => (all ? Number.POSITIVE_INFINITY : rowsShown[list]);
  const { style, width } = terminal;
  const { field, operator, value, sameValue, spellings, near } = indicator;
  const vendors = Object.entries(indicator.vendors).map(([corpus, rules]) => `${corpus} ${formatNumber(rules)}`);
  const written = spellings.shown.slice(0, limit("spellings"));
  return [
    `${style("bold", `${field ?? anyField} ${operator} ${value}`)}\n`,
    facts(
      [
        ["id", indicator.id],
        ["reach", formatNumber(indicator.reach)],
        ["excluded by", formatNumber(indicator.excludedBy)],
        [
          "in any form",
          `looked for by ${formatNumber(sameValue.reach)}, left out by ${formatNumber(sameValue.excludedBy)}`,
        ],
        ["vendors", vendors.join(", ")],
        ["compared as", indicator.normal === value ? null : indicator.normal],
      ],
      style,
    ),
    `\n${prose(indicator.noise.sentence, terminal)}`,
    section("Rules that look for it", rules(indicator.lookedFor, limit("rules"), terminal), style),
    section("Rules that leave it out", rules(indicator.leftOut, limit("rules"), terminal), style),
    section("Techniques", techniqueUses(indicator.techniques, limit("techniques"), terminal), style),
    section("Near it", indicators(near, limit("near"), near.length, terminal), style),
    section(
      "As rules write it",
      table(
        [{ title: "field" }, { title: "value", flexible: true }, { title: "rules", align: "right" }],
        written.map((one) => [one.name ?? anyField, one.raw, formatNumber(one.rules)]),
        width,
        style,
      ) + more(written.length, spellings.shown.length, spellings.total),
      style,
    ),
  ].join("");
}

function rules({ shown, total }: CountedRules, limit: number, { width, style }: Terminal): string {
  if (total === 0) return "";
  const columns = [{ title: "severity" }, { title: "title", flexible: true }, { title: "rule" }, { title: "remarks" }];
  const rows = shown.slice(0, limit);
  const cells = rows.map((one) => [severityCell(one.severity), one.title, `${one.corpus}/${one.slug}`, remarks(one)]);
  return table(columns, cells, width, style) + more(rows.length, shown.length, total);
}
