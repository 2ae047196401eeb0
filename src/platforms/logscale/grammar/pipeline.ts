import { functionAt, readAggregate, readCall, seesCall } from "./calls.ts";
import { readExpression } from "./expressions.ts";
import { readFilter } from "./filters.ts";
import { readName, readPattern, readRegex } from "./literals.ts";
import { expectMark, nested, type Reader, refuse, sees, skipBlank, take, takeMark } from "./reader.ts";

/** Steps with pipes between them (grammar subset, pipeline); a pipe may also open a query. */
export function readPipeline(reader: Reader): void {
  takeMark(reader, "|");
  do readStep(reader);
  while (takeMark(reader, "|"));
}

function readStep(reader: Reader): void {
  skipBlank(reader);
  const at = reader.at;
  if (take(reader, /case[\t\n\f\r ]*\{/y) !== null) {
    readBranches(reader, () => readPipeline(reader));
  } else if (takeMark(reader, "[")) {
    readStats(reader);
  } else if (seesCall(reader) && functionAt(reader)?.filter !== true) {
    if (readCall(reader).aggregate === true) noteAggregate(reader, at);
  } else if (!readAssigning(reader)) {
    reader.at = at;
    readFilter(reader);
  }
}

function noteAggregate(reader: Reader, at: number): void {
  if (reader.correlating) refuse(at, "A query of correlate cannot use aggregate functions.");
  reader.aggregated = true;
}

/** `[e1, e2]` is `stats([e1, e2])`. */
function readStats(reader: Reader): void {
  const at = reader.at;
  do readAggregate(reader);
  while (takeMark(reader, ","));
  expectMark(reader, "]", "to close an array");
  noteAggregate(reader, at);
}

/** Steps that begin with a field: `:=`, `=~`, `<=>` and `match`. Returns whether there is one here. */
function readAssigning(reader: Reader): boolean {
  if (sees(reader, /[^"#%&.0-9@A-Z\\^_a-z\u00A1-\u00FF]/y)) return false;
  const field = readName(reader);
  if (field === null) return false;
  if (takeMark(reader, ":=")) {
    skipBlank(reader);
    const at = reader.at;
    if (functionAt(reader)?.aggregate === true) {
      readCall(reader, ["as"]);
      noteAggregate(reader, at);
    } else {
      readExpression(reader);
    }
    return true;
  }
  if (takeMark(reader, "=~")) {
    takeMark(reader, "!");
    skipBlank(reader);
    const at = reader.at;
    if (readCall(reader, ["field"]).parameters.field === undefined) refuse(at, "This function takes no field.");
    reader.fields.add(field);
    return true;
  }
  if (takeMark(reader, "<=>")) {
    if (!reader.correlating) refuse(reader.at, "Only queries of correlate link fields with <=>.");
    if (readName(reader) === null) refuse(reader.at, "Expected the field of another query.");
    reader.fields.add(field);
    return true;
  }
  if (take(reader, /match[\t\n\f\r ]*\{/y) === null) return false;
  reader.fields.add(field);
  readBranches(reader, () => readGuarded(reader));
  return true;
}

/** `guard => pipeline` of `match`. */
function readGuarded(reader: Reader): void {
  skipBlank(reader);
  if (seesCall(reader)) readCall(reader, ["field"]);
  else if (!readRegex(reader) && !readPattern(reader)) refuse(reader.at, "Expected what to match.");
  expectMark(reader, "=>", "after what to match");
  readPipeline(reader);
}

function readBranches(reader: Reader, branch: () => void): void {
  nested(reader, () => {
    do {
      skipBlank(reader);
      if (sees(reader, /\}/y)) break;
      branch();
    } while (takeMark(reader, ";"));
  });
  expectMark(reader, "}", "to close the branches");
}
