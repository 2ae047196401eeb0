import type { Expression } from "../../../rule/expression.ts";
import type { AggregateStage, Aggregation, Stage } from "../../../rule/logic.ts";
import type { Argument, EvalExpression, StatsCommand, StatsFunction, StatsItem, TstatsCommand } from "../ast.ts";
import { passingStatistics } from "../functions.ts";
import { printEval } from "../print.ts";
import { bindAlias, bindComputed, resolve, type Scope, sourceFields } from "../scope.ts";
import { unquoteSearch } from "../text.ts";
import { namesOf, optionText } from "./arguments.ts";
import { lowerCondition } from "./condition.ts";
import { type Lowering, place } from "./context.ts";
import { fieldsOf, operandOf } from "./operand.ts";
import { lowerSearch } from "./search.ts";
import { type LoweredStages, searchStages } from "./stages.ts";

export function lowerStats(command: StatsCommand, lowering: Lowering, scope: Scope): LoweredStages {
  const over = command.name === "timechart" ? (optionText(command.items, "span") ?? scope.window) : null;
  const stage = aggregate(command.items, command.by, over, command, lowering, scope);
  if (command.name === "stats" || command.name === "sistats") closeColumns(command, scope);
  else if (command.name === "chart" || command.name === "timechart") scope.columns = null;
  return { stages: [stage], following: [] };
}

export function lowerTstats(command: TstatsCommand, lowering: Lowering, scope: Scope): LoweredStages {
  const at = place(lowering.home, command.span);
  const model = dataModelOf(command.from);
  scope.dataModel = model === null ? null : datasetsOf(model);
  const where = command.where === null ? null : lowerSearch(command.where, lowering, scope);
  const stages: Stage[] = [];
  const attributes = where?.times ?? {};
  if (model !== null) {
    const source: Stage = { type: "source", kind: "datamodel", names: [model], span: at };
    stages.push(Object.keys(attributes).length === 0 ? source : { ...source, attributes });
  }
  if (where !== null) stages.push(...searchStages(model === null ? where : { ...where, times: {} }, at));
  stages.push(aggregate(command.items, command.by, optionText(command.by, "span"), command, lowering, scope));
  closeColumns(command, scope);
  return { stages, following: where?.following ?? [] };
}

/** Names that may stand before a field of this data model. */
export function datasetsOf(model: string): ReadonlySet<string> {
  return new Set(model.split("."));
}

/** `datamodel=Endpoint.Processes`, `datamodel Web.Web`, `datamodel:"Web"`. */
export function dataModelOf(from: readonly Argument[]): string | null {
  const option = optionText(from, "datamodel");
  if (option !== null) return option;
  const [first, second] = namesOf(from);
  if (first?.toLowerCase() === "datamodel") return second ?? null;
  const colon = /^datamodel:(.*)$/i.exec(first ?? "")?.[1];
  return colon === undefined ? null : colon === "" ? (second ?? null) : unquoteSearch(colon);
}

function aggregate(
  items: readonly StatsItem[],
  by: readonly Argument[],
  window: string | null,
  command: { readonly span: AggregateStage["span"] },
  lowering: Lowering,
  scope: Scope,
): AggregateStage {
  const functions = items.filter((one): one is StatsFunction => one.type === "function");
  const names = namesOf(by);
  const groups = names.map((name) => resolve(scope, name).raw);
  const kept = names.includes("_time") ? scope.window : null;
  // A name that a function makes means the event's own field inside all of them.
  const aggregations = functions.map((one) => aggregation(one, lowering, scope));
  for (const one of functions) bindResult(one, scope);
  scope.window = null;
  const found = window ?? kept;
  return {
    type: "aggregate",
    functions: aggregations,
    by: groups,
    ...(found === null ? {} : { window: found, aligned: true as const }),
    span: place(lowering.home, command.span),
  };
}

/** From here on there are no fields but the groups and the results; which, a pattern or a macro leaves open. */
function closeColumns({ by, items }: StatsCommand | TstatsCommand, scope: Scope): void {
  const names = namesOf(by);
  const results = items.flatMap((one) => (one.type === "function" ? [resultName(one)] : []));
  const columns = [...names, ...names.map((name) => resolve(scope, name).raw), ...results];
  const isOpen = by.some((one) => one.type === "macro") || columns.some((one) => one.includes("*"));
  scope.columns = isOpen ? null : new Set(columns);
  scope.maker = null;
}

function aggregation(one: StatsFunction, lowering: Lowering, scope: Scope): Aggregation {
  const counted = one.expression === null ? null : countedRows(one.name.toLowerCase(), one.expression, lowering, scope);
  return {
    function: one.name,
    field: counted === null ? argumentOf(one, scope) : counted.field,
    as: one.as === null ? null : unquoteSearch(one.as),
    ...(counted === null ? {} : { filter: counted.filter }),
  };
}

/** A field under the name that events have for it, as groups have theirs; anything else as it is written. */
function argumentOf({ argument, expression }: StatsFunction, scope: Scope): string | null {
  if (argument === null || argument === "") return null;
  if (expression !== null || argument.includes("*")) return argument;
  return resolve(scope, unquoteSearch(argument)).raw;
}

/**
 * `count(eval(x=1))` counts the rows for which the condition holds, and `f(eval(if(x=1, y, null())))` reads y in those
 * rows, as does `sum(eval(if(x=1, y, 0)))`. null for other computations, and for conditions that are not understood.
 */
function countedRows(
  name: string,
  expression: EvalExpression,
  lowering: Lowering,
  scope: Scope,
): { readonly field: string | null; readonly filter: Expression } | null {
  const [condition, value, otherwise] =
    expression.type === "call" && expression.name.toLowerCase() === "if" ? expression.arguments : [];
  const chooses = condition !== undefined && value !== undefined && otherwise !== undefined;
  if (chooses ? !addsNothing(name, otherwise, lowering, scope) : name !== "count" && name !== "c") return null;
  const filter = lowerCondition(condition ?? expression, lowering, scope);
  if (expression.type === "field" || hasHole(filter)) return null;
  return { field: value === undefined ? null : printEval(value), filter };
}

/** Does this value of a row leave a statistic as it is? */
function addsNothing(name: string, value: EvalExpression, lowering: Lowering, scope: Scope): boolean {
  const operand = operandOf(value, lowering, scope);
  if (operand.type === "constant") return operand.name === "null";
  return name === "sum" && operand.type === "value" && operand.value === 0;
}

function hasHole(one: Expression): boolean {
  switch (one.type) {
    case "and":
    case "or":
      return one.operands.some(hasHole);
    case "not":
      return hasHole(one.operand);
    case "predicate":
      return false;
    case "opaque":
      return true;
    default:
      return one satisfies never;
  }
}

function writtenCall(one: StatsFunction): string {
  return one.argument === null ? one.name : `${one.name}(${one.argument})`;
}

function resultName(one: StatsFunction): string {
  return unquoteSearch(one.as ?? writtenCall(one));
}

function bindResult(one: StatsFunction, scope: Scope): void {
  const written = writtenCall(one);
  const name = resultName(one);
  const argument = unquoteSearch(one.argument ?? "");
  if (argument.includes("*") || name.includes("*")) return;
  if (one.expression === null && argument !== "" && passingStatistics.has(one.name.toLowerCase())) {
    bindAlias(scope, name, argument, written);
    return;
  }
  const fields =
    one.expression === null ? (argument === "" ? [] : sourceFields(scope, argument)) : fieldsOf(one.expression, scope);
  bindComputed(scope, name, written, fields);
}
