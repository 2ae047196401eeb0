import { cover, type Span } from "../kit/span.ts";
import { conjoin, disjoin } from "./build.ts";
import type { Expression } from "./expression.ts";

/** Alternatives that a choice may be written out to. */
const mostAlternatives = 64;

/** Nodes that they may have together: choices inside choices would double with every level. */
const mostNodes = 4096;

/**
 * `2 of these`: at least `count` of the parts (1 or more, at most all) must hold. Written out as the alternatives that
 * there are; null where these are too many.
 */
export function atLeast(count: number, parts: readonly Expression[], at: Span): Expression | null {
  if (count === 1) return disjoin(parts, at);
  if (count === parts.length) return conjoin(parts, at);
  const chosen = combinations(parts, count);
  if (chosen === null) return null;
  let left = mostNodes;
  for (const some of chosen) for (const part of some) left = left < 0 ? left : left - sizeUpTo(part, left);
  if (left < 0) return null;
  return disjoin(
    chosen.map((some) => conjoin(some, some.map((one) => one.span).reduce(cover))),
    at,
  );
}

/** Nodes of an expression; above the limit it is not counted on. */
function sizeUpTo(one: Expression, limit: number): number {
  if (one.type === "not") return 1 + sizeUpTo(one.operand, limit - 1);
  if (one.type !== "and" && one.type !== "or") return 1;
  let size = 1;
  for (const operand of one.operands) {
    if (size > limit) break;
    size += sizeUpTo(operand, limit - size);
  }
  return size;
}

/** All ways to take `count` of these, in order; null where there are too many. */
function combinations<Part>(parts: readonly Part[], count: number): readonly (readonly Part[])[] | null {
  let ways = 1;
  for (let i = 0; i < count; i++) {
    ways = (ways * (parts.length - i)) / (i + 1);
    if (ways > mostAlternatives * mostAlternatives) return null;
  }
  if (ways > mostAlternatives) return null;
  let found: readonly (readonly Part[])[] = [[]];
  for (const [index, part] of parts.entries()) {
    const left = parts.length - index - 1;
    found = found.flatMap((some) => {
      const withPart = some.length < count ? [[...some, part]] : [];
      return some.length + left >= count ? [...withPart, some] : withPart;
    });
  }
  return found;
}
