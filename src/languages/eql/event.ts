import { cover } from "../../kit/span.ts";
import { isOperator } from "../../kit/tokens.ts";
import { errorFrom, missing } from "../error-node.ts";
import type { ErrorNode, EventQuery } from "./ast.ts";
import { expression } from "./expressions.ts";
import { isWord, passOver, type Reader, reserved, takeWord } from "./reader.ts";

/** `category where condition`, up to the end of the step or of the query. */
export function event(reader: Reader): EventQuery | ErrorNode {
  const { cursor } = reader;
  const token = cursor.peek();
  const category = categoryOf(token);
  if (category === undefined || !isWord(cursor.peek(1), "where")) return noEvent(reader);
  cursor.next();
  takeWord(reader, "where");
  const condition = expression(reader);
  return { type: "event", category, condition, span: cover(token.span, reader.extents.of(condition)) };
}

/** null is `any`; undefined is no category. */
function categoryOf(token: ReturnType<Reader["cursor"]["peek"]>): string | null | undefined {
  if (token.type === "string" || token.type === "quoted") return token.value;
  if (token.type !== "word" || reserved.has(token.text)) return undefined;
  return token.text === "any" ? null : token.text;
}

function noEvent(reader: Reader): ErrorNode {
  const { cursor, open } = reader;
  const at = cursor.peek().span;
  reader.report(
    "expected-event",
    "error",
    "An event category and where were expected.",
    at,
    "For events of every category: any where …",
  );
  const ends = (): boolean => isOperator(cursor.peek(), open.step ? "]" : "|");
  if (ends() || cursor.peek().type === "end") return missing(reader);
  passOver(reader, ends);
  return errorFrom(reader, at.start);
}
