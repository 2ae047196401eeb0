import { nameHash } from "./binxml/names.ts";
import { chunkSignature } from "./chunk-header.ts";
import { crc32 } from "./crc32.ts";
import {
  type Content,
  type ElementNode,
  type Fragment,
  type RecordSpec,
  type Template,
  type TypedValue,
  utf16,
} from "./event-spec.testing.ts";
import { chunkSize, recordsOffset } from "./limits.ts";

/** Writes records as Windows does: a name or template stands where it is first used in a chunk. */
export class ChunkWriter {
  private readonly bytes = new Uint8Array(chunkSize);
  private readonly view = new DataView(this.bytes.buffer);
  private names = new Map<string, number>();
  private templates = new Map<Template, number>();
  private at = recordsOffset;
  private last = recordsOffset;
  private ids: number[] = [];

  /** False where the chunk has no room for the record, which is then not in it. */
  add(record: RecordSpec): boolean {
    const before = { at: this.at, names: new Map(this.names), templates: new Map(this.templates) };
    try {
      this.record(record);
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.bytes.fill(0, before.at);
      this.at = before.at;
      this.names = before.names;
      this.templates = before.templates;
      return false;
    }
  }

  /** The chunk with header and checksums. */
  finish(): Uint8Array {
    const { view, bytes } = this;
    bytes.set(chunkSignature, 0);
    const [first = 1] = this.ids;
    const last = this.ids.at(-1) ?? 1;
    for (const [offset, id] of [first, last, first, last].entries())
      view.setBigUint64(8 + 8 * offset, BigInt(id), true);
    view.setUint32(40, 128, true);
    view.setUint32(44, this.last, true);
    view.setUint32(48, this.at, true);
    return sealed(bytes);
  }

  private record(record: RecordSpec): void {
    const start = this.at;
    this.u32(0x00002a2a);
    this.u32(0);
    this.u64(BigInt(record.id));
    // 2026-01-01 and as many seconds as the record's number.
    this.u64((13_411_699_200n + BigInt(record.id)) * 10_000_000n);
    this.fragment(record.event, false);
    this.u8(0);
    // Records begin at multiples of eight bytes.
    while ((this.at + 4) % 8 !== 0) this.u8(0);
    const size = this.at + 4 - start;
    this.u32(size);
    this.view.setUint32(start + 4, size, true);
    this.last = start;
    this.ids.push(record.id);
  }

  private fragment(fragment: Fragment, templated: boolean): void {
    this.put([0x0f, 1, 1, 0]);
    switch (fragment.type) {
      case "elements":
        for (const one of fragment.elements) this.element(one, templated || fragment.dependencies === true);
        return;
      case "instance":
        this.instance(fragment.template, fragment.values);
        return;
      default:
        fragment satisfies never;
    }
  }

  private instance(template: Template, values: readonly TypedValue[]): void {
    this.put([0x0c, 1]);
    this.u32(template.id);
    const known = this.templates.get(template);
    if (known !== undefined) {
      this.u32(known);
    } else {
      this.templates.set(template, this.at + 4);
      this.u32(this.at + 4);
      this.u32(0);
      this.u32(template.id);
      this.put([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      const size = this.at;
      this.u32(0);
      this.fragment({ type: "elements", elements: [template.root] }, true);
      this.u8(0);
      this.view.setUint32(size, this.at - size - 4, true);
    }
    this.u32(values.length);
    const descriptors = this.at;
    for (const value of values) this.put([0, 0, value.type, 0]);
    for (const [index, { content }] of values.entries()) {
      const start = this.at;
      if (content instanceof Uint8Array) {
        this.put(content);
      } else {
        this.fragment(content, false);
        this.u8(0);
      }
      this.view.setUint16(descriptors + 4 * index, this.at - start, true);
    }
  }

  private element({ name, attributes, content, dependency }: ElementNode, templated: boolean): void {
    this.u8(attributes.length > 0 ? 0x41 : 0x01);
    if (templated) this.u16(dependency ?? 0xffff);
    const size = this.at;
    this.u32(0);
    this.name(name);
    if (attributes.length > 0) {
      const list = this.at;
      this.u32(0);
      for (const [index, [key, value]] of attributes.entries()) {
        this.u8(index < attributes.length - 1 ? 0x46 : 0x06);
        this.name(key);
        this.contents(value, templated);
      }
      this.view.setUint32(list, this.at - list - 4, true);
    }
    if (content.length === 0) {
      this.u8(0x03);
    } else {
      this.u8(0x02);
      this.contents(content, templated);
      this.u8(0x04);
    }
    this.view.setUint32(size, this.at - size - 4, true);
  }

  private contents(contents: readonly Content[], templated: boolean): void {
    for (const [index, one] of contents.entries()) {
      const more = index < contents.length - 1 ? 0x40 : 0;
      switch (one.type) {
        case "element":
          this.element(one.element, templated);
          break;
        case "text":
          this.put([0x05 | more, 0x01]);
          this.text(one.text);
          break;
        case "cdata":
          this.u8(0x07 | more);
          this.text(one.text);
          break;
        case "character":
          this.u8(0x08 | more);
          this.u16(one.code);
          break;
        case "entity":
          this.u8(0x09 | more);
          this.name(one.name);
          break;
        case "instruction":
          this.u8(0x0a);
          this.name(one.target);
          this.u8(0x0b);
          this.text(one.data);
          break;
        case "value":
          this.u8(one.optional ? 0x0e : 0x0d);
          this.u16(one.index);
          this.u8(one.declared);
          break;
        default:
          one satisfies never;
      }
    }
  }

  private name(name: string): void {
    const known = this.names.get(name);
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    this.names.set(name, this.at + 4);
    this.u32(this.at + 4);
    this.u32(0);
    this.u16(nameHash(name));
    this.text(name);
    this.u16(0);
  }

  private text(value: string): void {
    this.u16(value.length);
    this.put(utf16(value));
  }

  private u8(value: number): void {
    this.put([value]);
  }

  private u16(value: number): void {
    this.view.setUint16(this.at, value, true);
    this.at += 2;
  }

  private u32(value: number): void {
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  private u64(value: bigint): void {
    this.view.setBigUint64(this.at, value, true);
    this.at += 8;
  }

  private put(bytes: ArrayLike<number>): void {
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }
}

/** The chunk with checksums that fit it, after its bytes were changed. */
export function sealed(chunk: Uint8Array): Uint8Array {
  const view = new DataView(chunk.buffer, chunk.byteOffset);
  const free = Math.min(view.getUint32(48, true), chunkSize);
  view.setUint32(52, crc32(chunk, recordsOffset, free), true);
  view.setUint32(124, crc32(chunk, 128, recordsOffset, crc32(chunk, 0, 120)), true);
  return chunk;
}
