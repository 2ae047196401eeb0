import type { Guide } from "./detection-package.ts";

/** Elastic's guides hold searches as `!{osquery{…}}` and `!{investigate{…}}`, whose inside is JSON. */
const openings = [
  { mark: "!{osquery", queryOf: osquery },
  { mark: "!{investigate", queryOf: investigate },
] as const;

type Query = Guide["queries"][number];

/** The text without such searches, and the searches. Whatever cannot be read stays in the text. */
export function withoutMarkup(markdown: string): { readonly text: string; readonly queries: readonly Query[] } {
  const queries: Query[] = [];
  let text = "";
  let at = 0;
  while (at < markdown.length) {
    const next = nextMarkup(markdown, at);
    if (next === null) break;
    text += markdown.slice(at, next.from);
    if (next.query === null) text += markdown.slice(next.from, next.to);
    else queries.push(next.query);
    at = next.to;
  }
  return { text: withoutEmptyItems(text + markdown.slice(at)), queries };
}

function nextMarkup(
  markdown: string,
  from: number,
): { readonly from: number; readonly to: number; readonly query: Query | null } | null {
  const found = openings
    .map(({ mark, queryOf }) => ({ at: markdown.indexOf(mark, from), mark, queryOf }))
    .filter((one) => one.at >= 0)
    .sort((one, other) => one.at - other.at)[0];
  if (found === undefined) return null;
  const start = found.at + found.mark.length;
  const end = endOfJson(markdown, start);
  if (end === null) return { from: found.at, to: start, query: null };
  const close = markdown[end] === "}" ? end + 1 : end;
  return { from: found.at, to: close, query: found.queryOf(parsed(markdown.slice(start, end))) };
}

/** Behind the brace that closes the one at `start`; braces in texts do not count. */
function endOfJson(text: string, start: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === "\\") at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at + 1;
    if (depth === 0 && !quoted) return null;
  }
  return null;
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function osquery({ label, query }: Readonly<Record<string, unknown>>): Query | null {
  if (typeof query !== "string") return null;
  return { title: typeof label === "string" ? label : "Osquery", query };
}

interface Provider {
  readonly field?: unknown;
  readonly value?: unknown;
  readonly excluded?: unknown;
  readonly queryType?: unknown;
}

/** Rows of conditions, one of which must hold, as the search bar of Kibana takes them. */
function investigate({ label, description, providers }: Readonly<Record<string, unknown>>): Query | null {
  if (!Array.isArray(providers)) return null;
  const rows = providers.map((row) => (Array.isArray(row) ? row.map(condition) : []));
  const texts = rows.filter((row) => row.length > 0).map((row) => row.join(" and "));
  if (texts.length === 0) return null;
  const title = [label, description].find((one) => typeof one === "string" && one !== "");
  const query = texts.length === 1 ? (texts[0] ?? "") : texts.map((one) => `(${one})`).join(" or ");
  return { title: typeof title === "string" ? title : "Kibana", query };
}

function condition({ field, value, excluded, queryType }: Provider): string {
  const asked = queryType === "exists" ? `${field}: *` : `${field}: ${JSON.stringify(String(value))}`;
  return excluded === true ? `not ${asked}` : asked;
}

/** An item of a list that held nothing but a search is empty now. */
function withoutEmptyItems(text: string): string {
  return text
    .split("\n")
    .filter((line) => !["-", "*", "+"].includes(line.trim()))
    .join("\n")
    .trim();
}
