import type { Json } from "./ast.ts";

/**
 * Texts that stand without quotes: letters, digits and marks that mean nothing to YAML at these places. Everything
 * else is quoted, so that no reader takes it for a number, a date, a truth value or a comment.
 */
const bare = /^[\p{L}_/][\p{L}\p{N}_/.()|+ -]*$/u;

const words: ReadonlySet<string> = new Set(["true", "false", "null", "yes", "no", "on", "off", "y", "n"]);

/** A scalar or key that reads back as exactly this text. */
export function quoted(text: string): string {
  const plain = bare.test(text) && !text.endsWith(" ") && !words.has(text.toLowerCase());
  if (plain) return text;
  if ((text.match(openBrackets)?.length ?? 0) > 20 || (text.match(marks)?.length ?? 0) > 200) return armoured(text);
  return unprintable.test(text) ? JSON.stringify(text).replace(further, escaped) : `'${text.replaceAll("'", "''")}'`;
}

/** Characters that must be escaped, or that a reader could take for a line end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Cs}/u;

const further = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const openBrackets = /[[{]/gu;
const marks = /[[\]{},"'&*!|>%@`?:#-]/gu;

/** Without a sign that a reader could count as YAML's own: readers refuse what seems to nest too deeply. */
function armoured(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', "\\u0022");
  return `"${inner.replace(marks, escaped).replace(further, escaped)}"`;
}

/** Longest key that may stand before its colon without a question mark. */
const longestKey = 900;

/** `key: value` below this indentation; lists and maps go on in the next lines. */
export function printEntry(key: string, value: Json, indent: string): string {
  return `${printKey(key, indent)}${printBelow(value, indent)}`;
}

export function printKey(key: string, indent: string): string {
  const text = quoted(key);
  return text.length > longestKey ? `${indent}? ${text}\n${indent}:` : `${indent}${text}:`;
}

/** Levels that are printed one entry a line; what lies deeper stands in brackets. */
const blockLevels = 6;

function printBelow(value: Json, indent: string): string {
  if (isList(value)) {
    if (value.length === 0) return " []\n";
    if (value.some((one) => isContainer(one)) && indent.length > 2 * blockLevels) return ` ${flow(value)}\n`;
    return `\n${value.map((one) => `${indent}  - ${flow(one)}\n`).join("")}`;
  }
  if (isContainer(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) return " {}\n";
    if (indent.length > 2 * blockLevels) return ` ${flow(value)}\n`;
    return `\n${entries.map(([key, one]) => printEntry(key, one, `${indent}  `)).join("")}`;
  }
  return ` ${flow(value)}\n`;
}

/** A value in one line. */
export function flow(value: Json): string {
  if (typeof value === "string") return quoted(value);
  if (isList(value)) return `[${value.map(flow).join(", ")}]`;
  if (isContainer(value)) {
    return `{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key).replace(further, escaped)}: ${flow(one)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isContainer(value: Json): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === "object" && value !== null;
}
