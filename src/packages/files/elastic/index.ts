import { bareQuery } from "../bare-query.ts";
import type { PackageFile, PlatformFiles } from "../package-file.ts";
import { type ElasticRule, elasticRule } from "./rule.ts";
import { elasticToml } from "./toml.ts";

/** Elastic Security: rules as Elastic's own repository keeps them, and the file that Kibana imports. */
export const elasticFiles: PlatformFiles = {
  platforms: ["elastic", "elastic-eql", "elastic-esql", "elastic-lucene"],
  use: [
    "`rules.ndjson`: all rules, switched off. In Kibana: Security, Rules, Import rules; or `POST /api/detection_engine/rules/_import`.",
    "`rules/*.toml`: one file a rule, in the layout of Elastic's detection-rules repository.",
    "`queries/`: searches that are no rules of the detection engine (osquery), and queries of rules that set more beside them than a file can say here.",
  ],
  write: (writing) => {
    const made = writing.package.detections.map((detection) => ({ detection, rule: elasticRule(writing, detection) }));
    const rules = made.flatMap(({ rule }) => (rule === null ? [] : [rule]));
    const files = made.map(
      ({ detection, rule }): PackageFile =>
        rule === null
          ? bareQuery(writing, detection)
          : { path: `rules/${writing.nameOf(detection)}.toml`, text: elasticToml(rule, writing.date) },
    );
    return rules.length === 0 ? files : [{ path: "rules.ndjson", text: importLines(rules) }, ...files];
  },
};

/**
 * What Kibana exports and imports: a rule a line, then a line that counts what is there.
 * https://www.elastic.co/guide/en/security/8.9/rules-api-export.html
 */
function importLines(rules: readonly ElasticRule[]): string {
  const details = {
    exported_count: rules.length,
    exported_rules_count: rules.length,
    missing_rules: [],
    missing_rules_count: 0,
    exported_exception_list_count: 0,
    exported_exception_list_item_count: 0,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
    exported_action_connector_count: 0,
    missing_action_connection_count: 0,
    missing_action_connections: [],
    excluded_action_connection_count: 0,
    excluded_action_connections: [],
  };
  const engine = {
    enabled: false,
    to: "now",
    max_signals: 100,
    version: 1,
    immutable: false,
    actions: [],
    exceptions_list: [],
  };
  const lines = rules.map(({ new_terms, ...rule }) => ({ ...rule, ...newTerms(new_terms), ...engine }));
  // Some readers of lines take these two for ends of lines, though JSON does not.
  const line = (value: object): string =>
    JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return `${[...lines, details].map(line).join("\n")}\n`;
}

/** What the API calls the fields whose values are new, and the time over which they must be. */
function newTerms(terms: ElasticRule["new_terms"]): object {
  if (terms === undefined) return {};
  return { new_terms_fields: terms.value, history_window_start: terms.history_window_start[0]?.value };
}
