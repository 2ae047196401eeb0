import { cover, type Span } from "../../../kit/span.ts";
import type { AggregateStage, Aggregation, DeriveStage, ProjectStage, Stage } from "../../../rule/logic.ts";
import type { Assignment, Body, Match, Node, ResultSection, Sections } from "../ast.ts";
import { printNode } from "../print.ts";
import { keyNames } from "./events.ts";
import { fieldsIn, rawNames, type Scope } from "./scope.ts";

/** Functions that make one value of those of all events of a group. */
const aggregates: ReadonlySet<string> = new Set([
  "max",
  "min",
  "sum",
  "avg",
  "stddev",
  "count",
  "count_distinct",
  "array",
  "array_distinct",
  "earliest",
  "latest",
  "period_start_for_max",
  "period_start_for_min",
]);

/** The window as the stages name it: `5m`, `5m after $login`, `by day`. */
export function windowText(match: Match | null): string | undefined {
  const window = match?.window ?? null;
  if (window === null || window.length === "") return undefined;
  const anchor = window.anchor === null ? "" : ` ${window.anchor.side} $${window.anchor.variable}`;
  return `${window.kind === "over" ? "" : `${window.kind.replace("over ", "")} `}${window.length}${anchor}`;
}

export function groupKeys(match: Match | null, scope: Scope): readonly string[] {
  return [...new Set((match?.keys ?? []).flatMap((key) => keyNames(key, scope)))];
}

/** What the stages say of the window: `by 5m` and `every day` are cut by the clock, all others slide. */
export function windowOf(match: Match | null): Pick<AggregateStage, "window" | "aligned"> {
  const window = windowText(match);
  if (window === undefined) return {};
  return match?.window?.kind !== "over" ? { window, aligned: true } : { window };
}

/**
 * The grouping of a match section with the outcomes that aggregate, then the outcomes that are made of others. A rule
 * without a match section detects each event by itself: its functions aggregate over the event's own repeated values.
 */
export function outcomeStages(body: Body, scope: Scope, at: Span): readonly Stage[] {
  const { match, outcome } = body;
  const groups = match !== null || body.type !== "rule";
  const grouped = groups ? outcome.filter((one) => isAggregate(one.value)) : [];
  const aggregate: AggregateStage = {
    type: "aggregate",
    functions: grouped.map((one) => aggregation(one, scope)),
    by: groupKeys(match, scope),
    ...windowOf(match),
    span: [...grouped.map((one) => one.span), ...(match === null ? [] : [match.span])].reduce(cover, at),
  };
  const rest = outcome.filter((one) => !grouped.includes(one));
  return [
    ...(match === null && grouped.length === 0 ? [] : [aggregate]),
    ...rest.map((one): DeriveStage => {
      const fields = rawNames(fieldsIn(one.value, scope));
      return { type: "derive", field: one.name, text: printNode(one.value), fields, span: one.span };
    }),
  ];
}

function isAggregate(value: Node): boolean {
  if (value.type !== "call") return false;
  const name = value.name.toLowerCase();
  return aggregates.has(name) || name.startsWith("window.");
}

function aggregation(one: Assignment, scope: Scope): Aggregation {
  const { value } = one;
  const values = value.type === "call" ? value.arguments : [];
  const field = values.map((value) => aggregated(value, scope)).join(", ");
  return { function: value.type === "call" ? value.name : "", field: field === "" ? null : field, as: one.name };
}

/** A field, also by way of a placeholder, under the name that events have for it. */
function aggregated(value: Node, scope: Scope): string {
  const [name, ...others] = value.type === "field" || value.type === "variable" ? keyNames(value, scope) : [];
  return name === undefined || others.length > 0 ? printNode(value) : name;
}

/** What a detection shows: the fields that it is grouped by, and the outcomes. */
export function outputs(body: Sections, scope: Scope, at: Span): readonly ProjectStage[] {
  const fields = [...new Set([...groupKeys(body.match, scope), ...body.outcome.map((one) => one.name)])];
  if (body.outcome.length === 0) return [];
  const span = body.outcome.map((one) => one.span).reduce(cover, body.outcome[0]?.span ?? at);
  return [{ type: "project", mode: "keep", fields, span }];
}

/** `dedup`, `order`, `limit`, `select` and `unselect` of a search. */
export function resultStage(section: ResultSection, scope: Scope): Stage {
  const { span } = section;
  const by = section.keys.flatMap((key) => names(key.value, scope));
  switch (section.kind) {
    case "dedup":
      return { type: "order", kind: "deduplicate", by, span };
    case "order":
      return { type: "order", kind: "sort", by, span };
    case "limit": {
      const [key] = section.keys;
      const count = key?.value.type === "number" ? key.value.value : undefined;
      return { type: "order", kind: "limit", by: [], ...(count === undefined ? {} : { count }), span };
    }
    case "select":
      return { type: "project", mode: "keep", fields: by, span };
    case "unselect":
      return { type: "project", mode: "drop", fields: by, span };
    default:
      return section.kind satisfies never;
  }
}

function names(key: Node, scope: Scope): readonly string[] {
  return key.type === "variable" && scope.outcomes.has(key.name) ? [key.name] : keyNames(key, scope);
}
