import { micromark } from "micromark";
import { oneLine, severalLines } from "./plain-text.ts";

/** A plain text on one line of Markdown: nothing of it is a mark, HTML or the end of a table's cell. */
export function inline(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]<>|~]|^[#+-]|&(?=#?\w+;)/gu, "\\$&")
    .replace(/^(\d+)(?=[.)])/u, "$1\\");
}

/** A Markdown text of somebody else on one line: code and emphasis stay, but it begins no block, and its HTML is text. */
export function inlineMarkdown(text: string): string {
  return prose(oneLine(text))
    .replace(/^(?=[#>+*-]|~~~|```|={1,}|\|)/u, "\\")
    .replace(/^(\d+)(?=[.)])/u, "$1\\");
}

/** Code within a line. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === "") return "";
  const longest = Math.max(0, ...[...line.matchAll(/`+/gu)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** Code within a cell of a table, which a bar would end even there. */
export function cellCode(text: string): string {
  return code(text).replaceAll("|", "\\|");
}

/** A block of code that nothing in it can end. */
export function fence(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/gu)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const word = /^[a-z0-9-]+$/u.test(language) ? language : "";
  return `${ticks}${word}\n${text.toWellFormed().replace(/\r\n?/gu, "\n").replace(/\n+$/u, "")}\n${ticks}`;
}

/** A link where the address is one of the web, else the address as text. */
export function link(address: string, title: string | null = null): string {
  const href = webAddress(address);
  if (href === null) return title === null ? inline(address) : `${inline(title)} (${inline(address)})`;
  return title === null ? `<${href}>` : `[${inline(title)}](<${href}>)`;
}

/** The address as a browser would ask for it; null for what is no address of the web. */
export function webAddress(address: string): string | null {
  try {
    const url = new URL(address.trim());
    return url.protocol === "https:" || url.protocol === "http:"
      ? url.href.replace(/[<>\s]/gu, encodeURIComponent)
      : null;
  } catch {
    return null;
  }
}

/**
 * A Markdown text of somebody else as a part of ours: its headings stand below `level`, its HTML is text, its images are
 * links, and a block of code that it leaves open is closed. A text of which the end cannot be told is shown as it is.
 */
export function embedded(text: string, level: number): string {
  const lines: string[] = [];
  let open: { readonly indent: string; readonly mark: string } | null = null;
  for (const line of severalLines(text).split("\n")) {
    const [, indent = "", mark, info = ""] = /^( {0,3})(`{3,}|~{3,})(.*)$/u.exec(line) ?? [];
    if (open !== null) {
      lines.push(line);
      const same: boolean = mark !== undefined && mark[0] === open.mark[0] && mark.length >= open.mark.length;
      if (same && info.trim() === "") open = null;
    } else if (mark !== undefined && !(mark.startsWith("`") && info.includes("`"))) {
      open = { indent, mark };
      lines.push(line);
    } else lines.push(proseLine(line, level));
  }
  if (open !== null) lines.push(open.indent + open.mark);
  const made = lines.join("\n");
  return leavesOpen(made) ? fence(text) : made;
}

/** Characters of a text of which the end is looked for: reading takes the square of it where somebody wants that. */
const longestText = 20_000;

/** Blocks of code within lists and quotations end by rules of their own: the parser knows them. */
function leavesOpen(text: string): boolean {
  if (!/`{3}|~{3}/u.test(text)) return false;
  return text.length > longestText || !micromark(`${text}\n\n# end`).endsWith("<h1>end</h1>");
}

function proseLine(line: string, level: number): string {
  const [, marks, title = ""] = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/u.exec(line) ?? [];
  if (marks !== undefined) return `${"#".repeat(Math.min(6, level + marks.length - 1))} ${prose(title)}`;
  // A line of these below a text would make it a heading of the first or second level.
  if (/^ {0,3}(?:=+|-+)\s*$/u.test(line)) return "\n***";
  return prose(line);
}

const codeWithin = /(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/gu;

/** Characters of a line in which code is looked for; a longer one has no code. */
const longestLine = 4000;

/** Outside of code, `<` begins no HTML, but may begin an address. */
function prose(line: string): string {
  let made = "";
  let at = 0;
  if (line.length <= longestLine) {
    for (const { 0: part, index } of line.matchAll(codeWithin)) {
      made += withoutHtml(line.slice(at, index)) + part;
      at = index + part.length;
    }
  }
  return made + withoutHtml(line.slice(at));
}

function withoutHtml(text: string): string {
  return text.replace(/<(?!https?:\/\/[^\s<>]+>)/giu, "&lt;").replaceAll("![", "!\\[");
}
