const named: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/**
 * A text of ES|QL: in three quotes, where nothing is escaped, if it holds backslashes, as experts write paths and patterns
 * (https://www.elastic.co/docs/reference/query-languages/esql/esql-syntax).
 */
export function esqlString(text: string): string {
  const raw = /\\/u.test(text) && !/"""|[\p{Cc}\u2028\u2029]|^"|"$/u.test(text);
  if (raw) return `"""${text}"""`;
  return `"${text.replace(/["\\\n\r\t]/gu, (char) => named[char] ?? char)}"`;
}

/** A field, with backticks around the parts of its name that could be taken for something else. */
export function esqlField(name: string): string {
  return name
    .split(".")
    .map((part) =>
      /^[A-Za-z_@][A-Za-z0-9_]*$/u.test(part) && !reserved.has(part.toLowerCase())
        ? part
        : `\`${part.replaceAll("`", "``")}\``,
    )
    .join(".");
}

const reserved: ReadonlySet<string> = new Set(
  "and asc by desc false first in is join last like limit metadata not null nulls on or rlike true where with".split(
    " ",
  ),
);
