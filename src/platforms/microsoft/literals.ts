import { isBoolean, wordClass } from "../../languages/kusto/keywords.ts";
import { shortDuration } from "../duration.ts";
import type { Duration } from "../platform.ts";

/** What must not stand in a query as itself: controls, line ends, halves of pairs, and what turns the direction of writing. */
const unsafe = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** A string of Kusto: verbatim where it holds backslashes, so that paths and expressions read as they are. */
export function kustoString(text: string): string {
  if (unsafe.test(text)) return `"${text.replace(/["\\]|[^\x20-\x7e]/gu, escaped)}"`;
  if (text.includes("\\")) return `@"${text.replaceAll('"', '""')}"`;
  return `"${text.replaceAll('"', '\\"')}"`;
}

function escaped(char: string): string {
  if (char === '"' || char === "\\") return `\\${char}`;
  if (!unsafe.test(char)) return char;
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Can it stand as a name without brackets? */
function isPlainName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/u.test(name) && wordClass(name) === "name" && !isBoolean(name);
}

/** A column, table or variable. */
export function kustoName(name: string): string {
  return isPlainName(name) ? name : `[${kustoString(name)}]`;
}

/** A key behind an object: `.Image`, `["Threat Name"]`. */
export function kustoKey(key: string): string {
  return isPlainName(key) ? `.${key}` : `[${kustoString(key)}]`;
}

/** A table; `*` in its name stands for any run of characters, which only a union takes. */
export function kustoTable(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_*]*$/u.test(name) && name.includes("*") ? name : kustoName(name);
}

/** `5m`. */
export function kustoSpan(duration: Duration): string {
  return shortDuration(duration);
}
