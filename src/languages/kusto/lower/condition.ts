import type { Span } from "../../../kit/span.ts";
import { boundField, conjoin, disjoin, negate, opaque } from "../../../rule/build.ts";
import type { Expression as Condition } from "../../../rule/expression.ts";
import type { Between, Call, Expression } from "../ast.ts";
import { fieldTests } from "../functions.ts";
import { printExpression } from "../print.ts";
import { bindingOf, type Scope } from "../scope.ts";
import { aliasOf } from "./alias.ts";
import { choiceCondition, maximumSize, settled } from "./choice.ts";
import { lowerComparison } from "./comparison.ts";
import { type Constant, constant } from "./constant.ts";
import { type Lowering, place } from "./context.ts";
import { lowerFieldTest, lowerListTest } from "./field-test.ts";
import { fieldsOf } from "./fields-read.ts";
import { callScalar, within } from "./function-call.ts";
import { lowerMembership } from "./membership.ts";
import { definitionOf } from "./names.ts";
import { operandOf } from "./operand.ts";
import { bare, computedTest, sizeOf, valuePredicate } from "./predicate.ts";

/** A boolean expression: the condition of where, of countif() and of a step. */
export function lowerCondition(expression: Expression, lowering: Lowering, scope: Scope): Condition {
  const at = place(lowering.home, expression.span);
  const hole = (reason: string): Condition => opaque(printExpression(expression), reason, at);
  if (lowering.budget.depth > 0 && lowering.budget.steps-- <= 0)
    return hole("variables and functions bring in too much");
  switch (expression.type) {
    case "and":
      return conjoin(
        expression.operands.map((one) => lowerCondition(one, lowering, scope)),
        at,
      );
    case "or":
      return disjoin(
        expression.operands.map((one) => lowerCondition(one, lowering, scope)),
        at,
      );
    case "comparison":
      return lowerComparison(expression, lowering, scope);
    case "membership":
      return lowerMembership(expression, lowering, scope);
    case "between":
      return lowerBetween(expression, lowering, scope);
    case "call":
      return lowerCall(expression, lowering, scope);
    case "name":
      return lowerName(expression.name, expression, lowering, scope);
    case "member":
    case "index":
      return truth(expression, lowering, scope);
    case "boolean":
    case "string":
    case "number":
    case "timespan":
    case "datetime":
    case "guid":
    case "dynamic":
    case "typeof":
      return hole("constant as a condition");
    case "arithmetic":
    case "sign":
      return hole("number as a condition");
    case "pipeline":
      // In parentheses, what does not read as a condition may begin as a table.
      return hole(
        expression.operators.some((one) => one.type === "error") ? "unreadable condition" : "table as a condition",
      );
    case "datatable":
    case "externaldata":
      return hole("table as a condition");
    case "wildcard":
    case "star":
      return hole("unreadable condition");
    case "error":
      return opaque(expression.text, "unreadable condition", at);
    default:
      return expression satisfies never;
  }
}

const isTrue: readonly Constant[] = [constant("boolean", true, "true")];

/** A column, or a value computed of columns, that is true or false by itself. */
function truth(expression: Expression, lowering: Lowering, scope: Scope): Condition {
  const operand = operandOf(expression, lowering, scope);
  const { home } = lowering;
  if (operand.type === "field") {
    const { span } = expression;
    return valuePredicate(
      { field: operand.ref, operator: "eq", caseSensitive: true, unknown: true, span, home },
      isTrue,
    );
  }
  const text = printExpression(expression);
  const at = place(home, expression.span);
  if (operand.type === "value" && operand.constant.kind === "placeholder")
    return opaque(text, "parameter as a condition", at);
  return opaque(text, operand.type === "table" ? "table as a condition" : "constant as a condition", at);
}

function lowerName(name: string, expression: Expression, lowering: Lowering, scope: Scope): Condition {
  const cases = bindingOf(scope, name)?.cases;
  if (cases !== undefined) {
    const found = choiceCondition(cases, (one) => one.value === true, expression.span, lowering.home, `extend ${name}`);
    if (found !== null) return found;
  }
  const definition = scope.bindings.has(name) ? null : definitionOf(lowering.names, name);
  if (definition?.type === "expression") {
    const inner = within(lowering, definition.names);
    if (inner !== null) {
      const home = {
        at: place(lowering.home, expression.span),
        origin: lowering.home.origin ?? `${definition.argument ? "argument" : "let"} ${name}`,
      };
      const found = lowerCondition(definition.expression, { ...inner, home }, definition.scope);
      lowering.budget.depth--;
      return found;
    }
  }
  return truth(expression, lowering, scope);
}

/** Both ends belong to it. `low .. timespan` behind a time is a length. */
function lowerBetween(expression: Between, lowering: Lowering, scope: Scope): Condition {
  const { home } = lowering;
  const at = place(home, expression.span);
  const low = lowerComparison(
    { ...expression, type: "comparison", operator: ">=", negated: false, right: expression.low },
    lowering,
    scope,
  );
  const isLength = operandOf(expression.high, lowering, scope);
  const right: Expression =
    expression.high.type === "timespan" ||
    (isLength.type === "value" && /^[\d.]+(?:d|h|m|s|ms)$/.test(isLength.constant.raw))
      ? { type: "arithmetic", operator: "+", left: expression.low, right: expression.high, span: expression.high.span }
      : expression.high;
  const high = lowerComparison(
    { ...expression, type: "comparison", operator: "<=", negated: false, right },
    lowering,
    scope,
  );
  const both = conjoin([low, high], at);
  return expression.negated ? negate(both, at) : both;
}

function lowerCall(call: Call, lowering: Lowering, scope: Scope): Condition {
  const { home } = lowering;
  const [first, second, third] = call.arguments.map((one) => (one.type === "assignment" ? one.expression : one));
  if (call.name === "not" && first !== undefined) return lowerNot(first, call.span, lowering, scope);
  const test = fieldTests[call.name];
  if (test !== undefined && Object.hasOwn(fieldTests, call.name))
    return lowerFieldTest(call, test, false, lowering, scope);
  if (call.name === "set_has_element" && first !== undefined && second !== undefined) {
    const found = lowerListTest(call, first, second, lowering, scope);
    if (found !== null) return found;
  }
  if (call.name === "bag_has_key" && first !== undefined && second?.type === "string") {
    const base = aliasOf({ type: "index", object: first, index: second, span: call.span }, lowering, scope);
    if (base !== null) return bare(boundField(base.binding), "exists", call.span, home);
  }
  // Whether the first is null or false makes no difference then.
  if (call.name === "coalesce" && first && third === undefined && second?.type === "boolean" && second.value === false)
    return settled(lowerCondition(first, lowering, scope));
  if ((call.name === "iff" || call.name === "iif") && first && second && third)
    return lowerChoice(call, first, second, third, lowering, scope);
  const own = callScalar(call, lowering, scope, lowerCondition);
  return own ?? truth(call, lowering, scope);
}

function lowerNot(operand: Expression, span: Span, lowering: Lowering, scope: Scope): Condition {
  const test =
    operand.type === "call" && Object.hasOwn(fieldTests, operand.name) ? fieldTests[operand.name] : undefined;
  if (operand.type === "call" && test !== undefined && test.operator !== "cidr_match" && test.operator !== "match")
    return lowerFieldTest(operand, test, true, lowering, scope);
  return negate(lowerCondition(operand, lowering, scope), place(lowering.home, span));
}

/** `iff(a, b, c)` as a condition: a and b, or c without a. A constant branch leaves nothing of itself. */
function lowerChoice(
  call: Call,
  test: Expression,
  yes: Expression,
  no: Expression,
  lowering: Lowering,
  scope: Scope,
): Condition {
  const at = place(lowering.home, call.span);
  const condition = settled(lowerCondition(test, lowering, scope));
  // It stands in the result twice, so that choices within the tests of choices would double at every step.
  if (sizeOf(condition) > maximumSize)
    return computedTest(printExpression(call), fieldsOf(call, lowering, scope), call.span, lowering.home);
  const branch = (one: Expression, when: Condition): Condition | null => {
    if (one.type === "boolean") return one.value === true ? when : null;
    return conjoin([when, lowerCondition(one, lowering, scope)], at);
  };
  const parts = [branch(yes, condition), branch(no, negate(condition, at))].filter((one) => one !== null);
  if (parts.length > 0) return disjoin(parts, at);
  return opaque(printExpression(test), "constant as a condition", at);
}
