import { recordLimits } from "../limits.ts";

/** An element of XML, names without their prefixes. */
export interface Element {
  readonly name: string;
  /** Declarations of namespaces are left out. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly elements: readonly Element[];
  /** All text directly inside, as written: line ends, too. */
  readonly text: string;
}

interface OpenElement extends Element {
  readonly fullName: string;
  readonly elements: Element[];
  text: string;
}

/** A reason in one sentence instead of an element. */
export type ElementResult = { readonly element: Element } | { readonly why: string };

/**
 * Reads XML of one element. Knows the five entities of XML and character references; declarations of documents and entities are
 * refused, so nothing grows and nothing is fetched.
 */
export function readElement(text: string): ElementResult {
  const open: OpenElement[] = [];
  let root: Element | null = null;
  let position = 0;
  while (position < text.length) {
    const next = text.indexOf("<", position);
    const current = open.at(-1);
    const between = text.slice(position, next < 0 ? text.length : next);
    if (current !== undefined) current.text += withoutEntities(between);
    else if (between.trim() !== "") return { why: "Text stands outside of the element." };
    if (next < 0) break;
    if (text.startsWith("<![CDATA[", next)) {
      const end = text.indexOf("]]>", next);
      if (end < 0 || current === undefined) return { why: "CDATA is not closed." };
      current.text += text.slice(next + 9, end);
      position = end + 3;
    } else if (text.startsWith("<!--", next) || text.startsWith("<?", next)) {
      const closing = text.startsWith("<?", next) ? "?>" : "-->";
      const end = text.indexOf(closing, next);
      if (end < 0) return { why: "A comment is not closed." };
      position = end + closing.length;
    } else if (text.startsWith("<!", next)) {
      return { why: "Declarations are not read." };
    } else {
      const tag = tagAt(text, next);
      if (tag === null) return { why: "A tag is damaged." };
      position = tag.end;
      const { fullName } = tag;
      if (tag.closing) {
        if (current?.fullName !== fullName) return { why: `</${fullName.slice(0, 60)}> closes nothing.` };
        open.pop();
      } else {
        if (root !== null && current === undefined) return { why: "A second element follows." };
        if (open.length >= recordLimits.depth) return { why: `Nests deeper than ${recordLimits.depth} levels.` };
        const element: OpenElement = {
          name: localName(fullName),
          fullName,
          attributes: tag.attributes,
          elements: [],
          text: "",
        };
        root ??= element;
        current?.elements.push(element);
        if (!tag.empty) open.push(element);
      }
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) return { why: `<${unclosed.fullName.slice(0, 60)}> is not closed.` };
  return root === null ? { why: "Has no element." } : { element: root };
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

interface Tag {
  readonly fullName: string;
  readonly closing: boolean;
  readonly empty: boolean;
  readonly attributes: Element["attributes"];
  readonly end: number;
}

/** Scanned by hand: this is where reading XML spends its time, and a pattern could cost stack. null: the tag is damaged. */
function tagAt(text: string, start: number): Tag | null {
  const closing = text.charCodeAt(start + 1) === slash;
  const nameStart = closing ? start + 2 : start + 1;
  let at = nameEnd(text, nameStart);
  if (at === nameStart) return null;
  const fullName = text.slice(nameStart, at);
  const attributes: (readonly [string, string])[] = [];
  for (;;) {
    const gap = at;
    at = afterBlanks(text, at);
    const code = text.charCodeAt(at);
    if (code === greaterThan) return { fullName, closing, empty: false, attributes, end: at + 1 };
    if (code === slash) {
      return text.charCodeAt(at + 1) === greaterThan
        ? { fullName, closing, empty: true, attributes, end: at + 2 }
        : null;
    }
    const nameAt = at;
    at = nameEnd(text, at);
    if (at === nameAt || gap === nameAt) return null;
    const name = text.slice(nameAt, at);
    at = afterBlanks(text, at);
    if (text.charCodeAt(at) !== equals) return null;
    at = afterBlanks(text, at + 1);
    const quote = text[at];
    if (quote !== '"' && quote !== "'") return null;
    const end = text.indexOf(quote, at + 1);
    if (end < 0) return null;
    const value = text.slice(at + 1, end);
    if (value.includes("<")) return null;
    at = end + 1;
    if (name !== "xmlns" && !name.startsWith("xmlns:")) attributes.push([localName(name), withoutEntities(value)]);
  }
}

const slash = 0x2f;
const greaterThan = 0x3e;
const equals = 0x3d;

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function afterBlanks(text: string, at: number): number {
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** A name ends with a blank or with any of `<>/"'=&`. */
function nameEnd(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (
      code <= 0x20 ||
      code === 0x22 ||
      code === 0x26 ||
      code === 0x27 ||
      code === slash ||
      (code >= 0x3c && code <= 0x3e)
    ) {
      break;
    }
  }
  return at;
}

const entities: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** What is no entity that XML itself has stays as it is written. */
function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities.get(name) ?? whole;
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? "\ufffd" : String.fromCodePoint(code);
  });
}
