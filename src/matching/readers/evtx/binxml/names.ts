import { Damage } from "../damage.ts";
import { maxNameLength } from "../limits.ts";
import { uint16 } from "../values/integers.ts";
import { type Cursor, take, takeUint32 } from "./cursor.ts";

/** Bytes of a name around its characters: place of another one, hash, count of characters, and the zero at its end. */
const nameFrame = 10;

export interface NameTable {
  /** The name that the next four bytes give the place of. The first one that uses a name has it right behind them. */
  readonly take: (cursor: Cursor) => string;
  /** Whether a name stands at an offset. */
  readonly standsAt: (bytes: Uint8Array, offset: number) => boolean;
  /** Forgets all names: those of another chunk follow. */
  readonly clear: () => void;
}

/** Names of elements and attributes, each of which stands once in a chunk. */
export function nameTable(text: (bytes: Uint8Array, start: number, units: number) => string): NameTable {
  const names = new Map<number, string>();

  const read = (bytes: Uint8Array, offset: number): string | Damage => {
    const known = names.get(offset);
    if (known !== undefined) return known;
    const units = offset + nameFrame > bytes.length ? -1 : uint16(bytes, offset + 6);
    if (units === -1 || offset + nameFrame + 2 * units > bytes.length) {
      return new Damage("evtx-name", `A name is said to stand at offset ${offset}, which is not inside of the chunk.`);
    }
    if (units > maxNameLength) {
      return new Damage("evtx-name", `The name at offset ${offset} of the chunk is said to have ${units} characters.`);
    }
    const name = text(bytes, offset + 8, units);
    if (units === 0 || nameHash(name) !== uint16(bytes, offset + 4)) {
      return new Damage(
        "evtx-name",
        `What stands at offset ${offset} of the chunk is no name: its hash is another one.`,
      );
    }
    names.set(offset, name);
    return name;
  };

  return {
    take: (cursor) => {
      const offset = takeUint32(cursor);
      const name = read(cursor.bytes, offset);
      if (name instanceof Damage) throw name;
      if (offset === cursor.at) take(cursor, nameFrame + 2 * name.length);
      return name;
    },
    standsAt: (bytes, offset) => typeof read(bytes, offset) === "string",
    clear: () => names.clear(),
  };
}

/** Stored beside each name: 16 bits of a product of its characters. */
export function nameHash(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = (Math.imul(hash, 65_599) + name.charCodeAt(index)) | 0;
  return hash & 0xffff;
}
