import { parse, postprocess, preprocess } from "micromark";

type Event = ReturnType<typeof postprocess>[number];

/** A part of a Markdown text below one heading, without the parts below further headings. */
export interface MarkdownPart {
  /** '' for what stands before the first heading. */
  readonly heading: string;
  /** 1 to 6; 0 before the first heading. */
  readonly level: number;
  readonly text: string;
}

/** Texts beyond it stay in one part: the parser's time grows with the square of some texts. */
const longest = 64 * 1024;

/** Texts that were cut lately: guides and false positives ask for the same ones, and a package follows another. */
const lately = new Map<string, readonly MarkdownPart[]>();
const mostLately = 200;

/** Cuts a text at its headings; those within quotes, lists and code are no headings of the text. */
export function markdownParts(markdown: string): readonly MarkdownPart[] {
  const before = lately.get(markdown);
  if (before !== undefined) return before;
  const parts = cutParts(markdown);
  lately.set(markdown, parts);
  const [oldest] = lately.keys();
  if (lately.size > mostLately && oldest !== undefined) lately.delete(oldest);
  return parts;
}

function cutParts(markdown: string): readonly MarkdownPart[] {
  const text = markdown.replace(/\r\n?/gu, "\n");
  const headings: { heading: string; level: number; from: number; to: number }[] = [];
  for (const [phase, token, depth] of nestedEvents(text)) {
    if (depth > 0 || phase !== "enter") continue;
    if (token.type !== "atxHeading" && token.type !== "setextHeading") continue;
    const written = text.slice(token.start.offset, token.end.offset);
    headings.push({ ...headingOf(written, token.type), from: token.start.offset, to: token.end.offset });
  }
  const parts: MarkdownPart[] = [];
  const before = text.slice(0, headings[0]?.from ?? text.length).trim();
  if (before !== "") parts.push({ heading: "", level: 0, text: before });
  for (const [index, { heading, level, to }] of headings.entries()) {
    parts.push({ heading, level, text: text.slice(to, headings[index + 1]?.from ?? text.length).trim() });
  }
  return parts;
}

/** The items of the lists that stand in parts whose heading, or one above it, is asked for; paragraphs where there is no list. */
export function listItemsUnder(markdown: string, isAsked: (heading: string) => boolean): readonly string[] {
  const found: string[] = [];
  let asked: number | null = null;
  for (const { heading, level, text } of markdownParts(markdown)) {
    if (asked !== null && level <= asked) asked = null;
    if (asked === null && level > 0 && isAsked(heading)) asked = level;
    if (asked !== null) found.push(...listItems(text));
  }
  return found;
}

/** The items of the outermost lists of a text, with what is nested in them; the paragraphs where it has no list. */
export function listItems(markdown: string): readonly string[] {
  const items: string[] = [];
  const paragraphs: string[] = [];
  let from: number | null = null;
  for (const [phase, token, depth] of nestedEvents(markdown)) {
    if (phase === "enter" && token.type === "listItemPrefix" && depth === 1) {
      if (from !== null) items.push(markdown.slice(from, token.start.offset));
      from = token.end.offset;
    } else if (phase === "exit" && depth === 0 && (token.type === "listUnordered" || token.type === "listOrdered")) {
      if (from !== null) items.push(markdown.slice(from, token.end.offset));
      from = null;
    } else if (phase === "enter" && depth === 0 && token.type === "paragraph") {
      paragraphs.push(markdown.slice(token.start.offset, token.end.offset));
    }
  }
  return (items.length > 0 ? items : paragraphs).map((one) => one.trim()).filter((one) => one !== "");
}

const containers: ReadonlySet<string> = new Set(["listUnordered", "listOrdered", "blockQuote"]);

/** What the parser found, in order, with the number of lists and quotes around it. */
function* nestedEvents(text: string): Generator<readonly [Event[0], Event[1], number]> {
  if (text.length > longest) return;
  const events = postprocess(
    parse()
      .document()
      .write(preprocess()(text, undefined, true)),
  );
  let depth = 0;
  for (const [phase, token] of events) {
    if (phase === "exit" && containers.has(token.type)) depth--;
    yield [phase, token, depth];
    if (phase === "enter" && containers.has(token.type)) depth++;
  }
}

function headingOf(written: string, type: "atxHeading" | "setextHeading"): Pick<MarkdownPart, "heading" | "level"> {
  if (type === "setextHeading") {
    const lines = written.split("\n");
    const level = lines.at(-1)?.trim().startsWith("=") === true ? 1 : 2;
    return { heading: lines.slice(0, -1).join(" ").trim(), level };
  }
  let level = 0;
  while (written[level] === "#") level++;
  let end = written.length;
  while (end > level && written[end - 1] === "#") end--;
  return { heading: written.slice(level, end).trim(), level };
}
