import type { GeneralOperator, Option, ParseOperator, ParsePart } from "../ast.ts";
import { readDeclaration, readSchema, readType } from "../declarations.ts";
import { readExpression } from "../expressions.ts";
import type { KustoToken } from "../lexer.ts";
import { readString } from "../literals.ts";
import { nameLength, needName } from "../names.ts";
import { readNeededCall } from "../operands.ts";
import { readListProperty, readOptions, readProperties, readProperty } from "../options.ts";
import { isSymbol, needSymbol, needWord, type Reader, readClosedList, since, takeSymbol, takeWord } from "../reader.ts";
import type { OperatorReader } from "./reading.ts";

/** Operators that take texts apart, call functions, show or name the result. */
export const restOperators: ReadonlyMap<string, OperatorReader> = new Map<string, OperatorReader>([
  ["parse", readParse("parse")],
  ["parse-where", readParse("parse-where")],
  ["parse-kv", readParseKv],
  ["evaluate", readEvaluate],
  [
    "invoke",
    (reader, name) => ({ type: "invoke", function: readNeededCall(reader), span: since(reader, name.span.start) }),
  ],
  ["render", readRender],
  ["count", readCount],
  ["as", readAs],
  [
    "consume",
    (reader, name) => ({ type: "consume", options: readOptions(reader), span: since(reader, name.span.start) }),
  ],
  [
    "getschema",
    (reader, name) => ({ type: "getschema", options: readOptions(reader), span: since(reader, name.span.start) }),
  ],
  ...[
    "make-graph",
    "graph-match",
    "graph-shortest-paths",
    "graph-to-table",
    "graph-mark-components",
    "graph-where-nodes",
    "graph-where-edges",
    "macro-expand",
    "assert-schema",
    "project-by-names",
    "__partitionby",
    "__executeAndCache",
  ].map((name): [string, OperatorReader] => [name, readGeneral]),
]);

function readParse(type: ParseOperator["type"]): OperatorReader {
  return (reader, name) => {
    const options = readOptions(reader);
    const expression = readExpression(reader);
    needWord(reader, "with");
    const pattern: ParsePart[] = [];
    for (let part = readParsePart(reader); part !== null; part = readParsePart(reader)) pattern.push(part);
    return { type, options, expression, pattern, span: since(reader, name.span.start) };
  };
}

function readParsePart(reader: Reader): ParsePart | null {
  const token = reader.peek();
  if (token.type === "string") return readString(reader);
  if (takeSymbol(reader, "*")) return { type: "star", span: token.span };
  if (nameLength(reader, "declared") === 0) return null;
  const name = needName(reader, "declared");
  const dataType = takeSymbol(reader, ":") ? readType(reader) : null;
  return { type: "capture", name, dataType, span: since(reader, token.span.start) };
}

function readParseKv(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const expression = readExpression(reader);
  needWord(reader, "as");
  needSymbol(reader, "(");
  const columns = readClosedList(reader, ")", () => readDeclaration(reader));
  const properties = takeWord(reader, "with") ? readProperties(reader) : [];
  return { type: "parse-kv", expression, columns, properties, span: since(reader, name.span.start) };
}

function readEvaluate(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const plugin = readNeededCall(reader);
  const schema = takeSymbol(reader, ":") ? readSchema(reader) : null;
  return {
    type: "evaluate",
    options,
    plugin,
    columns: schema?.columns ?? null,
    openSchema: schema?.openSchema ?? false,
    span: since(reader, name.span.start),
  };
}

/** Options that render once took without `with (…)`. */
const renderOptions: ReadonlySet<string> = new Set(["kind", "title", "accumulate"]);

function readRender(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const chart = reader.peek();
  if (chart.type !== "word") reader.fail("A kind of chart");
  reader.next();
  const properties: Option[] = [];
  while (isRenderOption(reader)) properties.push(readProperty(reader));
  if (takeWord(reader, "with")) properties.push(...readProperties(reader, readListProperty));
  return { type: "render", chart: chart.text, properties, span: since(reader, name.span.start) };
}

function isRenderOption(reader: Reader): boolean {
  const token = reader.peek();
  return token.type === "word" && renderOptions.has(token.text) && isSymbol(reader.peek(1), "=");
}

function readCount(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const as = takeWord(reader, "as") ? needName(reader, "reference") : null;
  return { type: "count", options, as, span: since(reader, name.span.start) };
}

function readAs(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  return { type: "as", options, name: needName(reader, "reference"), span: since(reader, name.span.start) };
}

/** Everything up to the next pipe or the end of what is around, as written. */
function readGeneral(reader: Reader, name: KustoToken): GeneralOperator {
  const start = reader.peek().span.start;
  const from = reader.mark();
  reader.resume(from, ({ type, text }) => type === "symbol" && "|;)]}".includes(text));
  const { end } = since(reader, name.span.start);
  const text = end > start ? reader.text.slice(start, end) : "";
  return { type: "general", name: name.text, text, span: since(reader, name.span.start) };
}
