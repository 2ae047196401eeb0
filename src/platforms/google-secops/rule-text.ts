import { isRepeated } from "../../languages/yara-l/repeated-fields.ts";
import type { RuleHead } from "../head.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import type { Condition, TargetBranch } from "../platform.ts";
import { layOut, onOneLine } from "../print/layout.ts";
import { re2 } from "../regex/dialect.ts";
import { regexOfPattern } from "../regex/pattern-regex.ts";
import { yaraDialect } from "./dialect.ts";
import { eventMark, variableFor, yaraField, yaraMeta, yaraRegex, yaraString } from "./literals.ts";

/** The sections of a rule behind its meta, lines without their indent. */
export interface Sections {
  readonly events: readonly string[];
  readonly match: string | null;
  readonly outcome: readonly string[];
  readonly condition: string;
  /** Rows that detections add to data tables. */
  readonly exports?: readonly string[];
}

/** A whole rule. */
export function ruleText(head: RuleHead, { events, match, outcome, condition, exports = [] }: Sections): string {
  const section = (name: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`  ${name}:`, ...lines.map((one) => (one === "" ? "" : `    ${one}`)), ""];
  return [
    `rule ${ruleName(head.title)} {`,
    ...section("meta", metaLines(head)),
    ...section("events", events),
    ...section("match", match === null ? [] : [match]),
    ...section("outcome", outcome),
    "  condition:",
    `    ${condition}`,
    ...(exports.length === 0 ? [] : ["", "  export:", ...exports.map((one) => `    ${one}`)]),
    "}",
  ].join("\n");
}

/** A rule's name is a word: letters without accents, digits and underscores. */
function ruleName(title: string): string {
  const own = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_+|_+$/gu, "")
    .slice(0, 100);
  return /^[a-z]/u.test(own) ? own : `rule_${own === "" ? "without_title" : own}`;
}

function metaLines({
  authors,
  description,
  severity,
  techniques,
  references,
  corpus,
  id,
}: RuleHead): readonly string[] {
  const entries: readonly (readonly [string, string | null])[] = [
    ["author", authors.join(", ")],
    ["description", description],
    ["rule_id", `${corpus} ${id}`],
    ["technique", techniques.join(", ")],
    ["reference", references[0] ?? ""],
    ["severity", severity],
  ];
  return entries.flatMap(([key, text]) => (text === null || text === "" ? [] : [`${key} = ${yaraMeta(text)}`]));
}

/** The conditions on one event, a statement each: all of them must hold. */
export function statements(branches: readonly TargetBranch[], variable: string): readonly string[] {
  const each = branches.map(branchCondition);
  const [only] = each;
  const whole: readonly Condition[] =
    each.length === 1 ? (only ?? []) : [{ type: "or", operands: each.map((one) => joined(one)) }];
  return whole.flatMap((one) => statement(one).replaceAll(eventMark, `$${variable}`).split("\n"));
}

/** A further statement of the events section. */
export function addedStatement(condition: Condition, variable: string): string {
  return statement(condition).replaceAll(eventMark, `$${variable}`);
}

function joined(operands: readonly Condition[]): Condition {
  const [only] = operands;
  if (only === undefined) return written(`${eventMark}.metadata.event_type != ""`);
  return operands.length === 1 ? only : { type: "and", operands };
}

/** A written `or` would join its neighbours before the statements are joined: it stands in parentheses. */
function statement(condition: Condition): string {
  const line = onOneLine(yaraDialect, condition);
  const loose = condition.type === "or" || (condition.type === "written" && condition.written.binds === "or");
  if (!loose) return layOut(yaraDialect, condition, "");
  return line.length <= 96 ? `(${line})` : `(\n  ${layOut(yaraDialect, condition, "  ")}\n)`;
}

function branchCondition({ place, condition }: TargetBranch): readonly Condition[] {
  const own = condition === null ? [] : condition.type === "and" ? condition.operands : [condition];
  return [...placeConditions(place), ...own];
}

function placeConditions({ from, where }: LogPlace): readonly Condition[] {
  const logs = from.length === 0 ? [] : [oneOf("metadata.log_type", from)];
  return [...logs, ...Object.entries(where).map(([name, values]) => oneOf(name, values))];
}

function oneOf(name: string, values: readonly string[]): Condition {
  const field = yaraField(name);
  if (field === null) throw new Error(`The table of log sources asks for ${name}, which is no field of UDM.`);
  const operands = values.map((value) =>
    value.includes("*")
      ? written(`re.regex(${field}, ${yaraRegex(regexOfPattern(starred(value), re2))})`)
      : written(`${field} = ${yaraString(value)}`),
  );
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { type: "or", operands };
}

function starred(text: string): Parameters<typeof regexOfPattern>[0] {
  return text
    .split("*")
    .flatMap((part, at) => [
      ...(at === 0 ? [] : [{ type: "any" as const }]),
      ...(part === "" ? [] : [{ type: "literal" as const, text: part }]),
    ]);
}

function written(text: string): Condition {
  return { type: "written", written: { text, binds: "atom" } };
}

/** More outcomes than these are refused (https://docs.cloud.google.com/chronicle/docs/yara-l/outcome-syntax). */
const mostOutcomes = 20;

/** What an analyst sees of a detection, beside the values that join its events (`keys`). Values of several events, and of repeated fields, are gathered. */
export function outcomes(
  show: readonly string[],
  variables: readonly string[],
  several: boolean,
  taken: Set<string>,
  keys: readonly string[] = [],
): readonly string[] {
  const lines: string[] = [];
  for (const variable of variables) {
    for (const name of show) {
      const field = yaraField(name)?.replaceAll(eventMark, `$${variable}`);
      if (field === undefined || keys.includes(name) || lines.length >= mostOutcomes - 1) continue;
      const own = variableFor(name, taken, variables.length > 1 ? `${variable}_` : "");
      lines.push(`$${own} = ${several || isRepeated(name) ? `array_distinct(${field})` : field}`);
    }
  }
  return lines;
}
