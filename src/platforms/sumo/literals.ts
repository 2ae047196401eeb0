/** Line ends, other control characters, and what opens a parameter of a search template: no string holds these. */
const unsafe = /[\\\p{Cc}\p{Zl}\p{Zp}]|\{\{/u;

/**
 * A string, or null for a text that no string can hold. The reference gives a backslash a meaning only before a double
 * quote, so texts with a backslash go into regular expressions, whose escapes are those of RE2.
 * https://www.sumologic.com/help/docs/search/search-query-language/field-expressions/#string-expressions-and-quotes
 */
export function sumoString(text: string): string | null {
  return unsafe.test(text) ? null : `"${text.replaceAll('"', '\\"')}"`;
}

/** The pattern of `matches`: only `*` is special there, and nothing escapes it. */
export function sumoPattern(literals: readonly (string | null)[]): string | null {
  if (literals.some((one) => one?.includes("*") === true)) return null;
  return sumoString(literals.map((one) => one ?? "*").join(""));
}

/**
 * A regular expression of RE2 between slashes. Characters that would end the line or could be taken for more are written
 * as code points.
 */
export function sumoRegex(regex: string): string {
  const body = regex.replace(
    /\\([\p{Cc}\p{Zl}\p{Zp}])|\\.|[/\p{Cc}\p{Zl}\p{Zp}]|\{(?=\{)/gsu,
    (all, control?: string) => {
      if (control !== undefined) return codePoint(control);
      if (all === "/") return "\\/";
      if (all === "{") return "\\{";
      return all.length > 1 ? all : codePoint(all);
    },
  );
  return `/${body}/`;
}

function codePoint(char: string): string {
  return `\\x{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

const reserved: ReadonlySet<string> = new Set(
  "and or not in matches contains as by true false null if where parse extract json timeslice fields sort order limit dedup join transaction".split(
    " ",
  ),
);

/** `fields["EventData.Image"]` of a rule of Cloud SIEM; a search calls it `fields.EventData.Image`. */
const fromRecord = /^fields\["(.*)"\]$/su;

/** The name under which a search knows a field. */
export function searchName(name: string): string {
  const raw = fromRecord.exec(name)?.[1];
  return raw === undefined ? name : `fields.${raw}`;
}

/**
 * A field as a query names it: anything but letters, digits and `_` needs `%"…"`. null for a name that not even this can
 * hold.
 * https://www.sumologic.com/help/docs/search/get-started-with-search/search-basics/reference-field-special-characters/
 */
export function sumoField(name: string): string | null {
  const own = searchName(name);
  if (/^[A-Za-z_][A-Za-z0-9_]*$/u.test(own) && !reserved.has(own.toLowerCase())) return own;
  const quoted = own === "" ? null : sumoString(own);
  return quoted === null ? null : `%${quoted}`;
}
