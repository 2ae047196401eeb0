import { negate } from "../../../rule/build.ts";
import type { Logic, SequenceStep, Stage } from "../../../rule/logic.ts";
import type { Argument, GeneralCommand, Option, Pipeline, Subsearch } from "../ast.ts";
import { readPipelineText } from "../pipeline.ts";
import { printArgument } from "../print.ts";
import { bindComputed, innerScope, mergeScope, newScope, resolve, type Scope, sourceFields } from "../scope.ts";
import { unquoteSearch } from "../text.ts";
import { namesOf, optionOf, optionText } from "./arguments.ts";
import { foldsCase, lowerCondition } from "./condition.ts";
import { type Home, type Lowering, place } from "./context.ts";
import { readEvalText } from "./eval-text.ts";
import { lowerPipeline } from "./pipeline.ts";
import { plainPredicate } from "./predicate.ts";
import { lowerSearch } from "./search.ts";
import { opaqueStage, searchStages } from "./stages.ts";
import { dataModelOf, datasetsOf } from "./stats.ts";

type FlowCommand = (command: GeneralCommand, lowering: Lowering, scope: Scope) => readonly Stage[];

/** Commands that bring in, join, choose or order events, by name. */
export const flowCommands: Readonly<Record<string, FlowCommand | undefined>> = {
  join: lowerJoin,
  selfjoin: lowerJoin,
  append: (command, lowering, scope) => union(command, lowering, scope, newScope),
  appendcols: (command, lowering, scope) => union(command, lowering, scope, newScope),
  appendpipe: (command, lowering, scope) => union(command, lowering, scope, () => innerScope(scope)),
  union: (command, lowering, scope) => union(command, lowering, scope, newScope),
  multisearch: (command, lowering, scope) => union(command, lowering, scope, newScope),
  map: lowerMap,
  foreach: lowerForeach,
  transaction: lowerTransaction,
  regex: lowerRegex,
  inputlookup: lowerInputLookup,
  from: (command, lowering, scope) => {
    return modelSource(dataModelOf(command.arguments), command, lowering, scope);
  },
  datamodel: (command, lowering, scope) => {
    const [model, dataset] = namesOf(command.arguments);
    const name = dataset === undefined || dataset === "search" ? model : `${model}.${dataset}`;
    return modelSource(name ?? null, command, lowering, scope);
  },
  dedup: (command, lowering, scope) => order("deduplicate", command, lowering, scope),
  uniq: (command, lowering, scope) => order("deduplicate", command, lowering, scope),
  sort: (command, lowering, scope) => order("sort", command, lowering, scope),
  reverse: (command, lowering, scope) => order("sort", command, lowering, scope),
  head: (command, lowering, scope) => order("limit", command, lowering, scope),
  tail: (command, lowering, scope) => order("limit", command, lowering, scope),
  return: (command, lowering, scope) => {
    const renamed = command.arguments.flatMap((one) => (one.type === "option" ? [unquoteSearch(one.name)] : []));
    const names = [...renamed, ...namesOf(command.arguments).filter(isNoCount)];
    const fields = names.map((name) => resolve(scope, name.replace(/^\$/, "")).raw);
    return [{ type: "project", mode: "keep", fields, span: place(lowering.home, command.span) }];
  },
  top: lowerRanking,
  rare: lowerRanking,
};

function modelSource(
  model: string | null,
  command: GeneralCommand,
  lowering: Lowering,
  scope: Scope,
): readonly Stage[] {
  const span = place(lowering.home, command.span);
  if (model === null) return [{ type: "source", kind: "table", names: namesOf(command.arguments), span }];
  scope.dataModel = datasetsOf(model);
  return [{ type: "source", kind: "datamodel", names: [model], span }];
}

/** `inputlookup table where …`: rows of a table, of which the condition keeps some. */
function lowerInputLookup(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const span = place(lowering.home, command.span);
  const source: Stage = { type: "source", kind: "lookup", names: namesOf(command.arguments).slice(0, 1), span };
  const where = command.arguments.findIndex((one) => one.type === "keyword" && one.text.toLowerCase() === "where");
  const text =
    where < 0
      ? ""
      : command.arguments
          .slice(where + 1)
          .map(printArgument)
          .join(" ");
  const home: Home = { ...lowering.home, at: span };
  const filters =
    text === "" ? [] : lowerPipeline(readPipelineText(text, "root").pipeline, { ...lowering, home }, scope);
  const stages = [source, ...filters];
  return isTrue(optionText(command.arguments, "append")) ? [{ type: "union", branches: [{ stages }], span }] : stages;
}

function isTrue(option: string | null): boolean {
  return option !== null && /^(?:t|true|1)$/i.test(option);
}

function isFalse(option: string | null): boolean {
  return option !== null && /^(?:f|false|0)$/i.test(option);
}

function hasCondition(command: GeneralCommand): boolean {
  return command.arguments.some(
    (one) => one.type === "clause" || (one.type === "keyword" && /^(where|[<>=!]+)$/i.test(one.text)),
  );
}

function subsearches(list: readonly Argument[]): readonly Subsearch[] {
  return list.filter((one): one is Subsearch => one.type === "subsearch");
}

function innerLogic(pipeline: Pipeline, lowering: Lowering, scope: Scope): Logic {
  return { stages: lowerPipeline(pipeline, lowering, scope) };
}

function lowerJoin(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const [side] = subsearches(command.arguments);
  if (side === undefined) return [opaqueStage(command, "join without a sub-search", lowering)];
  if (hasCondition(command)) return [opaqueStage(command, "join with a condition", lowering)];
  const inner = newScope();
  const logic = innerLogic(side.pipeline, lowering, inner);
  const keys = namesOf(command.arguments);
  const on = keys.map((name) => resolve(scope, name).raw);
  // Splunk, Search Reference, join: fields of the sub-search replace those of the same name, unless overwrite=false.
  const replaces = keys.length > 0 && !isFalse(optionText(command.arguments, "overwrite"));
  for (const key of keys) inner.bindings.delete(key);
  mergeScope(scope, inner, replaces);
  return [
    {
      type: "join",
      kind: optionText(command.arguments, "type") ?? "inner",
      on,
      logic,
      span: place(lowering.home, command.span),
    },
  ];
}

function union(command: GeneralCommand, lowering: Lowering, scope: Scope, start: () => Scope): readonly Stage[] {
  const sides = subsearches(command.arguments);
  if (sides.length === 0) return [opaqueStage(command, `${command.name} without a sub-search`, lowering)];
  const branches = sides.map((one) => {
    const inner = start();
    const logic = innerLogic(one.pipeline, lowering, inner);
    mergeScope(scope, inner);
    return logic;
  });
  return [{ type: "union", branches, span: place(lowering.home, command.span) }];
}

/** Runs a search once for each result; `$name$` in it is a field of that result, so the fields are what it is joined on. */
function lowerMap(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const option = optionOf(command.arguments, "search");
  const [side] = subsearches(command.arguments);
  const at = place(lowering.home, command.span);
  if (option?.value.type !== "term" && side === undefined)
    return [opaqueStage(command, "map without a search", lowering)];
  const text = option === null ? "" : unquoteSearch(printArgument(option.value));
  const pipeline = side?.pipeline ?? readPipelineText(text, "subsearch").pipeline;
  const home: Home = {
    ...lowering.home,
    mapped: true,
    at: side === undefined ? place(lowering.home, option?.span ?? command.span) : lowering.home.at,
  };
  const inner = newScope();
  const logic = innerLogic(pipeline, { ...lowering, home }, inner);
  const names = [
    ...new Set(
      [...(side === undefined ? text : printArgument(side)).matchAll(/\$(\w+)\$/g)].map((one) => one[1] ?? ""),
    ),
  ];
  const on = names.map((name) => resolve(scope, name).raw);
  mergeScope(scope, inner);
  return [{ type: "join", kind: "map", on, logic, span: at }];
}

/** The commands of the template are shown once; the fields that they make go by the pattern of their names. */
function lowerForeach(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const [template] = subsearches(command.arguments);
  if (template === undefined) return [opaqueStage(command, "foreach without a sub-search", lowering)];
  const inner = innerScope(scope);
  const stages = lowerPipeline(template.pipeline, lowering, inner);
  for (const [name, binding] of inner.bindings) if (!name.includes("<<")) scope.bindings.set(name, binding);
  const [pattern = "*"] = namesOf(command.arguments);
  const named = (name: string): string => name.replaceAll("<<FIELD>>", () => pattern);
  return stages.map((one) =>
    one.type === "derive" ? { ...one, field: named(one.field), fields: one.fields.map(named) } : one,
  );
}

function lowerTransaction(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const at = place(lowering.home, command.span);
  const by = namesOf(command.arguments).map((name) => resolve(scope, name).raw);
  const maxspan = optionText(command.arguments, "maxspan");
  const steps = ["startswith", "endswith"].flatMap((name): SequenceStep[] => {
    const option = optionOf(command.arguments, name);
    if (option === null) return [];
    const span = place(lowering.home, option.span);
    const logic: Logic = { stages: boundary(option, lowering, scope) };
    return [{ logic, by: [], runs: 1, missing: false, span }];
  });
  for (const name of ["duration", "eventcount"]) {
    bindComputed(
      scope,
      name,
      "transaction",
      by.flatMap((one) => sourceFields(scope, one)),
    );
  }
  if (steps.length > 0)
    return [{ type: "sequence", ordered: true, by, ...(maxspan === null ? {} : { maxspan }), steps, span: at }];
  const functions = [{ function: "transaction", field: null, as: null }];
  return [{ type: "aggregate", functions, by, ...(maxspan === null ? {} : { window: maxspan }), span: at }];
}

/** `startswith=(…)` is a search, `startswith="words"` words to look for, `startswith=eval(…)` a condition as in where. */
function boundary({ value, span }: Option, lowering: Lowering, scope: Scope): readonly Stage[] {
  const at = place(lowering.home, span);
  if (value.type === "clause") return searchStages(lowerSearch(value.expression, lowering, scope), at);
  if (value.type === "subsearch")
    return [{ type: "opaque", text: printArgument(value), reason: "sub-search as a value", span: at }];
  const inside = value.type === "term" ? /^eval\((.*)\)$/s.exec(value.text)?.[1] : undefined;
  if (inside === undefined) return searchStages(lowerSearch(value, lowering, scope), at);
  const condition = readEvalText(inside);
  if (condition === null) return [{ type: "opaque", text: inside, reason: "unreadable condition", span: at }];
  const home: Home = { ...lowering.home, at };
  return [{ type: "filter", expression: lowerCondition(condition, { ...lowering, home }, scope), span: at }];
}

/** `regex field="…"`, `regex field!="…"`, `regex "…"` for the whole event: found anywhere, case as the pattern says. */
function lowerRegex(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const [first] = command.arguments;
  const at = place(lowering.home, command.span);
  if (first === undefined || (first.type !== "option" && first.type !== "term"))
    return [opaqueStage(command, "unreadable command", lowering)];
  const raw = first.type === "option" ? printArgument(first.value) : first.text;
  const field = first.type === "option" ? resolve(scope, unquoteSearch(first.name)) : null;
  const pattern = unquoteSearch(raw);
  const found = plainPredicate(field, "regex_match", [pattern], [raw], !foldsCase(pattern), first.span, lowering.home);
  const negated = first.type === "option" && first.operator === "!=";
  return [{ type: "filter", expression: negated ? negate(found, at) : found, span: at }];
}

/** `head 20`, `dedup 2 host`, `return 5 $c`: a number says how many. */
function isNoCount(name: string): boolean {
  return !/^\d+$/.test(name);
}

function order(
  kind: "sort" | "limit" | "deduplicate",
  command: GeneralCommand,
  lowering: Lowering,
  scope: Scope,
): readonly Stage[] {
  if (hasCondition(command)) return [opaqueStage(command, `${command.name} with a condition`, lowering)];
  const all = namesOf(command.arguments);
  const sortBy = all.findIndex((one) => one.toLowerCase() === "sortby");
  const names = all.slice(0, sortBy < 0 ? undefined : sortBy).filter(isNoCount);
  const number = command.arguments.find((one) => one.type === "term" && /^\d{1,9}$/.test(one.text));
  const limit = optionText(command.arguments, "limit");
  const count =
    number !== undefined
      ? Number(printArgument(number))
      : limit !== null && /^\d{1,9}$/.test(limit)
        ? Number(limit)
        : null;
  const by = names.map((name) => {
    const sign = kind === "sort" ? (/^[-+]/.exec(name)?.[0] ?? "") : "";
    return resolve(scope, name.slice(sign.length)).raw;
  });
  return [
    {
      type: "order",
      kind,
      by,
      ...(count === null ? {} : { count }),
      ...(command.name === "tail" || command.name === "reverse" ? { from: "end" as const } : {}),
      span: place(lowering.home, command.span),
    },
  ];
}

function lowerRanking(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const by = namesOf(command.arguments)
    .filter(isNoCount)
    .map((name) => resolve(scope, name).raw);
  for (const name of ["count", "percent"]) bindComputed(scope, name, command.name, by);
  const functions = [{ function: command.name, field: null, as: null }];
  return [{ type: "aggregate", functions, by, span: place(lowering.home, command.span) }];
}
