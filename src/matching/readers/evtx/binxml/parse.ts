import { Damage } from "../damage.ts";
import { maxDepth } from "../limits.ts";
import { uint32 } from "../values/integers.ts";
import { valueTypes } from "../values/types.ts";
import { type Cursor, peek, take, takeByte, takeUint16, takeUint32 } from "./cursor.ts";
import { elementProgram, placeWithin, type StartTag } from "./element.ts";
import { entityText } from "./entities.ts";
import type { NameTable } from "./names.ts";
import type { AttributeProgram, ElementProgram, Piece, Place } from "./program.ts";
import { moreFlag, tokens } from "./tokens.ts";

export interface Grammar {
  readonly names: NameTable;
  readonly text: (bytes: Uint8Array, start: number, units: number) => string;
}

/** What stands before an element or a template instance: nothing of it is part of an event. */
export function skipProlog(cursor: Cursor, grammar: Grammar): void {
  for (;;) {
    switch (peek(cursor)) {
      case tokens.fragmentHeader:
        take(cursor, 4);
        break;
      case tokens.instructionTarget:
      case tokens.instructionData:
        skipInstruction(cursor, grammar);
        break;
      default:
        return;
    }
  }
}

/**
 * Elements up to the end of a fragment. Those of a template say which value they depend on. Of others libevtx reads
 * the same behind a fragment header, while readers of forwarded events found no room for that: they are looked at.
 */
export function parseElements(
  cursor: Cursor,
  grammar: Grammar,
  place: Place,
  origin: "template" | "other",
): ElementProgram[] {
  skipProlog(cursor, grammar);
  const templated = origin === "template" || saysDependency(cursor, grammar);
  const elements: ElementProgram[] = [];
  for (;;) {
    skipProlog(cursor, grammar);
    const token = peek(cursor);
    if (token === -1 || token === tokens.endOfFile) return elements;
    if ((token & ~moreFlag) !== tokens.openStartElement) throw unexpected(cursor, token);
    elements.push(parseElement(cursor, grammar, place, templated, 1));
  }
}

/** Whether the element here has two bytes more before its size: then, and only then, its name stands where they tell. */
function saysDependency(cursor: Cursor, { names }: Grammar): boolean {
  const { bytes, at, end } = cursor;
  if (at + 11 > end || names.standsAt(bytes, uint32(bytes, at + 5))) return false;
  return names.standsAt(bytes, uint32(bytes, at + 7));
}

function parseElement(
  cursor: Cursor,
  grammar: Grammar,
  place: Place,
  templated: boolean,
  depth: number,
): ElementProgram {
  if (depth > maxDepth) throw new Damage("evtx-depth", `Elements are nested more than ${maxDepth} deep.`);
  const hasAttributes = (takeByte(cursor) & moreFlag) !== 0;
  const dependency = templated ? takeUint16(cursor) : 0xffff;
  // The size of the element, which its own tokens tell.
  take(cursor, 4);
  const tag: StartTag = {
    name: grammar.names.take(cursor),
    place,
    dependency: dependency === 0xffff ? -1 : dependency,
    attributes: hasAttributes ? parseAttributes(cursor, grammar) : [],
  };
  const closing = takeByte(cursor);
  if (closing === tokens.closeEmptyElement) return elementProgram(tag, [], []);
  if (closing !== tokens.closeStartElement) throw unexpected(cursor, closing);
  const pieces: Piece[] = [];
  const children: ElementProgram[] = [];
  const within = placeWithin(tag);
  for (;;) {
    const token = peek(cursor) & ~moreFlag;
    if (token === tokens.endElement) {
      take(cursor, 1);
      return elementProgram(tag, pieces, children);
    }
    if (token === tokens.openStartElement) children.push(parseElement(cursor, grammar, within, templated, depth + 1));
    else if (token === tokens.instructionTarget || token === tokens.instructionData) skipInstruction(cursor, grammar);
    else if (!parsePiece(cursor, grammar, pieces)) throw unexpected(cursor, peek(cursor));
  }
}

function parseAttributes(cursor: Cursor, grammar: Grammar): Omit<AttributeProgram, "number">[] {
  // The size of the list.
  take(cursor, 4);
  const attributes: Omit<AttributeProgram, "number">[] = [];
  while ((peek(cursor) & ~moreFlag) === tokens.attribute) {
    take(cursor, 1);
    const name = grammar.names.take(cursor);
    const pieces: Piece[] = [];
    while (parsePiece(cursor, grammar, pieces));
    attributes.push({ name, pieces });
  }
  return attributes;
}

/** Adds a part of a text to those before it; false where there is none. */
function parsePiece(cursor: Cursor, grammar: Grammar, pieces: Piece[]): boolean {
  const token = peek(cursor) & ~moreFlag;
  switch (token) {
    case tokens.value: {
      take(cursor, 1);
      const type = takeByte(cursor);
      if (type !== valueTypes.string) {
        throw new Damage("evtx-value", `A text has the type 0x${type.toString(16)}, and only strings may stand there.`);
      }
      addText(pieces, takeText(cursor, grammar));
      return true;
    }
    case tokens.cdata:
      take(cursor, 1);
      addText(pieces, takeText(cursor, grammar));
      return true;
    case tokens.characterReference:
      take(cursor, 1);
      addText(pieces, String.fromCharCode(takeUint16(cursor)));
      return true;
    case tokens.entityReference:
      take(cursor, 1);
      addText(pieces, entityText(grammar.names.take(cursor)));
      return true;
    case tokens.normalSubstitution:
    case tokens.optionalSubstitution: {
      take(cursor, 1);
      const index = takeUint16(cursor);
      // The type that the template expects; that of the value goes before.
      take(cursor, 1);
      pieces.push({ type: "value", index, optional: token === tokens.optionalSubstitution });
      return true;
    }
    default:
      return false;
  }
}

function addText(pieces: Piece[], text: string): void {
  const last = pieces.at(-1);
  if (last?.type === "text") pieces[pieces.length - 1] = { type: "text", text: last.text + text };
  else pieces.push({ type: "text", text });
}

function takeText(cursor: Cursor, grammar: Grammar): string {
  const units = takeUint16(cursor);
  return grammar.text(cursor.bytes, take(cursor, 2 * units), units);
}

function skipInstruction(cursor: Cursor, grammar: Grammar): void {
  const token = takeByte(cursor);
  if (token === tokens.instructionTarget) grammar.names.take(cursor);
  else take(cursor, 2 * takeUint16(cursor));
}

/** Where a template is defined: in the chunk, mostly by the first record that uses it. */
export interface TemplateReference {
  readonly offset: number;
  /** The first four bytes of its GUID. */
  readonly id: number;
  /** How many bytes of the definition stand right here. */
  readonly inline: boolean;
}

/** The head of a template instance, whose values follow. */
export function takeTemplateReference(cursor: Cursor): TemplateReference {
  take(cursor, 2);
  const id = takeUint32(cursor);
  const offset = takeUint32(cursor);
  return { id, offset, inline: offset === cursor.at };
}

function unexpected(cursor: Cursor, token: number): Damage {
  const what = token === -1 ? "the end" : `token 0x${token.toString(16).padStart(2, "0")}`;
  return new Damage(
    "evtx-token",
    `Binary XML has ${what} where it can't stand, near offset ${cursor.at} of the chunk.`,
  );
}
