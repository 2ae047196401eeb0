import type { FieldRef } from "../../../rule/expression.ts";
import type { Arithmetic, Call, Expression } from "../ast.ts";
import { constantFunctions, listFunctions } from "../functions.ts";
import { printExpression } from "../print.ts";
import { bindingOf, isBound, resolve, type Scope } from "../scope.ts";
import { type Alias, aliasOf } from "./alias.ts";
import { type Constant, constant, jsonValue, type Known, knownValue, literalValue } from "./constant.ts";
import type { Lowering } from "./context.ts";
import { fieldsOf } from "./fields-read.ts";
import { callScalar, within } from "./function-call.ts";
import { definitionOf } from "./names.ts";
import { isTable } from "./table-test.ts";

/** One side of a comparison. */
export type Operand =
  | Known
  | { readonly type: "field"; readonly ref: FieldRef; readonly folded: boolean }
  /** Rows of a table, or a scalar made from them; read with the names and columns that hold where it was written. */
  | {
      readonly type: "table";
      readonly expression: Expression;
      readonly lowering: Lowering;
      readonly scope: Scope;
      readonly name: string | null;
      /** toscalar(): one value, which may itself be a list. */
      readonly scalar: boolean;
    };

export function operandOf(expression: Expression, lowering: Lowering, scope: Scope): Operand {
  return knownOperand(expression, lowering, scope) ?? computed(expression, lowering, scope);
}

function computed(expression: Expression, lowering: Lowering, scope: Scope): Operand {
  const text = printExpression(expression);
  const fields = fieldsOf(expression, lowering, scope);
  return {
    type: "field",
    ref: { raw: text, canonical: null, derivedFrom: { kind: "computed", text, fields } },
    folded: false,
  };
}

function knownOperand(expression: Expression, lowering: Lowering, scope: Scope): Operand | null {
  switch (expression.type) {
    case "string":
    case "number":
    case "boolean":
    case "timespan":
    case "datetime":
    case "guid":
    case "dynamic":
    case "typeof":
      return literalValue(expression) ?? knownValue(openConstant(printExpression(expression)));
    case "sign": {
      const inner = operandOf(expression.operand, lowering, scope);
      if (inner.type !== "value") return null;
      const { kind, value } = inner.constant;
      const raw = printExpression(expression);
      if (kind === "number" && typeof value === "number") {
        const signed = expression.operator === "-" && value !== 0 ? -value : value;
        return knownValue({ ...inner.constant, value: signed, raw });
      }
      return knownValue({ ...inner.constant, kind: kind === "time" ? "time" : "open", value: raw, raw });
    }
    case "arithmetic":
      return arithmetic(expression, lowering, scope);
    case "name":
      return named(expression.name, lowering, scope);
    case "call":
      return callOperand(expression, lowering, scope);
    case "member":
    case "index":
      if (isTable(expression, lowering.names)) return tableOperand(expression, lowering, scope, false);
      return aliasOperand(expression, lowering, scope);
    case "pipeline":
    case "datatable":
    case "externaldata":
      return tableOperand(expression, lowering, scope, false);
    case "and":
    case "or":
    case "comparison":
    case "membership":
    case "between":
    case "wildcard":
    case "star":
    case "error":
      return null;
    default:
      return expression satisfies never;
  }
}

function tableOperand(expression: Expression, lowering: Lowering, scope: Scope, scalar: boolean): Operand {
  return { type: "table", expression, lowering, scope, name: null, scalar };
}

function openConstant(text: string): Constant {
  return constant("open", text, text);
}

function named(name: string, lowering: Lowering, scope: Scope): Operand {
  const field = (): Operand => ({
    type: "field",
    ref: resolve(scope, name),
    folded: bindingOf(scope, name)?.folded === true,
  });
  const known = scope.bindings.get(name)?.known;
  if (known !== undefined) return withOrigin(known, `extend ${name}`);
  const definition = isBound(scope, name) ? null : definitionOf(lowering.names, name);
  if (definition === null) return field();
  const origin = `let ${name}`;
  switch (definition.type) {
    case "value":
    case "list":
      return relabelled(definition.type === "value" ? knownValue(definition.constant) : definition, () => origin);
    case "parameter":
      return knownValue({ ...constant("placeholder", name, name), origin: null });
    case "stages": {
      const at: Expression = { type: "name", name, span: { start: 0, end: 0 } };
      return { type: "table", expression: at, lowering, scope, name, scalar: false };
    }
    case "function":
    case "hidden":
      return field();
    case "expression": {
      const inner = within(lowering, definition.names);
      if (inner === null) return field();
      const found = operandOf(definition.expression, inner, definition.scope);
      lowering.budget.depth--;
      if (found.type === "table") return { ...found, name };
      if (found.type === "field") return found;
      const label = definition.argument ? `argument ${name}` : origin;
      return withOrigin(found, label);
    }
    default:
      return definition satisfies never;
  }
}

function withOrigin(known: Known, origin: string): Known {
  return relabelled(known, (one) => one.origin ?? origin);
}

function relabelled(known: Known, origin: (one: Constant) => string): Known {
  if (known.type === "value") return knownValue({ ...known.constant, origin: origin(known.constant) });
  return { type: "list", items: known.items.map((one) => ({ ...one, origin: origin(one) })) };
}

function aliasOperand(expression: Expression, lowering: Lowering, scope: Scope): Operand | null {
  const alias = aliasOf(expression, lowering, scope);
  return alias === null ? null : aliasField(alias);
}

function aliasField({ binding }: Alias): Operand {
  const { kind, field, text, fields, folded } = binding;
  const plain = kind === "resolved" && text === field;
  const ref: FieldRef = plain
    ? { raw: field, canonical: null }
    : { raw: field, canonical: null, derivedFrom: { kind, text, fields } };
  return { type: "field", ref, folded };
}

/** Numbers are worked out; times stay text. */
function arithmetic(expression: Arithmetic, lowering: Lowering, scope: Scope): Operand | null {
  const left = operandOf(expression.left, lowering, scope);
  const right = operandOf(expression.right, lowering, scope);
  if (left.type !== "value" || right.type !== "value") return null;
  const raw = printExpression(expression);
  const [a, b] = [left.constant, right.constant];
  const origin = a.origin ?? b.origin;
  if (typeof a.value === "number" && typeof b.value === "number") {
    const value = work(expression.operator, a.value, b.value);
    if (value !== null) return knownValue({ kind: "number", value, raw, origin });
  }
  const kind = a.kind === "time" || b.kind === "time" ? "time" : "open";
  return knownValue({ kind, value: `${a.value} ${expression.operator} ${b.value}`, raw, origin });
}

/** Division of whole numbers drops what is left over, in Kusto; whether they are whole is not known, so it stays text. */
function work(operator: Arithmetic["operator"], a: number, b: number): number | null {
  const result = operator === "+" ? a + b : operator === "-" ? a - b : operator === "*" ? a * b : null;
  return result === null || !Number.isFinite(result) || Object.is(result, -0) ? null : result;
}

function callOperand(call: Call, lowering: Lowering, scope: Scope): Operand | null {
  if (call.name === "toscalar") {
    const [table] = call.arguments;
    return table === undefined || table.type === "assignment" ? null : tableOperand(table, lowering, scope, true);
  }
  if (isTable(call, lowering.names)) return tableOperand(call, lowering, scope, false);
  const own = callScalar(call, lowering, scope, operandOf);
  if (own !== null) return own;
  return constantCall(call, lowering, scope) ?? aliasOperand(call, lowering, scope);
}

/** A call without columns in it has a value that the query states, or one that is known when it runs. */
function constantCall(call: Call, lowering: Lowering, scope: Scope): Operand | null {
  const values: Known[] = [];
  for (const one of call.arguments) {
    if (one.type === "assignment" || one.type === "star") return null;
    const operand = operandOf(one, lowering, scope);
    if (operand.type !== "value" && operand.type !== "list") return null;
    values.push(operand);
  }
  if (listFunctions.has(call.name)) return { type: "list", items: values.flatMap(constantsIn) };
  const scalars = values.flatMap((one) => (one.type === "value" ? [one.constant] : []));
  const texts = scalars.map((one) => String(one.value));
  const stated = scalars.length === values.length && scalars.every(isStated);
  const raw = printExpression(call);
  const [first, second] = texts;
  if (stated && first !== undefined) {
    if (call.name === "split" && second !== undefined && second !== "" && texts.length === 2) {
      return {
        type: "list",
        items: first.split(second).map((one) => constant("string", one, JSON.stringify(one))),
      };
    }
    const work = constantFunctions[call.name];
    if (work !== undefined) return knownValue({ ...constant("string", work(texts), raw), origin: originIn(scalars) });
    if (call.name === "parse_json" || call.name === "todynamic") {
      const json = jsonValue(first, raw);
      if (json !== null) return json;
    }
  }
  const text = `${call.name}(${values.map((one) => constantsIn(one).map(valueText).join(", ")).join(", ")})`;
  return knownValue({
    kind: isTime(call.name, scalars) ? "time" : "open",
    value: text,
    raw,
    origin: originIn(scalars),
  });
}

function isStated(one: Constant): boolean {
  return one.kind === "string" || one.kind === "number" || one.kind === "boolean";
}

export function constantsIn(known: Known): readonly Constant[] {
  return known.type === "value" ? [known.constant] : known.items;
}

function valueText(one: Constant): string {
  return one.kind === "string" ? JSON.stringify(one.value) : String(one.value);
}

function originIn(constants: readonly Constant[]): string | null {
  return constants.find((one) => one.origin !== null)?.origin ?? null;
}

const timeFunctions =
  /^(?:ago|now|startof|endof|datetime_|make_datetime|todatetime|totimespan|make_timespan|bin|floor)/;

function isTime(name: string, scalars: readonly Constant[]): boolean {
  if (!timeFunctions.test(name)) return false;
  return (name !== "bin" && name !== "floor") || scalars.some((one) => one.kind === "time");
}
