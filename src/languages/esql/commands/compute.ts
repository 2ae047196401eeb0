import { isOperator, isWord, takeOperator, takeWord } from "../../../kit/tokens.ts";
import type { Assignment, Expression, ExtractCommand, StatsCommand } from "../ast.ts";
import { expression } from "../expressions.ts";
import { fieldName } from "../names.ts";
import { power } from "../power.ts";
import { setting } from "../query.ts";
import { endsPart, type Reader, spanFrom, unexpected } from "../reader.ts";
import type { ReadCommand } from "./table.ts";

export const readRow: ReadCommand = (reader, start) => {
  const fields = assignments(reader);
  return { type: "row", fields, span: spanFrom(reader, start) };
};

export const readEval: ReadCommand = (reader, start) => {
  const fields = assignments(reader);
  return { type: "eval", fields, span: spanFrom(reader, start) };
};

export const readWhere: ReadCommand = (reader, start) => {
  const condition = expression(reader);
  return { type: "where", condition, span: spanFrom(reader, start) };
};

export function readStats(inline: boolean): ReadCommand {
  return (reader, start): StatsCommand => {
    const unset: string[] = [];
    const aggregates = isWord(reader.cursor.peek(), "by") ? [] : readAggregates(reader, unset);
    const by = takeWord(reader, "by") ? assignments(reader) : [];
    return { type: "stats", inline, aggregates, unset, by, span: spanFrom(reader, start) };
  };
}

function readAggregates(reader: Reader, unset: string[]): readonly Assignment[] {
  const found: Assignment[] = [];
  do {
    const { span: at } = reader.cursor.peek();
    const name = target(reader);
    if (name !== null && isNothing(reader, found.length > 0)) {
      unset.push(name);
      const message = "Elasticsearch refuses a name without an aggregate; it is left out.";
      reader.note("empty-assignment", "warning", message, spanFrom(reader, at.start), "Write an aggregate behind =.");
      continue;
    }
    const value = expression(reader);
    const condition = takeWord(reader, "where") ? expression(reader) : null;
    found.push({ type: "assignment", name, value, condition, span: spanFrom(reader, at.start) });
  } while (takeOperator(reader, ","));
  return found;
}

/** Does another part of the command stand right behind a `=`? The command may end there if it has an aggregate. */
function isNothing(reader: Reader, mayEnd: boolean): boolean {
  const token = reader.cursor.peek();
  return isWord(token, "by") || isOperator(token, ",") || (mayEnd && endsPart(token));
}

/** `name = value`, or a value alone, with commas between. */
export function assignments(reader: Reader): readonly Assignment[] {
  const found: Assignment[] = [];
  do {
    const { start } = reader.cursor.peek().span;
    const name = target(reader);
    const value = expression(reader);
    found.push({ type: "assignment", name, value, condition: null, span: spanFrom(reader, start) });
  } while (takeOperator(reader, ","));
  return found;
}

/** The name before a `=`, which is taken with it; null where a value stands without a name. */
export function target(reader: Reader): string | null {
  const { cursor } = reader;
  const after = cursor.peek(1);
  if (after.type !== "operator" || (after.text !== "=" && after.text !== ".")) return null;
  const mark = cursor.mark();
  const name = fieldName(reader);
  if (name !== null && isOperator(cursor.peek(), "=")) {
    cursor.next();
    return name;
  }
  cursor.reset(mark);
  return null;
}

export function readExtract(command: ExtractCommand["command"]): ReadCommand {
  return (reader, start): ExtractCommand => {
    const input = expression(reader, power.cast);
    const patterns: Expression[] = [];
    do patterns.push(pattern(reader, command));
    while (command === "grok" && takeOperator(reader, ","));
    const options = [];
    while (reader.cursor.peek().type === "word") {
      options.push(setting(reader));
      if (!takeOperator(reader, ",")) break;
    }
    return { type: "extract", command, input, patterns, options, span: spanFrom(reader, start) };
  };
}

function pattern(reader: Reader, command: string): Expression {
  const found = expression(reader, power.cast);
  if (found.type !== "string" && found.type !== "parameter" && found.type !== "fault") {
    reader.report("expected-pattern", `A pattern in quotes was expected after the value of ${command}.`, found.span);
  }
  return found;
}

export const readExpand: ReadCommand = (reader, start) => {
  const field = fieldOr(reader, "The field whose values become rows");
  return { type: "expand", field, span: spanFrom(reader, start) };
};

/** A field name; where there is none, a report and an empty one. */
export function fieldOr(reader: Reader, expected: string): string {
  const name = fieldName(reader);
  if (name === null) unexpected(reader, reader.cursor.peek(), expected);
  return name ?? "";
}
