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

/** A keyword that may be written in any letter case; `word` is in small letters. */
export function isWord(token: Token, word: string): boolean {
  return token.type === "word" && token.text.length === word.length && token.text.toLowerCase() === word;
}

export function isOperator(token: Token, operator: string): boolean {
  return token.type === "operator" && token.text === operator;
}

/** Takes the keyword at the cursor, if it stands there. */
export function takeWord({ cursor }: { readonly cursor: TokenCursor<Token> }, word: string): boolean {
  if (!isWord(cursor.peek(), word)) return false;
  cursor.next();
  return true;
}

/** Takes the operator at the cursor, if it stands there. */
export function takeOperator({ cursor }: { readonly cursor: TokenCursor<Token> }, operator: string): boolean {
  if (!isOperator(cursor.peek(), operator)) return false;
  cursor.next();
  return true;
}
