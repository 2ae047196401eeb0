/**
 * A text of SPL, in searches and in evaluations alike: backslashes and quotes are escaped, everything else stands for itself
 * (https://help.splunk.com/splunk-enterprise/search/search-manual/9.4/search-primer/backslashes).
 */
export function splString(text: string): string {
  return `"${text.replace(/["\\]/gu, (char) => `\\${char}`)}"`;
}

/** The name of a field in a search and in commands that list fields; in quotes where it is more than a word. */
export function searchField(name: string): string {
  return /^[A-Za-z_](?:[\w.{}-]|:(?!:))*$/u.test(name) && !/^(?:and|or|not|in|as|by|term|case|prefix)$/iu.test(name)
    ? name
    : splString(name);
}

/** The name of a field in an evaluation, where most signs are operators; null for one that cannot be written there. */
export function evalField(name: string): string | null {
  if (/^[A-Za-z_]\w*$/u.test(name) && !reserved.has(name.toLowerCase())) return name;
  return /['`]/u.test(name) ? null : `'${name}'`;
}

const reserved: ReadonlySet<string> = new Set([
  "and",
  "or",
  "not",
  "xor",
  "in",
  "like",
  "as",
  "by",
  "true",
  "false",
  "null",
]);

/** A field whose name a search would take for a pattern of names, or for a call of a macro. */
export function isPatternName(name: string): boolean {
  return /[*`]/u.test(name);
}

/** A number in the plain decimal form, which a search compares as a number; null for other texts. */
export function plainNumber(text: string): string | null {
  return text !== "" && String(Number(text)) === text && Number.isFinite(Number(text)) ? text : null;
}

/** Does a search take this text for the addresses of a network? */
export function isNetwork(text: string): boolean {
  return /^[0-9a-f:.]+\/\d{1,3}$/iu.test(text);
}
