import { stringify } from "smol-toml";
import type { ElasticRule } from "./rule.ts";

/**
 * A file of the repository of Elastic's rules: `[metadata]`, `[rule]`, and a `[[rule.threat]]` for each tactic. The library
 * writes every text on one line with escapes; texts of several lines are written here as people write them.
 * https://github.com/elastic/detection-rules (rules/**, docs in CONTRIBUTING.md)
 */
export function elasticToml(rule: ElasticRule, date: string): string {
  const day = date.replaceAll("-", "/");
  const { threat, query, threshold, new_terms, filters, ...rest } = rule;
  const scalars = Object.entries(rest)
    .filter(([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => `${key} = ${tomlValue(value)}`);
  return [
    stringify({ metadata: { creation_date: day, maturity: "development", updated_date: day } }),
    "[rule]",
    ...scalars,
    "",
    `query = ${multilineText(query)}`,
    "",
    stringify({ rule: { filters, threshold, new_terms, threat } }),
  ].join("\n");
}

function tomlValue(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length < 2
      ? `[${value.map(tomlValue).join("")}]`
      : `[\n${value.map((one) => `    ${tomlValue(one)},`).join("\n")}\n]`;
  }
  if (typeof value === "string") return value.includes("\n") ? multilineText(value) : basicText(value);
  return String(value);
}

/** The library's own way with a text. */
function basicText(text: string): string {
  return stringify({ text }).slice("text = ".length).trimEnd();
}

/**
 * A text over several lines: between `'''` as it is, where nothing in it could end it; else between `"""`, with escapes.
 * A first line end behind the quotation marks belongs to them. https://toml.io/en/v1.0.0#string
 */
function multilineText(text: string): string {
  if (/^[^\p{Cc}]*$/u.test(text.replace(/[\n\t]/gu, "")) && !text.includes("''") && !text.endsWith("'")) {
    return `'''\n${text}'''`;
  }
  const lines = text.split("\n").map((line) => basicText(line).slice(1, -1));
  return `"""\n${lines.join("\n")}"""`;
}
