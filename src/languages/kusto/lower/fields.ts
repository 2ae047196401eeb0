import type { PatternToken } from "../../../rule/expression.ts";
import type { Stage } from "../../../rule/logic.ts";
import { patternExpression, tidy } from "../../../rule/pattern.ts";
import type {
  Assignment,
  ExpandedColumn,
  Expression,
  MvApplyOperator,
  MvExpandOperator,
  Operator,
  Option,
  ParseKvOperator,
  ParseOperator,
} from "../ast.ts";
import { windowFunctions } from "../functions.ts";
import { printExpression, printOperator } from "../print.ts";
import { bind, bindComputed, type Scope } from "../scope.ts";
import { aliasOf } from "./alias.ts";
import { casesOf } from "./choice.ts";
import { isTimely } from "./constant.ts";
import { type Lowering, originOf, place } from "./context.ts";
import { fieldsOf } from "./fields-read.ts";
import { operandOf } from "./operand.ts";
import { lowerOperators, opaqueStage } from "./pipeline.ts";
import { statedOf, withOrigin } from "./stated.ts";
import { type Flow, lowerTable } from "./table.ts";

/** Makes `name` mean what an expression yields. */
export function assign(
  name: string,
  expression: Expression,
  lowering: Lowering,
  scope: Scope,
  text = printExpression(expression),
  fields = fieldsOf(expression, lowering, scope),
): void {
  const alias = aliasOf(expression, lowering, scope);
  if (alias !== null) {
    bind(scope, name, alias.binding);
    return;
  }
  const window = windowOf(expression, lowering, scope);
  const cases = casesOf(expression, lowering, scope);
  const known = statedOf(expression, lowering, scope);
  bind(scope, name, {
    ...{ kind: "computed", field: name, text, fields, folded: false },
    ...(window === null ? {} : { window }),
    ...(cases === null ? {} : { cases }),
    ...(known === null ? {} : { known: withOrigin(known, `extend ${name}`) }),
  });
}

/** The step of `bin(Timestamp, 5m)`, as the query states it; null for what is no window of time. */
export function windowOf(expression: Expression, lowering: Lowering, scope: Scope): string | null {
  if (expression.type === "name") return scope.bindings.get(expression.name)?.window ?? null;
  if (expression.type !== "call") return null;
  if (windowFunctions.has(expression.name)) return printExpression(expression);
  if (!/^(?:bin|bin_at|floor)$/.test(expression.name)) return null;
  const step = expression.arguments[1];
  if (step === undefined || step.type === "assignment") return null;
  const operand = operandOf(step, lowering, scope);
  if (operand.type !== "value") return null;
  const { constant } = operand;
  return isTimely(constant) || constant.kind === "placeholder" ? String(constant.value) : null;
}

/** The name that Kusto gives a column without one: that of the column, of the path with `_`, or of the function's argument. */
export function columnName({ names, expression }: Assignment): string | null {
  const [own] = names;
  if (own !== undefined) return own.name;
  return nameOf(expression);
}

function nameOf(expression: Expression): string | null {
  switch (expression.type) {
    case "name":
      return expression.name;
    case "member": {
      const object = expression.member.type === "name" ? nameOf(expression.object) : null;
      return object === null || expression.member.type !== "name" ? null : `${object}_${expression.member.name}`;
    }
    case "index": {
      const object = nameOf(expression.object);
      if (object === null) return null;
      if (expression.index.type === "string") return `${object}_${expression.index.value}`;
      return expression.index.type === "number" ? `${object}_${expression.index.text}` : null;
    }
    case "call": {
      const [first] = expression.arguments;
      return first === undefined || first.type === "assignment" ? null : nameOf(first);
    }
    default:
      return null;
  }
}

export function lowerExtend(columns: readonly Assignment[], flow: Flow, lowering: Lowering): void {
  for (const one of columns) {
    const text = printExpression(one.expression);
    const fields = fieldsOf(one.expression, lowering, flow.scope);
    const names = one.names.length === 0 ? [columnName(one) ?? text] : one.names.map(({ name }) => name);
    for (const name of names) {
      if (names.length === 1) assign(name, one.expression, lowering, flow.scope, text, fields);
      else bindComputed(flow.scope, name, text, fields);
      flow.stages.push({ type: "derive", field: name, text, fields, span: place(lowering.home, one.span) });
    }
  }
}

function derive(operator: Operator, names: readonly string[], from: Expression, flow: Flow, lowering: Lowering): void {
  const text = printOperator(operator);
  const fields = fieldsOf(from, lowering, flow.scope);
  for (const name of names) {
    bindComputed(flow.scope, name, text, fields);
    flow.stages.push({ type: "derive", field: name, text, fields, span: place(lowering.home, operator.span) });
  }
}

/** One event for each item: a path means any item anyhow, so that a column that is taken apart keeps its meaning. */
export function lowerMvExpand(
  columns: readonly ExpandedColumn[],
  options: readonly Option[],
  operator: MvExpandOperator | MvApplyOperator,
  flow: Flow,
  lowering: Lowering,
): void {
  for (const { column, span } of columns) {
    const name = columnName(column);
    const text = printExpression(column.expression);
    const fields = fieldsOf(column.expression, lowering, flow.scope);
    const field = name ?? text;
    if (column.names.length > 0 || column.expression.type !== "name") {
      assign(field, column.expression, lowering, flow.scope);
    }
    // What the query states as one list are many values from here on.
    const binding = flow.scope.bindings.get(field);
    if (binding?.known !== undefined) bindComputed(flow.scope, field, binding.text, fields);
    flow.stages.push({
      type: "derive",
      field,
      text: `${operator.type} ${text}`,
      fields,
      span: place(lowering.home, span),
    });
  }
  const index = options.find((one) => one.name === "with_itemindex")?.value;
  if (index?.type === "name") bindComputed(flow.scope, index.name, operator.type, []);
}

/**
 * What is done to the items of one event. Its filters keep events that have such an item; the event's own columns stay
 * beside those of its items, whatever is made of these.
 */
export function lowerMvApply(operator: MvApplyOperator, flow: Flow, lowering: Lowering): void {
  lowerMvExpand(operator.columns, operator.options, operator, flow, lowering);
  const { body } = operator;
  const { stages, scope } = flow;
  const { columns, maker } = scope;
  const items: Stage[] = [];
  if (body.type === "pipeline" && body.source === null)
    lowerOperators(body.operators, { stages: items, scope }, lowering);
  else items.push(...lowerTable(body, lowering, scope).stages);
  stages.push(...items.flatMap((one) => itemStages(one, scope)));
  scope.columns = columns === null ? null : new Set([...columns, ...(scope.columns ?? [])]);
  scope.maker = maker;
}

/** A sum over the items of an event is a column of the event; their order and their columns are nothing of the event's. */
function itemStages(stage: Stage, scope: Scope): readonly Stage[] {
  if (stage.type === "order" || stage.type === "project") return [];
  if (stage.type !== "aggregate" || stage.functions.some((one) => one.filter !== undefined)) return [stage];
  return stage.functions.map(({ function: name, field, as }): Stage => {
    const made = as ?? `${name}_${field ?? ""}`;
    const fields = scope.bindings.get(made)?.fields ?? [];
    return { type: "derive", field: made, text: `${name}(${field ?? ""})`, fields, span: stage.span };
  });
}

export function lowerParse(operator: ParseOperator, flow: Flow, lowering: Lowering): void {
  const { pattern, expression } = operator;
  if (operator.type === "parse-where") parseFilter(operator, flow, lowering);
  const kind = optionText(operator.options, "kind");
  // In a regular expression the columns stand between parts of it, and are captured as in the other kinds.
  const names = pattern.flatMap((one) => (one.type === "capture" ? [one.name.name] : []));
  if (names.length > 0) derive(operator, names, expression, flow, lowering);
  else if (kind !== null || pattern.length > 0) derive(operator, ["*"], expression, flow, lowering);
}

/** parse-where keeps rows alone that the pattern fits. */
function parseFilter(operator: ParseOperator, flow: Flow, lowering: Lowering): void {
  const subject = operandOf(operator.expression, lowering, flow.scope);
  const typed = operator.pattern.some((one) => one.type === "capture" && !/^string$/.test(one.dataType ?? "string"));
  const isPlain = (optionText(operator.options, "kind") ?? "simple") === "simple";
  if (subject.type !== "field" || typed || !isPlain) {
    flow.stages.push(opaqueStage(operator, "parse-where with types or a regular expression", lowering));
    return;
  }
  const tokens = operator.pattern.flatMap((one): PatternToken[] => {
    if (one.type === "string") return [{ type: "literal", text: one.value }];
    return one.type === "error" ? [] : [{ type: "any" }];
  });
  const span = place(lowering.home, operator.span);
  const raw = operator.pattern
    .map((one) => (one.type === "string" ? one.text : one.type === "capture" ? one.name.name : "*"))
    .join(" ");
  const expression = patternExpression({
    ...{ field: subject.ref, patterns: [{ tokens: tidy(tokens), raw }], quantifier: "any", caseSensitive: true, span },
    ...originOf(lowering.home),
  });
  flow.stages.push({ type: "filter", expression, span });
}

export function lowerParseKv(operator: ParseKvOperator, flow: Flow, lowering: Lowering): void {
  const names = operator.columns.map(({ name }) => name.name);
  derive(operator, names, operator.expression, flow, lowering);
}

/** The value of an option as text: the name of a bare word, the content of a string. */
export function optionText(options: readonly Option[], name: string): string | null {
  const value = options.find((one) => one.name === name)?.value;
  if (value === undefined) return null;
  return value.type === "name" ? value.name : value.type === "string" ? value.value : printExpression(value);
}
