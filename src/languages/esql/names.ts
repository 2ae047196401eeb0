import { isOperator } from "../../kit/tokens.ts";
import { isReserved, type Reader } from "./reader.ts";

/** What ends an index pattern, which takes nearly everything: `-logs-*`, `remote:<logs-{now/d}>`, `index::failures`. */
export const indexStops: ReadonlySet<string> = new Set([",", "|", "(", ")", "[", "]", "="]);

/** What ends a name in keep and drop, which has parts with `*`, quoted ones, and dots between them. */
export const nameStops: ReadonlySet<string> = new Set([...indexStops, "-", "+", "/", "<", ">", ":"]);

/** A name put together from tokens that touch, as it is written; empty where none stands at the cursor. */
export function gluedName(reader: Reader, stops: ReadonlySet<string>): string {
  const { cursor } = reader;
  const start = cursor.peek().span.start;
  let end = start;
  for (let token = cursor.peek(); token.type !== "end" && token.type !== "unclosed"; token = cursor.peek()) {
    if (token.span.start !== end || (token.type === "operator" && stops.has(token.text))) break;
    end = token.span.end;
    cursor.next();
  }
  return reader.text.slice(start, end);
}

/** A field name at the cursor, decoded; null where none begins. Blanks may stand around its dots. */
export function fieldName(reader: Reader): string | null {
  const { cursor } = reader;
  if (isReserved(cursor.peek())) return null;
  const first = namePart(reader);
  if (first === null) return null;
  const parts = [first];
  while (isOperator(cursor.peek(), ".")) {
    const next = cursor.peek(1);
    if (next.type !== "word" && next.type !== "quoted" && next.type !== "parameter") break;
    cursor.next();
    parts.push(namePart(reader) ?? "");
  }
  return parts.join(".");
}

function namePart(reader: Reader): string | null {
  const token = reader.cursor.peek();
  if (token.type !== "word" && token.type !== "quoted" && !(token.type === "parameter" && token.text.length > 2))
    return null;
  reader.cursor.next();
  return token.type === "quoted" ? token.value : token.text;
}

/** The name in `a.`b``: what stands between backticks is taken as it is. */
export function decodeName(text: string): string {
  if (!text.includes("`")) return text;
  return text.replace(/`((?:[^`]|``)*)`/g, (_, inner: string) => inner.replaceAll("``", "`"));
}
