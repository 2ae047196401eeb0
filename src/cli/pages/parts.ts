import type { RuleLine } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import type { Styler, Terminal } from "../terminal.ts";

/** A heading and what stands under it; nothing at all for an empty part. */
export function section(title: string, body: string, style: Styler): string {
  return body === "" ? "" : `\n${style("bold", title)}\n${body}`;
}

/** Facts as `label  value` lines; those without a value are left out. */
export function facts(rows: readonly (readonly [string, string | null])[], style: Styler): string {
  const shown = rows.filter((row): row is readonly [string, string] => row[1] !== null && row[1] !== "");
  const width = Math.max(0, ...shown.map(([label]) => label.length));
  return shown.map(([label, value]) => `${style("dim", label.padEnd(width))}  ${value}\n`).join("");
}

/** Paragraphs broken at words, without the addresses of Markdown links. Into a pipe, each paragraph is one line. */
export function prose(text: string, { width }: Terminal): string {
  const paragraphs = text
    .replace(markdownLink, "$1")
    .trim()
    .split(/\n\s*\n/u);
  return `${paragraphs.map((one) => wrap(one.replace(/\s+/gu, " "), Math.min(width, 100))).join("\n\n")}\n`;
}

/** Neither part may hold an opening bracket, so that a row of them costs no more than its length. */
const markdownLink = /\[([^[\]\n]*)\]\([^()\n]*\)/gu;

function wrap(text: string, width: number): string {
  if (!Number.isFinite(width)) return text;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

export function firstParagraph(text: string): string {
  return text.trim().split(/\n\s*\n/u, 1)[0] ?? "";
}

/** The line under a list of which only `shown` rows are printed, of `listed` that the answer has and `all` that exist. */
export function more(shown: number, listed: number, all = listed): string {
  if (all <= shown) return "";
  const how =
    listed === shown ? "not listed" : listed < all ? `--all shows ${formatNumber(listed)}` : "--all shows them";
  return `… and ${formatNumber(all - shown)} more (${how})\n`;
}

const severityFormats = {
  critical: ["bold", "red"],
  high: "red",
  medium: "yellow",
  low: "cyan",
  informational: "dim",
} as const;

export function severityCell(severity: string | null) {
  const text = severity ?? "";
  const format =
    severity !== null && severity in severityFormats ? severityFormats[severity as keyof typeof severityFormats] : null;
  return format === null ? text : { text, format: typeof format === "string" ? format : [...format] };
}

/** What tells a rule from an ordinary one, for lists. */
export function remarks(rule: RuleLine): string {
  return [rule.lifecycle === "active" ? "" : rule.lifecycle, rule.outcome === "parsed" ? "" : rule.outcome]
    .filter((one) => one !== "")
    .join(", ");
}
