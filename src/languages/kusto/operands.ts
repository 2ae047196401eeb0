import { limits } from "../../kit/limits.ts";
import { type Span, span } from "../../kit/span.ts";
import { readAssignment } from "./assignments.ts";
import type { Assignment, Call, Expression, Member, Name } from "./ast.ts";
import { isInfixWord } from "./comparison-operators.ts";
import { readDynamic } from "./dynamic.ts";
import { callableWords, columnWords, wordClass } from "./keywords.ts";
import type { KustoToken } from "./lexer.ts";
import { readLiteral } from "./literals.ts";
import { nameLength, readKeywordAsName, readName, readWildcard } from "./names.ts";
import { readOptions } from "./options.ts";
import {
  isSymbol,
  isWord,
  missing,
  needSymbol,
  type Place,
  type Reader,
  readParenthesised,
  since,
  takeSymbol,
  tooDeep,
} from "./reader.ts";
import { readDatatable, readExternalData } from "./tables.ts";

/** A value with what is taken out of it: `a.b["c"][0]`, `database("x").table("y")`. */
export function readOperand(reader: Reader): Expression {
  const { start } = reader.peek().span;
  let node = readPrimary(reader);
  for (let depth = reader.nesting.depth; ; depth++) {
    const isMember = isSymbol(reader.peek(), ".") && !isDottedIndex(reader);
    if (!isMember && !isSymbol(reader.peek(), "[") && !isDottedIndex(reader)) return node;
    if (depth >= limits.depth) {
      tooDeep(reader);
      return node;
    }
    if (reader.next().text === "." && !isMember) reader.next();
    if (isMember) node = { type: "member", object: node, member: readMember(reader), span: since(reader, start) };
    else {
      const index = reader.grammar.expression(reader);
      needSymbol(reader, "]");
      node = { type: "index", object: node, index, span: since(reader, start) };
    }
  }
}

/** `a.[0]` is `a[0]`; `a.['x']` is a name instead. */
function isDottedIndex(reader: Reader): boolean {
  return isSymbol(reader.peek(), ".") && isSymbol(reader.peek(1), "[") && nameLength(reader, "reference", 1) === 0;
}

function readMember(reader: Reader): Member["member"] {
  const wildcard = isSymbol(reader.peek(1), "*") && reader.peek(1).adjacent ? readWildcard(reader) : null;
  if (wildcard?.type === "wildcard") return wildcard;
  const name = readColumnName(reader);
  if (name === null) {
    reader.fail("A name after the dot");
    return { type: "name", name: "", span: missing(reader).span };
  }
  return isSymbol(reader.peek(), "(") ? readCall(reader, name) : name;
}

function readColumnName(reader: Reader): Name | null {
  const token = reader.peek();
  if (token.type !== "word" || !columnWords.has(token.text)) return readName(reader, "reference");
  reader.next();
  return { type: "name", name: token.text, span: token.span };
}

function readPrimary(reader: Reader): Expression {
  const token = reader.peek();
  if (isSymbol(token, "(")) return readGroup(reader);
  if (token.type === "word") {
    if (isSymbol(reader.peek(1), "(") && token.text === "dynamic") return readDynamic(reader);
    if (token.text === "datatable") return readDatatable(reader);
    if (token.text === "externaldata" || token.text === "external_data") return readExternalData(reader);
    if (callableWords.has(token.text)) return readKeywordCall(reader, token);
  }
  const literal = readLiteral(reader);
  if (literal !== null) return literal;
  const name = readColumnName(reader);
  if (name !== null) return isSymbol(reader.peek(), "(") ? readCall(reader, name) : name;
  return readReservedName(reader, token);
}

/** A keyword where a column is meant. */
function readReservedName(reader: Reader, token: KustoToken): Expression {
  if (token.type === "word" && wordClass(token.text) !== "name" && followsName(reader.peek(1))) {
    return readKeywordAsName(reader);
  }
  reader.fail("An expression");
  return missing(reader);
}

const afterName: ReadonlySet<string> = new Set([
  ")",
  "]",
  "}",
  ".",
  ",",
  ":",
  "|",
  "*",
  "/",
  "%",
  "==",
  "!=",
  "=~",
  "!~",
  "<",
  "<=",
  ">",
  ">=",
]);

function followsName(token: KustoToken): boolean {
  return token.type === "word" ? isInfixWord(token.text) : token.type === "symbol" && afterName.has(token.text);
}

const inGroup: Place = { ends: [")"], body: false, statement: false };
const inArguments: Place = { ends: [",", ")"], body: false, statement: false };

function readGroup(reader: Reader): Expression {
  const { start } = reader.next().span;
  const inner = reader.grammar.pipeline(reader, inGroup);
  needSymbol(reader, ")");
  reader.extents.widen(inner, since(reader, start));
  return inner;
}

function readCall(reader: Reader, name: Name): Call {
  const values = readParenthesised(reader, () => readArgument(reader));
  return { type: "call", name: name.name, options: [], arguments: values, span: sinceName(reader, name) };
}

function sinceName(reader: Reader, name: Name): Span {
  return span(name.span.start, Math.max(name.span.end, reader.lastEnd()));
}

/** `toscalar(…)`, `materialize(…)`, which may have options before the parenthesis. */
function readKeywordCall(reader: Reader, token: KustoToken): Call {
  reader.next();
  const options = readOptions(reader);
  const values = readParenthesised(reader, () => readArgument(reader));
  return { type: "call", name: token.text, options, arguments: values, span: since(reader, token.span.start) };
}

function readArgument(reader: Reader): Expression | Assignment {
  const star = reader.peek();
  if (isSymbol(star, "*") && (isSymbol(reader.peek(1), ")") || isSymbol(reader.peek(1), ","))) {
    takeSymbol(reader, "*");
    return { type: "star", span: star.span };
  }
  const length = nameLength(reader, "declared");
  if (length > 0 && isSymbol(reader.peek(length), "=")) return readAssignment(reader);
  return reader.grammar.pipeline(reader, inArguments);
}

/** A call that something needs, perhaps of a function of another database. */
export function readNeededCall(reader: Reader): Expression {
  const { start } = reader.peek().span;
  let node: Expression = needCall(reader);
  while (isSymbol(reader.peek(), ".") && !isWord(reader.peek(1), "(")) {
    reader.next();
    node = { type: "member", object: node, member: needCall(reader), span: since(reader, start) };
  }
  return node;
}

function needCall(reader: Reader): Call {
  const name = readName(reader, "reference");
  if (name !== null && isSymbol(reader.peek(), "(")) return readCall(reader, name);
  reader.fail("A function with its arguments in parentheses");
  return { type: "call", name: name?.name ?? "", options: [], arguments: [], span: name?.span ?? missing(reader).span };
}
