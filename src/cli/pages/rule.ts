import type { RuleAnswer, RuleTag } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { diagnosticLine } from "./diagnostics.ts";
import { logicTree } from "./logic.ts";
import { facts, prose, remarks, section } from "./parts.ts";
import { indicators } from "./technique.ts";
import { proofLines } from "./test.ts";

export function rulePage(rule: RuleAnswer, terminal: Terminal): string {
  const { style, width } = terminal;
  const { document } = rule;
  const tagged = ({ foldedFrom }: RuleTag): string =>
    foldedFrom.length === 0 ? "" : ` (tagged ${foldedFrom.join(", ")})`;
  const named = (one: RuleTag): string => (one.name === null ? one.id : `${one.id} ${one.name}`);
  const exclusions = rule.exclusions.map((one) => [one.predicates.join(" and "), formatNumber(one.rules)]);
  const exclusionColumns = [
    { title: "not", flexible: true },
    { title: "rules", align: "right" as const },
  ];
  return [
    `${style("bold", rule.title)}\n`,
    facts(
      [
        ["rule", rule.id],
        ["address", `/rules/${rule.corpus}/${rule.slug}`],
        ["file", rule.path],
        ["source", rule.url],
        ["language", rule.language],
        ["kind", [rule.kind, remarks(rule)].filter((one) => one !== "").join(", ")],
        [
          "severity",
          [rule.severity ?? "", document.riskScore === null ? "" : `risk score ${document.riskScore}`]
            .filter((one) => one !== "")
            .join(", "),
        ],
        ["status", rule.status],
        ["techniques", rule.techniques.map((one) => named(one) + tagged(one)).join(", ")],
        ["tactics", rule.tactics.map((one) => (one.name ?? one.id) + tagged(one)).join(", ")],
        ["log sources", document.logSources.map((one) => `${one.kind} ${one.name}`).join(", ")],
        ["event ids", rule.eventIds.join(", ")],
        ["authors", document.authors.join(", ")],
        ["licence", rule.licence],
        ["created", rule.created],
        ["modified", rule.modified],
      ],
      style,
    ),
    document.description === "" ? "" : `\n${prose(document.description, terminal)}`,
    section("Log sources", sourceFacts(document.logSources), style),
    section("Logic", logicTree(rule.logic, style), style),
    section("Proof", rule.proof === null ? "" : proofLines(rule.proof, terminal), style),
    section("Events it needs", eventLines(rule, terminal), style),
    section("Names", nameLines(rule, terminal), style),
    section("Exclusions", exclusions.length === 0 ? "" : table(exclusionColumns, exclusions, width, style), style),
    section(
      "Indicators",
      indicators(rule.indicators, Number.POSITIVE_INFINITY, rule.indicators.length, terminal),
      style,
    ),
    section("Words to search raw logs for", lines(rule.searchTerms), style),
    section("False positives", lines(document.falsePositives), style),
    section(
      "Related rules",
      lines(
        rule.related.map((one) => `${one.kind} ${one.rule === null ? one.id : `${one.rule.id} ${one.rule.title}`}`),
      ),
      style,
    ),
    section("References", lines(document.references), style),
    section("Diagnostics", rule.diagnostics.map((one) => diagnosticLine(one, style)).join(""), style),
  ].join("");
}

function eventLines({ events }: RuleAnswer, { width, style }: Terminal): string {
  if (events.length === 0) return "";
  const columns = [
    { title: "provider" },
    { title: "event" },
    { title: "title", flexible: true },
    { title: "tie" },
    { title: "why", flexible: true },
  ];
  const cells = events.map(({ provider, eventId, title, tie, reason, missing }) => [
    provider,
    eventId,
    title,
    missing.length === 0 ? tie : `${tie}, partial`,
    missing.length === 0 ? reason : `${reason}; it lacks ${missing.join(", ")}`,
  ]);
  return table(columns, cells, width, style);
}

/** What the rule's own names mean, a line each. */
function nameLines({ predicates }: RuleAnswer, { width, style }: Terminal): string {
  const named = predicates.filter((one) => one.canonical !== null);
  if (named.length === 0) return "";
  const rows = new Map(
    named.map((one) => {
      const written = one.written ?? one.field ?? "";
      return [`${written}\n${one.canonical}`, [written, one.canonical ?? "", one.title ?? "", one.namedBy ?? ""]];
    }),
  );
  const columns = [{ title: "as written" }, { title: "means" }, { title: "that is", flexible: true }, { title: "by" }];
  return table(columns, [...rows.values()], width, style);
}

/** What the corpus itself says of the sources; of most there is nothing but the name. */
function sourceFacts(sources: RuleAnswer["document"]["logSources"]): string {
  return sources
    .flatMap(({ name, attributes = {} }) => {
      const said = Object.entries(attributes).map(([label, value]) => `${label.replaceAll("_", " ")} ${value}`);
      return said.length === 0 ? [] : [`  ${name}: ${said.join(", ")}\n`];
    })
    .join("");
}

function lines(list: readonly string[]): string {
  return list.map((one) => `  ${one.replace(/\s+/gu, " ").trim()}\n`).join("");
}
