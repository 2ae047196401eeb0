import { raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { micromark } from "micromark";
import { addresses, externalAddress } from "./addresses.ts";
import { cut } from "./wording.ts";

/**
 * Limits that keep the parser's time linear; it is quadratic in nested containers, open brackets, marks of emphasis or
 * code, and lines. Real guides have at most 110 lines, 200 marks of a kind, some dozens of links and four levels of lists.
 */
const most = {
  length: 64 * 1024,
  lines: 1000,
  brackets: 1000,
  emphasis: 1000,
  backticks: 1000,
  markersInLine: 8,
  indent: 40,
} as const;

/**
 * Markdown of a rule as HTML. Nothing in it is trusted: HTML comes out as text, images as links, and only http and
 * https addresses are linked. A text beyond the limits is shown as it is. `top` is the level of its first heading.
 */
export function renderMarkdown(text: string, top: 3 | 4 = 4): HtmlEscapedString {
  if (!isTame(text)) return raw(`<pre class="plain">${escapeHtml(cut(text, most.length))}</pre>`);
  const html = micromark(text, { extensions: [{ disable: { null: ["htmlFlow", "htmlText", "labelStartImage"] } }] });
  return raw(fitHeadings(fitLinks(html), top));
}

/**
 * The description of an ATT&CK object: Markdown with `<code>` and citations. MITRE's links to techniques lead to our
 * pages where we have one: texts also name techniques of mobile and industrial systems.
 */
export function renderAttackText(text: string, ours: ReadonlySet<string>): HtmlEscapedString {
  const plain = text.replace(/\(Citation: [^()]*\)/g, "").replace(/<\/?code>/g, "`");
  const html = renderMarkdown(plain, 3).toString();
  return raw(
    html.replace(mitreTechniqueLink, (whole: string, technique: string, sub = "") => {
      const id = technique + sub.replace("/", ".");
      return ours.has(id) ? `<a href="${addresses.technique(id)}"` : whole;
    }),
  );
}

const mitreTechniqueLink =
  /<a href="https:\/\/attack\.mitre\.org\/techniques\/(T\d{4})(\/\d{3})?\/?" rel="noopener noreferrer nofollow"/g;

function isTame(text: string): boolean {
  if (text.length > most.length) return false;
  const count = { brackets: 0, emphasis: 0, backticks: 0 };
  for (const char of text) {
    if (char === "[") count.brackets++;
    else if (char === "*" || char === "_") count.emphasis++;
    else if (char === "`") count.backticks++;
  }
  if (count.brackets > most.brackets || count.emphasis > most.emphasis || count.backticks > most.backticks)
    return false;
  const lines = text.split(/\r?\n|\r/);
  if (lines.length > most.lines) return false;
  return lines.every((line) => {
    let markers = 0;
    for (let i = 0; i < line.length; i++) {
      const char = line[i] ?? "";
      if (char === " " || char === "\t") continue;
      if (markers === 0 && i > most.indent) return false;
      if (!"-*+>0123456789.)".includes(char)) return true;
      if ("-*+>.)".includes(char) && ++markers > most.markersInLine) return isRule(line);
    }
    return true;
  });
}

/** A line of one character only (`----------`) is a thematic break or an underline, not a nest. */
function isRule(line: string): boolean {
  const [first = ""] = line.trimStart();
  return first !== ">" && line.trimStart().replaceAll(first, "") === "";
}

/** Text of the Markdown never holds a bare `<` in the HTML, so that these tags are the parser's own. */
function fitLinks(html: string): string {
  return html.replace(/<a href="([^"]*)"(?: title="[^"]*")?>/g, (_, href: string) => {
    const address = externalAddress(href.replaceAll("&amp;", "&"));
    return address === null ? "<a>" : `<a href="${escapeHtml(address)}" rel="noopener noreferrer nofollow">`;
  });
}

/** Headings begin at `top` and never skip a level, so that the page keeps one outline. */
function fitHeadings(html: string, top: number): string {
  const ranks = [...html.matchAll(/<h([1-6])>/g)].map(([, rank]) => Number(rank));
  const levels = [...new Set(ranks)].sort((a, b) => a - b);
  let before = top - 1;
  return html.replace(/<(\/?)h([1-6])>/g, (_, close: string, rank: string) => {
    if (close === "") before = Math.min(6, before + 1, top + levels.indexOf(Number(rank)));
    return `<${close}h${before}>`;
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
