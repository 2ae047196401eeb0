import { functionName } from "./characters.ts";
import { readExpression } from "./expressions.ts";
import { type CqlFunction, functionCalled, type ParameterKind } from "./functions.ts";
import { readName, readNumber, readPattern, readQuoted, readRegex } from "./literals.ts";
import { readPipeline } from "./pipeline.ts";
import { expectMark, nested, type Reader, refuse, sees, skipBlank, take, takeMark } from "./reader.ts";

const callStart = /(?!(?:and|or|not)[\t\n\f\r ]*\()[A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?[\t\n\f\r ]*\(/y;

export function seesCall(reader: Reader): boolean {
  return sees(reader, callStart);
}

/** The function whose call begins here; null where none does, or one that is not known. */
export function functionAt(reader: Reader): CqlFunction | null {
  if (!seesCall(reader)) return null;
  const { at } = reader;
  const name = take(reader, functionName) ?? "";
  reader.at = at;
  return functionCalled(name);
}

/**
 * `name(arguments)`: arguments have names; one may come without (grammar subset, function call). `given` are parameters
 * that stand outside the brackets: `field` before `=~`, `as` before `:=`.
 */
export function readCall(reader: Reader, given: readonly string[] = []): CqlFunction {
  const at = reader.at;
  const name = take(reader, functionName) ?? refuse(at, "Expected a function.");
  const called = functionCalled(name) ?? refuse(at, `There is no function ${name} that a generated query may call.`);
  if (name === "correlate" && reader.aggregated) refuse(at, "correlate cannot follow an aggregate function.");
  expectMark(reader, "(", `after ${name}`);
  const had = new Set(given);
  let unnamed = false;
  nested(reader, () => {
    if (takeMark(reader, ")")) return;
    do {
      skipBlank(reader);
      const here = reader.at;
      if (name === "correlate" && readNode(reader, had)) continue;
      if (name === "eval") {
        readAssignment(reader);
        continue;
      }
      const parameter = readParameter(reader) ?? (unnamed ? undefined : called.first);
      if (parameter === undefined) refuse(here, `${name} takes one argument without a name.`);
      if (parameter === called.first) unnamed = true;
      const kind = called.parameters[parameter] ?? refuse(here, `${name} has no parameter ${parameter}.`);
      if (had.has(parameter)) refuse(here, `${name} has ${parameter} twice.`);
      had.add(parameter);
      readArgument(reader, kind);
    } while (takeMark(reader, ","));
    expectMark(reader, ")", `to close ${name}`);
  });
  for (const one of called.required) if (!had.has(one)) refuse(at, `${name} needs ${one}.`);
  if (name === "correlate" && [...had].filter((one) => one.endsWith(":")).length < 2) {
    refuse(at, "correlate needs two queries.");
  }
  return called;
}

/** `name=`, but not the `==` of an expression. */
function readParameter(reader: Reader): string | null {
  const before = reader.at;
  const name = take(reader, /[A-Za-z]+/y);
  if (name !== null) {
    skipBlank(reader);
    if (reader.text[reader.at] === "=" && !/[=~]/u.test(reader.text[reader.at + 1] ?? "")) {
      reader.at++;
      skipBlank(reader);
      return name;
    }
  }
  reader.at = before;
  return null;
}

function readArgument(reader: Reader, kind: ParameterKind): void {
  skipBlank(reader);
  switch (kind) {
    case "fields":
      // Pairs `[[old, new], …]` of `rename` nest.
      readMany(reader, () => {
        if (take(reader, /\*/y) !== null) return;
        const field = readName(reader) ?? refuse(reader.at, "Expected the name of a field.");
        reader.fields.add(field);
      });
      return;
    case "name":
      if (readName(reader) === null) refuse(reader.at, "Expected a name for the result.");
      return;
    case "value":
      readMany(reader, () => {
        if (!readRegex(reader) && !readNumber(reader) && !readPattern(reader)) refuse(reader.at, "Expected a value.");
      });
      return;
    case "expression":
      readExpression(reader);
      return;
    case "aggregate":
      readMany(reader, () => readAggregate(reader));
      return;
    case "query":
      readMany(reader, () => readSubquery(reader, { correlating: false }));
      return;
    default:
      kind satisfies never;
  }
}

/** One, or an array of them. */
function readMany(reader: Reader, one: () => void): void {
  skipBlank(reader);
  if (!takeMark(reader, "[")) {
    one();
    return;
  }
  nested(reader, () => {
    if (takeMark(reader, "]")) return;
    do readMany(reader, one);
    while (takeMark(reader, ","));
    expectMark(reader, "]", "to close an array");
  });
}

/** An aggregate function, with `name :=` for its result, or a query in braces that ends in one. */
export function readAggregate(reader: Reader): void {
  skipBlank(reader);
  if (reader.text[reader.at] === "{") {
    readSubquery(reader, { correlating: false });
    return;
  }
  const at = reader.at;
  const given = seesCall(reader) ? [] : ["as"];
  if (given.length > 0) {
    if (readName(reader) === null) refuse(at, "Expected an aggregate function.");
    expectMark(reader, ":=", "before an aggregate function");
    skipBlank(reader);
  }
  const called = readCall(reader, given);
  if (called.aggregate !== true) refuse(at, "Only an aggregate function can stand here.");
}

function readAssignment(reader: Reader): void {
  if (readName(reader) === null) refuse(reader.at, "Expected the name of a field.");
  expectMark(reader, "=", "in eval");
  readExpression(reader);
}

/** A query in braces. It starts anew: neither aggregates before it nor within it touch the outer query. */
export function readSubquery(reader: Reader, { correlating }: { readonly correlating: boolean }): void {
  expectMark(reader, "{", "before a query");
  const outer = { aggregated: reader.aggregated, correlating: reader.correlating };
  reader.aggregated = false;
  reader.correlating = correlating;
  nested(reader, () => readPipeline(reader));
  reader.aggregated = outer.aggregated;
  reader.correlating = outer.correlating;
  expectMark(reader, "}", "to close a query");
}

/**
 * `Name: { query } include: [fields]` of `correlate`
 * (library.humio.com/data-analysis/functions-correlate.html). Returns whether there is one here.
 */
function readNode(reader: Reader, had: Set<string>): boolean {
  const start = reader.at;
  const quoted = reader.text[start] === '"';
  const name = quoted ? readQuoted(reader) : take(reader, /[A-Za-z_][A-Za-z0-9_]*/y);
  if (name === null || !takeMark(reader, ":") || !takeMark(reader, "{")) {
    reader.at = start;
    return false;
  }
  reader.at--;
  if (had.has(`${name}:`)) refuse(start, `correlate has two queries called ${name}.`);
  had.add(`${name}:`);
  readSubquery(reader, { correlating: true });
  skipBlank(reader);
  if (take(reader, /include[\t\n\f\r ]*:/y) !== null) readArgument(reader, "fields");
  return true;
}
