import { valueTypes } from "./values/types.ts";

/** Content of an element or attribute to be written. */
export type Content =
  | { readonly type: "element"; readonly element: ElementNode }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "cdata"; readonly text: string }
  | { readonly type: "character"; readonly code: number }
  | { readonly type: "entity"; readonly name: string }
  | { readonly type: "instruction"; readonly target: string; readonly data: string }
  | { readonly type: "value"; readonly index: number; readonly optional: boolean; readonly declared: number };

export interface ElementNode {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, content: readonly Content[]])[];
  readonly content: readonly Content[];
  readonly dependency: number | null;
}

export interface Template {
  /** Its GUID is made of this number. */
  readonly id: number;
  readonly root: ElementNode;
}

/** A value of an instance: bytes, or a fragment as binary XML. */
export interface TypedValue {
  readonly type: number;
  readonly content: Uint8Array | Fragment;
}

export type Fragment =
  | { readonly type: "instance"; readonly template: Template; readonly values: readonly TypedValue[] }
  | {
      readonly type: "elements";
      readonly elements: readonly ElementNode[];
      /** Whether elements have room for the value that they depend on, as they have in a template. */
      readonly dependencies?: boolean;
    };

export interface RecordSpec {
  readonly id: number;
  readonly event: Fragment;
}

type Attributes = Readonly<Record<string, Content | string>>;

export function element(
  name: string,
  attributes: Attributes = {},
  content: readonly (Content | ElementNode | string)[] = [],
  dependency: number | null = null,
): ElementNode {
  return {
    name,
    attributes: Object.entries(attributes).map(([key, value]) => [key, [contentOf(value)]]),
    content: content.map(contentOf),
    dependency,
  };
}

export function substitution(index: number, declared: number = valueTypes.string, optional = false): Content {
  return { type: "value", index, optional, declared };
}

export function optional(index: number, declared: number = valueTypes.string): Content {
  return substitution(index, declared, true);
}

function contentOf(one: Content | ElementNode | string): Content {
  if (typeof one === "string") return { type: "text", text: one };
  return "type" in one ? one : { type: "element", element: one };
}

export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  for (let index = 0; index < text.length; index++) {
    bytes[2 * index] = text.charCodeAt(index) & 0xff;
    bytes[2 * index + 1] = text.charCodeAt(index) >>> 8;
  }
  return bytes;
}

export function typed(type: number, content: Uint8Array | Fragment | readonly number[]): TypedValue {
  return { type, content: Array.isArray(content) ? Uint8Array.from(content) : (content as Uint8Array | Fragment) };
}

export function text(value: string): TypedValue {
  return typed(valueTypes.string, utf16(value));
}

/** An unsigned integer of so many bytes. */
export function unsigned(type: number, bytes: number, value: bigint | number): TypedValue {
  const content = new Uint8Array(bytes);
  for (let index = 0, rest = BigInt(value); index < bytes; index++, rest >>= 8n) content[index] = Number(rest & 0xffn);
  return { type, content };
}

export const nothing: TypedValue = { type: valueTypes.null, content: new Uint8Array(0) };
