/**
 * Stands for the event variable until the query gives it a name. No literal holds it: a text with characters that mean
 * nothing to a reader is looked for by a regular expression, which writes them as numbers.
 */
export const eventMark = "\u0000";

const named: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Can a string hold this text? It has escapes for the ends of lines and the tabulator, and for no other control character. */
export function isSayable(text: string): boolean {
  return !/[^\P{Cc}\n\r\t]/u.test(text);
}

/** A string in double quotes, of a text that is sayable. */
export function yaraString(text: string): string {
  return `"${text.replace(/["\\\n\r\t]/gu, (char) => named[char] ?? char)}"`;
}

/** A regular expression in back quotes, between which every character is itself. */
export function yaraRegex(expression: string): string {
  const inner = expression.replace(
    /[`\p{Cc}\u2028\u2029]/gu,
    (char) => `\\x{${char.charCodeAt(0).toString(16).padStart(2, "0")}}`,
  );
  return `\`${inner}\``;
}

/** A text of a person for a `meta` entry: one line, whatever it holds. */
export function yaraMeta(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").trim();
  return yaraString(line.length > 500 ? `${line.slice(0, 499)}…` : line);
}

const path = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/u;

/** A field behind the mark of its event, with the key of a map in quotes; null for what is no field of UDM. */
export function yaraField(name: string): string | null {
  const opening = name.indexOf('["');
  const head = opening < 0 ? name : name.slice(0, opening);
  if (!path.test(head)) return null;
  if (opening < 0) return `${eventMark}.${head}`;
  if (!name.endsWith('"]')) return null;
  const key = name.slice(opening + 2, -2);
  return isSayable(key) ? `${eventMark}.${head}[${yaraString(key)}]` : null;
}

/** A name for a variable that shows a field, `target_process_command_line`: of an entry of a map, its key. */
export function variableFor(name: string, taken: Set<string>, prefix = ""): string {
  const own = name
    .replace(/^[^[]*\["/u, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_+|_+$/gu, "")
    .slice(0, 60);
  const first = `${prefix}${/^[a-z]/u.test(own) ? own : `field_${own}`}`;
  let found = first;
  for (let at = 2; taken.has(found); at++) found = `${first}_${at}`;
  taken.add(found);
  return found;
}
