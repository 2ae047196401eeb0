import { conjoin, disjoin, negate, opaque } from "../../../rule/build.ts";
import type { Expression as Condition } from "../../../rule/expression.ts";
import type { Membership } from "../ast.ts";
import { printExpression } from "../print.ts";
import type { Scope } from "../scope.ts";
import { memberships } from "../string-operators.ts";
import { subjectOf } from "./comparison.ts";
import { type Constant, constant } from "./constant.ts";
import { type Lowering, place } from "./context.ts";
import { fieldsOf } from "./fields-read.ts";
import { type FieldOperand, operandOf, type TableOperand } from "./operand.ts";
import { bare, computedTest, fieldPredicate, valuePredicate } from "./predicate.ts";
import { environmentList, listedRows } from "./table-list.ts";

/** What the list of `in (…)` and its like holds. */
export interface ListValues {
  readonly constants: readonly Constant[];
  readonly fields: readonly { readonly operand: FieldOperand; readonly raw: string }[];
  readonly tables: readonly TableOperand[];
}

export function listValues(values: Membership["values"], lowering: Lowering, scope: Scope): ListValues {
  const constants: Constant[] = [];
  const fields: { operand: FieldOperand; raw: string }[] = [];
  const tables: TableOperand[] = [];
  for (const one of values) {
    if (lowering.budget.values < 0) break;
    const operand = operandOf(one, lowering, scope);
    if (operand.type === "value") constants.push(operand.constant);
    else if (operand.type === "list") constants.push(...(operand.items.length === 0 ? emptyList(one) : operand.items));
    else if (operand.type === "field") fields.push({ operand, raw: printExpression(one) });
    else {
      const rows = listedRows(operand);
      if (rows === null) tables.push(operand);
      else constants.push(...rows);
    }
  }
  lowering.budget.values -= constants.length;
  return { constants, fields, tables };
}

/** A variable with nothing in its list is there to be filled in by whoever uses the query. */
function emptyList(expression: Membership["values"][number]): readonly Constant[] {
  if (expression.type !== "name") return [];
  return [{ ...constant("placeholder", expression.name, expression.name), origin: `let ${expression.name}` }];
}

/** Where a table in the list can only stand for the values of the user's own environment, it is a placeholder. */
export function lowerMembership(expression: Membership, lowering: Lowering, scope: Scope): Condition {
  const { home } = lowering;
  const at = place(home, expression.span);
  const hole = (reason: string): Condition => opaque(printExpression(expression), reason, at);
  const meaning = memberships[expression.operator];
  const subject = subjectOf(expression.left, lowering, scope);
  const { constants: stated, fields, tables } = listValues(expression.values, lowering, scope);
  if (subject.type !== "field") return constantMembership(expression, lowering, scope) ?? hole("constant in a list");
  const placeholders = tables.map(environmentList);
  if (placeholders.includes(null)) return hole("list from a table inside a condition");
  const constants = [...stated, ...placeholders.filter((one) => one !== null)].filter((one) => one.kind !== "null");
  if (lowering.budget.values < 0) return hole("lists bring in too many values");
  const frame = {
    operator: meaning.operator,
    caseSensitive: meaning.caseSensitive && !subject.folded,
    quantifier: meaning.quantifier,
    span: expression.span,
    home,
  };
  const parts: Condition[] = [];
  const texts = meaning.operator === "match" ? constants.map(wordOf) : constants;
  if (texts.length > 0) parts.push(valuePredicate({ ...frame, field: subject.ref }, texts));
  if (meaning.operator === "eq" && subject.ref !== null && constants.some((one) => one.value === "")) {
    parts.push(bare(subject.ref, "is_null", expression.span, home));
  }
  for (const { operand, raw } of fields) {
    if (meaning.operator !== "eq" || subject.ref === null) {
      const text = printExpression({ ...expression, negated: false });
      const test = computedTest(text, fieldsOf(expression, lowering, scope), expression.span, home);
      return expression.negated ? negate(test, at) : test;
    }
    const caseSensitive = frame.caseSensitive && !operand.folded;
    parts.push(
      fieldPredicate(subject.ref, "eq_field", operand.ref, raw, { caseSensitive, span: expression.span, home }),
    );
  }
  if (parts.length === 0) return hole("empty list");
  const all = meaning.quantifier === "all" ? conjoin(parts, at) : disjoin(parts, at);
  return expression.negated ? negate(all, at) : all;
}

function wordOf(one: Constant): Constant {
  return typeof one.value === "string" ? one : { ...one, value: String(one.value) };
}

/** `"x" in (field)`: a field with several values that has the constant among them. */
function constantMembership(expression: Membership, lowering: Lowering, scope: Scope): Condition | null {
  const [only] = expression.values;
  if (only === undefined || expression.values.length > 1 || memberships[expression.operator].operator !== "eq")
    return null;
  const list = operandOf(only, lowering, scope);
  const subject = operandOf(expression.left, lowering, scope);
  if (list.type !== "field" || subject.type !== "value") return null;
  const { caseSensitive } = memberships[expression.operator];
  const found = valuePredicate(
    {
      field: list.ref,
      operator: "eq",
      caseSensitive: caseSensitive && !list.folded,
      span: expression.span,
      home: lowering.home,
    },
    [subject.constant],
  );
  return expression.negated ? negate(found, place(lowering.home, expression.span)) : found;
}
