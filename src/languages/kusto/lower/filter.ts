import type { Span } from "../../../kit/span.ts";
import { conjoin } from "../../../rule/build.ts";
import type { Expression as Condition } from "../../../rule/expression.ts";
import type { JoinStage, Stage } from "../../../rule/logic.ts";
import type { Expression } from "../ast.ts";
import type { Scope } from "../scope.ts";
import { lowerCondition } from "./condition.ts";
import { type Lowering, place } from "./context.ts";
import { operandOf, type TableOperand, tableOperandOf } from "./operand.ts";
import { tableLogic } from "./table.ts";
import { environmentList, listedRows } from "./table-list.ts";

/**
 * The stages of a condition that rows must meet. What must hold of a table's rows (`x in (T)`, `x == toscalar(T)`) and
 * stands beside the other conditions is a join that keeps or takes out events.
 */
export function lowerFilter(condition: Expression, span: Span, lowering: Lowering, scope: Scope): readonly Stage[] {
  const at = place(lowering.home, span);
  const joins: JoinStage[] = [];
  const parts: Condition[] = [];
  for (const one of condition.type === "and" ? condition.operands : [condition]) {
    const join = joinOf(one, false, lowering, scope);
    if (join === null) parts.push(lowerCondition(one, lowering, scope));
    else joins.push(join);
  }
  if (parts.length === 0) return joins;
  return [{ type: "filter", expression: conjoin(parts, place(lowering.home, condition.span)), span: at }, ...joins];
}

function joinOf(condition: Expression, absent: boolean, lowering: Lowering, scope: Scope): JoinStage | null {
  const at = place(lowering.home, condition.span);
  const build = (left: Expression, table: TableOperand, negated: boolean): JoinStage | null => {
    const subject = operandOf(left, lowering, scope);
    if (subject.type !== "field") return null;
    return {
      type: "join",
      kind: negated === absent ? "semi" : "anti",
      on: [subject.ref.raw],
      logic: tableLogic(table, lowering, condition.span),
      span: at,
    };
  };
  if (condition.type === "call" && condition.name === "not") {
    const [operand] = condition.arguments;
    return operand === undefined || operand.type === "assignment" ? null : joinOf(operand, !absent, lowering, scope);
  }
  if (condition.type === "membership") {
    const [only] = condition.values;
    const table = only === undefined || condition.values.length > 1 ? null : tableOperandOf(only, lowering, scope);
    if (table === null || listedRows(table) !== null) return null;
    // Words are looked for in the field, which no join says; a list of the environment stands as one placeholder.
    if (condition.operator.startsWith("has_") && environmentList(table) !== null) return null;
    return build(condition.left, table, condition.negated);
  }
  if (condition.type === "comparison" && (condition.operator === "==" || condition.operator === "=~")) {
    const right = tableOperandOf(condition.right, lowering, scope);
    return right === null ? null : build(condition.left, right, condition.negated);
  }
  return null;
}
