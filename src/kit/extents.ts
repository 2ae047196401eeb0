import { cover, type Span } from "./span.ts";

type Placed = { readonly span: Span };

/**
 * How far the nodes of one text reach together with the brackets around them. A node's own span leaves its brackets
 * out, so that a comparison stands exactly where it is written; whatever holds the node covers them, so that no piece
 * of text begins inside a bracket that it does not close.
 */
export interface Extents {
  readonly of: (node: Placed) => Span;
  /** The node stands in brackets that reach this far. */
  readonly widen: (node: Placed, brackets: Span) => void;
  readonly isBracketed: (node: Placed) => boolean;
}

export function openExtents(): Extents {
  const wider = new WeakMap<Placed, Span>();
  return {
    of: (node) => wider.get(node) ?? node.span,
    widen: (node, brackets) => {
      wider.set(node, cover(brackets, wider.get(node) ?? node.span));
    },
    isBracketed: (node) => wider.has(node),
  };
}
