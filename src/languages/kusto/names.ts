import type { Name, Star, Wildcard } from "./ast.ts";
import { isBoolean, wordClass } from "./keywords.ts";
import type { KustoToken } from "./lexer.ts";
import { isSymbol, type Reader, since, takeSymbol } from "./reader.ts";
import { stringValue } from "./strings.ts";

/** reference: a name that is used. declared: one that is given, before `=` or `:`, where more keywords may stand. */
export type NameUse = "reference" | "declared";

/** Length in tokens of the name `ahead` of the cursor; 0 where there is none. */
export function nameLength(reader: Reader, use: NameUse, ahead = 0): number {
  const token = reader.peek(ahead);
  if (token.type === "word") {
    const kind = wordClass(token.text);
    if (isBoolean(token.text)) return 0;
    return kind === "name" || kind === "soft" || (kind === "alias" && use === "declared") ? 1 : 0;
  }
  if (isSymbol(token, "[")) {
    if (reader.peek(ahead + 1).type !== "string") return 0;
    let length = 2;
    while (reader.peek(ahead + length).type === "string") length++;
    return isSymbol(reader.peek(ahead + length), "]") ? length + 1 : 0;
  }
  if (isSymbol(token, "{") && reader.peek(ahead + 1).type === "word" && isSymbol(reader.peek(ahead + 2), "}")) return 3;
  return 0;
}

/** The name at the cursor; null where there is none. */
export function readName(reader: Reader, use: NameUse): Name | null {
  const length = nameLength(reader, use);
  if (length === 0) return null;
  const first = reader.next();
  if (first.type === "word") return { type: "name", name: first.text, span: first.span };
  if (first.text === "{") {
    const { text } = reader.next();
    reader.next();
    return { type: "name", name: `{${text}}`, span: since(reader, first.span.start) };
  }
  let name = "";
  while (reader.peek().type === "string") name += stringValue(reader.next().text);
  takeSymbol(reader, "]");
  return { type: "name", name, span: since(reader, first.span.start) };
}

/** The name at the cursor; a fault where there is none. */
export function needName(reader: Reader, use: NameUse, what = "A name"): Name {
  const name = readName(reader, use);
  if (name !== null) return name;
  const token = reader.peek();
  if (token.type === "word" && wordClass(token.text) !== "name") {
    reader.fail(what, "reserved-name", `${token.text} is a keyword; as a name it is written ['${token.text}'].`);
  } else reader.fail(what);
  return { type: "name", name: "", span: since(reader, reader.lastEnd()) };
}

/** The keyword at the cursor where a name is meant: understood, though Kusto wants brackets around it. */
export function readKeywordAsName(reader: Reader): Name {
  const { text: name, span } = reader.next();
  reader.report(
    "reserved-name",
    "warning",
    `${name} is a keyword, which Kusto refuses as a name.`,
    span,
    `As a name it is written ['${name}'].`,
  );
  return { type: "name", name, span };
}

/** Any word whatever, as the value of an option. */
export function readAnyWord(reader: Reader): Name | null {
  const token = reader.peek();
  if (token.type !== "word") return readName(reader, "declared");
  reader.next();
  return { type: "name", name: token.text, span: token.span };
}

/** `Device*`, `*Events`, or `*` alone, without blanks between its parts; null where nothing such stands. */
export function readWildcard(reader: Reader): Wildcard | Star | null {
  const length = wildcardLength(reader);
  if (length === 0) return null;
  const first = reader.next();
  if (length === 1) return { type: "star", span: first.span };
  for (let taken = 1; taken < length; taken++) reader.next();
  const at = since(reader, first.span.start);
  return { type: "wildcard", pattern: reader.text.slice(at.start, at.end), span: at };
}

function wildcardLength(reader: Reader): number {
  const first = reader.peek();
  const star = isSymbol(first, "*");
  const second = reader.peek(1);
  if (!star && !(isWildcardWord(first) && isSymbol(second, "*") && second.adjacent)) return 0;
  let length = star ? 1 : 2;
  for (let token = reader.peek(length); token.adjacent && isWildcardPart(token); token = reader.peek(length)) length++;
  return length;
}

function isWildcardPart(token: KustoToken): boolean {
  return isSymbol(token, "*") || isWildcardWord(token) || (token.type === "number" && /^\d+$/.test(token.text));
}

function isWildcardWord(token: KustoToken): boolean {
  return token.type === "word" && wordClass(token.text) !== "reserved";
}
