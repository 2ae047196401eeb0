import { collectDiagnostics, type Diagnostic, diagnostic, type Severity } from "../../kit/diagnostic.ts";
import { type Extents, openExtents } from "../../kit/extents.ts";
import { limits } from "../../kit/limits.ts";
import type { Nesting } from "../../kit/pratt.ts";
import { type Span, span } from "../../kit/span.ts";
import { openTokens } from "../../kit/tokens.ts";
import type { ErrorNode, Expression, Statement } from "./ast.ts";
import { type KustoToken, lex } from "./lexer.ts";

/** Where a pipeline may stand: decides what ends it, and whether it may begin with an operator without a note. */
export interface Place {
  /** Symbols after it. The end of the text ends every pipeline, but is an error where one of these is needed. */
  readonly ends: readonly string[];
  /** The body of an operator (mv-apply, fork …), which has no source of its own. */
  readonly body: boolean;
  /** A statement: what does not fit begins the next one where it stands on a line of its own. */
  readonly statement: boolean;
}

/** The parts of the grammar that all others call; set once, so that the files need not import each other in a circle. */
export interface Grammar {
  readonly pipeline: (reader: Reader, place: Place) => Expression;
  readonly expression: (reader: Reader) => Expression;
  /** Statements up to the symbol `close`, which is not taken, or to the end of the text. */
  readonly statements: (reader: Reader, close: string | null) => readonly Statement[];
}

/**
 * A cursor over the tokens with what is known so far. After a fault it stands still: `peek` yields an end, so that all
 * that is being read comes to an end at once, up to the part that can keep the text as an error and go on after it.
 */
export interface Reader {
  readonly text: string;
  readonly grammar: Grammar;
  readonly nesting: Nesting;
  readonly extents: Extents;
  readonly peek: (ahead?: number) => KustoToken;
  readonly next: () => KustoToken;
  /** End of the token taken last. */
  readonly lastEnd: () => number;
  readonly mark: () => number;
  readonly report: (code: string, severity: Severity, message: string, at: Span, hint?: string) => void;
  /** Says that `expected` was expected at the cursor, and stands still. What nests too deep ends the reading altogether. */
  readonly fail: (expected: string, code?: string, hint?: string) => void;
  /** The same of the sign that closes a bracket: where nothing closes it, the bracket is pointed at. */
  readonly failToClose: (symbol: string, hint?: string) => void;
  readonly failed: () => boolean;
  /** Goes on at the token after which `stops` holds outside of brackets opened since `from`; never before the cursor. */
  readonly resume: (from: number, stops: (token: KustoToken) => boolean) => void;
  readonly diagnostics: () => readonly Diagnostic[];
}

export function openReader(text: string, grammar: Grammar): Reader {
  const { tokens, closers, around } = lex(text);
  const cursor = openTokens(tokens);
  const found = collectDiagnostics("kusto");
  const end = tokens[tokens.length - 1];
  if (end === undefined) throw new RangeError("a token list must close with an end marker");
  let failed = false;
  let gaveUp = false;
  /** The token of the last fault: what is around a part that was not understood often misses something there too. */
  let faultAt = -1;
  const report = (code: string, severity: Severity, message: string, at: Span, hint?: string): void =>
    found.add(diagnostic(`kusto/${code}`, severity, message, at, hint));
  const fault = (tell: () => void): void => {
    if (failed) return;
    failed = true;
    if (gaveUp || cursor.mark() === faultAt) return;
    faultAt = cursor.mark();
    tell();
  };
  const fail: Reader["fail"] = (expected, code = "expected", hint) => {
    fault(() => {
      const token = cursor.peek();
      if (token.fault !== null) report(token.fault.code, "error", token.fault.message, token.span, token.fault.hint);
      else report(code, "error", `${expected} was expected ${placeOf(token)}.`, token.span, hint);
    });
    if (code === "too-deep") gaveUp = true;
  };
  return {
    text,
    grammar,
    nesting: { depth: 0 },
    extents: openExtents(),
    peek: (ahead) => (failed ? end : cursor.peek(ahead)),
    next: () => {
      if (failed) return end;
      const token = cursor.next();
      const { type, fault } = token;
      if (type === "string" && fault !== null) report(fault.code, "warning", fault.message, token.span, fault.hint);
      return token;
    },
    lastEnd: () => cursor.last().end,
    mark: cursor.mark,
    report: (code, severity, message, at, hint) => {
      if (!gaveUp) report(code, severity, message, at, hint);
    },
    fail,
    failToClose: (symbol, hint) => {
      const opening = tokens[around[cursor.mark()] ?? -1];
      const isOpen = opening !== undefined && closers[around[cursor.mark()] ?? -1] === -1;
      if (isOpen && closingOf[opening.text] === symbol && cursor.peek().fault === null) {
        fault(() => report("expected", "error", `${nameOf(symbol)} was expected for this one.`, opening.span, hint));
      } else fail(nameOf(symbol), "expected", hint);
    },
    failed: () => failed,
    resume: (from, stops) => {
      const cursorAt = cursor.mark();
      failed = false;
      if (gaveUp) {
        cursor.reset(tokens.length - 1);
        return;
      }
      let at = from;
      for (; at < tokens.length - 1; at++) {
        const token = tokens[at];
        if (token === undefined || (at >= cursorAt && stops(token))) break;
        const closer = closers[at] ?? -1;
        if (closer > at) at = closer;
      }
      cursor.reset(at);
    },
    diagnostics: () => found.all().toSorted((a, b) => a.span.start - b.span.start),
  };
}

function placeOf(token: KustoToken): string {
  if (token.type === "end") return "before the end";
  const text = token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text;
  return `in the place of ${text}`;
}

export function isWord(token: KustoToken, word: string): boolean {
  return token.type === "word" && token.text === word;
}

export function isSymbol(token: KustoToken, symbol: string): boolean {
  return token.type === "symbol" && token.text === symbol;
}

export function takeWord(reader: Reader, word: string): boolean {
  if (!isWord(reader.peek(), word)) return false;
  reader.next();
  return true;
}

export function takeSymbol(reader: Reader, symbol: string): boolean {
  if (!isSymbol(reader.peek(), symbol)) return false;
  reader.next();
  return true;
}

export function needWord(reader: Reader, word: string): void {
  if (!takeWord(reader, word)) reader.fail(`The word ${word}`);
}

export function needSymbol(reader: Reader, symbol: string): void {
  if (takeSymbol(reader, symbol)) return;
  if (closing.has(symbol)) reader.failToClose(symbol);
  else reader.fail(nameOf(symbol));
}

const closingOf: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

const closing: ReadonlySet<string> = new Set(Object.values(closingOf));

function nameOf(symbol: string): string {
  return symbolNames[symbol] ?? `The sign ${symbol}`;
}

const symbolNames: Readonly<Record<string, string>> = {
  "(": "An opening parenthesis",
  ")": "A closing parenthesis",
  "[": "An opening bracket",
  "]": "A closing bracket",
  "{": "An opening brace",
  "}": "A closing brace",
  "=": "An equals sign",
  ":": "A colon",
  ";": "A semicolon",
};

/** From `start` to the token taken last. */
export function since(reader: Reader, start: number): Span {
  return span(start, Math.max(start, reader.lastEnd()));
}

/** The text from `start` to the token taken last, as a part that was not understood. */
export function errorSince(reader: Reader, start: number): ErrorNode {
  const at = since(reader, start);
  return { type: "error", text: reader.text.slice(at.start, at.end), span: at };
}

/** What stands for an expression that is missing or not understood, where the reader stands still. */
export function missing(reader: Reader): ErrorNode {
  const end = reader.lastEnd();
  return { type: "error", text: "", span: span(end, end) };
}

const enders: ReadonlySet<string> = new Set([")", "]", "}", "|", ";", ","]);

/** After `and` and `or`: what has no operand any more loses that one alone, and not the chain before it. */
export function lacksOperand(reader: Reader): boolean {
  const token = reader.peek();
  if (reader.failed()) return false;
  const lacks =
    token.type === "end" ||
    (token.type === "symbol" && enders.has(token.text)) ||
    isWord(token, "and") ||
    isWord(token, "or");
  if (lacks) reader.report("expected", "error", `An expression was expected ${placeOf(token)}.`, token.span);
  return lacks;
}

/** Items with commas between them, at least one. */
export function readList<Item>(reader: Reader, item: () => Item): readonly Item[] {
  const items = [item()];
  while (!reader.failed() && takeSymbol(reader, ",")) items.push(item());
  return items;
}

/** In parentheses: items with commas between them, or none. */
export function readParenthesised<Item>(reader: Reader, item: () => Item): readonly Item[] {
  needSymbol(reader, "(");
  if (takeSymbol(reader, ")")) return [];
  const items = readList(reader, item);
  needSymbol(reader, ")");
  return items;
}

/** Items with commas between them up to the symbol that closes their list; none at all, and a comma too many, are allowed. */
export function readClosedList<Item>(reader: Reader, close: string, item: () => Item): readonly Item[] {
  const items: Item[] = [];
  takeSymbol(reader, ",");
  while (!reader.failed() && !isSymbol(reader.peek(), close)) {
    items.push(item());
    if (!takeSymbol(reader, ",")) break;
  }
  needSymbol(reader, close);
  return items;
}

/** Reads something one level deeper, unless that is too deep. */
export function deeper<Node>(reader: Reader, read: () => Node, otherwise: () => Node): Node {
  const { nesting } = reader;
  if (nesting.depth >= limits.depth) {
    tooDeep(reader);
    return otherwise();
  }
  nesting.depth++;
  const node = read();
  nesting.depth--;
  return node;
}

export function tooDeep(reader: Reader): void {
  reader.fail(`An expression of at most ${limits.depth} levels`, "too-deep");
}
