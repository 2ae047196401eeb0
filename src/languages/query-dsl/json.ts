import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { limits } from "../../kit/limits.ts";
import { type Span, span } from "../../kit/span.ts";

/** A JSON value with its place in the text. Of equal keys of an object the last one counts, as in `JSON.parse`. */
export type JsonNode =
  | { readonly type: "scalar"; readonly value: JsonScalar; readonly span: Span }
  | { readonly type: "array"; readonly items: readonly JsonNode[]; readonly span: Span }
  | { readonly type: "object"; readonly entries: ReadonlyMap<string, JsonNode>; readonly span: Span };

export type JsonScalar = string | number | boolean | null;

export type JsonValue = JsonScalar | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Thrown and caught within this file only. */
interface Fault {
  readonly message: string;
  readonly at: number;
}

/** Reads one JSON text (RFC 8259) of bounded depth; null with one diagnostic where it is none. */
export function readJson(text: string): {
  readonly node: JsonNode | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  let at = 0;
  let depth = 0;
  let fault: Fault | null = null;
  const fail = (message: string): null => {
    fault ??= { message, at };
    return null;
  };
  const space = (): void => {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      at++;
    }
  };
  const value = (): JsonNode | null => {
    space();
    const char = text[at];
    if (char === "{" || char === "[") {
      if (depth >= limits.depth) return fail(`At most ${limits.depth} levels of JSON were expected.`);
      depth++;
      const node = char === "{" ? object() : array();
      depth--;
      return node;
    }
    const start = at;
    const scalar = char === '"' ? string() : word();
    return scalar === undefined ? null : { type: "scalar", value: scalar, span: span(start, at) };
  };
  const string = (): string | undefined => {
    const start = at;
    at++;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at = Math.min(at + 1, text.length);
    return decode(text.slice(start, at), start);
  };
  const word = (): JsonScalar | undefined => {
    const start = at;
    while (at < text.length && !/[\s,:[\]{}"]/.test(text[at] ?? "")) at++;
    return decode(text.slice(start, at), start);
  };
  const decode = <T extends JsonScalar>(written: string, start: number): T | undefined => {
    try {
      return JSON.parse(written) as T;
    } catch {
      at = start;
      fail("A JSON value was expected.");
      return undefined;
    }
  };
  const items = (closer: string, item: () => boolean): boolean => {
    at++;
    space();
    if (text[at] === closer) {
      at++;
      return true;
    }
    for (;;) {
      if (!item()) return false;
      space();
      if (text[at] === closer) {
        at++;
        return true;
      }
      if (text[at] !== ",") {
        fail(`A comma or \`${closer}\` was expected.`);
        return false;
      }
      at++;
    }
  };
  const array = (): JsonNode | null => {
    const start = at;
    const found: JsonNode[] = [];
    const whole = items("]", () => {
      const node = value();
      if (node !== null) found.push(node);
      return node !== null;
    });
    return whole ? { type: "array", items: found, span: span(start, at) } : null;
  };
  const object = (): JsonNode | null => {
    const start = at;
    const entries = new Map<string, JsonNode>();
    const whole = items("}", () => {
      space();
      if (text[at] !== '"') return fail("A key in quotes was expected.") !== null;
      const key = string();
      space();
      if (key === undefined) return false;
      if (text[at] !== ":") return fail("A colon was expected.") !== null;
      at++;
      const node = value();
      if (node !== null) entries.set(key, node);
      return node !== null;
    });
    return whole ? { type: "object", entries, span: span(start, at) } : null;
  };

  const node = value();
  space();
  if (node !== null && at < text.length) fail("The end of the JSON text was expected.");
  const problem = fault as Fault | null;
  if (problem === null) return { node, diagnostics: [] };
  const where = span(Math.min(problem.at, text.length), Math.min(problem.at + 1, text.length));
  return { node: null, diagnostics: [diagnostic("query-dsl/invalid-json", "error", problem.message, where)] };
}

/** The plain value. Keys such as `__proto__` become keys and nothing more. */
export function plain(node: JsonNode): JsonValue {
  switch (node.type) {
    case "scalar":
      return node.value;
    case "array":
      return node.items.map(plain);
    case "object":
      return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]));
    default:
      return node satisfies never;
  }
}
