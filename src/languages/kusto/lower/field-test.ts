import { computedField, disjoin, opaque } from "../../../rule/build.ts";
import type { Expression as Condition, FieldRef } from "../../../rule/expression.ts";
import type { Call, Expression } from "../ast.ts";
import type { FieldTest } from "../functions.ts";
import { printExpression } from "../print.ts";
import type { Scope } from "../scope.ts";
import { type Constant, constant } from "./constant.ts";
import { type Lowering, place } from "./context.ts";
import { fieldsOf } from "./fields-read.ts";
import { listValues } from "./membership.ts";
import { operandOf } from "./operand.ts";
import { bare, computedTest, emptyTest, fieldPredicate, valuePredicate } from "./predicate.ts";

/** A call that asks one thing about one field: `isempty(x)`, `ipv4_is_in_range(x, "10.0.0.0/8")`. */
export function lowerFieldTest(
  call: Call,
  test: FieldTest,
  negated: boolean,
  lowering: Lowering,
  scope: Scope,
): Condition {
  const { home } = lowering;
  const { span } = call;
  const [first, ...rest] = call.arguments.map((one) => (one.type === "assignment" ? one.expression : one));
  const field = first === undefined ? null : testedField(call, first, lowering, scope);
  if (field === null) return opaque(printExpression(call), "function of constants as a condition", place(home, span));
  const { operator } = test;
  if (operator === "is_null" || operator === "exists") {
    const exists = (operator === "exists") !== negated;
    if (/empty$/.test(call.name)) return emptyTest(field, exists, span, home);
    return bare(field, exists ? "exists" : "is_null", span, home);
  }
  const values =
    test.values?.map((one) => constant("string", one, JSON.stringify(one))) ?? stated(rest, lowering, scope);
  if (values === null || values.length === 0)
    return computedTest(printExpression(call), fieldsOf(call, lowering, scope), span, home);
  return valuePredicate(
    {
      field,
      operator,
      caseSensitive: true,
      ...(test.open === undefined ? {} : { open: test.open }),
      unknown: operator === "cidr_match",
      span,
      home,
    },
    values,
  );
}

/** The field that is asked about. A variable's value is one that the query makes; a value written there asks nothing. */
function testedField(call: Call, subject: Expression, lowering: Lowering, scope: Scope): FieldRef | null {
  const operand = operandOf(subject, lowering, scope);
  if (operand.type === "field") return operand.ref;
  if (subject.type !== "name" && subject.type !== "call") return null;
  return computedField(printExpression(subject), printExpression(call), []);
}

/** The constants among arguments; null where any of them is none. */
function stated(list: readonly Expression[], lowering: Lowering, scope: Scope): readonly Constant[] | null {
  const { constants, fields, tables } = listValues(list, lowering, scope);
  return fields.length > 0 || tables.length > 0 || constants.some((one) => one.kind === "open") ? null : constants;
}

/** `set_has_element(list, value)`, whichever of the two is the field. */
export function lowerListTest(
  call: Call,
  list: Expression,
  value: Expression,
  lowering: Lowering,
  scope: Scope,
): Condition | null {
  const { home } = lowering;
  const at = place(home, call.span);
  const many = operandOf(list, lowering, scope);
  const one = operandOf(value, lowering, scope);
  const frame = { operator: "eq", caseSensitive: true, span: call.span, home } as const;
  if (many.type === "field" && one.type === "value")
    return valuePredicate({ ...frame, field: many.ref, caseSensitive: !many.folded }, [one.constant]);
  if (many.type === "field" && one.type === "field")
    return fieldPredicate(one.ref, "eq_field", many.ref, printExpression(list), { ...frame });
  if (many.type === "list" && one.type === "field" && many.items.length > 0) {
    lowering.budget.values -= many.items.length;
    if (lowering.budget.values < 0) return null;
    return disjoin([valuePredicate({ ...frame, field: one.ref, caseSensitive: !one.folded }, many.items)], at);
  }
  return null;
}
