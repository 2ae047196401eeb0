import type { Span } from "../../../kit/span.ts";
import type { Logic, SourceStage, Stage } from "../../../rule/logic.ts";
import type { Call, Expression, Member } from "../ast.ts";
import { isTableFunction, placeFunctions, tableWrappers, watchlistFunctions } from "../functions.ts";
import { printExpression } from "../print.ts";
import { copyScope, newScope, type Scope } from "../scope.ts";
import { type Home, type Lowering, nestedIn, place } from "./context.ts";
import { bodyOf, within } from "./function-call.ts";
import { type Definition, definitionOf } from "./names.ts";
import type { TableOperand } from "./operand.ts";
import { lowerOperators } from "./pipeline.ts";
import { placedStages, sizeOfStages } from "./placed-stages.ts";
import { statedOf } from "./stated.ts";
import { columnsOf } from "./table-list.ts";
import { isPlace } from "./table-test.ts";

/** Events on their way through a pipeline: what was done to them so far, and what their columns are. */
export interface Flow {
  readonly stages: Stage[];
  readonly scope: Scope;
}

export function lowerTable(expression: Expression, lowering: Lowering, scope: Scope): Flow {
  const at = place(lowering.home, expression.span);
  switch (expression.type) {
    case "pipeline": {
      const flow =
        expression.source === null
          ? { stages: [], scope: copyScope(scope) }
          : lowerTable(expression.source, lowering, newScope());
      lowerOperators(expression.operators, flow, lowering);
      return flow;
    }
    case "name":
      return lowerNamed(expression.name, expression.span, lowering);
    case "call":
      return lowerTableCall(expression, lowering, scope);
    case "member":
      return isPlace(expression)
        ? flowOf(placeSource(expression, at))
        : opaqueFlow(expression, "source that is no table", at);
    case "wildcard":
      return flowOf({ type: "source", kind: "table", names: [expression.pattern], span: at });
    case "star":
      return flowOf({ type: "source", kind: "table", names: ["*"], span: at });
    case "externaldata": {
      const names = expression.uris.map((one) => (one.type === "string" ? one.value : printExpression(one)));
      return flowOf({ type: "source", kind: "external", names, span: at });
    }
    case "datatable":
      return flowOf({ type: "source", kind: "rows", names: columnsOf(expression), span: at });
    case "error":
      return opaqueFlow(expression, "unreadable source", at);
    default:
      return opaqueFlow(expression, "source that is no table", at);
  }
}

export function flowOf(source: SourceStage): Flow {
  return { stages: [source], scope: newScope() };
}

function opaqueFlow(expression: Expression, reason: string, span: Span): Flow {
  return { stages: [{ type: "opaque", text: printExpression(expression), reason, span }], scope: newScope() };
}

/** A definition's stages keep their own places at the outermost level, and take that of their use inside a stage. */
function homeOf(lowering: Lowering, span: Span, name: string): Home {
  const { home, nested } = lowering;
  if (!nested && home.at === null) return home;
  return { at: place(home, span), origin: home.origin ?? `let ${name}` };
}

function lowerNamed(name: string, span: Span, lowering: Lowering): Flow {
  const at = place(lowering.home, span);
  const definition = definitionOf(lowering.names, name);
  if (definition === null || definition.type === "parameter") {
    // A saved function without arguments may stand without parentheses.
    const kind = definition === null && isTableFunction(name) ? "function" : "table";
    return flowOf({ type: "source", kind, names: [name], span: at });
  }
  if (definition.type === "stages") {
    lowering.budget.copies -= sizeOfStages(definition.stages);
    if (lowering.budget.copies < 0) return flowOf({ type: "source", kind: "table", names: [name], span: at });
    const isOutermost = !lowering.nested && lowering.home.at === null;
    const stages = isOutermost ? definition.stages : placedStages(definition.stages, at);
    return { stages: [...stages], scope: copyScope(definition.scope) };
  }
  if (definition.type === "function") return lowerFunction(definition, null, name, span, lowering, newScope());
  const isExpression = definition.type === "expression";
  const inner = isExpression ? within(lowering, definition.names) : null;
  if (!isExpression || inner === null) {
    const reason = isExpression ? "variables and functions bring in too much" : "source that is no table";
    return { stages: [{ type: "opaque", text: name, reason, span: at }], scope: newScope() };
  }
  const flow = lowerTable(definition.expression, { ...inner, home: homeOf(lowering, span, name) }, definition.scope);
  lowering.budget.depth--;
  return flow;
}

/** Lowers a function of the query's own; `call` is null where nobody calls it. */
export function lowerFunction(
  definition: Extract<Definition, { type: "function" }>,
  call: Call | null,
  name: string,
  span: Span,
  lowering: Lowering,
  scope: Scope,
  input: Definition | null = null,
): Flow {
  const inner = within(lowering, definition.names);
  const at = place(lowering.home, span);
  if (inner === null) {
    const reason = "variables and functions bring in too much";
    return { stages: [{ type: "opaque", text: name, reason, span: at }], scope: newScope() };
  }
  const body = bodyOf(definition, call, lowering, scope, input);
  const home = homeOf(lowering, span, name);
  const flow =
    body === null
      ? { stages: [], scope: newScope() }
      : lowerTable(body.expression, { ...inner, names: body.names, home }, newScope());
  lowering.budget.depth--;
  return flow;
}

function lowerTableCall(call: Call, lowering: Lowering, scope: Scope): Flow {
  const at = place(lowering.home, call.span);
  const definition = definitionOf(lowering.names, call.name);
  if (definition?.type === "function") return lowerFunction(definition, call, call.name, call.span, lowering, scope);
  const [first] = call.arguments;
  if (first !== undefined && first.type !== "assignment") {
    if (tableWrappers.has(call.name) || call.name === "toscalar") return lowerTable(first, lowering, scope);
  }
  // In a function the name may be its argument: `let f = (name:string) { table(name) | … }`.
  const stated =
    call.name === "table" && first !== undefined && first.type !== "assignment"
      ? statedOf(first, lowering, scope)
      : null;
  if (stated?.type === "value" && stated.constant.kind === "string")
    return flowOf(source("table", String(stated.constant.value), {}, at));
  return flowOf(callSource(call, {}, at));
}

function callSource(call: Call, attributes: Readonly<Record<string, string>>, span: Span): SourceStage {
  const { name } = call;
  const [first] = call.arguments;
  const text = first?.type === "string" ? first.value : null;
  if (name === "table" && text !== null) return source("table", text, attributes, span);
  if (watchlistFunctions.has(name)) return source("lookup", text ?? name, { ...attributes, function: name }, span);
  const given = call.arguments.map((one, index): [string, string] =>
    one.type === "assignment"
      ? [one.names[0]?.name ?? String(index + 1), printExpression(one.expression)]
      : [String(index + 1), printExpression(one)],
  );
  return source("function", name, { ...attributes, ...Object.fromEntries(given) }, span);
}

function source(
  kind: SourceStage["kind"],
  name: string,
  attributes: Readonly<Record<string, string>>,
  span: Span,
): SourceStage {
  const plain: SourceStage = { type: "source", kind, names: [name], span };
  return Object.keys(attributes).length === 0 ? plain : { ...plain, attributes };
}

/** `cluster("a").database("b").T`: the places are attributes of the table at the end. */
function placeSource(member: Member, span: Span): SourceStage {
  const attributes: [string, string][] = [];
  let at: Expression = member.object;
  while (at.type === "member" || at.type === "call") {
    const part: Expression = at.type === "member" ? at.member : at;
    if (part.type === "call") {
      const [first] = part.arguments;
      const value = first === undefined ? "" : first.type === "string" ? first.value : printExpressionOf(first);
      attributes.unshift([placeFunctions[part.name] ?? part.name, value]);
    } else if (part.type === "name") attributes.unshift(["database", part.name]);
    if (at.type === "call") break;
    at = at.object;
  }
  const places = Object.fromEntries(attributes);
  const last = member.member;
  if (last.type === "call") return callSource(last, places, span);
  return source("table", last.type === "name" ? last.name : last.pattern, places, span);
}

function printExpressionOf(one: Call["arguments"][number]): string {
  return printExpression(one.type === "assignment" ? one.expression : one);
}

/** The logic of a table that stands in a condition, a join or a union: all of it has its place inside `span`. */
export function tableLogic(table: TableOperand, lowering: Lowering, span: Span): Logic {
  const at = place(lowering.home, span);
  const isOwn = table.name === null && table.lowering.home.at === lowering.home.at;
  const home: Home = isOwn
    ? lowering.home
    : { at, origin: lowering.home.origin ?? (table.name === null ? null : `let ${table.name}`) };
  return { stages: lowerTable(table.expression, { ...nestedIn(table.lowering), home }, table.scope).stages };
}
