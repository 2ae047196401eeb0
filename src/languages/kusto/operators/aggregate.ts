import { readAssignment } from "../assignments.ts";
import type { Assignment, Expression, MakeSeriesOperator, Series, TopNestedLevel } from "../ast.ts";
import { readClause, readExpression } from "../expressions.ts";
import type { KustoToken } from "../lexer.ts";
import { readOptions, readProperty } from "../options.ts";
import {
  isSymbol,
  isWord,
  needSymbol,
  needWord,
  type Reader,
  readList,
  since,
  takeSymbol,
  takeWord,
} from "../reader.ts";
import { type OperatorReader, readOrdered } from "./reading.ts";

/** Operators that make one row of many, or choose rows by their order. */
export const aggregateOperators: ReadonlyMap<string, OperatorReader> = new Map<string, OperatorReader>([
  ["summarize", readSummarize],
  ["make-series", readMakeSeries],
  ["top", readTop],
  ["top-nested", readTopNested],
  ["top-hitters", readTopHitters],
  ["sort", readSort],
  ["order", readSort],
  ["take", readTake("take")],
  ["limit", readTake("take")],
  ["sample", readTake("sample")],
  ["sample-distinct", readSampleDistinct],
  ["reduce", readReduce],
]);

function readSummarize(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const aggregates = endsAggregates(reader) ? [] : readList(reader, () => readAssignment(reader));
  const by: Assignment[] = [];
  let bin: Expression | null = null;
  if (takeWord(reader, "by")) {
    do {
      if (isWord(reader.peek(), "bin") && isSymbol(reader.peek(1), "=")) break;
      by.push(readAssignment(reader));
    } while (takeSymbol(reader, ","));
    if (isWord(reader.peek(), "bin") && isSymbol(reader.peek(1), "=")) {
      reader.next();
      reader.next();
      bin = readExpression(reader);
    }
  }
  return { type: "summarize", options, aggregates, by, bin, span: since(reader, name.span.start) };
}

function endsAggregates(reader: Reader): boolean {
  const token = reader.peek();
  return isWord(token, "by") || token.type === "end" || (token.type === "symbol" && "|;)]}".includes(token.text));
}

function readMakeSeries(reader: Reader, name: KustoToken): MakeSeriesOperator {
  const options = readOptions(reader);
  const series = readList(reader, () => readSeries(reader));
  needWord(reader, "on");
  const on = readAssignment(reader);
  const from = readClause(reader, "from");
  const to = readClause(reader, "to");
  const step = readClause(reader, "step");
  let range: Expression | null = null;
  if (step === null) {
    if (from !== null || to !== null) needWord(reader, "step");
    needWord(reader, "in");
    range = readExpression(reader);
  }
  const by = takeWord(reader, "by") ? readList(reader, () => readAssignment(reader)) : [];
  return { type: "make-series", options, series, on, from, to, step, range, by, span: since(reader, name.span.start) };
}

function readSeries(reader: Reader): Series {
  const { start } = reader.peek().span;
  const aggregate = readAssignment(reader);
  let value: Expression | null = null;
  if (takeWord(reader, "default")) {
    needSymbol(reader, "=");
    value = readExpression(reader);
  }
  return { type: "series", aggregate, default: value, span: since(reader, start) };
}

function readTop(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const count = readExpression(reader);
  needWord(reader, "by");
  const by = readList(reader, () => readOrdered(reader));
  return { type: "top", options, count, by, span: since(reader, name.span.start) };
}

function readTopNested(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const levels = [readLevel(reader, name.span.start)];
  while (isSymbol(reader.peek(), ",") && isWord(reader.peek(1), "top-nested")) {
    reader.next();
    levels.push(readLevel(reader, reader.next().span.start));
  }
  return { type: "top-nested", levels, span: since(reader, name.span.start) };
}

function readLevel(reader: Reader, start: number): TopNestedLevel {
  const count = isWord(reader.peek(), "of") ? null : readExpression(reader);
  needWord(reader, "of");
  const of = readAssignment(reader);
  let others: Expression | null = null;
  if (takeWord(reader, "with")) {
    needWord(reader, "others");
    needSymbol(reader, "=");
    others = readExpression(reader);
  }
  needWord(reader, "by");
  const by = readOrdered(reader);
  return { type: "level", count, of, others, by, span: since(reader, start) };
}

function readTopHitters(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const count = readExpression(reader);
  needWord(reader, "of");
  const of = readExpression(reader);
  const by = readClause(reader, "by");
  return { type: "top-hitters", options, count, of, by, span: since(reader, name.span.start) };
}

function readSort(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  needWord(reader, "by");
  const by = readList(reader, () => readOrdered(reader));
  return { type: "sort", options, by, span: since(reader, name.span.start) };
}

function readTake(type: "take" | "sample"): OperatorReader {
  return (reader, name) => {
    const options = readOptions(reader);
    return { type, options, count: readExpression(reader), span: since(reader, name.span.start) };
  };
}

function readSampleDistinct(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const count = readExpression(reader);
  needWord(reader, "of");
  const of = readAssignment(reader);
  return { type: "sample-distinct", options, count, of, span: since(reader, name.span.start) };
}

function readReduce(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  needWord(reader, "by");
  const by = readExpression(reader);
  const properties = takeWord(reader, "with") ? readList(reader, () => readProperty(reader)) : [];
  return { type: "reduce", options, by, properties, span: since(reader, name.span.start) };
}
