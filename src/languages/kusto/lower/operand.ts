import { boundField, computedField, fieldRef } from "../../../rule/build.ts";
import type { FieldRef } from "../../../rule/expression.ts";
import type { Call, Expression } from "../ast.ts";
import { printExpression } from "../print.ts";
import { bindingOf, isBound, resolve, type Scope } from "../scope.ts";
import { type Alias, aliasOf } from "./alias.ts";
import type { Known } from "./constant.ts";
import type { Lowering } from "./context.ts";
import { fieldsOf } from "./fields-read.ts";
import { callScalar, within } from "./function-call.ts";
import { definitionOf } from "./names.ts";
import { statedOf } from "./stated.ts";
import { isTable } from "./table-test.ts";

/** One side of a comparison. */
export type Operand = Known | FieldOperand | TableOperand;

export interface FieldOperand {
  readonly type: "field";
  readonly ref: FieldRef;
  /** Its case was levelled. */
  readonly folded: boolean;
}

/** Rows of a table, or a scalar made from them; read with the names and columns that hold where it was written. */
export interface TableOperand {
  readonly type: "table";
  readonly expression: Expression;
  readonly lowering: Lowering;
  readonly scope: Scope;
  /** The variable that it stands in. */
  readonly name: string | null;
}

export function operandOf(expression: Expression, lowering: Lowering, scope: Scope): Operand {
  return statedOf(expression, lowering, scope) ?? unstated(expression, lowering, scope);
}

function unstated(expression: Expression, lowering: Lowering, scope: Scope): Operand {
  switch (expression.type) {
    case "name":
      return named(expression.name, lowering, scope);
    case "call":
      return callOperand(expression, lowering, scope);
    case "pipeline":
    case "datatable":
    case "externaldata":
      return tableOperand(expression, lowering, scope);
    case "member":
      if (isTable(expression, lowering.names)) return tableOperand(expression, lowering, scope);
      break;
    default:
  }
  return fieldOperand(expression, lowering, scope);
}

/** The operand where it is a table. What can be none by its form is not worked out: it may be long. */
export function tableOperandOf(expression: Expression, lowering: Lowering, scope: Scope): TableOperand | null {
  switch (expression.type) {
    case "call":
      if (
        expression.name !== "toscalar" &&
        definitionOf(lowering.names, expression.name) === null &&
        !isTable(expression, lowering.names)
      )
        return null;
      break;
    case "name":
    case "member":
    case "pipeline":
    case "datatable":
    case "externaldata":
      break;
    default:
      return null;
  }
  const operand = operandOf(expression, lowering, scope);
  return operand.type === "table" ? operand : null;
}

function tableOperand(expression: Expression, lowering: Lowering, scope: Scope): TableOperand {
  return { type: "table", expression, lowering, scope, name: null };
}

function fieldOperand(expression: Expression, lowering: Lowering, scope: Scope): FieldOperand {
  const alias = aliasOf(expression, lowering, scope);
  if (alias !== null) return aliasField(alias);
  const text = printExpression(expression);
  return { type: "field", ref: computedField(text, text, fieldsOf(expression, lowering, scope)), folded: false };
}

function aliasField({ binding }: Alias): FieldOperand {
  const { kind, field, text, folded } = binding;
  const isPlain = kind === "resolved" && text === field;
  return { type: "field", ref: isPlain ? fieldRef(field) : boundField(binding), folded };
}

/** A name whose value is not known: a column, a table, or an argument that is one of them. */
function named(name: string, lowering: Lowering, scope: Scope): Operand {
  const definition = isBound(scope, name) ? null : definitionOf(lowering.names, name);
  if (definition?.type === "stages") {
    const expression: Expression = { type: "name", name, span: { start: 0, end: 0 } };
    return { ...tableOperand(expression, lowering, scope), name };
  }
  const inner = definition?.type === "expression" ? within(lowering, definition.names) : null;
  if (definition?.type === "expression" && inner !== null) {
    const found = unstated(definition.expression, inner, definition.scope);
    lowering.budget.depth--;
    return found.type === "table" ? { ...found, name } : found;
  }
  return { type: "field", ref: resolve(scope, name), folded: bindingOf(scope, name)?.folded === true };
}

function callOperand(call: Call, lowering: Lowering, scope: Scope): Operand {
  if (call.name === "toscalar") {
    const [table] = call.arguments;
    if (table !== undefined && table.type !== "assignment") return tableOperand(table, lowering, scope);
  }
  if (isTable(call, lowering.names)) return tableOperand(call, lowering, scope);
  return callScalar(call, lowering, scope, operandOf) ?? fieldOperand(call, lowering, scope);
}
