import { cover, type Span } from "../../kit/span.ts";
import type { TokenCursor } from "../../kit/tokens.ts";
import type {
  Comparison,
  Directive,
  ErrorNode,
  MacroCall,
  Membership,
  SearchAtom,
  SearchExpression,
  Subsearch,
  Term,
} from "./ast.ts";
import { type BooleanItem, buildBoolean } from "./boolean.ts";
import { readCall } from "./commands/arguments.ts";
import { isWord, type SplToken } from "./lexer.ts";
import { readMacroCall } from "./macros.ts";
import { readSubsearch } from "./pipeline.ts";
import { type Reading, report } from "./reading.ts";

export type SearchItem = BooleanItem<SearchAtom>;
type Cursor = TokenCursor<SplToken>;

/** Reads a search expression up to a token at which `stops` says so, outside parentheses, or to the end. */
export function readSearch(
  reading: Reading,
  cursor: Cursor,
  stops: (token: SplToken) => boolean = never,
): SearchExpression | null {
  return structure(reading, readItems(reading, cursor, stops));
}

/** Reads the inside of one pair of parentheses; the cursor stands behind the opening one. */
export function readSearchGroup(reading: Reading, cursor: Cursor): SearchExpression | null {
  const expression = structure(reading, readItems(reading, cursor, never, true));
  if (cursor.peek().text === ")") cursor.next();
  else report(reading, "unclosed-parenthesis", "error", "A closing parenthesis is expected.", cursor.last());
  return expression;
}

/** The flat list of a search expression, for a text that is put into another one. */
export function readSearchItems(reading: Reading, cursor: Cursor): readonly SearchItem[] {
  return readItems(reading, cursor, never);
}

const never = (): boolean => false;

function structure(reading: Reading, items: readonly SearchItem[]): SearchExpression | null {
  return buildBoolean<SearchAtom, SearchExpression>(
    items,
    {
      atom: (atom) => atom,
      join: joinSearch,
      not: (operand, span) => ({ type: "not", operand, span }),
      fault: (code, at) => report(reading, code, "error", faults[code], at),
      wrong: (_first, _last, span) => errorNode(reading, span),
    },
    reading.nesting.depth,
  );
}

/** Groups of the same kind are one, however they were bracketed. */
function joinSearch(type: "and" | "or", operands: readonly SearchExpression[], span: Span): SearchExpression {
  const nests = operands.some((one) => one.type === type);
  return {
    type,
    operands: nests ? operands.flatMap((one) => (one.type === type ? one.operands : [one])) : operands,
    span,
  };
}

const faults = {
  "missing-operand": "A condition is expected on both sides of AND and OR, and after NOT.",
  "unopened-parenthesis": "This closing parenthesis has no opening one.",
  "unclosed-parenthesis": "A closing parenthesis is expected.",
  "too-deep": "This expression nests too deep to be read.",
} as const;

function errorNode(reading: Reading, span: Span): ErrorNode {
  return { type: "error", text: reading.text.slice(span.start, span.end), span };
}

/** The flat list of conditions, operators and parentheses. */
function readItems(
  reading: Reading,
  cursor: Cursor,
  stops: (token: SplToken) => boolean,
  group = false,
): readonly SearchItem[] {
  const items: SearchItem[] = [];
  let depth = 0;
  for (;;) {
    const token = cursor.peek();
    if (token.type === "end" || (depth === 0 && stops(token))) break;
    if (token.type === "punctuation") {
      if (group && depth === 0 && token.text === ")") break;
      cursor.next();
      if (token.text === ",") {
        report(
          reading,
          "comma",
          "warning",
          "Conditions are joined by AND or OR; this comma has no meaning.",
          token.span,
        );
        continue;
      }
      depth += token.text === "(" ? 1 : depth > 0 ? -1 : 0;
      items.push({ type: token.text === "(" ? "(" : ")", span: token.span });
      continue;
    }
    const operator = booleanOperator(token);
    if (operator !== null) {
      cursor.next();
      items.push({ type: operator, span: token.span });
      continue;
    }
    const atom = readAtom(reading, cursor);
    items.push({ type: "atom", atom, span: atom.span });
  }
  return items;
}

/** Boolean operators of a search are capitalised; in lower case they are words to look for. */
function booleanOperator(token: SplToken): "and" | "or" | "not" | null {
  if (token.type !== "word") return null;
  if (token.text === "AND") return "and";
  if (token.text === "OR") return "or";
  return token.text === "NOT" ? "not" : null;
}

function readAtom(reading: Reading, cursor: Cursor): SearchAtom {
  const token = cursor.next();
  if (token.type === "macro") return readMacroCall(reading, token);
  if (token.type === "subsearch") return readSubsearch(reading, token);
  if (token.type !== "word" && token.type !== "string") {
    report(reading, "missing-field", "error", "A field name is expected before this operator.", token.span);
    return errorNode(reading, token.span);
  }
  const next = cursor.peek();
  if (next.type === "operator") return readComparison(reading, cursor, token);
  if (cursor.peek(1).text === "(" && isWord(next, "in")) return readMembership(reading, cursor, token);
  const directive = readDirective(reading, cursor, token, null) ?? readIndexed(cursor, token);
  if (directive !== null) return directive;
  if (token.type === "word" && isWord(token, "and", "or", "not") && token.text !== token.text.toUpperCase()) {
    report(
      reading,
      "lower-case-operator",
      "warning",
      "Operators of a search are capitalised; this is a word to look for.",
      token.span,
    );
  }
  return term(token);
}

export function term(token: SplToken): Term {
  return { type: "term", text: token.text, span: token.span };
}

function readDirective(reading: Reading, cursor: Cursor, token: SplToken, field: SplToken | null): Directive | null {
  const name = token.text === "TERM" || token.text === "CASE" ? token.text : null;
  const open = cursor.peek();
  if (name === null || open.text !== "(" || !open.glued) return null;
  cursor.next();
  let close = open;
  while (cursor.peek().type !== "end" && close.text !== ")") close = cursor.next();
  if (close.text !== ")")
    report(reading, "unclosed-parenthesis", "error", "A closing parenthesis is expected.", open.span);
  const end = close.text === ")" ? close.span.start : close.span.end;
  const text = reading.text.slice(open.span.end, Math.max(open.span.end, end)).trim();
  return {
    type: "directive",
    name,
    field: field?.text ?? null,
    text,
    span: cover((field ?? token).span, cursor.last()),
  };
}

const indexedField = /^[A-Za-z_][\w.{}-]*?::/;

/** `host::web*`, `source::"a b"`: a field that was indexed with its event. */
function readIndexed(cursor: Cursor, token: SplToken): Comparison | null {
  const mark = token.type === "word" ? (indexedField.exec(token.text)?.[0].length ?? 0) : 0;
  if (mark === 0) return null;
  const isQuoted = mark === token.text.length;
  if (isQuoted && !(cursor.peek().type === "string" && cursor.peek().glued)) return null;
  const start = token.span.start + mark;
  const value = isQuoted
    ? term(cursor.next())
    : ({ type: "term", text: token.text.slice(mark), span: { start, end: token.span.end } } as const);
  const field = token.text.slice(0, mark - 2);
  return { type: "comparison", field, operator: "::", value, span: cover(token.span, value.span) };
}

const comparisons: Readonly<Record<string, Comparison["operator"]>> = {
  "=": "=",
  "==": "=",
  "!=": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

function readComparison(reading: Reading, cursor: Cursor, field: SplToken): SearchAtom {
  const sign = cursor.next();
  const operator = comparisons[sign.text] ?? "=";
  const token = cursor.peek();
  if (token.type === "word") {
    const taken = cursor.next();
    const directive = operator === "=" ? readDirective(reading, cursor, taken, field) : null;
    if (directive !== null) return directive;
    const value = readFunctionValue(reading, cursor, taken);
    return { type: "comparison", field: field.text, operator, value, span: cover(field.span, value.span) };
  }
  if (token.type !== "string" && token.type !== "macro" && token.type !== "subsearch") {
    report(reading, "missing-value", "error", "A value is expected after this operator.", sign.span);
    return errorNode(reading, cover(field.span, sign.span));
  }
  cursor.next();
  if (token.type === "string") warnOfQuotes(reading, cursor);
  const value: Term | MacroCall | Subsearch =
    token.type === "macro"
      ? readMacroCall(reading, token)
      : token.type === "subsearch"
        ? readSubsearch(reading, token)
        : term(token);
  return { type: "comparison", field: field.text, operator, value, span: cover(field.span, token.span) };
}

/** `_time >= relative_time(now(), "-10m")`: functions are for where, and a search reads this as a word. */
function readFunctionValue(reading: Reading, cursor: Cursor, name: SplToken): Term {
  const open = cursor.peek();
  if (open.text !== "(" || !open.glued || !/^[A-Za-z_]+$/.test(name.text)) return term(name);
  const value = readCall(reading, cursor, name);
  report(
    reading,
    "function-in-search",
    "warning",
    "A search compares with words; functions are evaluated by where.",
    value.span,
    "Use where instead of search.",
  );
  return value;
}

/** A word that touches a closing quote shows that the text holds quotes which should have been escaped. */
export function warnOfQuotes(reading: Reading, cursor: Cursor): void {
  const next = cursor.peek();
  if (!next.glued || (next.type !== "word" && next.type !== "string")) return;
  if (booleanOperator(next) !== null || cursor.peek(1).type === "operator") return;
  report(
    reading,
    "quote-inside-string",
    "warning",
    "A space is expected after a closing quote.",
    next.span,
    'Write \\" for a quote inside a string.',
  );
}

function readMembership(reading: Reading, cursor: Cursor, field: SplToken): Membership {
  cursor.next();
  const open = cursor.next();
  const values: (Term | MacroCall | ErrorNode)[] = [];
  for (;;) {
    const token = cursor.peek();
    if (token.type === "end") {
      report(
        reading,
        "unclosed-list",
        "error",
        "A closing parenthesis is expected at the end of this list.",
        open.span,
      );
      break;
    }
    cursor.next();
    if (token.text === ")" && token.type === "punctuation") break;
    if (token.type === "punctuation" && token.text === ",") continue;
    if (token.type === "macro") values.push(readMacroCall(reading, token));
    else if (token.type === "word" && isSeparator(token.text)) {
      report(
        reading,
        "list-separator",
        "error",
        "A comma is expected between the values of a list.",
        token.span,
        "Replace it by a comma.",
      );
    } else if (token.type === "word" || token.type === "string") values.push(term(token));
    else {
      report(reading, "list-value", "error", "A value is expected in this list.", token.span);
      values.push(errorNode(reading, token.span));
    }
  }
  return { type: "in", field: field.text, values, span: cover(field.span, cursor.last()) };
}

function isSeparator(text: string): boolean {
  return text === "." || text === ";" || text === ":";
}
