import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive. */
export interface ArchivedFile {
  /** `/` as separator. */
  readonly path: string;
  readonly text: string;
}

/** Signatures and sizes of the records, as PKWARE's application note 6.3 has them. */
const local = { signature: 0x04034b50, size: 30 } as const;
const central = { signature: 0x02014b50, size: 46 } as const;
const end = { signature: 0x06054b50, size: 22 } as const;

/** Deflate, and names in UTF-8. */
const version = 20;
const utf8 = 0x0800;
const deflated = 8;

/** Regular file of a Unix, which its owner may write and all may read. */
const attributes = 0o100644 * 2 ** 16;

/**
 * Files as a ZIP archive, which every system opens without a further program. The same files and day give the same bytes:
 * all have the first moment of `day` (`YYYY-MM-DD`).
 */
export function zipArchive(files: readonly ArchivedFile[], day: string): Uint8Array<ArrayBuffer> {
  const date = dosDate(day);
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { path, text } of files) {
    const name = Buffer.from(path);
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const sizes = { checksum: crc32(plain), packed: packed.length, plain: plain.length };
    bodies.push(localHeader(name, sizes, date), name, packed);
    entries.push(centralHeader(name, sizes, date, offset), name);
    offset += local.size + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  return new Uint8Array(Buffer.concat([...bodies, directory, endRecord(files.length, directory.length, offset)]));
}

interface Sizes {
  readonly checksum: number;
  readonly packed: number;
  readonly plain: number;
}

function localHeader(name: Buffer, sizes: Sizes, date: number): Buffer {
  const header = Buffer.alloc(local.size);
  header.writeUInt32LE(local.signature, 0);
  writeCommon(header, 4, name, sizes, date);
  return header;
}

function centralHeader(name: Buffer, sizes: Sizes, date: number, offset: number): Buffer {
  const header = Buffer.alloc(central.size);
  header.writeUInt32LE(central.signature, 0);
  header.writeUInt8(version, 4);
  header.writeUInt8(madeByUnix, 5);
  writeCommon(header, 6, name, sizes, date);
  header.writeUInt32LE(attributes, 38);
  header.writeUInt32LE(offset, 42);
  return header;
}

const madeByUnix = 3;

/** What both headers of a file say, from the version that is needed to the length of the name. */
function writeCommon(header: Buffer, at: number, name: Buffer, sizes: Sizes, date: number): void {
  header.writeUInt16LE(version, at);
  header.writeUInt16LE(utf8, at + 2);
  header.writeUInt16LE(deflated, at + 4);
  header.writeUInt16LE(date, at + 8);
  header.writeUInt32LE(sizes.checksum, at + 10);
  header.writeUInt32LE(sizes.packed, at + 14);
  header.writeUInt32LE(sizes.plain, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

function endRecord(files: number, directory: number, offset: number): Buffer {
  const record = Buffer.alloc(end.size);
  record.writeUInt32LE(end.signature, 0);
  record.writeUInt16LE(files, 8);
  record.writeUInt16LE(files, 10);
  record.writeUInt32LE(directory, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

/** Years since 1980, month and day in seven, four and five bits. */
function dosDate(day: string): number {
  const [year = 1980, month = 1, date = 1] = day.split("-").map(Number);
  return ((year - 1980) << 9) | (month << 5) | date;
}
