import { parse, preprocess } from "micromark";

/** A piece of a Markdown page that stands at its top level, with its place in the text. */
export type Block = Heading | Fence | Prose;

export interface Heading {
  readonly type: "heading";
  readonly depth: number;
  /** Without its marks and those of emphasis and code. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Fenced code. `start` and `end` hold the fences, too. */
export interface Fence {
  readonly type: "fence";
  /** What stands behind the opening fence, and where. */
  readonly tag: string;
  readonly tagStart: number;
  /** From the first to the last line that is not blank; an empty range where there is none. */
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly closed: boolean;
  readonly start: number;
  readonly end: number;
}

/** Everything between: paragraphs, lists, tables. */
export interface Prose {
  readonly type: "prose";
  readonly start: number;
  readonly end: number;
}

/**
 * What else Markdown could make of a line. None of it holds a heading or code of its own, and underlined headings take
 * the parser quadratic time. Without indented code, a fence is one however deep a list indents it.
 */
const disabled = ["codeIndented", "definition", "htmlFlow", "setextUnderline", "thematicBreak"];

/** A page that lacks closing fences is read anew behind each of them, until this many characters were read again. */
const mostReadAgain = 500_000;

/** The blocks of a page, one after the other. Linear in its length, whatever it holds. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let from = 0;
  let readAgain = 0;
  for (;;) {
    const found = readFrom(text, from);
    const place = readAgain > mostReadAgain ? -1 : found.findIndex((one) => resumption(text, one) !== null);
    const open = found[place];
    const cut = open === undefined ? null : resumption(text, open);
    if (open?.type !== "fence" || cut === null) return [...blocks, ...found];
    blocks.push(...found.slice(0, place), cutFence(text, open, cut));
    from = cut;
    readAgain += text.length - from;
  }
}

/**
 * Where a page goes on behind a fence that was never closed: a line in its code that opens a fence of its own shows
 * it, and the heading above that line is where the code ended. null for a fence that holds no such line.
 */
function resumption(text: string, block: Block): number | null {
  if (block.type !== "fence") return null;
  const inner = text.slice(block.contentStart, block.contentEnd);
  const opening = /^ {0,3}`{3,}[ \t]*[A-Za-z]/mu.exec(inner);
  if (opening === null) return null;
  const heading = /^#{1,6} /mu.exec(inner.slice(0, opening.index));
  return block.contentStart + (heading ?? opening).index;
}

function cutFence(text: string, fence: Fence, end: number): Fence {
  const content = text.slice(fence.contentStart, end).trimEnd();
  return { ...fence, contentEnd: fence.contentStart + content.length, closed: false, end };
}

function readFrom(text: string, from: number): readonly Block[] {
  const blocks: Block[] = [];
  let openFence: { tag: string; tagStart: number; contentStart: number; contentEnd: number; fences: number } | null =
    null;
  const parser = parse({ extensions: [{ disable: { null: disabled } }] });
  // The flow of a page, without quotes and lists around it and without what stands inside of its paragraphs.
  const events = parser.flow(parser.document().now()).write(preprocess()(text.slice(from), "utf8", true));
  for (const [kind, token] of events) {
    const start = from + token.start.offset;
    const end = from + token.end.offset;
    if (kind === "enter") {
      if (token.type === "codeFenced") {
        openFence = { tag: "", tagStart: end, contentStart: end, contentEnd: end, fences: 0 };
      } else if (openFence !== null && token.type === "codeFencedFence") openFence.fences++;
      else if (openFence !== null && token.type === "codeFencedFenceInfo") {
        openFence.tag = text.slice(start, end);
        openFence.tagStart = start;
      } else if (openFence !== null && token.type === "codeFlowValue" && text.slice(start, end).trim() !== "") {
        if (openFence.contentStart === openFence.contentEnd) openFence.contentStart = start;
        openFence.contentEnd = end;
      }
    } else if (token.type === "codeFenced" && openFence !== null) {
      const { fences, ...fence } = openFence;
      blocks.push({ type: "fence", ...fence, closed: fences === 2, start, end });
      openFence = null;
    } else if (token.type === "atxHeading") blocks.push(heading(text, start, end));
    else if (token.type === "content") appendProse(blocks, start, end);
  }
  return blocks;
}

/** Paragraphs that follow each other are one block, so that what stands between them is kept. */
function appendProse(blocks: Block[], start: number, end: number): void {
  const last = blocks.at(-1);
  if (last?.type === "prose") blocks[blocks.length - 1] = { ...last, end };
  else blocks.push({ type: "prose", start, end });
}

function heading(text: string, start: number, end: number): Heading {
  const line = text.slice(start, end).trim();
  const marks = line.length - line.replace(/^#+/u, "").length;
  return { type: "heading", depth: marks, text: plainText(withoutClosingMarks(line.slice(marks).trim())), start, end };
}

/** `## Title ##` may close with marks, but only behind a blank: `C#` keeps its own. */
function withoutClosingMarks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === "#") end--;
  return end === 0 || line[end - 1] === " " || line[end - 1] === "\t" ? line.slice(0, end).trim() : line;
}

/** A line of Markdown without marks of emphasis and code. */
export function plainText(line: string): string {
  return line.replace(/[*`]/gu, "").trim();
}
