import type { OrderStage } from "../../../rule/logic.ts";
import type {
  Assignment,
  DistinctOperator,
  Expression,
  SampleDistinctOperator,
  SortOperator,
  TakeOperator,
  TopOperator,
} from "../ast.ts";
import { printExpression } from "../print.ts";
import type { Scope } from "../scope.ts";
import { aliasOf } from "./alias.ts";
import { type Lowering, place } from "./context.ts";
import { assign, columnName } from "./fields.ts";
import { operandOf } from "./operand.ts";
import type { Flow } from "./table.ts";

export function lowerSort(operator: SortOperator | TopOperator, flow: Flow, lowering: Lowering): void {
  const by = operator.by.map(({ expression }) => columnRaw(expression, lowering, flow.scope));
  const count = operator.type === "top" ? countOf(operator.count, lowering, flow.scope) : {};
  flow.stages.push({ type: "order", kind: "sort", by, ...count, span: place(lowering.home, operator.span) });
}

export function lowerTake(operator: TakeOperator | SampleDistinctOperator, flow: Flow, lowering: Lowering): void {
  const kind = operator.type === "take" ? "limit" : "sample";
  const by = operator.type === "sample-distinct" ? [columnRaw(operator.of, lowering, flow.scope)] : [];
  const count = countOf(operator.count, lowering, flow.scope);
  flow.stages.push({ type: "order", kind, by, ...count, span: place(lowering.home, operator.span) });
}

/** Behind distinct there are no columns but those that it names; `*` names all. */
export function lowerDistinct(operator: DistinctOperator, flow: Flow, lowering: Lowering): void {
  const { scope } = flow;
  const columns = operator.columns.filter((one) => one.expression.type !== "star");
  const by = columns.map((one) => columnRaw(one, lowering, scope));
  const names = columns.map((one) => {
    const name = columnName(one) ?? printExpression(one.expression);
    if (one.expression.type !== "name" || one.names.length > 0) assign(name, one.expression, lowering, scope);
    return name;
  });
  if (columns.length === operator.columns.length) {
    scope.columns = new Set(names);
    scope.maker = null;
  }
  flow.stages.push({ type: "order", kind: "deduplicate", by, span: place(lowering.home, operator.span) });
}

/** The source's own name of a column, or the text of what is computed. */
export function columnRaw(column: Assignment, lowering: Lowering, scope: Scope): string {
  return aliasOf(column.expression, lowering, scope)?.binding.field ?? printExpression(column.expression);
}

function countOf(expression: Expression, lowering: Lowering, scope: Scope): Pick<OrderStage, "count"> {
  const operand = operandOf(expression, lowering, scope);
  const value = operand.type === "value" ? operand.constant.value : null;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? { count: value } : {};
}
