import type { Extents } from "../../kit/extents.ts";
import type { Nesting } from "../../kit/pratt.ts";
import type { Span } from "../../kit/span.ts";
import type { TokenCursor } from "../../kit/tokens.ts";
import type { ConditionToken } from "./lexer.ts";

/** Cursor, depth and first complaint of one condition. */
export interface ConditionReader {
  readonly cursor: TokenCursor<ConditionToken>;
  readonly nesting: Nesting;
  readonly extents: Extents;
  /** Keeps the first complaint; after it nothing that is read counts any more. */
  readonly complain: (message: string, at: Span, hint?: string) => void;
  readonly failed: () => boolean;
}

/** Does this word stand at the cursor, in any case? */
export function isWord(reader: ConditionReader, word: string): boolean {
  const token = reader.cursor.peek();
  return token.type === "word" && token.text.toLowerCase() === word;
}

/** A piece of a stranger's text, short enough for a message. */
export function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
