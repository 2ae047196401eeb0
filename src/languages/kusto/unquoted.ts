import type { Expression } from "./ast.ts";
import { isBoolean, wordClass } from "./keywords.ts";
import type { KustoToken } from "./lexer.ts";
import { type Reader, since } from "./reader.ts";
import { quote } from "./strings.ts";

/**
 * Words side by side on the right of a comparison, up to the end of the line or of the condition, can be nothing but a
 * text without its quotes: `ActionType =~ Automated Remediation`. Any other `right` is given back as it is.
 */
export function readUnquoted(reader: Reader, right: Expression): Expression {
  if (right.type !== "name" || reader.extents.isBracketed(right)) return right;
  let length = 0;
  while (isPlainWord(reader.peek(length))) length++;
  if (length === 0 || !endsText(reader.peek(length))) return right;
  for (let taken = 0; taken < length; taken++) reader.next();
  const span = since(reader, right.span.start);
  const value = reader.text.slice(span.start, span.end);
  reader.report(
    "unquoted-text",
    "warning",
    `Quotes were expected around ${value}; Kusto refuses the text without them.`,
    span,
    `Write ${quote(value)}.`,
  );
  return { type: "string", value, text: quote(value), span };
}

function isPlainWord(token: KustoToken): boolean {
  return token.type === "word" && !token.newLine && wordClass(token.text) === "name" && !isBoolean(token.text);
}

function endsText(token: KustoToken): boolean {
  if (token.type === "end" || token.newLine) return true;
  if (token.type === "word") return token.text === "and" || token.text === "or";
  return token.type === "symbol" && "|);".includes(token.text);
}
