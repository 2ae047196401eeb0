import type { AggregateStage, Aggregation } from "../../../rule/logic.ts";
import type {
  Assignment,
  Call,
  CountOperator,
  Expression,
  MakeSeriesOperator,
  ReduceOperator,
  SummarizeOperator,
  TopHittersOperator,
  TopNestedOperator,
} from "../ast.ts";
import {
  conditionalAggregates,
  distinctCounts,
  passingAggregates,
  pickingAggregates,
  resultPrefixes,
} from "../functions.ts";
import { printExpression } from "../print.ts";
import { bind, bindComputed, type Scope } from "../scope.ts";
import { aliasOf } from "./alias.ts";
import { lowerCondition } from "./condition.ts";
import { type Lowering, place } from "./context.ts";
import { assign, columnName, windowOf } from "./fields.ts";
import { fieldsOf } from "./fields-read.ts";
import { operandOf } from "./operand.ts";
import { columnRaw } from "./order.ts";
import type { Flow } from "./table.ts";

type AggregationOperator =
  | SummarizeOperator
  | MakeSeriesOperator
  | CountOperator
  | TopHittersOperator
  | TopNestedOperator
  | ReduceOperator;

export function lowerAggregation(operator: AggregationOperator, flow: Flow, lowering: Lowering): void {
  const span = place(lowering.home, operator.span);
  const { stages, scope } = flow;
  switch (operator.type) {
    case "summarize":
      stages.push({
        ...aggregate(operator.aggregates, operator.by, windowText(operator.bin, lowering, scope), lowering, scope),
        span,
      });
      return;
    case "make-series": {
      const step = operator.step ?? rangeStep(operator.range);
      const window = windowText(step, lowering, scope);
      const aggregates = operator.series.map((one) => one.aggregate);
      stages.push({ ...aggregate(aggregates, operator.by, window, lowering, scope), span });
      return;
    }
    case "count": {
      const name = operator.as?.name ?? "Count";
      bindComputed(scope, name, "count", []);
      close(scope, [name]);
      stages.push({ type: "aggregate", functions: [{ function: "count", field: null, as: name }], by: [], span });
      return;
    }
    case "top-hitters": {
      const by = [columnRaw({ type: "assignment", names: [], expression: operator.of, span }, lowering, scope)];
      const field = operator.by === null ? null : printExpression(operator.by);
      stages.push({ type: "aggregate", functions: [{ function: operator.type, field, as: null }], by, span });
      return;
    }
    case "top-nested": {
      const functions = operator.levels.map((one): Aggregation => {
        const { expression } = one.by;
        const found = aggregation(expression, lowering, scope);
        bindComputed(scope, found.as ?? "aggregated", printExpression(expression.expression), []);
        return found;
      });
      const by = operator.levels.map((one) => columnRaw(one.of, lowering, scope));
      stages.push({ type: "aggregate", functions, by, span });
      return;
    }
    case "reduce": {
      const fields = fieldsOf(operator.by, lowering, scope);
      for (const name of ["Pattern", "Count", "Representative"]) bindComputed(scope, name, "reduce", fields);
      const by = [printExpression(operator.by)];
      stages.push({ type: "aggregate", functions: [{ function: "reduce", field: null, as: null }], by, span });
      return;
    }
    default:
      operator satisfies never;
  }
}

/** `range(from, to, step)` of the old make-series. */
function rangeStep(range: Expression | null): Expression | null {
  const step = range?.type === "call" ? range.arguments[2] : undefined;
  return step === undefined || step.type === "assignment" ? null : step;
}

function windowText(step: Expression | null, lowering: Lowering, scope: Scope): string | null {
  if (step === null) return null;
  const operand = operandOf(step, lowering, scope);
  return operand.type === "value" ? String(operand.constant.value) : printExpression(step);
}

/** Groups keep their meaning; a group that is a window of time gives the window instead of a field. */
function aggregate(
  aggregates: readonly Assignment[],
  groups: readonly Assignment[],
  window: string | null,
  lowering: Lowering,
  scope: Scope,
): Omit<AggregateStage, "span"> {
  const functions = aggregates.map((one) => aggregation(one, lowering, scope));
  const by: string[] = [];
  let found = window;
  for (const one of groups) {
    const own = windowOf(one.expression, lowering, scope);
    if (own === null) by.push(columnRaw(one, lowering, scope));
    else found ??= own;
  }
  const names: string[] = [];
  for (const one of groups) {
    const name = columnName(one) ?? printExpression(one.expression);
    if (one.names.length > 0 || one.expression.type !== "name") assign(name, one.expression, lowering, scope);
    names.push(name);
  }
  let isOpen = false;
  const results: string[] = [];
  for (const one of aggregates) isOpen = bindResults(one, results, lowering, scope) || isOpen;
  if (isOpen) {
    scope.columns = null;
    scope.maker = null;
  } else close(scope, [...names, ...results]);
  return { type: "aggregate", functions, by, ...(found === null ? {} : { window: found, aligned: true }) };
}

/** From here on there are these columns, and those to which Kusto gives names that are not worked out here. */
function close(scope: Scope, names: readonly string[]): void {
  scope.columns = new Set(names);
  scope.maker = "summarize";
}

function aggregation(one: Assignment, lowering: Lowering, scope: Scope): Aggregation {
  const { names, expression } = one;
  const as = names[0]?.name ?? ownName(expression);
  if (expression.type !== "call") return { function: "expression", field: printExpression(expression), as };
  const parts = expression.arguments.map((each) =>
    printExpression(each.type === "assignment" ? each.expression : each),
  );
  const conditional = Object.hasOwn(conditionalAggregates, expression.name)
    ? conditionalAggregates[expression.name]
    : undefined;
  const condition = conditional === undefined ? undefined : expression.arguments[conditional.condition];
  if (conditional === undefined || condition === undefined || condition.type === "assignment") {
    return { function: expression.name, field: parts.length === 0 ? null : parts.join(", "), as };
  }
  const field = conditional.field === null ? null : (parts[conditional.field] ?? null);
  return { function: expression.name, field, as, filter: lowerCondition(condition, lowering, scope) };
}

/** The name of a count whose argument does not tell it: `dcount_a` for `dcount(tostring(a), 4)`. */
function ownName(expression: Expression): string | null {
  if (expression.type !== "call" || !distinctCounts.has(expression.name)) return null;
  const [first, second] = expression.arguments;
  return first?.type === "name" && (second === undefined || Object.hasOwn(conditionalAggregates, expression.name))
    ? null
    : resultName(expression);
}

/** Binds the results of one aggregation; true where it passes on all columns. */
function bindResults(one: Assignment, results: string[], lowering: Lowering, scope: Scope): boolean {
  const { names, expression } = one;
  const text = printExpression(expression);
  if (
    expression.type === "call" &&
    (pickingAggregates.has(expression.name) || passingAggregates.has(expression.name))
  ) {
    return bindPicked(one, expression, results, lowering, scope);
  }
  const fields = fieldsOf(expression, lowering, scope);
  const own = names.length > 0 ? names.map(({ name }) => name) : [resultName(expression)];
  for (const name of own) {
    if (name === null) continue;
    bindComputed(scope, name, text, fields);
    results.push(name);
  }
  return false;
}

function bindPicked(one: Assignment, call: Call, results: string[], lowering: Lowering, scope: Scope): boolean {
  let isOpen = false;
  const bounded =
    passingAggregates.has(call.name) && /if$/.test(call.name) ? call.arguments.slice(0, 1) : call.arguments;
  for (const [index, argument] of bounded.entries()) {
    if (argument.type === "assignment") continue;
    if (argument.type === "star") {
      isOpen = true;
      continue;
    }
    const own =
      one.names[index]?.name ?? columnName({ type: "assignment", names: [], expression: argument, span: one.span });
    if (own === null) continue;
    const alias = aliasOf(argument, lowering, scope);
    if (alias !== null) bind(scope, own, alias.binding);
    else bindComputed(scope, own, printExpression(call), fieldsOf(argument, lowering, scope));
    results.push(own);
  }
  return isOpen;
}

/** `count_`, `dcount_X`, `set_X`: the name of a result that is given none. */
function resultName(expression: Expression): string | null {
  if (expression.type !== "call") return null;
  const prefix = resultPrefixes[expression.name] ?? expression.name;
  const [first] = expression.arguments;
  const field =
    first === undefined || first.type === "assignment" || expression.name === "countif" ? "" : nameIn(first);
  return `${prefix}_${field}`;
}

function nameIn(expression: Expression): string {
  return columnName({ type: "assignment", names: [], expression, span: expression.span }) ?? "";
}
