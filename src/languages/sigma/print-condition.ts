import type { ConditionExpression, SigmaAggregation, SigmaCondition } from "./ast.ts";

const symbols = { lt: "<", lte: "<=", gt: ">", gte: ">=", eq: "==", neq: "!=" } as const;

/** A condition as text. What was not understood is printed as it was written. */
export function printCondition(condition: SigmaCondition): string {
  const { expression, aggregation } = condition;
  const text = printExpression(expression);
  return aggregation === null ? text : `${text} | ${printAggregation(aggregation)}`;
}

function printAggregation(aggregation: SigmaAggregation): string {
  if (aggregation.type === "near") return `near ${printExpression(aggregation.expression)}`;
  const by = aggregation.by === null ? "" : ` by ${aggregation.by}`;
  return `${aggregation.function}(${aggregation.field ?? ""})${by} ${symbols[aggregation.operator]} ${aggregation.value}`;
}

/** An expression with no more parentheses than its precedence needs. */
export function printExpression(expression: ConditionExpression): string {
  switch (expression.type) {
    case "and":
      return expression.operands
        .map((one) => (one.type === "or" ? `(${printExpression(one)})` : printExpression(one)))
        .join(" and ");
    case "or":
      return expression.operands.map(printExpression).join(" or ");
    case "not": {
      const { operand } = expression;
      const inner = printExpression(operand);
      return operand.type === "and" || operand.type === "or" ? `not (${inner})` : `not ${inner}`;
    }
    case "reference":
      return expression.name;
    case "of":
      return `${expression.quantity} of ${expression.target}`;
    case "fault":
      return expression.content;
    default:
      return expression satisfies never;
  }
}
