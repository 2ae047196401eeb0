import type { Span } from "../kit/span.ts";

/** A copy of an ast without places, for comparing texts that say the same. */
export function withoutPlaces(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutPlaces);
  if (!isRecord(node)) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (isSpan(value) ? [] : [[key, withoutPlaces(value)]])),
  );
}

/** What is wrong with the places of a tree: each must lie inside its parent's, and all inside the text. */
export function misplaced(node: unknown, length: number): readonly string[] {
  const faults: string[] = [];
  const walk = (one: unknown, outer: Span, path: string): void => {
    if (Array.isArray(one)) {
      for (const [index, each] of one.entries()) walk(each, outer, `${path}[${index}]`);
      return;
    }
    if (!isRecord(one)) return;
    const own = isSpan(one.span) ? one.span : outer;
    if (own.start < outer.start || own.end > outer.end || own.start > own.end) {
      faults.push(`${path}: ${own.start}-${own.end} is not inside ${outer.start}-${outer.end}`);
    }
    for (const [key, value] of Object.entries(one)) if (key !== "span") walk(value, own, `${path}.${key}`);
  };
  walk(node, { start: 0, end: length }, "");
  return faults;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isSpan(value: unknown): value is Span {
  return (
    isRecord(value) &&
    typeof value.start === "number" &&
    typeof value.end === "number" &&
    Object.keys(value).length === 2
  );
}
