import type { JoinStage, Logic, Stage } from "../../../rule/logic.ts";
import type {
  EvaluateOperator,
  Expression,
  FacetOperator,
  FindOperator,
  ForkOperator,
  InvokeOperator,
  JoinOperator,
  PartitionOperator,
  SearchOperator,
  UnionOperator,
} from "../ast.ts";
import { enrichments } from "../functions.ts";
import { plugins } from "../plugins.ts";
import { printExpression, printOperator } from "../print.ts";
import {
  bind,
  bindComputed,
  copyScope,
  joinScope,
  newScope,
  replaceScope,
  resolve,
  type Scope,
  uniteScope,
} from "../scope.ts";
import { aliasOf } from "./alias.ts";
import { type Lowering, nestedIn, place } from "./context.ts";
import { optionText } from "./fields.ts";
import { fieldsOf } from "./fields-read.ts";
import { lowerFilter } from "./filter.ts";
import { definitionOf } from "./names.ts";
import { columnRaw } from "./order.ts";
import { lowerOperators, opaqueStage } from "./pipeline.ts";
import { placedStages, sizeOfStages } from "./placed-stages.ts";
import { lowerSearchCondition } from "./search.ts";
import { type Flow, flowOf, lowerFunction, lowerTable } from "./table.ts";

/** What the kinds that keep one side's rows alone are called in the model, and whether that is the right side. */
const oneSided: Readonly<Record<string, { readonly kind: "semi" | "anti"; readonly right: boolean } | undefined>> = {
  leftsemi: { kind: "semi", right: false },
  leftanti: { kind: "anti", right: false },
  leftantisemi: { kind: "anti", right: false },
  anti: { kind: "anti", right: false },
  rightsemi: { kind: "semi", right: true },
  rightanti: { kind: "anti", right: true },
  rightantisemi: { kind: "anti", right: true },
};

export function lowerJoin(operator: JoinOperator, flow: Flow, lowering: Lowering): void {
  const { stages, scope } = flow;
  const span = place(lowering.home, operator.span);
  const right = lowerTable(operator.right, nestedIn(lowering), newScope());
  const on = operator.on.flatMap((one) => keysOf(one, lowering, scope));
  const named = optionText(operator.options, "kind") ?? (operator.type === "lookup" ? "leftouter" : "innerunique");
  const [only] = right.stages;
  if (operator.type === "lookup" && named === "leftouter" && right.stages.length === 1 && only?.type === "source") {
    stages.push({ type: "lookup", table: only.names.join(", "), on, outputs: [], span });
    joinScope(scope, right.scope);
    return;
  }
  const side = oneSided[named];
  if (side?.right === true) lowering.budget.copies -= sizeOfStages(stages);
  if (side?.right === true && lowering.budget.copies < 0) {
    stages.push(opaqueStage(operator, "variables and functions bring in too much", lowering));
  } else if (side?.right === true) {
    // What is kept are the right side's rows; the left side says which, so the two change places.
    const left: Logic = { stages: placedStages(stages, span) };
    stages.splice(0, stages.length, ...right.stages, { type: "join", kind: side.kind, on, logic: left, span });
    replaceScope(scope, right.scope);
  } else {
    const join: JoinStage = { type: "join", kind: side?.kind ?? named, on, logic: { stages: right.stages }, span };
    stages.push(join);
    if (side === undefined) joinScope(scope, right.scope);
  }
  if (operator.where !== null) stages.push(...lowerFilter(operator.where, operator.span, lowering, scope));
}

/** `a`, `$left.a == $right.a`, `$left.a == $right.b` (both names, as written). */
function keysOf(key: Expression, lowering: Lowering, scope: Scope): readonly string[] {
  if (key.type === "and") return key.operands.flatMap((one) => keysOf(one, lowering, scope));
  if (key.type === "name") return [resolve(scope, key.name).raw];
  if (key.type === "comparison" && key.operator === "==") {
    const sides = [key.left, key.right].map(sideOf);
    const left = sides.find((one) => one?.side === "$left");
    const right = sides.find((one) => one?.side === "$right");
    if (left !== undefined && right !== undefined && left !== null && right !== null)
      return [left.name === right.name ? resolve(scope, left.name).raw : `${left.name} == ${right.name}`];
  }
  return [printExpression(key)];
}

function sideOf(expression: Expression): { readonly side: string; readonly name: string } | null {
  if (expression.type !== "member" || expression.object.type !== "name" || expression.member.type !== "name")
    return null;
  return { side: expression.object.name, name: expression.member.name };
}

/** Plain tables are one source with several names; others are branches, beside the events that come in. */
export function lowerUnion(operator: UnionOperator, flow: Flow, lowering: Lowering): void {
  const { stages, scope } = flow;
  const span = place(lowering.home, operator.span);
  const branches = operator.tables.map((one) => lowerTable(one, nestedIn(lowering), newScope()));
  const names = branches.map(tableName);
  if (stages.length === 0 && branches.length > 0 && !names.includes(null)) {
    stages.push({ type: "source", kind: "table", names: [...new Set(names.filter((one) => one !== null))], span });
  } else {
    if (stages.length === 0 && branches[0] !== undefined) replaceScope(scope, branches[0].scope);
    if (branches.length > 0)
      stages.push({ type: "union", branches: branches.map((one) => ({ stages: one.stages })), span });
    for (const one of branches) uniteScope(scope, one.scope);
  }
  const withSource = optionText(operator.options, "withsource") ?? optionText(operator.options, "with_source");
  if (withSource !== null) bindComputed(scope, withSource, `withsource=${withSource}`, []);
}

/** The name of a table of which nothing else is said. */
function tableName({ stages }: Flow): string | null {
  const [only] = stages;
  const isPlain =
    stages.length === 1 && only?.type === "source" && only.kind === "table" && only.attributes === undefined;
  return isPlain ? (only.names[0] ?? null) : null;
}

function tablesOf(tables: readonly Expression[] | null, flow: Flow, lowering: Lowering, operator: UnionOperator): void {
  if (tables === null || tables.length === 0) {
    const source: Stage = { type: "source", kind: "table", names: ["*"], span: place(lowering.home, operator.span) };
    if (flow.stages.length === 0) flow.stages.push(source);
  } else lowerUnion({ ...operator, tables }, flow, lowering);
}

export function lowerSearch(operator: SearchOperator, flow: Flow, lowering: Lowering): void {
  const { span, tables, condition } = operator;
  tablesOf(tables, flow, lowering, { type: "union", options: [], tables: [], span });
  if (condition.type === "star") return;
  const isSensitive = optionText(operator.options, "kind") === "case_sensitive";
  const expression = lowerSearchCondition(condition, isSensitive, lowering, flow.scope);
  flow.stages.push({ type: "filter", expression, span: place(lowering.home, span) });
}

export function lowerFind(operator: FindOperator, flow: Flow, lowering: Lowering): void {
  const { span, tables, condition, project } = operator;
  tablesOf(tables, flow, lowering, { type: "union", options: operator.options, tables: [], span });
  const at = place(lowering.home, span);
  const expression = lowerSearchCondition(condition, false, lowering, flow.scope);
  flow.stages.push({ type: "filter", expression, span: at });
  const columns = (project ?? []).flatMap(({ column }) =>
    column.type === "name" ? [resolve(flow.scope, column.name).raw] : [],
  );
  if (columns.length > 0) flow.stages.push({ type: "project", mode: "keep", fields: columns, span: at });
}

/** Each branch sees the events that come in; its results stand beside those of the others. */
export function lowerFork(operator: ForkOperator, flow: Flow, lowering: Lowering): void {
  const branches = operator.branches.map(({ body }) => ({ stages: branchOf(body, flow, lowering).stages }));
  if (branches.length > 0) flow.stages.push({ type: "union", branches, span: place(lowering.home, operator.span) });
}

export function lowerFacet(operator: FacetOperator, flow: Flow, lowering: Lowering): void {
  if (operator.body === null) return;
  const { stages } = branchOf(operator.body, flow, lowering);
  flow.stages.push({ type: "union", branches: [{ stages }], span: place(lowering.home, operator.span) });
}

function branchOf(body: Expression, flow: Flow, lowering: Lowering): Flow {
  return lowerTable(body, nestedIn(lowering), flow.scope);
}

/** What is done to each part is done to all parts: the operators stand in the flow, the column in none of them. */
export function lowerPartition(operator: PartitionOperator, flow: Flow, lowering: Lowering): void {
  const { body } = operator;
  if (body.type === "pipeline" && body.source === null) lowerOperators(body.operators, flow, lowering);
  else
    lowerFork(
      { type: "fork", branches: [{ type: "branch", name: null, body, span: body.span }], span: operator.span },
      flow,
      lowering,
    );
}

export function lowerEvaluate(operator: EvaluateOperator, flow: Flow, lowering: Lowering): void {
  const { stages, scope } = flow;
  const { plugin } = operator;
  const span = place(lowering.home, operator.span);
  const effect = plugin.type === "call" && Object.hasOwn(plugins, plugin.name) ? plugins[plugin.name] : undefined;
  if (plugin.type !== "call" || effect === undefined) {
    stages.push(opaqueStage(operator, "plugin that is not modelled", lowering));
    return;
  }
  const given = plugin.arguments.map((one) => (one.type === "assignment" ? one.expression : one));
  const [first, second] = given;
  const text = printOperator(operator);
  const fields = first === undefined ? [] : fieldsOf(first, lowering, scope);
  const columns = (operator.columns ?? []).map(({ name }) => name.name);
  switch (effect) {
    case "derive":
      for (const name of columns) bindComputed(scope, name, text, fields);
      scope.columns = null;
      stages.push({ type: "derive", field: "*", text, fields, span });
      return;
    case "lookup": {
      const table = first === undefined ? [] : lowerTable(first, nestedIn(lowering), newScope()).stages;
      const [source] = table;
      const name =
        source?.type === "source"
          ? source.names.join(", ")
          : first === undefined
            ? plugin.name
            : printExpression(first);
      const on =
        second === undefined
          ? []
          : [columnRaw({ type: "assignment", names: [], expression: second, span }, lowering, scope)];
      scope.columns = null;
      stages.push({ type: "lookup", table: name, on, outputs: [], span });
      return;
    }
    case "aggregate": {
      const field = given.length === 0 ? null : given.map(printExpression).join(", ");
      scope.columns = null;
      stages.push({ type: "aggregate", functions: [{ function: plugin.name, field, as: null }], by: [], span });
      return;
    }
    case "source":
      stages.push(...flowOf({ type: "source", kind: "external", names: [plugin.name], span }).stages);
      return;
    default:
      effect satisfies never;
  }
}

/** A function of the query's own is put in; one of the platform's adds what it knows about a file or a device. */
export function lowerInvoke(operator: InvokeOperator, flow: Flow, lowering: Lowering): void {
  const { stages, scope } = flow;
  const call = operator.function;
  const definition = call.type === "call" ? definitionOf(lowering.names, call.name) : null;
  if (call.type === "call" && definition?.type === "function") {
    const input = { type: "stages", stages: [...stages], scope: copyScope(scope) } as const;
    const result = lowerFunction(definition, call, call.name, operator.span, lowering, scope, input);
    stages.splice(0, stages.length, ...result.stages);
    replaceScope(scope, result.scope);
    return;
  }
  const outputs = call.type === "call" && Object.hasOwn(enrichments, call.name) ? enrichments[call.name] : undefined;
  if (call.type !== "call" || outputs === undefined) {
    stages.push(opaqueStage(operator, "function that is defined elsewhere", lowering));
    return;
  }
  const [first] = call.arguments;
  const key = first === undefined ? null : first.type === "assignment" ? first.expression : first;
  const text = call.type === "call" && key?.type === "string" ? key.value : null;
  const alias = key === null || text !== null ? null : aliasOf(key, lowering, scope);
  const on = alias !== null ? [alias.binding.field] : text !== null ? [resolve(scope, text).raw] : [];
  for (const name of outputs) {
    // FileProfile() gives the hash back under its own name.
    if (on.includes(name))
      bind(scope, name, { kind: "resolved", field: name, text: name, fields: [name], folded: false });
    else bindComputed(scope, name, printExpression(call), on);
  }
  stages.push({ type: "lookup", table: call.name, on, outputs, span: place(lowering.home, operator.span) });
}
