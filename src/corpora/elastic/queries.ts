import type { RuleQuery } from "../../rule/document.ts";
import { listOf, recordOf, textOf, type Untyped } from "../untyped.ts";
import { languageId } from "./language.ts";
import type { Places } from "./place.ts";

/** The rule's query, its filters, and the indicator side of a threat match: query first, then its filters. */
export function queriesOf(rule: Untyped, places: Places): readonly RuleQuery[] {
  const text = textOf(rule.query);
  const main: readonly RuleQuery[] =
    text.trim() === ""
      ? []
      : [{ role: "main", language: languageOf(rule.language), text, ...places.ofText("query", text) }];
  return [
    ...main,
    ...filtersOf(rule.filters, "filter", places.linesOfTables("rule.filters")),
    ...threatsOf(rule, places),
  ];
}

/** Kibana's own default. */
function languageOf(written: unknown): string {
  return languageId(textOf(written) || "kuery");
}

function threatsOf(rule: Untyped, places: Places): readonly RuleQuery[] {
  const text = textOf(rule.threat_query);
  if (text.trim() === "") return [];
  return [
    {
      role: "threat",
      language: languageOf(rule.threat_language),
      text,
      ...places.ofText("threat_query", text),
      on: listOf(rule.threat_mapping).map(joinOf),
    },
    ...filtersOf(rule.threat_filters, "threat", places.linesOfTables("rule.threat_filters")),
  ];
}

/** One of the mappings must hold, and within it all of its pairs. */
function joinOf(mapping: unknown): string {
  return listOf(recordOf(mapping).entries)
    .map(recordOf)
    .map((pair) => `${textOf(pair.field)} = ${textOf(pair.value)}`)
    .join(" and ");
}

function filtersOf(filters: unknown, role: "filter" | "threat", lines: readonly number[]): readonly RuleQuery[] {
  return listOf(filters).map((filter, index) => ({
    role,
    language: "query-dsl",
    text: toJson(filter),
    offset: null,
    line: lines[index] ?? 1,
  }));
}

/** Dotted keys can nest deeper than `JSON.stringify` can go: such a filter is left for the parser to refuse. */
function toJson(filter: unknown): string {
  try {
    return JSON.stringify(filter) ?? "";
  } catch {
    return "";
  }
}
