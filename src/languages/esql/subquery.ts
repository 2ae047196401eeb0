import { limits } from "../../kit/limits.ts";
import { isOperator, isWord } from "../../kit/tokens.ts";
import type { Query } from "./ast.ts";
import { tooDeep } from "./expressions.ts";
import { query } from "./query.ts";
import { close, type Reader, spanFrom } from "./reader.ts";

const sources = ["from", "row", "show", "ts", "promql"];

/** Does a query in brackets begin at the cursor? */
export function beginsSubquery(reader: Reader): boolean {
  const { peek } = reader.cursor;
  return isOperator(peek(), "(") && sources.some((word) => isWord(peek(1), word));
}

/** A query in brackets; as a branch it has no source of its own. */
export function subquery(reader: Reader, kind: "query" | "branch" = "query"): Query {
  const opening = reader.cursor.next();
  if (reader.nesting.depth >= limits.depth) {
    tooDeep(reader);
    return { type: "query", settings: [], commands: [], span: spanFrom(reader, opening.span.start) };
  }
  reader.nesting.depth++;
  const inner = query(reader, kind);
  reader.nesting.depth--;
  close(reader, ")", opening);
  return inner;
}
