import { cover, type Span } from "../../kit/span.ts";
import type { Comparison, ConditionExpression, SigmaAggregation, SigmaCount } from "./ast.ts";
import { type ConditionReader, clip, isWord } from "./condition-reader.ts";

const functions: Readonly<Record<string, SigmaCount["function"]>> = {
  count: "count",
  sum: "sum",
  min: "min",
  max: "max",
  avg: "avg",
};

const operators: Readonly<Record<string, Comparison>> = {
  "<": "lt",
  "<=": "lte",
  ">": "gt",
  ">=": "gte",
  "=": "eq",
  "==": "eq",
};

/**
 * What follows the pipe in a condition of Sigma 1: `count(field) by group > 5`, `near a and b`
 * (Sigma specification 1.0.3, "Aggregation expression" and "Near aggregation expression").
 */
export function readAggregation(
  reader: ConditionReader,
  pipe: Span,
  readExpression: () => ConditionExpression,
): SigmaAggregation | null {
  const { cursor } = reader;
  const name = cursor.peek();
  if (isWord(reader, "near")) {
    cursor.next();
    const expression = readExpression();
    return { type: "near", expression, span: cover(pipe, cursor.last()) };
  }
  const known = name.type === "word" ? functions[name.text.toLowerCase()] : undefined;
  if (known === undefined) {
    reader.complain("Expected count, sum, min, max, avg or near after the pipe.", name.span);
    return null;
  }
  cursor.next();
  const field = readArgument(reader);
  const by = isWord(reader, "by") ? readGroup(reader) : null;
  const comparison = cursor.peek();
  const operator = comparison.type === "compare" ? operators[comparison.text] : undefined;
  if (operator === undefined) {
    reader.complain("Expected a comparison such as > 5 after the aggregation.", comparison.span);
    return null;
  }
  cursor.next();
  const value = cursor.peek();
  if (!/^\d{1,15}(\.\d{1,15})?$/.test(value.text)) {
    reader.complain(`Expected a number instead of "${clip(value.text)}".`, value.span);
    return null;
  }
  cursor.next();
  return {
    type: "count",
    function: known,
    field,
    by,
    operator,
    value: Number(value.text),
    span: cover(pipe, value.span),
  };
}

/** `( field )`, or `()` for whole events; null where nothing stands between. */
function readArgument(reader: ConditionReader): string | null {
  const { cursor } = reader;
  const open = cursor.peek();
  if (open.type !== "open") {
    reader.complain('Expected "(" after the function.', open.span);
    return null;
  }
  cursor.next();
  const field = cursor.peek();
  if (field.type === "word") cursor.next();
  const close = cursor.peek();
  if (close.type !== "close") reader.complain('Expected ")" after the field.', close.span);
  else cursor.next();
  return field.type === "word" ? field.text : null;
}

function readGroup(reader: ConditionReader): string | null {
  const { cursor } = reader;
  cursor.next();
  const field = cursor.peek();
  if (field.type !== "word") {
    reader.complain('Expected a field after "by".', field.span);
    return null;
  }
  cursor.next();
  return field.text;
}
