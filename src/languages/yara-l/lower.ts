import { cover, type Span } from "../../kit/span.ts";
import { boundField, conjoin, fieldsBehind, opaque } from "../../rule/build.ts";
import type { Expression, Predicate } from "../../rule/expression.ts";
import type {
  DeriveStage,
  FilterStage,
  Logic,
  SequenceStage,
  SequenceStep,
  SourceStage,
  Stage,
} from "../../rule/logic.ts";
import type { Body, Document, Match, Node, Sections } from "./ast.ts";
import { acrossEvents, type Before, distribute, type EventPart, sequenceOf } from "./lower/events.ts";
import { presence } from "./lower/leaves.ts";
import { outcomeStages, outputs, resultStage, windowText } from "./lower/outcome.ts";
import { boundValue, eventsOf, fieldsIn, openScope, rawNames, type Scope } from "./lower/scope.ts";
import { isComputed, subjectOf } from "./lower/subject.ts";
import { type Trigger, triggerOf } from "./lower/trigger.ts";
import { printNode } from "./print.ts";

/** What a text asks for. Several rules in one text are branches of a union, as each detects by itself. */
export function lower(ast: Document): Logic {
  const stray = ast.stray.map((one): Stage => opaque(one.text, "a part outside of any rule", one.span));
  if (ast.search !== null) {
    const { search } = ast;
    const named = new Map<string, Logic>();
    for (const one of search.stages) named.set(one.name, lowerBody(one, one.span, named));
    return { stages: [...lowerBody(search, search.span, named).stages, ...stray] };
  }
  const logics = ast.rules.map((one) => lowerBody(one, one.span, new Map()));
  const [only] = logics;
  if (only === undefined || logics.length === 1) return { stages: [...(only?.stages ?? []), ...stray] };
  return { stages: [{ type: "union", branches: logics, span: ast.span }, ...stray] };
}

/** The body of a rule, a search or a stage. `named`: what the stages before it give, by name. */
function lowerBody(body: Body, at: Span, named: ReadonlyMap<string, Logic>): Logic {
  const scope = openScope(body);
  const { parts, orders, across } = distribute(body.events, scope);
  const trigger = triggerOf(body, scope);
  const steps = parts.map((part) => step(part, body, scope, trigger, named));
  const [single] = steps;
  const several = parts.length > 1 || trigger.absent.size > 0;
  const flow = several
    ? sequence(body, parts, steps, orders, across, scope, at)
    : [...(single?.logic.stages ?? []), ...loose(across, scope)];
  return {
    stages: [
      ...flow,
      ...outcomeStages(body, scope, body.match?.span ?? body.outcome[0]?.span ?? at),
      ...trigger.stages,
      ...outputs(body, scope, at),
      ...body.results.map((one) => resultStage(one, scope)),
      ...body.exports.map((one): Stage => {
        return { type: "lookup", table: one.table, on: [], outputs: [], writes: true, span: one.span };
      }),
      ...body.stray.map((one): Stage => opaque(one.text, "a part that belongs to no section", one.span)),
    ],
  };
}

function loose(across: readonly Node[], scope: Scope): readonly FilterStage[] {
  const expression = acrossEvents(across, scope);
  return expression === null ? [] : [{ type: "filter", expression, span: expression.span }];
}

/** The events of one variable: where they come from, what they must meet, and how often they must occur. */
function step(
  part: EventPart,
  body: Sections,
  scope: Scope,
  trigger: Trigger,
  named: ReadonlyMap<string, Logic>,
): SequenceStep {
  const at = spanOf(part.nodes, body);
  const filters = part.filters;
  const stages: Stage[] = [...(named.get(part.name)?.stages ?? [source(part, scope, at)])];
  if (filters.length > 0) {
    const span = filters.map((one) => one.span).reduce(cover, filters[0]?.span ?? at);
    stages.push({ type: "filter", expression: conjoin(filters, span), span });
  }
  stages.push(...present(part, body, scope));
  for (const { name, value, at: node } of part.derived) {
    const fields = rawNames(fieldsIn(value, scope));
    stages.push({ type: "derive", field: name, text: printNode(value), fields, span: node.span } satisfies DeriveStage);
  }
  stages.push(...(trigger.counts.get(part.name) ?? []));
  const span = stages.map((one) => one.span).reduce(cover, at);
  return { logic: { stages }, by: part.joins, runs: 1, missing: trigger.absent.has(part.name), span };
}

function spanOf(nodes: readonly Node[], body: Sections): Span {
  const [first] = nodes.length > 0 ? nodes : body.events;
  return nodes.map((one) => one.span).reduce(cover, first?.span ?? { start: 0, end: 0 });
}

const eventType = "metadata.event_type";

/** Entity context and detections are sources of their own; events are told apart by their type where it is asked for. */
function source(part: EventPart, scope: Scope, at: Span): SourceStage {
  const attributes = scope.events.length > 1 ? { attributes: { variable: part.name } } : {};
  const kind = scope.sources.get(part.name);
  if (kind !== undefined) return { type: "source", kind: "table", names: [kind], ...attributes, span: at };
  const types = part.filters.flatMap((one) => typesOf(one));
  if (types.length === 0) return { type: "source", kind: "table", names: ["udm"], ...attributes, span: at };
  return { type: "source", kind: "category", names: [...new Set(types)], ...attributes, span: at };
}

/** The event types that a statement asks for: one comparison, or an `or` of nothing else. */
function typesOf(one: Expression): readonly string[] {
  if (one.type === "or") return one.operands.every(asksForType) ? one.operands.flatMap(typesOf) : [];
  return asksForType(one) ? one.values.filter((value): value is string => typeof value === "string") : [];
}

function asksForType(one: Expression): one is Predicate {
  return one.type === "predicate" && one.operator === "eq" && one.field?.raw === eventType;
}

/**
 * Events whose grouping field is empty are left out, unless the rule allows zero values or a function makes something
 * else of it. Other letters or another type make nothing of an empty value.
 */
function present(part: EventPart, body: Sections, scope: Scope): readonly FilterStage[] {
  if (body.options.some((one) => one.key === "allow_zero_values" && one.value.toLowerCase() === "true")) return [];
  return (body.match?.keys ?? []).flatMap((key): FilterStage[] => {
    if (key.type !== "variable") return [];
    const value = boundValue(key.name, part.name, scope);
    if (value === null || !eventsOf(value, scope).includes(part.name)) return [];
    const subject = subjectOf(value, { scope, event: part.name });
    if (subject === null || isComputed(subject)) return [];
    const fields = fieldsBehind(subject.field);
    const field = boundField({ field: subject.field.raw, kind: "resolved", text: `$${key.name}`, fields });
    const origin = "match section";
    const expression = presence({ ...subject, field }, "exists", key.span, origin);
    return [{ type: "filter", expression, span: key.span, origin }];
  });
}

/** Several variables: events that belong together within the window, in the order that their times are compared in. */
function sequence(
  body: Sections,
  parts: readonly EventPart[],
  steps: readonly SequenceStep[],
  orders: readonly Before[],
  across: readonly Node[],
  scope: Scope,
  at: Span,
): readonly Stage[] {
  const names = parts.map((one) => one.name);
  const sorted = sequenceOf(names, [...orders, ...anchored(body.match, names)]);
  const byName = new Map(names.map((name, index) => [name, steps[index]]));
  const inOrder = (sorted ?? names).flatMap((name) => byName.get(name) ?? []);
  const [first] = inOrder;
  const same = first !== undefined && inOrder.every((one) => one.by.join("\n") === first.by.join("\n"));
  const window = windowText(body.match);
  const stage: SequenceStage = {
    type: "sequence",
    ordered: sorted !== null,
    by: same ? first.by : [],
    ...(window === undefined ? {} : { maxspan: window }),
    steps: same ? inOrder.map((one) => ({ ...one, by: [] })) : inOrder,
    span: inOrder.map((one) => one.span).reduce(cover, first?.span ?? at),
  };
  const left = sorted === null ? [...across, ...orders.map((one) => one.node)] : across;
  return [stage, ...loose(left, scope)];
}

/** A window after or before the events of one variable puts the others on that side of it. */
function anchored(match: Match | null, names: readonly string[]): readonly Before[] {
  const anchor = match?.window?.anchor ?? null;
  if (match === null || anchor === null || !names.includes(anchor.variable)) return [];
  const [node] = match.keys;
  if (node === undefined) return [];
  return names
    .filter((name) => name !== anchor.variable)
    .map((name) =>
      anchor.side === "after"
        ? { earlier: anchor.variable, later: name, node }
        : { earlier: name, later: anchor.variable, node },
    );
}
