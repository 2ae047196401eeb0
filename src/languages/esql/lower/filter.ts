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
  const plain = operands.filter((one) => joinOf(one, scope) === null);
  const joins = operands.flatMap((one) => joinOf(one, scope) ?? []);
  if (plain.length === 0) return joins;
  const expression = conjoin(
    plain.map((one) => lowerCondition(one, scope)),
    condition.span,
  );
  return [{ type: "filter", expression, span }, ...joins];
}

function joinOf(node: Expression, scope: Scope): JoinStage | null {
  if (node.type !== "in_subquery") return null;
  const { left, negated, query, span }: SubqueryMembership = node;
  const subject = operandOf(left, scope);
  if (subject.type !== "field") return null;
  return { type: "join", kind: negated ? "anti" : "semi", on: [subject.ref.raw], logic: lowerQuery(query), span };
}
