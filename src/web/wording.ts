import type { Operator } from "../rule/expression.ts";

/** How operators read between a field and its value. */
export const operatorWords: Readonly<Record<Operator, string>> = {
  eq: "is",
  contains: "contains",
  starts_with: "starts with",
  ends_with: "ends with",
  wildcard: "is like",
  regex_match: "matches regex",
  match: "has word",
  cidr_match: "in network",
  lt: "<",
  le: "≤",
  gt: ">",
  ge: "≥",
  exists: "exists",
  is_null: "is null",
  eq_field: "equals field",
  contains_field: "contains field",
  starts_with_field: "starts with field",
  ends_with_field: "ends with field",
  lt_field: "< field",
  le_field: "≤ field",
  gt_field: "> field",
  ge_field: "≥ field",
};

export function isOperator(name: string): name is Operator {
  return Object.hasOwn(operatorWords, name);
}

/** As `operatorWords`, for names that come as plain text. */
export function operatorWord(name: string): string {
  return isOperator(name) ? operatorWords[name] : name;
}

const languageNames: ReadonlyMap<string, string> = new Map([
  ["sigma", "Sigma"],
  ["eql", "EQL"],
  ["kuery", "KQL (Kibana)"],
  ["esql", "ES|QL"],
  ["spl", "SPL"],
  ["query-dsl", "Query DSL"],
  ["lucene", "Lucene"],
  ["kusto", "KQL (Kusto)"],
  ["yara-l", "YARA-L"],
  ["sql", "SQL"],
]);

export function languageName(id: string): string {
  return id === "" ? "no query" : (languageNames.get(id) ?? id);
}

const kindWords: ReadonlyMap<string, string> = new Map([
  ["rule", "rule"],
  ["building_block", "building block"],
  ["hunt", "hunt"],
  ["correlation", "correlation"],
  ["filter", "filter"],
]);

export function kindWord(kind: string): string {
  return kindWords.get(kind) ?? kind.replaceAll("_", " ");
}

/** What the values of a field are, where the word of the vocabulary is no plain one. */
const fieldTypeWords: ReadonlyMap<string, string> = new Map([
  ["name", "file name"],
  ["command_line", "command line"],
  ["registry_path", "registry path"],
  ["ip", "IP address"],
  ["url", "URL"],
  ["sid", "SID"],
  ["hex_number", "hexadecimal number"],
]);

export function fieldTypeWord(type: string): string {
  return fieldTypeWords.get(type) ?? type;
}

const letterCaseWords: ReadonlyMap<string, string> = new Map([
  ["ignored", "letter case never matters"],
  ["by_platform", "letter case matters outside of Windows"],
  ["kept", "the rule decides whether letter case matters"],
]);

export function letterCaseWord(letterCase: string): string {
  return letterCaseWords.get(letterCase) ?? letterCase;
}

/** A share as per cent; never rounds something down to nothing, or nearly all up to all. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = (100 * part) / whole;
  if (part > 0 && share < 0.01) return "< 0.01 %";
  if (part < whole && share > 99.99) return "> 99.99 %";
  const digits = share === 0 || share === 100 ? 0 : share < 1 || share > 99 ? 2 : 1;
  return `${share.toFixed(digits)} %`;
}

/** A text cut to `length` characters, whole code points only. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\uD800-\uDBFF]/.test(text[length - 2] ?? "") ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}
