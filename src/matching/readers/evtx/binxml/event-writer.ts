import { Damage } from "../damage.ts";
import { elementCost, maxChunkWork, maxDepth, maxRecordWork } from "../limits.ts";
import { uint16 } from "../values/integers.ts";
import { valueTypes } from "../values/types.ts";
import { type Single, type Value, valueReader } from "../values/value-reader.ts";
import { type Cursor, peek, take, takeUint32 } from "./cursor.ts";
import { besideName } from "./element.ts";
import { put } from "./members.ts";
import { nameTable } from "./names.ts";
import { type Grammar, parseElements, skipProlog, takeTemplateReference } from "./parse.ts";
import type { ElementProgram, MutableData, Piece, Place } from "./program.ts";
import { templateTable } from "./templates.ts";
import { tokens } from "./tokens.ts";

export interface EventWriter {
  /** Begins another chunk. Its bytes must not change before the next one is begun. */
  readonly begin: (bytes: Uint8Array) => void;
  /** The event in these bytes of the chunk. Throws `Damage`. */
  readonly write: (start: number, end: number) => MutableData;
}

/** The values of an instance of a template. */
interface Values {
  /** Where their sizes and types stand, four bytes each. */
  readonly descriptors: number;
  readonly count: number;
  /** Where each begins in the chunk. */
  readonly starts: readonly number[];
}

const noValues: Values = { descriptors: 0, count: 0, starts: [] };

/** The member for a text between elements. */
const textMember = "#text";

export function eventWriter(): EventWriter {
  const reader = valueReader();
  const names = nameTable(reader.text);
  const grammar: Grammar = { names, text: reader.text };
  const templates = templateTable(grammar);
  let bytes: Uint8Array = new Uint8Array(0);
  let chunkWork = 0;
  let recordWork = 0;

  const charge = (work: number): void => {
    recordWork += work;
    if (recordWork > maxRecordWork || chunkWork + recordWork > maxChunkWork) {
      throw new Damage(
        "evtx-limit",
        "Templates and values are repeated in each other so often that this is no true event.",
      );
    }
  };

  const writeFragment = (start: number, end: number, place: Place, into: MutableData, depth: number): void => {
    const cursor: Cursor = { bytes, at: start, end };
    skipProlog(cursor, grammar);
    if (peek(cursor) === tokens.templateInstance) {
      const elements = templates.take(cursor, takeTemplateReference(cursor), place);
      const values = takeValues(cursor);
      for (const element of elements) writeElement(element, into, values, depth);
      return;
    }
    charge(end - start);
    for (const element of parseElements(cursor, grammar, place, "other")) writeElement(element, into, noValues, depth);
  };

  const takeValues = (cursor: Cursor): Values => {
    const count = takeUint32(cursor);
    // Checked before the product below can be more than a chunk.
    if (count > cursor.end - cursor.at) throw new Damage("evtx-value", `A record is said to have ${count} values.`);
    charge(4 * count);
    const descriptors = take(cursor, 4 * count);
    const starts: number[] = [];
    for (let index = 0; index < count; index++) {
      const size = uint16(bytes, descriptors + 4 * index);
      if (size > cursor.end - cursor.at)
        throw new Damage("evtx-value", `Value ${index} goes on behind the end of its record.`);
      starts.push(cursor.at);
      cursor.at += size;
    }
    return { descriptors, count, starts };
  };

  const typeOf = (index: number, values: Values): number => {
    if (index >= values.count) {
      throw new Damage(
        "evtx-value",
        `The template has a place for value ${index}, and the record has ${values.count} values.`,
      );
    }
    return bytes[values.descriptors + 4 * index + 2] as number;
  };

  /** A value that is neither null nor binary XML. */
  const readValue = (index: number, type: number, values: Values): Value => {
    const size = uint16(bytes, values.descriptors + 4 * index);
    charge(size);
    return reader.read(bytes, type, values.starts[index] as number, size);
  };

  /** Several pieces are one text. Null where nothing is to be written. */
  const pieceValue = (pieces: readonly Piece[], values: Values, number: boolean): Value | null => {
    const [first] = pieces;
    if (first === undefined) return "";
    if (pieces.length === 1) {
      if (first.type === "text") return number ? numberOf(first.text) : first.text;
      const type = typeOf(first.index, values);
      if (type === valueTypes.null) return first.optional ? null : "";
      if (type === valueTypes.binXml) throw new Damage("evtx-value", "An attribute has binary XML as its value.");
      const value = readValue(first.index, type, values);
      return number && typeof value === "string" ? numberOf(value) : value;
    }
    let text = "";
    for (const piece of pieces) {
      if (piece.type === "text") {
        text += piece.text;
        continue;
      }
      const type = typeOf(piece.index, values);
      if (type === valueTypes.null && piece.optional) return null;
      if (type === valueTypes.null || type === valueTypes.binXml) continue;
      text += String(readValue(piece.index, type, values));
    }
    return text;
  };

  const writeElement = (element: ElementProgram, into: MutableData, values: Values, depth: number): void => {
    charge(element.cost);
    if (element.dependency !== -1 && typeOf(element.dependency, values) === valueTypes.null) return;
    const content = contentOf(element, values);
    if (content === "missing") return;
    const key = typeof element.key === "string" ? element.key : textOf(pieceValue(element.key, values, false));
    if (content === "elements") {
      writeParent(element, key, into, values, depth);
      return;
    }
    if (element.attributes.length > 0) {
      if (element.pieces.length === 0) {
        const members: MutableData = {};
        writeAttributes(element, null, members, values);
        put(into, key, members, element.list);
        return;
      }
      writeAttributes(element, key, into, values);
    }
    const value = pieceValue(element.pieces, values, element.number) ?? "";
    if (typeof value === "object") put(into, key, elementsOf(value), element.list);
    else if (element.alone) into[key] = value;
    else put(into, key, value, element.list);
  };

  /** An element with elements in it, or that is known to have such if it has anything. */
  const writeParent = (
    element: ElementProgram,
    key: string,
    into: MutableData,
    values: Values,
    depth: number,
  ): void => {
    if (depth > maxDepth) throw new Damage("evtx-depth", `Elements are nested more than ${maxDepth} deep.`);
    const members: MutableData = {};
    // The members of event data have names that the log's programs chose.
    if (element.within === "event-data") writeAttributes(element, key, into, values);
    else writeAttributes(element, null, members, values);
    for (const child of element.children) writeElement(child, members, values, depth + 1);
    let text = "";
    for (const piece of element.pieces) {
      if (piece.type === "value" && typeOf(piece.index, values) === valueTypes.binXml) {
        const start = values.starts[piece.index] as number;
        const size = uint16(bytes, values.descriptors + 4 * piece.index);
        charge(elementCost);
        writeFragment(start, start + size, element.within, members, depth + 1);
      } else {
        text += String(pieceValue([piece], values, false) ?? "");
      }
    }
    if (text.trim() !== "") put(members, textMember, text, false);
    put(into, key, members, element.list);
  };

  /** The attributes as members of the element, or beside it where it has a key there. */
  const writeAttributes = (element: ElementProgram, key: string | null, into: MutableData, values: Values): void => {
    for (const { name, pieces, number } of element.attributes) {
      const value = pieceValue(pieces, values, number);
      if (value !== null) put(into, key === null ? name : besideName(element.place, key, name), value, false);
    }
  };

  /** An element with an optional value that is not there is left out, whatever else it has (MS-EVEN6, 3.1.4.7.2). */
  const contentOf = (element: ElementProgram, values: Values): "missing" | "text" | "elements" => {
    let elements = element.children.length > 0 || element.within !== "other";
    for (const piece of element.pieces) {
      if (piece.type === "text") continue;
      const type = typeOf(piece.index, values);
      if (type === valueTypes.binXml) elements = true;
      // An event without data is still one.
      else if (type === valueTypes.null && piece.optional && element.within === "other") return "missing";
    }
    return elements ? "elements" : "text";
  };

  return {
    begin: (chunk) => {
      bytes = chunk;
      names.clear();
      templates.clear();
      chunkWork = 0;
    },
    write: (start, end) => {
      recordWork = 0;
      try {
        const event: MutableData = {};
        writeFragment(start, end, "document", event, 1);
        if (Object.keys(event).length === 0) throw new Damage("evtx-token", "The record has no element.");
        return event;
      } finally {
        chunkWork += recordWork;
      }
    },
  };
}

/** A text of digits as a number where that is exact. */
function numberOf(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

function textOf(value: Value | null): string {
  return value === null ? "" : String(value);
}

/** An array stands for as many elements; one of none is an element without text. */
function elementsOf(values: readonly Single[]): Value {
  if (values.length === 0) return "";
  return values.length === 1 ? (values[0] as Single) : values;
}
