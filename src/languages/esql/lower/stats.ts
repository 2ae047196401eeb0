import type { Aggregation, DeriveStage, Stage } from "../../../rule/logic.ts";
import type { Assignment, Call, Expression, StatsCommand } from "../ast.ts";
import { functionNamed } from "../functions.ts";
import { printExpression } from "../print-expression.ts";
import { lowerCondition } from "./condition.ts";
import { aliasOf, fieldsOf, partsOf } from "./operand.ts";
import { assigned } from "./pipeline.ts";
import { bindComputed, bindingOf, bindSingle, resolve, type Scope } from "./scope.ts";

/**
 * Aggregates and groups. Groups that are computed are columns of their own before; an aggregate inside a computation
 * is told by itself, and the computation follows.
 */
export function lowerStats(command: StatsCommand, scope: Scope): readonly Stage[] {
  const computed = command.by.filter(({ name, value }) => name !== null || value.type !== "field");
  const before = assigned(computed, scope);
  const groups = command.by.map(groupName);
  const width = groups.map((name) => bindingOf(scope, name)?.window ?? null).find((one) => one !== null);
  const functions = command.aggregates.flatMap((one) => aggregations(one, scope));
  const results = command.aggregates.map(({ name, value, span }) => {
    const text = printExpression(value);
    const direct = value.type === "call" && isAggregate(value);
    return { name: name ?? text, text, fields: fieldsOf(value, scope), span, direct };
  });
  const by = groups.map((name) => resolve(scope, name).raw);
  if (!command.inline) {
    for (const name of groups) bindSingle(scope, name);
    scope.columns = new Set(groups);
    scope.maker = null;
  }
  for (const { name, text, fields } of results) bindComputed(scope, name, text, fields);
  for (const name of command.unset) bindComputed(scope, name, name, []);
  const after = results.flatMap(({ name, text, fields, span, direct }): DeriveStage[] =>
    direct ? [] : [{ type: "derive", field: name, text, fields, span }],
  );
  const { span } = command;
  return [
    ...before,
    {
      type: "aggregate",
      functions,
      by,
      ...(width === undefined ? {} : { window: width, aligned: true as const }),
      span,
    },
    ...after,
  ];
}

function groupName({ name, value }: Assignment): string {
  return name ?? (value.type === "field" ? value.name : printExpression(value));
}

function aggregations({ name, value, condition }: Assignment, scope: Scope): readonly Aggregation[] {
  const filter = condition === null ? {} : { filter: lowerCondition(condition, scope) };
  return callsIn(value).map((call) => ({
    function: call.name.toLowerCase(),
    field: argumentOf(call, scope),
    as: call === value ? name : null,
    ...filter,
  }));
}

/** What is counted or collected: the field behind a name, and everything else as it is written; null for all rows. */
function argumentOf(call: Call, scope: Scope): string | null {
  const [first] = call.arguments;
  if (first === undefined || first.type === "star") return null;
  const alias = call.arguments.length === 1 ? aliasOf(first, scope) : null;
  if (alias !== null && first.type === "field") return alias.field;
  return call.arguments.map(printExpression).join(", ");
}

function callsIn(value: Expression): readonly Call[] {
  if (value.type === "call" && isAggregate(value)) return [value];
  return partsOf(value).flatMap(callsIn);
}

function isAggregate(call: Call): boolean {
  return functionNamed(call.name)?.kind === "aggregate";
}
