import { elementCost, pieceCost } from "../limits.ts";
import type { AttributeProgram, ElementProgram, Piece, Place } from "./program.ts";

/** The start tag of an element as it was read. */
export interface StartTag {
  readonly name: string;
  readonly place: Place;
  readonly dependency: number;
  readonly attributes: readonly Omit<AttributeProgram, "number">[];
}

/** Elements and attributes of `System` that are numbers; a forwarded event has them as text. */
const systemNumbers: ReadonlySet<string> = new Set([
  "EventID",
  "EventRecordID",
  "KernelTime",
  "Level",
  "Opcode",
  "ProcessID",
  "ProcessorID",
  "ProcessorTime",
  "Qualifiers",
  "RawEventID",
  "SessionID",
  "Task",
  "ThreadID",
  "UserTime",
  "Version",
]);

/** The attribute of a piece of event data that is its name. */
const nameOfData = "Name";

/** Where the children of an element stand. */
export function placeWithin(tag: StartTag): Place {
  switch (tag.place) {
    case "document":
      return tag.name === "Event" ? "event" : "other";
    case "event":
      return tag.name === "System" ? "system" : tag.name === "EventData" ? "event-data" : "other";
    case "system":
    case "event-data":
    case "other":
      return "other";
    default:
      return tag.place satisfies never;
  }
}

/** An element with its content. */
export function elementProgram(
  tag: StartTag,
  pieces: readonly Piece[],
  children: readonly ElementProgram[],
): ElementProgram {
  const { name, place } = tag;
  const within = placeWithin(tag);
  const named = place === "event-data" ? tag.attributes.find((one) => one.name === nameOfData) : undefined;
  const attributes = tag.attributes
    .filter((one) => one !== named && !declaresNamespace(one.name))
    .map((one) => ({ ...one, number: place === "system" && systemNumbers.has(one.name) }));
  return {
    key: named === undefined ? name : keyOf(named.pieces),
    dependency: tag.dependency,
    attributes,
    pieces,
    children: markAlone(children, pieces, attributes, within),
    place,
    within,
    number: place === "system" && systemNumbers.has(name),
    list: place === "event-data" && named === undefined && name === "Data",
    alone: false,
    cost: costOf(tag, pieces),
  };
}

/** Of the element itself, without its children and values. */
function costOf(tag: StartTag, pieces: readonly Piece[]): number {
  let cost = elementCost + tag.name.length;
  for (const one of [pieces, ...tag.attributes.map((attribute) => attribute.pieces)]) {
    for (const piece of one) cost += piece.type === "text" ? piece.text.length : pieceCost;
  }
  return cost;
}

/**
 * What an attribute of an element is called that is a plain value, or has members of names that the log's programs
 * chose, so that the attribute stands beside it: `Qualifiers` in `System`, else `<element>_<attribute>`.
 */
export function besideName(place: Place, key: string, attribute: string): string {
  return place === "system" ? attribute : `${key}_${attribute}`;
}

function keyOf(pieces: readonly Piece[]): string | readonly Piece[] {
  const [first, ...others] = pieces;
  if (first === undefined) return "";
  return first.type === "text" && others.length === 0 ? first.text : pieces;
}

function declaresNamespace(name: string): boolean {
  return name === "xmlns" || name.startsWith("xmlns:");
}

/** Says of which children no other member has the key, so that they can be written without a look at what is there. */
function markAlone(
  children: readonly ElementProgram[],
  pieces: readonly Piece[],
  attributes: readonly AttributeProgram[],
  place: Place,
): readonly ElementProgram[] {
  // A value may be binary XML with elements of any name.
  if (children.some((one) => typeof one.key !== "string") || pieces.some((one) => one.type === "value"))
    return children;
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const one of attributes) count(one.name);
  for (const child of children) {
    const key = child.key as string;
    count(key);
    for (const one of child.attributes) count(besideName(place, key, one.name));
  }
  return children.map((child) => {
    const key = child.key as string;
    return counts.get(key) === 1 && !child.list && key !== "__proto__" ? { ...child, alone: true } : child;
  });
}
