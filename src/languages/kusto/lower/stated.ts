import type { Arithmetic, Call, Expression } from "../ast.ts";
import { constantFunctions, listFunctions, rowFunctions } from "../functions.ts";
import { printExpression } from "../print.ts";
import { isBound, type Scope } from "../scope.ts";
import { type Constant, constant, isTimely, jsonValue, type Known, knownValue, literalValue } from "./constant.ts";
import type { Lowering } from "./context.ts";
import { callScalar } from "./function-call.ts";
import { definitionOf } from "./names.ts";
import { isTable } from "./table-test.ts";

/** Characters and items that constants may grow to when they are worked out; each step can double the one before. */
const longestText = 8192;
const longestList = 20_000;

/** The value that an expression has for any event: a literal, a variable, a call without columns. Null for any other. */
export function statedOf(expression: Expression, lowering: Lowering, scope: Scope): Known | null {
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
      const inner = statedOf(expression.operand, lowering, scope);
      if (inner?.type !== "value") return null;
      const { kind, value } = inner.constant;
      const raw = printExpression(expression);
      if (kind === "number" && typeof value === "number") {
        const signed = expression.operator === "-" && value !== 0 ? -value : value;
        return knownValue({ ...inner.constant, value: signed, raw });
      }
      return knownValue({ ...inner.constant, kind: isTimely(inner.constant) ? kind : "open", value: raw, raw });
    }
    case "arithmetic":
      return arithmetic(expression, lowering, scope);
    case "name":
      return named(expression.name, lowering, scope);
    case "call":
      return statedCall(expression, lowering, scope);
    default:
      return null;
  }
}

function openConstant(text: string): Constant {
  return constant("open", text, text);
}

function named(name: string, lowering: Lowering, scope: Scope): Known | null {
  const known = scope.bindings.get(name)?.known;
  if (known !== undefined) return known;
  const definition = isBound(scope, name) ? null : definitionOf(lowering.names, name);
  switch (definition?.type) {
    case "value":
      return knownValue(definition.constant);
    case "list":
      return definition;
    case "parameter":
      return knownValue(constant("placeholder", name, name));
    case "expression":
      return definition.known;
    default:
      return null;
  }
}

/** With the name of what brought it here, where it does not say so itself. */
export function withOrigin(known: Known, origin: string): Known {
  const labelled = (one: Constant): Constant => (one.origin === null ? { ...one, origin } : one);
  return known.type === "value"
    ? knownValue(labelled(known.constant))
    : { type: "list", items: known.items.map(labelled) };
}

/** Numbers are worked out; times stay text. */
function arithmetic(expression: Arithmetic, lowering: Lowering, scope: Scope): Known | null {
  const left = statedOf(expression.left, lowering, scope);
  const right = left?.type === "value" ? statedOf(expression.right, lowering, scope) : null;
  if (left?.type !== "value" || right?.type !== "value") return null;
  const raw = printExpression(expression);
  const [a, b] = [left.constant, right.constant];
  const origin = a.origin ?? b.origin;
  if (typeof a.value === "number" && typeof b.value === "number") {
    const value = work(expression.operator, a.value, b.value);
    if (value !== null) return knownValue({ kind: "number", value, raw, origin });
  }
  const kind = isTimely(a) || isTimely(b) ? "clock" : "open";
  return knownValue({ kind, value: bounded(`${a.value} ${expression.operator} ${b.value}`, raw), raw, origin });
}

function bounded(text: string, otherwise: string): string {
  return text.length > longestText ? otherwise : text;
}

/** Division of whole numbers drops what is left over, in Kusto; whether they are whole is not known, so it stays text. */
function work(operator: Arithmetic["operator"], a: number, b: number): number | null {
  const result = operator === "+" ? a + b : operator === "-" ? a - b : operator === "*" ? a * b : null;
  return result === null || !Number.isFinite(result) || Object.is(result, -0) ? null : result;
}

/** A call without columns in it has a value that the query states, or one that is known when it runs. */
function statedCall(call: Call, lowering: Lowering, scope: Scope): Known | null {
  if (call.name === "toscalar" || rowFunctions.has(call.name) || isTable(call, lowering.names)) return null;
  if (definitionOf(lowering.names, call.name)?.type === "function") return callScalar(call, lowering, scope, statedOf);
  const values: Known[] = [];
  for (const one of call.arguments) {
    if (one.type === "assignment") return null;
    const known = statedOf(one, lowering, scope);
    if (known === null) return null;
    values.push(known);
  }
  if (listFunctions.has(call.name)) return concatenated(values);
  const scalars = values.flatMap((one) => (one.type === "value" ? [one.constant] : []));
  if (scalars.length < values.length) return null;
  const raw = printExpression(call);
  const worked = scalars.every(isStated) ? workedOut(call.name, scalars, raw) : null;
  if (worked !== null) return worked;
  const text = `${call.name}(${scalars.map(valueText).join(", ")})`;
  const kind = isTime(call.name, scalars) ? "clock" : "open";
  return knownValue({ kind, value: bounded(text, raw), raw, origin: originIn(scalars) });
}

function concatenated(values: readonly Known[]): Known | null {
  const size = values.reduce((sum, one) => sum + (one.type === "value" ? 1 : one.items.length), 0);
  return size > longestList
    ? null
    : { type: "list", items: values.flatMap((one) => (one.type === "value" ? [one.constant] : one.items)) };
}

function workedOut(name: string, scalars: readonly Constant[], raw: string): Known | null {
  const texts = scalars.map((one) => String(one.value));
  const [first, second] = texts;
  const size = texts.reduce((sum, one) => sum + one.length, 0);
  if (first === undefined || size > longestText) return null;
  if (name === "split" && second !== undefined && second !== "" && texts.length === 2) {
    return { type: "list", items: first.split(second).map((one) => constant("string", one, JSON.stringify(one))) };
  }
  const work = Object.hasOwn(constantFunctions, name) ? constantFunctions[name] : undefined;
  if (work !== undefined) return knownValue({ ...constant("string", work(texts), raw), origin: originIn(scalars) });
  return name === "parse_json" || name === "todynamic" ? jsonValue(first, raw) : null;
}

function isStated(one: Constant): boolean {
  return one.kind === "string" || one.kind === "number" || one.kind === "boolean";
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
  return (name !== "bin" && name !== "floor") || scalars.some(isTimely);
}
