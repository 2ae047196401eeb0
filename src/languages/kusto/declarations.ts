import type { ColumnDeclaration, Expression, FunctionExpression, Parameter, Statement } from "./ast.ts";
import { typeNames } from "./keywords.ts";
import type { KustoToken } from "./lexer.ts";
import { nameLength, needName } from "./names.ts";
import {
  deeper,
  isSymbol,
  isWord,
  needSymbol,
  type Reader,
  readClosedList,
  since,
  takeSymbol,
  takeWord,
} from "./reader.ts";

/** A type of a column; empty, with a fault, where there is none. */
export function readType(reader: Reader): string {
  const token = reader.peek();
  if (token.type !== "word") {
    reader.fail("A type");
    return "";
  }
  reader.next();
  if (!typeNames.has(token.text)) reportUnknownType(reader, token);
  return token.text;
}

export function reportUnknownType(reader: Reader, { text, span }: KustoToken): void {
  const message = `${text} is no type that Kusto has; it refuses the query.`;
  reader.report("unknown-type", "warning", message, span, "Types are string, long, datetime …");
}

/** `name:type`. */
export function readDeclaration(reader: Reader, withDefault = false): ColumnDeclaration {
  const { start } = reader.peek().span;
  const name = needName(reader, "declared", "A column's name");
  needSymbol(reader, ":");
  const dataType = readType(reader);
  const value = withDefault && takeSymbol(reader, "=") ? reader.grammar.expression(reader) : null;
  return { type: "declaration", name, dataType, default: value, span: since(reader, start) };
}

/** `(name:type, …)`; `openSchema` says that a star stands first. */
export function readSchema(reader: Reader): {
  readonly columns: readonly ColumnDeclaration[];
  readonly openSchema: boolean;
} {
  needSymbol(reader, "(");
  takeSymbol(reader, ",");
  const openSchema = takeSymbol(reader, "*");
  return { columns: readClosedList(reader, ")", () => readDeclaration(reader)), openSchema };
}

/** One parameter of a function or a query. */
export function readParameter(reader: Reader): Parameter {
  const { start } = reader.peek().span;
  const name = needName(reader, "declared", "A parameter's name");
  needSymbol(reader, ":");
  const schema = isSymbol(reader.peek(), "(") ? readSchema(reader) : null;
  const dataType = schema === null ? readType(reader) : null;
  const value: Expression | null = takeSymbol(reader, "=") ? reader.grammar.expression(reader) : null;
  return {
    type: "parameter",
    name,
    dataType,
    columns: schema?.columns ?? null,
    openSchema: schema?.openSchema ?? false,
    default: value,
    span: since(reader, start),
  };
}

/** Does a function begin here: `()`, `(name:…`, `(*)`, perhaps with `view` before it? */
export function beginsFunction(reader: Reader): boolean {
  const ahead = isWord(reader.peek(), "view") ? 1 : 0;
  if (!isSymbol(reader.peek(ahead), "(")) return false;
  if (isSymbol(reader.peek(ahead + 1), ")")) return true;
  const length = nameLength(reader, "declared", ahead + 1);
  return length > 0 && isSymbol(reader.peek(ahead + 1 + length), ":");
}

/** `(parameters) { statements }`. */
export function readFunction(reader: Reader): FunctionExpression {
  const { start } = reader.peek().span;
  const view = takeWord(reader, "view");
  needSymbol(reader, "(");
  const parameters = readClosedList(reader, ")", () => readParameter(reader));
  needSymbol(reader, "{");
  const body = deeper<readonly Statement[]>(
    reader,
    () => reader.grammar.statements(reader, "}"),
    () => [],
  );
  needSymbol(reader, "}");
  return { type: "function", view, parameters, body, span: since(reader, start) };
}
