import type { Assignment, Name } from "./ast.ts";
import { wordClass } from "./keywords.ts";
import { nameLength, needName, readKeywordAsName } from "./names.ts";
import { isSymbol, needSymbol, type Reader, readList, since, takeSymbol } from "./reader.ts";

/** `name = expression`, `(a, b) = expression`, or an expression alone. */
export function readAssignment(reader: Reader): Assignment {
  const { start } = reader.peek().span;
  const names = readTargets(reader);
  const expression = reader.grammar.expression(reader);
  return { type: "assignment", names, expression, span: since(reader, start) };
}

function readTargets(reader: Reader): readonly Name[] {
  const length = nameLength(reader, "declared");
  if (length > 0) {
    if (!isSymbol(reader.peek(length), "=")) return [];
    const name = needName(reader, "declared");
    reader.next();
    return [name];
  }
  const keyword = readNamingKeyword(reader);
  if (keyword !== null) return [keyword];
  if (!beginsTuple(reader)) return [];
  reader.next();
  const names = readList(reader, () => needName(reader, "declared"));
  needSymbol(reader, ")");
  needSymbol(reader, "=");
  return names;
}

/** A keyword that Kusto wants in brackets, with the equals sign behind it: it can only be a name there. */
function readNamingKeyword(reader: Reader): Name | null {
  const token = reader.peek();
  if (token.type !== "word" || wordClass(token.text) !== "reserved" || !isSymbol(reader.peek(1), "=")) return null;
  const name = readKeywordAsName(reader);
  reader.next();
  return name;
}

/** Do names in parentheses with `=` after them stand here? */
function beginsTuple(reader: Reader): boolean {
  if (!isSymbol(reader.peek(), "(")) return false;
  let ahead = 1;
  for (;;) {
    const length = nameLength(reader, "declared", ahead);
    if (length === 0) return false;
    ahead += length;
    if (!isSymbol(reader.peek(ahead), ",")) break;
    ahead++;
  }
  return isSymbol(reader.peek(ahead), ")") && isSymbol(reader.peek(ahead + 1), "=");
}

/** `*`, or what readAssignment reads. */
export function readColumn(reader: Reader): Assignment {
  const token = reader.peek();
  if (!isSymbol(token, "*")) return readAssignment(reader);
  takeSymbol(reader, "*");
  return { type: "assignment", names: [], expression: { type: "star", span: token.span }, span: token.span };
}
