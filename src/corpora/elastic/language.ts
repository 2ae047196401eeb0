import type { LanguageId } from "../../rule/document.ts";

/** Names of query languages in rules and hunts. */
const ids: ReadonlyMap<string, LanguageId> = new Map([
  ["es|ql", "esql"],
  ["esql", "esql"],
  ["eql", "eql"],
  ["sql", "sql"],
  ["osquery", "sql"],
  ["kuery", "kuery"],
  ["kql", "kuery"],
  ["lucene", "lucene"],
]);

/** First words that only one language begins with. */
const firstWords: ReadonlyMap<string, LanguageId> = new Map([
  ["from", "esql"],
  ["row", "esql"],
  ["show", "esql"],
  ["ts", "esql"],
  ["select", "sql"],
  ["with", "sql"],
  ["sequence", "eql"],
  ["sample", "eql"],
  ["join", "eql"],
]);

export function languageId(name: string): LanguageId {
  const written = name.trim().toLowerCase();
  return ids.get(written) ?? written;
}

/** The language of one query of a hunt: the only one that the hunt names, or the one that its beginning shows. */
function huntLanguage(query: string, names: readonly string[]): LanguageId {
  const [first, ...others] = names.map(languageId);
  if (first !== undefined && others.length === 0) return first;
  const start = skipComments(query);
  const [word, next] = query
    .slice(start, start + 200)
    .toLowerCase()
    .split(/[^a-z0-9_]+/, 2);
  if (next === "where") return "eql";
  return firstWords.get(word ?? "") ?? first ?? "unknown";
}

function skipComments(text: string): number {
  let at = 0;
  for (;;) {
    while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff)) at++;
    const line = text.startsWith("//", at) || text.startsWith("--", at);
    const block = text.startsWith("/*", at);
    if (!line && !block) return at;
    const end = line ? text.indexOf("\n", at) : text.indexOf("*/", at + 2);
    if (end < 0) return text.length;
    at = line ? end + 1 : end + 2;
  }
}

/**
 * A query without what some hunts leave around it: a Markdown fence, or the fence's language alone on the first line.
 * That label says `sql` above ES|QL too, so it only decides where the query's beginning does not.
 */
export function huntQuery(
  written: string,
  names: readonly string[],
): { readonly language: LanguageId; readonly text: string } {
  const start = skipComments(written);
  const lineEnd = written.indexOf("\n", start);
  const label = lineEnd < 0 ? "" : written.slice(start, lineEnd).trim();
  if (label.startsWith("```")) {
    const end = written.lastIndexOf("```");
    return labelled(written.slice(lineEnd + 1, end > lineEnd ? end : written.length), label.slice(3), names);
  }
  if (ids.has(label.toLowerCase())) return labelled(written.slice(lineEnd + 1), label, names);
  return { language: huntLanguage(written, names), text: written };
}

function labelled(
  text: string,
  label: string,
  names: readonly string[],
): { readonly language: LanguageId; readonly text: string } {
  return { language: huntLanguage(text, label.trim() === "" || names.length === 1 ? names : [label, ...names]), text };
}
