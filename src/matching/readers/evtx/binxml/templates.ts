import { Damage } from "../damage.ts";
import { maxTemplateBytes } from "../limits.ts";
import { uint32 } from "../values/integers.ts";
import { type Cursor, take } from "./cursor.ts";
import { type Grammar, parseElements, type TemplateReference } from "./parse.ts";
import type { ElementProgram, Place } from "./program.ts";

/** Bytes before the body of a definition: place of another one, GUID, size of the body. */
const definitionHead = 24;

export interface TemplateTable {
  /** The elements of a template; moves the cursor over the definition where it stands right there. */
  readonly take: (cursor: Cursor, reference: TemplateReference, place: Place) => readonly ElementProgram[];
  /** Forgets all templates: those of another chunk follow. */
  readonly clear: () => void;
}

/** A template as it was read, or why it can't be. */
type Read = readonly ElementProgram[] | Damage;

/** The templates of a chunk, each compiled when it is first used. */
export function templateTable(grammar: Grammar): TemplateTable {
  /** By place, since the same elements have other keys elsewhere, and by offset. */
  const templates: Readonly<Record<Place, Map<number, Read>>> = {
    document: new Map(),
    event: new Map(),
    system: new Map(),
    "event-data": new Map(),
    other: new Map(),
  };
  let compiled = 0;

  const compile = (bytes: Uint8Array, offset: number, place: Place): Read => {
    const body = offset + definitionHead;
    const size = uint32(bytes, offset + 20);
    if (body + size > bytes.length) {
      return new Damage(
        "evtx-template",
        `The template at offset ${offset} of the chunk goes on behind the chunk's end.`,
      );
    }
    compiled += size;
    if (compiled > maxTemplateBytes) return new Damage("evtx-limit", "The templates of the chunk overlap each other.");
    try {
      return parseElements({ bytes, at: body, end: body + size }, grammar, place, "template");
    } catch (error) {
      if (error instanceof Damage) return error;
      throw error;
    }
  };

  return {
    take: (cursor, { offset, id, inline }, place) => {
      const { bytes } = cursor;
      if (offset + definitionHead > bytes.length) {
        throw new Damage(
          "evtx-template",
          `A template is said to stand at offset ${offset}, which is not inside of the chunk.`,
        );
      }
      // The GUID tells whether what stands there is the template that the record was written with.
      if (uint32(bytes, offset + 4) !== id) {
        throw new Damage(
          "evtx-template",
          `At offset ${offset} of the chunk stands another template than the record's.`,
        );
      }
      let elements = templates[place].get(offset);
      if (elements === undefined) {
        elements = compile(bytes, offset, place);
        templates[place].set(offset, elements);
      }
      if (elements instanceof Damage) throw new Damage(elements.code, elements.message);
      if (inline) {
        take(cursor, definitionHead);
        take(cursor, uint32(bytes, offset + 20));
      }
      return elements;
    },
    clear: () => {
      for (const one of Object.values(templates)) one.clear();
      compiled = 0;
    },
  };
}
