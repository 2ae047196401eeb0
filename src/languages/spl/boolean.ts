import { limits } from "../../kit/limits.ts";
import { cover, type Span } from "../../kit/span.ts";

/**
 * One element of a search expression before its structure is known. Macros stand for text, not for values, so an
 * expression is kept as such a list where they are expanded: `NOT` before a macro binds to the first part of it alone.
 */
export type BooleanItem<Atom> =
  | { readonly type: "atom"; readonly atom: Atom; readonly span: Span }
  | { readonly type: "and" | "or" | "not" | "(" | ")"; readonly span: Span };

/** What is made of the elements. */
export interface BooleanAlgebra<Atom, Node> {
  readonly atom: (atom: Atom, span: Span) => Node;
  readonly join: (type: "and" | "or", operands: readonly Node[], span: Span) => Node;
  readonly not: (operand: Node, span: Span) => Node;
  /** The elements from `first` to `last` make no sense. They are a message for people and a node. */
  readonly fault: (
    code: "missing-operand" | "unopened-parenthesis" | "unclosed-parenthesis" | "too-deep",
    at: Span,
  ) => void;
  readonly wrong: (first: number, last: number, span: Span) => Node;
}

/**
 * Search expressions: NOT binds tightest, then OR, then AND, which is also meant where no operator stands
 * (Splunk, Search Manual, "Boolean expressions with logical operators"). Returns null for an empty list.
 */
export function buildBoolean<Atom, Node>(
  items: readonly BooleanItem<Atom>[],
  algebra: BooleanAlgebra<Atom, Node>,
  depth: number,
): Node | null {
  let at = 0;
  let abandoned = false;
  /** Where the last operand ended: a NOT that was flattened with its bracket ends behind the elements it holds. */
  let reached = 0;
  const last = items.length - 1;
  const end: Span = { start: items[last]?.span.end ?? 0, end: items[last]?.span.end ?? 0 };

  /** Reads operands and ORs until the group ends. */
  const conjunction = (level: number): Node | null => {
    const parts: Node[] = [];
    const first = items[at]?.span ?? end;
    let ended = 0;
    for (;;) {
      const item = items[at];
      if (item === undefined || (item.type === ")" && level > 0)) break;
      if (item.type === "and") {
        if (parts.length === 0) algebra.fault("missing-operand", item.span);
        at++;
        const next = items[at];
        if (next === undefined || next.type === ")" || next.type === "and") algebra.fault("missing-operand", item.span);
        continue;
      }
      parts.push(disjunction(level));
      ended = Math.max(ended, reached);
    }
    const [only] = parts;
    if (only === undefined) return null;
    return parts.length === 1 ? only : algebra.join("and", parts, covering(first, ended));
  };

  const disjunction = (level: number): Node => {
    const first = items[at]?.span ?? end;
    const alone = items[at]?.type !== "or" ? operand(level) : null;
    if (alone !== null && items[at]?.type !== "or") return alone;
    const parts: Node[] = alone === null ? [] : [alone];
    let ended = alone === null ? 0 : reached;
    if (alone !== null) at++;
    for (;;) {
      while (items[at]?.type === "or") {
        algebra.fault("missing-operand", items[at]?.span ?? end);
        at++;
      }
      const item = items[at];
      if (item === undefined || item.type === "and" || (item.type === ")" && level > 0)) {
        algebra.fault("missing-operand", items[at - 1]?.span ?? end);
        break;
      }
      parts.push(operand(level));
      ended = Math.max(ended, reached);
      if (items[at]?.type !== "or") break;
      at++;
    }
    reached = ended;
    const [only] = parts;
    if (only === undefined) return algebra.wrong(at - 1, at - 1, first);
    return parts.length === 1 ? only : algebra.join("or", parts, covering(first, ended));
  };

  /** From the first element of a group to the end of its last operand. */
  const covering = (first: Span, ended: number): Span =>
    cover(first, { start: first.start, end: Math.max(ended, items[at - 1]?.span.end ?? end.end) });

  const operand = (level: number): Node => {
    const begin = at;
    const node = readOperand(level);
    reached = Math.max(items[begin]?.span.end ?? 0, items[at - 1]?.span.end ?? 0);
    return node;
  };

  const readOperand = (level: number): Node => {
    const begin = at;
    const item = items[at];
    if (item === undefined) return algebra.wrong(begin, begin, end);
    if (depth + level >= limits.depth) {
      algebra.fault("too-deep", item.span);
      abandoned = true;
      at = items.length;
      return algebra.wrong(begin, items.length - 1, cover(item.span, end));
    }
    at++;
    switch (item.type) {
      case "atom":
        return algebra.atom(item.atom, item.span);
      case "not": {
        const next = items[at];
        if (next === undefined || next.type === "and" || next.type === "or" || next.type === ")") {
          algebra.fault("missing-operand", item.span);
          return algebra.wrong(begin, begin, item.span);
        }
        const inner = operand(level + 1);
        return algebra.not(inner, cover(item.span, items[at - 1]?.span ?? end));
      }
      case "(": {
        const inner = conjunction(level + 1);
        if (items[at]?.type === ")") at++;
        else if (!abandoned) algebra.fault("unclosed-parenthesis", item.span);
        if (inner !== null) return inner;
        algebra.fault("missing-operand", item.span);
        return algebra.wrong(begin, at - 1, cover(item.span, items[at - 1]?.span ?? end));
      }
      case ")":
        algebra.fault("unopened-parenthesis", item.span);
        return algebra.wrong(begin, begin, item.span);
      case "and":
      case "or":
        algebra.fault("missing-operand", item.span);
        return algebra.wrong(begin, begin, item.span);
      default:
        return item satisfies never;
    }
  };

  const parts: Node[] = [];
  while (at < items.length) {
    const part = conjunction(0);
    if (part !== null) parts.push(part);
  }
  const [only] = parts;
  if (only === undefined) return null;
  return parts.length === 1 ? only : algebra.join("and", parts, cover(items[0]?.span ?? end, end));
}
