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

/** The templates of a chunk, each compiled when it is first used. */
export function templateTable(grammar: Grammar): TemplateTable {
  const templates = new Map<Place, Map<number, readonly ElementProgram[]>>();
  let compiled = 0;

  const compile = (bytes: Uint8Array, { offset, id }: TemplateReference, place: Place): readonly ElementProgram[] => {
    const body = offset + definitionHead;
    if (body > bytes.length) {
      throw new Damage(
        "evtx-template",
        `A template is said to stand at offset ${offset}, which is not inside of the chunk.`,
      );
    }
    const size = uint32(bytes, offset + 20);
    if (body + size > bytes.length) {
      throw new Damage(
        "evtx-template",
        `The template at offset ${offset} of the chunk goes on behind the chunk's end.`,
      );
    }
    // The GUID tells whether what stands there is the template that the record was written with.
    if (uint32(bytes, offset + 4) !== id) {
      throw new Damage("evtx-template", `At offset ${offset} of the chunk stands another template than the record's.`);
    }
    compiled += size;
    if (compiled > maxTemplateBytes) throw new Damage("evtx-limit", "The templates of the chunk overlap each other.");
    return parseElements({ bytes, at: body, end: body + size }, grammar, place, true);
  };

  return {
    take: (cursor, reference, place) => {
      let ofPlace = templates.get(place);
      if (ofPlace === undefined) templates.set(place, (ofPlace = new Map()));
      let elements = ofPlace.get(reference.offset);
      if (elements === undefined) {
        elements = compile(cursor.bytes, reference, place);
        ofPlace.set(reference.offset, elements);
      }
      if (reference.inline) {
        take(cursor, definitionHead);
        take(cursor, uint32(cursor.bytes, reference.offset + 20));
      }
      return elements;
    },
    clear: () => {
      for (const one of templates.values()) one.clear();
      compiled = 0;
    },
  };
}
