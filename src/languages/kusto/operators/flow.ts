import { readAssignment } from "../assignments.ts";
import type { ExpandedColumn, ForkBranch, ScanOperator, ScanStep } from "../ast.ts";
import { readDeclaration } from "../declarations.ts";
import { readClause, readExpression } from "../expressions.ts";
import type { KustoToken } from "../lexer.ts";
import { isTypeof, readTypeof } from "../literals.ts";
import { nameLength, needName, readName } from "../names.ts";
import { readOperand } from "../operands.ts";
import { readOptions } from "../options.ts";
import {
  isSymbol,
  isWord,
  needSymbol,
  needWord,
  type Reader,
  readList,
  readParenthesised,
  since,
  takeSymbol,
  takeWord,
} from "../reader.ts";
import { type OperatorReader, readOrdered } from "./reading.ts";
import { readBody } from "./tables.ts";

/** Operators that run a query on parts of their input. */
export const flowOperators: ReadonlyMap<string, OperatorReader> = new Map<string, OperatorReader>([
  ["mv-expand", readMvExpand],
  ["mvexpand", readMvExpand],
  ["mv-apply", readMvApply],
  ["mvapply", readMvApply],
  ["fork", readFork],
  ["facet", readFacet],
  ["partition", readPartition],
  ["scan", readScan],
]);

function readExpanded(reader: Reader): ExpandedColumn {
  const { start } = reader.peek().span;
  const column = readAssignment(reader);
  let dataType: string | null = null;
  if (takeWord(reader, "to")) {
    if (!isTypeof(reader)) reader.fail("typeof with a type in parentheses");
    else dataType = readTypeof(reader).dataType ?? "";
  }
  return { type: "expanded", column, dataType, span: since(reader, start) };
}

function readMvExpand(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const columns = readList(reader, () => readExpanded(reader));
  const limit = readClause(reader, "limit");
  return { type: "mv-expand", options, columns, limit, span: since(reader, name.span.start) };
}

function readMvApply(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const columns = readList(reader, () => readExpanded(reader));
  const limit = readClause(reader, "limit");
  const id = readClause(reader, "id");
  needWord(reader, "on");
  const body = readBody(reader, false);
  return { type: "mv-apply", options, columns, limit, id, body, span: since(reader, name.span.start) };
}

function readFork(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const branches = [readBranch(reader)];
  while (beginsBranch(reader)) branches.push(readBranch(reader));
  return { type: "fork", branches, span: since(reader, name.span.start) };
}

function beginsBranch(reader: Reader): boolean {
  const length = nameLength(reader, "reference");
  return length > 0 ? isSymbol(reader.peek(length), "=") : isSymbol(reader.peek(), "(");
}

function readBranch(reader: Reader): ForkBranch {
  const { start } = reader.peek().span;
  const name = readName(reader, "reference");
  if (name !== null) needSymbol(reader, "=");
  const body = readBody(reader, false);
  return { type: "branch", name, body, span: since(reader, start) };
}

function readFacet(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  needWord(reader, "by");
  const by = readList(reader, () => readOperand(reader));
  const body = takeWord(reader, "with") ? readBody(reader, false) : null;
  return { type: "facet", by, body, span: since(reader, name.span.start) };
}

function readPartition(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  needWord(reader, "by");
  const by = needColumn(reader);
  const scope = takeWord(reader, "in") ? readOperand(reader) : null;
  const body = readBody(reader, true);
  return { type: "partition", options, by, scope, body, span: since(reader, name.span.start) };
}

/** A column or path, but no call: the parenthesis after it opens the body. */
function needColumn(reader: Reader): ReturnType<typeof readOperand> {
  const { start } = reader.peek().span;
  let node: ReturnType<typeof readOperand> = needName(reader, "reference", "A column");
  while (takeSymbol(reader, ".")) {
    node = { type: "member", object: node, member: needName(reader, "reference"), span: since(reader, start) };
  }
  return node;
}

function readScan(reader: Reader, name: KustoToken): ScanOperator {
  const options = readOptions(reader);
  const orderBy = takeWord(reader, "order") ? afterBy(reader, () => readOrdered(reader)) : [];
  const partitionBy = takeWord(reader, "partition") ? afterBy(reader, () => readExpression(reader)) : [];
  const declare = takeWord(reader, "declare") ? readParenthesised(reader, () => readDeclaration(reader, true)) : [];
  needWord(reader, "with");
  needSymbol(reader, "(");
  const steps: ScanStep[] = [];
  while (!reader.failed() && isWord(reader.peek(), "step")) steps.push(readStep(reader));
  needSymbol(reader, ")");
  return { type: "scan", options, orderBy, partitionBy, declare, steps, span: since(reader, name.span.start) };
}

function afterBy<Item>(reader: Reader, item: () => Item): readonly Item[] {
  needWord(reader, "by");
  return readList(reader, item);
}

function readStep(reader: Reader): ScanStep {
  const { start } = reader.next().span;
  const name = needName(reader, "declared", "A step's name");
  const optional = takeWord(reader, "optional");
  let output: string | null = null;
  if (takeWord(reader, "output")) {
    needSymbol(reader, "=");
    const kind = reader.peek();
    if (kind.type !== "word") reader.fail("all, last or none");
    output = reader.next().text;
  }
  needSymbol(reader, ":");
  const condition = readExpression(reader);
  const assignments = takeSymbol(reader, "=>") ? readList(reader, () => readAssignment(reader)) : [];
  needSymbol(reader, ";");
  return { type: "step", name, optional, output, condition, assignments, span: since(reader, start) };
}
