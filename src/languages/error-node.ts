import { type Span, span } from "../kit/span.ts";
import type { Token, TokenCursor } from "../kit/tokens.ts";

/** What stands in a tree for a part that was not understood. */
export interface ErrorNode {
  readonly type: "error";
  readonly text: string;
  readonly span: Span;
}

interface Reading {
  readonly text: string;
  readonly cursor: TokenCursor<Token>;
}

/** Everything from `start` to the token taken last, as a part that was not understood. */
export function errorFrom({ text, cursor }: Reading, start: number): ErrorNode {
  const end = Math.max(start, cursor.last().end);
  return { type: "error", text: text.slice(start, end), span: span(start, end) };
}

/** Something is missing at the cursor. */
export function missing({ cursor }: Reading): ErrorNode {
  const { end } = cursor.last();
  return { type: "error", text: "", span: span(end, end) };
}
