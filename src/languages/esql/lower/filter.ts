import { conjoin } from "../../../rule/build.ts";
import type { JoinStage, Stage } from "../../../rule/logic.ts";
import type { Expression, SubqueryMembership, WhereCommand } from "../ast.ts";
import { lowerCondition } from "./condition.ts";
import { operandOf } from "./operand.ts";
import { lowerQuery } from "./pipeline.ts";
import type { Scope } from "./scope.ts";

/** A filter; a subquery that must hold beside everything else is the other side of a join. */
export function lowerWhere({ condition, span }: WhereCommand, scope: Scope): readonly Stage[] {
  const operands = condition.type === "and" ? condition.operands : [condition];
  const plain: Expression[] = [];
  const joins: JoinStage[] = [];
  // Each is looked at once: a subquery may hold another, and so on.
  for (const one of operands) {
    const join = joinOf(one, scope);
    if (join === null) plain.push(one);
    else joins.push(join);
  }
  if (plain.length === 0) return joins;
  const expression = conjoin(
    plain.map((one) => lowerCondition(one, scope)),
    condition.span,
  );
  return [{ type: "filter", expression, span }, ...joins];
}

function joinOf(node: Expression, scope: Scope, outer = false): JoinStage | null {
  if (node.type === "not") return joinOf(node.operand, scope, !outer);
  if (node.type !== "in_subquery") return null;
  const { left, negated, query, span }: SubqueryMembership = node;
  const subject = operandOf(left, scope);
  if (subject.type !== "field") return null;
  return {
    type: "join",
    kind: negated === outer ? "semi" : "anti",
    on: [subject.ref.raw],
    logic: lowerQuery(query),
    span,
  };
}
