import type { Span } from "./span.ts";

/** What a lexer yields. `text` is the slice as written; lexers add decoded values in their own token types. */
export interface Token<Type extends string = string> {
  readonly type: Type;
  readonly text: string;
  readonly span: Span;
}

/** A cursor over lexed tokens. The last token must be an end marker: reading past it yields it again. */
export interface TokenCursor<T extends Token> {
  /** The token `ahead` places from here, without moving. */
  readonly peek: (ahead?: number) => T;
  readonly next: () => T;
  /** The span of the last token taken; empty at the start before any. */
  readonly last: () => Span;
  readonly mark: () => number;
  readonly reset: (mark: number) => void;
}

export function openTokens<T extends Token>(tokens: readonly T[]): TokenCursor<T> {
  const end = tokens[tokens.length - 1];
  if (end === undefined) throw new RangeError("a token list must close with an end marker");
  let at = 0;
  return {
    peek: (ahead = 0) => tokens[at + ahead] ?? end,
    next: () => {
      const token = tokens[at] ?? end;
      if (at < tokens.length - 1) at++;
      return token;
    },
    last: () => (at === 0 ? { start: 0, end: 0 } : (tokens[at - 1] ?? end).span),
    mark: () => at,
    reset: (mark) => {
      at = mark;
    },
  };
}
