import { collectDiagnostics, diagnostic, type Severity, tooLong } from "../../kit/diagnostic.ts";
import { limits } from "../../kit/limits.ts";
import type { Nesting } from "../../kit/pratt.ts";
import { cover, type Span, span } from "../../kit/span.ts";
import { openTokens, type TokenCursor } from "../../kit/tokens.ts";
import type { ParseResult } from "../language.ts";
import type { Clause, Fault, FieldName, Group, LuceneNode, LuceneQuery, LuceneValue } from "./ast.ts";
import { checkEscapes, decodeText, decodeWords } from "./escapes.ts";
import { type LuceneToken, type LuceneTokenType, lex } from "./lexer.ts";
import { warnOfClauses } from "./warnings.ts";

export interface Parser {
  readonly text: string;
  readonly tokens: TokenCursor<LuceneToken>;
  readonly nesting: Nesting;
  readonly report: (code: string, severity: Severity, message: string, at: Span, hint?: string) => void;
  /** Set when the depth cap was met: what follows from it is not reported again. */
  overflowed: boolean;
}

/** What to write instead of an operator that stands where a value was expected. */
const operatorHints: Partial<Record<LuceneTokenType, string>> = {
  "+": "Write a plus in a value as `\\+`.",
  "-": "Write a minus in a value as `\\-`, or `-` before the field.",
  not: "Put `NOT` and what it takes out in brackets: `(NOT a)`.",
};

const colonHint = "Write a colon in a value as `\\:`, or put the value in quotes.";

/** Parses a query string. Never throws; what it cannot read is kept as an error node. */
export function parse(text: string): ParseResult<LuceneQuery> {
  const whole = span(0, text.length);
  const refusal = tooLong("lucene", text);
  if (refusal !== null) {
    const node: Fault = { type: "error", text, span: whole };
    const clause: Clause = { type: "clause", conjunction: null, modifier: null, node, span: whole };
    return { ast: { type: "query", clauses: [clause], span: whole }, diagnostics: [refusal] };
  }
  const lexed = lex(text);
  const problems = collectDiagnostics("lucene");
  for (const one of lexed.diagnostics) problems.add(one);
  const parser: Parser = {
    text,
    tokens: openTokens(lexed.tokens),
    nesting: { depth: 0 },
    report: (code, severity, message, at, hint) =>
      problems.add(diagnostic(`lucene/${code}`, severity, message, at, hint)),
    overflowed: false,
  };
  if (parser.tokens.peek().type === "end") {
    const message = "Something to look for was expected: an empty query finds nothing.";
    parser.report("empty-query", "warning", message, whole, "Write `*:*` to find every event.");
  }
  return { ast: { ...readQuery(parser), span: whole }, diagnostics: problems.all() };
}

function isEnd(parser: Parser): boolean {
  const { type } = parser.tokens.peek();
  return type === "end" || (type === ")" && parser.nesting.depth > 0);
}

/** Clauses up to the end of the text or of the group. */
function readQuery(parser: Parser): LuceneQuery {
  const clauses: Clause[] = [];
  const { start } = parser.tokens.peek().span;
  while (!isEnd(parser)) {
    const token = parser.tokens.peek();
    const conjunction = token.type === "and" ? "AND" : token.type === "or" ? "OR" : null;
    if (conjunction !== null && clauses.length === 0) {
      const at = span(token.span.start, token.span.start);
      parser.report("missing-term", "error", `A term was expected before \`${token.text}\`.`, token.span);
      const node: Fault = { type: "error", text: "", span: at };
      clauses.push({ type: "clause", conjunction: null, modifier: null, node, span: at });
    }
    clauses.push(readClause(parser, conjunction));
  }
  warnOfClauses(parser, clauses);
  return { type: "query", clauses, span: span(start, Math.max(start, parser.tokens.last().end)) };
}

function readClause(parser: Parser, conjunction: Clause["conjunction"]): Clause {
  const { tokens } = parser;
  const first = tokens.peek();
  if (conjunction !== null) tokens.next();
  const { type } = tokens.peek();
  const modifier = type === "+" ? "+" : type === "-" || type === "not" ? "NOT" : null;
  if (modifier !== null) tokens.next();
  const node = (conjunction === null && modifier === null ? severalWords(parser) : null) ?? readNode(parser);
  const place = conjunction === null && modifier === null ? node.span : cover(first.span, node.span);
  return { type: "clause", conjunction, modifier, node, span: place };
}

/** A word in front of one of these is no longer part of the words before it. */
const partsWords: ReadonlySet<LuceneTokenType> = new Set([":", "star", "fuzzy", "boost", "and", "or"]);

/** Words in a row are one piece of text for the analyser, unless an operator or a field takes one of them. */
function severalWords(parser: Parser): LuceneNode | null {
  const { tokens } = parser;
  const more = (at: number): boolean => tokens.peek(at).type === "word" && !partsWords.has(tokens.peek(at + 1).type);
  if (tokens.peek().type !== "word" || !more(1)) return null;
  const first = tokens.next();
  warnOfWord(parser, first);
  while (more(0)) warnOfWord(parser, tokens.next());
  const at = cover(first.span, tokens.last());
  const text = parser.text.slice(at.start, at.end);
  return { type: "term", text, tokens: decodeWords(text), fuzzy: null, boost: null, span: at };
}

function readNode(parser: Parser): LuceneNode {
  const { tokens } = parser;
  const name = tokens.peek();
  const named = name.type === "word" || name.type === "star" || name.type === "wild";
  if (!named || tokens.peek(1).type !== ":") return readValue(parser, "A term, a phrase or an opening bracket");
  tokens.next();
  tokens.next();
  if (name.type === "wild") {
    const message = "Wildcards in a field name must be escaped.";
    parser.report("unescaped-field-wildcard", "error", message, name.span, "Write `host.\\*:value`.");
  }
  reportEscapes(parser, name.text, name.span.start);
  const field: FieldName = { text: name.text, name: decodeText(name.text), span: name.span };
  const value = readValue(parser, "A value");
  return { type: "field", name: field, value, span: cover(name.span, value.span) };
}

function readValue(parser: Parser, expected: string): LuceneValue {
  const { tokens } = parser;
  const token = tokens.peek();
  const { text } = token;
  switch (token.type) {
    case "word":
    case "wild":
    case "star":
    case "bare": {
      tokens.next();
      warnOfWord(parser, token);
      const { fuzzy, boost } = readSuffix(parser, true);
      const place = tokens.last() === token.span ? token.span : cover(token.span, tokens.last());
      return { type: "term", text, tokens: decodeWords(text), fuzzy, boost, span: place };
    }
    case "phrase": {
      tokens.next();
      reportEscapes(parser, text, token.span.start);
      const { fuzzy: slop, boost } = readSuffix(parser, true);
      const value = decodeText(text.slice(1, -1));
      return { type: "phrase", text, value, slop, boost, span: cover(token.span, tokens.last()) };
    }
    case "regex": {
      tokens.next();
      const { type, span: at } = tokens.peek();
      if ((type === "word" || type === "wild" || type === "bad") && at.start === token.span.end) {
        const message = "This is read as a regular expression, which ends at its second slash.";
        const hint = "Write the slashes of a path as `\\/`, or put the value in quotes.";
        parser.report("regex-in-path", "warning", message, token.span, hint);
      }
      const suffix = readSuffix(parser, true);
      return { type: "regex", text, pattern: text.slice(1, -1), ...suffix, span: cover(token.span, tokens.last()) };
    }
    case "range": {
      tokens.next();
      const { boost } = readSuffix(parser, false);
      if (token.bounds === null) return fault(parser, token.span.start);
      const { low, high } = token.bounds;
      return { type: "range", low, high, boost, span: cover(token.span, tokens.last()) };
    }
    case "(":
      return readGroup(parser);
    default:
      return unexpected(parser, expected);
  }
}

interface Suffix {
  readonly fuzzy: string | null;
  readonly boost: string | null;
}

/** One for all: nearly every value is without. */
const noSuffix: Suffix = { fuzzy: null, boost: null };

/** `~1` and `^2`, in either order. */
function readSuffix({ tokens }: Parser, mayBeFuzzy: boolean): Suffix {
  const { type } = tokens.peek();
  if (type !== "boost" && (type !== "fuzzy" || !mayBeFuzzy)) return noSuffix;
  const take = (wanted: "fuzzy" | "boost"): string | null =>
    tokens.peek().type === wanted ? tokens.next().text : null;
  const before = mayBeFuzzy ? take("fuzzy") : null;
  const boost = take("boost")?.slice(1) ?? null;
  return { fuzzy: before ?? (mayBeFuzzy && boost !== null ? take("fuzzy") : null), boost };
}

function readGroup(parser: Parser): Group | Fault {
  const { tokens, nesting } = parser;
  const opening = tokens.peek();
  if (nesting.depth >= limits.depth) return tooDeep(parser);
  tokens.next();
  nesting.depth++;
  const query = readQuery(parser);
  nesting.depth--;
  if (query.clauses.length === 0) {
    parser.report("missing-term", "error", "A term was expected within these brackets.", opening.span);
  }
  const closed = tokens.peek().type === ")";
  if (closed) tokens.next();
  else if (!parser.overflowed) {
    parser.report("unclosed-group", "error", "A closing `)` was expected for this bracket.", opening.span);
  }
  const { boost } = closed ? readSuffix(parser, false) : noSuffix;
  return { type: "group", query, closed, boost, span: cover(opening.span, tokens.last()) };
}

/** Keeps everything up to the next operator of this nesting level as an error. */
function unexpected(parser: Parser, expected: string): Fault {
  const { tokens } = parser;
  const first = tokens.peek();
  if (first.type !== "bad") {
    const at = isEnd(parser) ? span(first.span.start, first.span.start) : first.span;
    const missing = isEnd(parser) || first.type === "and" || first.type === "or";
    const code = missing ? "missing-term" : "unexpected-text";
    if (first.type === ":") parser.report(code, "error", "A field name was expected before this colon.", at, colonHint);
    else parser.report(code, "error", `${expected} was expected here.`, at, operatorHints[first.type]);
  }
  let inside = 0;
  for (;;) {
    const { type } = tokens.peek();
    if (type === "end" || (inside === 0 && (isEnd(parser) || type === "and" || type === "or"))) break;
    if (type === "(") inside++;
    else if (type === ")" && inside > 0) inside--;
    tokens.next();
  }
  return fault(parser, first.span.start);
}

/** The text from a place to the last token taken; where none was taken since, the empty text at the last one's end. */
function fault(parser: Parser, start: number): Fault {
  const { end } = parser.tokens.last();
  const at = end > start ? span(start, end) : span(end, end);
  return { type: "error", text: parser.text.slice(at.start, at.end), span: at };
}

function tooDeep(parser: Parser): Fault {
  const { tokens, text } = parser;
  const { start, end } = tokens.peek().span;
  if (!parser.overflowed) {
    parser.overflowed = true;
    const message = `At most ${limits.depth} levels of nesting were expected.`;
    parser.report("too-deep", "error", message, span(start, end));
  }
  while (tokens.peek().type !== "end") tokens.next();
  return { type: "error", text: text.slice(start), span: span(start, text.length) };
}

function warnOfWord(parser: Parser, { type, text, span: at }: LuceneToken): void {
  if (type === "bare") {
    const message = `White space after \`${text}\` makes it a term to look for.`;
    parser.report("operator-as-term", "warning", message, at, "Remove the white space, or put the term in quotes.");
  } else if (text === "and" || text === "or" || text === "not") {
    const message = `\`${text}\` is looked for as a term: operators are written in capitals.`;
    parser.report("lower-case-operator", "warning", message, at, `Write \`${text.toUpperCase()}\`.`);
  }
  reportEscapes(parser, text, at.start);
}

function reportEscapes(parser: Parser, text: string, start: number): void {
  checkEscapes(text, (found, offset) => {
    const at = span(start + offset, start + offset + 2);
    const hint = "Write a backslash as `\\\\`.";
    if (found === "unicode") {
      parser.report("bad-escape", "error", "Four hexadecimal digits were expected after `\\u`.", at, hint);
    } else parser.report("dropped-backslash", "warning", "This backslash is dropped, and means nothing.", at, hint);
  });
}
