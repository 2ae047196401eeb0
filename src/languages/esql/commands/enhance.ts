import { takeOperator, takeWord } from "../../../kit/tokens.ts";
import type { ChangePointCommand, GeneralCommand, InferenceCommand, PartsCommand } from "../ast.ts";
import { expression } from "../expressions.ts";
import { passOver, spanFrom, unexpected } from "../reader.ts";
import { assignments, fieldOr, target } from "./compute.ts";
import { expressions, options } from "./shape.ts";
import type { ReadCommand } from "./table.ts";

export const readCompletion: ReadCommand = (reader, start): InferenceCommand => {
  const name = target(reader);
  const prompt = expression(reader);
  const settings = options(reader);
  const span = spanFrom(reader, start);
  return { type: "inference", command: "completion", target: name, prompt, on: [], options: settings, span };
};

export const readRerank: ReadCommand = (reader, start): InferenceCommand => {
  const name = target(reader);
  const prompt = expression(reader);
  const hasFields = takeWord(reader, "on");
  if (!hasFields) unexpected(reader, reader.cursor.peek(), "`on` and the fields to rank by");
  const on = hasFields ? assignments(reader) : [];
  const settings = options(reader);
  const span = spanFrom(reader, start);
  return { type: "inference", command: "rerank", target: name, prompt, on, options: settings, span };
};

export const readChangePoint: ReadCommand = (reader, start): ChangePointCommand => {
  const value = expression(reader);
  const on = takeWord(reader, "on") ? fieldOr(reader, "The field to order by") : null;
  const as: string[] = [];
  if (takeWord(reader, "as")) {
    as.push(fieldOr(reader, "The name of the column of types"));
    if (takeOperator(reader, ",")) as.push(fieldOr(reader, "The name of the column of p-values"));
    else unexpected(reader, reader.cursor.peek(), "`,` and the name of the column of p-values");
  }
  const by = takeWord(reader, "by") ? expressions(reader) : [];
  return { type: "change_point", value, on, as, by, span: spanFrom(reader, start) };
};

export const readSample: ReadCommand = (reader, start) => {
  const probability = expression(reader);
  return { type: "sample", probability, span: spanFrom(reader, start) };
};

export function readParts(command: string): ReadCommand {
  return (reader, start): PartsCommand => {
    const prefix = target(reader);
    if (prefix === null) unexpected(reader, reader.cursor.peek(), "The prefix of the new columns and `=`");
    const input = expression(reader);
    const settings = options(reader);
    return { type: "parts", command, prefix: prefix ?? "", input, options: settings, span: spanFrom(reader, start) };
  };
}

export function readGeneral(command: string): ReadCommand {
  return (reader, start): GeneralCommand => {
    const from = reader.cursor.peek().span.start;
    passOver(reader);
    const text = reader.text.slice(from, Math.max(from, reader.cursor.last().end));
    return { type: "general", command, text, span: spanFrom(reader, start) };
  };
}
