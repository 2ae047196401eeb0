import type {
  IndicatorAnswer,
  RuleWithPredicates,
  TechniqueAnswer,
  TechniqueLink,
  TechniqueObject,
} from "../../catalog/queries/answers.ts";
import type { FieldAnswer } from "../../catalog/queries/field.ts";
import { anyField } from "../../catalog/queries/field-table.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { eventRows } from "./event-rows.ts";
import { facts, firstParagraph, more, prose, remarks, section, severityCell } from "./parts.ts";
import { testRows } from "./test.ts";

/** Rows of each list without `--all`. */
const rowsShown = {
  events: 12,
  fields: 15,
  indicators: 20,
  exclusions: 12,
  rules: 15,
  objects: 12,
  tests: 15,
} as const;

export function techniquePage(technique: TechniqueAnswer, terminal: Terminal, all: boolean): string {
  const { style } = terminal;
  const limit = (list: keyof typeof rowsShown): number => (all ? Number.POSITIVE_INFINITY : rowsShown[list]);
  const { counts } = technique;
  return [
    `${style("bold", `${technique.id}  ${technique.name}`)}\n`,
    technique.revokedBy === null ? "" : `${style("yellow", `revoked by ${technique.revokedBy}`)}\n`,
    technique.deprecated ? `${style("yellow", "deprecated")}\n` : "",
    facts(
      [
        ["tactics", technique.tactics.join(", ")],
        ["platforms", technique.platforms.join(", ")],
        ["part of", technique.parent === null ? null : `${technique.parent.id} ${technique.parent.name}`],
        ["vendors", technique.vendors.map((one) => `${one.corpus} ${formatNumber(one.rules)}`).join(", ")],
        ["folded from", technique.foldedFrom.map((one) => `${one.id} (${counted(one.rules, "rule")})`).join(", ")],
        [
          "counts",
          [
            counted(counts.rules, "active rule"),
            counted(counts.fields, "field"),
            counted(counts.indicators, "indicator"),
            counted(counts.exclusions, "exclusion"),
          ].join(", "),
        ],
      ],
      style,
    ),
    technique.description === "" ? "" : `\n${prose(firstParagraph(technique.description), terminal)}`,
    section("Sub-techniques", techniqueLinks(technique.subtechniques, Number.POSITIVE_INFINITY, terminal), style),
    section("Events covered", eventRows(technique.events, limit("events"), terminal), style),
    section("Fields filtered most", fields(technique, limit("fields"), terminal), style),
    section(
      "Top indicators",
      indicators(technique.indicators, limit("indicators"), technique.counts.indicators, terminal),
      style,
    ),
    section("Exclusions", exclusions(technique, limit("exclusions"), terminal), style),
    ...rulesByVendor(technique.rules, limit("rules"), terminal),
    section("Tests", testRows(technique.tests, limit("tests"), terminal), style),
    section("Seen with", objects(technique, limit("objects"), terminal), style),
  ].join("");
}

/** Techniques with their active rules. */
export function techniqueLinks(links: readonly TechniqueLink[], limit: number, { width, style }: Terminal): string {
  const rows = links.slice(0, limit);
  if (rows.length === 0) return "";
  const columns = [{ title: "id" }, { title: "name", flexible: true }, { title: "rules", align: "right" as const }];
  const cells = rows.map((one) => [one.id, one.name, formatNumber(one.rules)]);
  return table(columns, cells, width, style) + more(rows.length, links.length);
}

function fields(technique: TechniqueAnswer, limit: number, { width, style }: Terminal): string {
  const rows = technique.fields.slice(0, limit);
  if (rows.length === 0) return "";
  const columns = [
    { title: "field" },
    { title: "rules", align: "right" as const },
    { title: "operators", flexible: true },
    { title: "samples", flexible: true },
  ];
  const operators = (used: Readonly<Record<string, number>>): string =>
    Object.entries(used)
      .map(([operator, rules]) => `${operator} ${formatNumber(rules)}`)
      .join(", ");
  const cells = rows.map((one) => [
    one.fields.map((each) => each.field).join(", ") || one.facet,
    formatNumber(one.rules),
    operators(one.operators),
    one.samples.join(", "),
  ]);
  return table(columns, cells, width, style) + more(rows.length, technique.fields.length, technique.counts.fields);
}

/** Also of a rule, whose indicators have no count of their own page. */
export function indicators(
  list: readonly IndicatorAnswer[],
  limit: number,
  all: number,
  { width, style }: Terminal,
): string {
  const rows = list.slice(0, limit);
  if (rows.length === 0) return "";
  const columns = [
    { title: "field" },
    { title: "operator" },
    { title: "value", flexible: true },
    ...["here", "reach", "excluded by"].map((title) => ({ title, align: "right" as const })),
  ];
  const cells = rows.map((one) => [
    one.field ?? anyField,
    one.operator,
    one.value,
    formatNumber(one.rulesHere),
    formatNumber(one.reach),
    formatNumber(one.excludedBy),
  ]);
  return table(columns, cells, width, style) + more(rows.length, list.length, all);
}

/** Techniques with the number of their rules that the page is about. */
export function techniqueUses(
  { total, shown }: FieldAnswer["techniques"],
  limit: number,
  { width, style }: Terminal,
): string {
  const rows = shown.slice(0, limit);
  if (rows.length === 0) return "";
  const columns = [
    { title: "id" },
    { title: "name", flexible: true },
    { title: "rules here", align: "right" as const },
    { title: "all rules", align: "right" as const },
  ];
  const cells = rows.map((one) => [one.id, one.name, formatNumber(one.rulesHere), formatNumber(one.rules)]);
  return table(columns, cells, width, style) + more(rows.length, shown.length, total);
}

function exclusions(technique: TechniqueAnswer, limit: number, { width, style }: Terminal): string {
  const rows = technique.exclusions.slice(0, limit);
  if (rows.length === 0) return "";
  const columns = [
    { title: "rules", align: "right" as const },
    { title: "not", flexible: true },
  ];
  const cells = rows.map((one) => [formatNumber(one.rules), one.predicates.join(" and ")]);
  return (
    table(columns, cells, width, style) + more(rows.length, technique.exclusions.length, technique.counts.exclusions)
  );
}

function rulesByVendor(
  rules: readonly RuleWithPredicates[],
  limit: number,
  { width, style }: Terminal,
): readonly string[] {
  const vendors = Map.groupBy(rules, (one) => one.corpus);
  const columns = [{ title: "severity" }, { title: "title", flexible: true }, { title: "rule" }, { title: "remarks" }];
  return [...vendors].map(([corpus, list]) => {
    const rows = list.slice(0, limit);
    const cells = rows.map((one) => [
      severityCell(one.severity),
      one.title,
      `${one.corpus}/${one.slug}`,
      tagRemarks(one),
    ]);
    const body = table(columns, cells, width, style) + more(rows.length, list.length);
    return section(`Rules of ${corpus} (${formatNumber(list.length)})`, body, style);
  });
}

/** With a tag of another version of ATT&CK, where that put the rule here. */
function tagRemarks(one: RuleWithPredicates): string {
  const tag = one.foldedFrom.length === 0 ? "" : `tagged ${one.foldedFrom.join(" ")}`;
  return [remarks(one), tag].filter((each) => each !== "").join(", ");
}

function objects(technique: TechniqueAnswer, limit: number, { style }: Terminal): string {
  const line = (list: readonly TechniqueObject[]): string => {
    const shown = list.slice(0, limit).map((one) => `${one.name} (${one.id})`);
    return (
      shown.join(", ") + (list.length > shown.length ? ` … and ${formatNumber(list.length - shown.length)} more` : "")
    );
  };
  return facts(
    [
      ["groups", line(technique.groups)],
      ["software", line(technique.software)],
      ["campaigns", line(technique.campaigns)],
      ["mitigations", line(technique.mitigations)],
      ["strategies", line(technique.strategies)],
    ],
    style,
  );
}
