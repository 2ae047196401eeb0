import type { DeriveStage, Stage } from "../../../rule/logic.ts";
import type { Environment } from "../../language.ts";
import type { Command, EvalCommand, GeneralCommand, LookupCommand, RenameCommand } from "../ast.ts";
import { printArgument, printCommand, printEval } from "../print.ts";
import { bindAlias, bindComputed, bindPattern, resolve, type Scope, sourceFields } from "../scope.ts";
import { unquoteEval, unquoteSearch } from "../text.ts";
import { namesOf, optionText, split } from "./arguments.ts";
import { type Lowering, place } from "./context.ts";
import { aliasOf, fieldsOf } from "./operand.ts";
import { opaqueStage } from "./stages.ts";

/** Stands for all fields that a command may make or change. */
const anyField = "*";

function derive(
  command: Command,
  field: string,
  fields: readonly string[],
  lowering: Lowering,
  text = printCommand(command),
): DeriveStage {
  return { type: "derive", field, text, fields, span: place(lowering.home, command.span) };
}

export function lowerEval(command: EvalCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  return command.assignments.map((one): Stage => {
    const name = unquoteEval(one.field);
    const text = printEval(one.expression);
    const fields = fieldsOf(one.expression, scope);
    const alias = aliasOf(one.expression, scope);
    const [from] = alias?.names ?? [];
    if (alias === null || from === undefined) bindComputed(scope, name, text, fields);
    else bindAlias(scope, name, from, text, alias.folded, fields);
    return { type: "derive", field: name, text, fields, span: place(lowering.home, one.span) };
  });
}

export function lowerRename(command: RenameCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const renames = command.pairs.map((one) => ({ from: unquoteSearch(one.from), to: unquoteSearch(one.to) }));
  for (const { from, to } of renames) {
    if (from.includes("*") && to.includes("*")) bindPattern(scope, from, to);
    else bindAlias(scope, to, from, `${from} as ${to}`);
  }
  return [{ type: "project", mode: "rename", fields: [], renames, span: place(lowering.home, command.span) }];
}

export function lowerLookup(command: LookupCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const on = command.on.map((one) => unquoteSearch(one.to));
  const table = unquoteSearch(command.table);
  const outputs = lookupOutputs(command, table, lowering.environment);
  const fields = on.flatMap((name) => sourceFields(scope, name));
  if (outputs === null) scope.maker = `lookup ${table}`;
  for (const name of outputs ?? []) bindComputed(scope, name, `lookup ${table}`, fields);
  return [
    {
      type: "lookup",
      table,
      on: on.map((name) => resolve(scope, name).raw),
      outputs: outputs ?? [],
      span: place(lowering.home, command.span),
    },
  ];
}

/** Without OUTPUT, all columns but those that are looked up; null where the columns are not known. */
function lookupOutputs(
  command: LookupCommand,
  table: string,
  environment: Environment | undefined,
): readonly string[] | null {
  if (command.mode !== "all") return command.outputs.map((one) => unquoteSearch(one.to));
  const lookups = environment?.lookups;
  const columns = (lookups?.get(table) ?? lookups?.get(table.replace(/\.csv$/i, "")))?.fields ?? [];
  if (columns.length === 0) return null;
  const keys = new Set(command.on.map((one) => unquoteSearch(one.from)));
  return columns.filter((one) => !keys.has(one));
}

/** Commands that make or change fields, by name. */
export const fieldCommands: Readonly<
  Record<string, ((command: GeneralCommand, lowering: Lowering, scope: Scope) => readonly Stage[]) | undefined>
> = {
  rex: (command, lowering, scope) => {
    const from = sourceFields(scope, optionText(command.arguments, "field") ?? "_raw");
    const pattern = command.arguments.find((one) => one.type === "term" && one.text.startsWith('"'));
    const names = pattern === undefined ? [] : groupNames(unquoteSearch(printArgument(pattern)));
    if (names.length === 0) return [derive(command, optionText(command.arguments, "field") ?? "_raw", from, lowering)];
    const text = printCommand(command);
    for (const name of names) bindComputed(scope, name, text, from);
    return names.map((name) => derive(command, name, from, lowering, text));
  },
  spath: (command, lowering, scope) => {
    const from = sourceFields(scope, optionText(command.arguments, "input") ?? "_raw");
    const path = optionText(command.arguments, "path") ?? namesOf(command.arguments)[0];
    const output = optionText(command.arguments, "output");
    const name = output ?? path ?? anyField;
    // Without a new name the result has the name of its path, which is how the event has it.
    if (output === null) scope.columns = null;
    if (output !== null && path !== undefined) {
      if (optionText(command.arguments, "input") === null) bindAlias(scope, output, path, printCommand(command));
      else bindComputed(scope, output, printCommand(command), from);
    }
    return [derive(command, name, from, lowering)];
  },
  bin: lowerBin,
  bucket: lowerBin,
  fillnull: eachField,
  filldown: eachField,
  makemv: eachField,
  mvexpand: eachField,
  mvcombine: eachField,
  nomv: eachField,
  replace: (command, lowering, scope) => namesOrAny(split(command, "in")[1], command, lowering, scope),
  convert: (command, lowering, scope) =>
    command.arguments.flatMap((one) => {
      const call = one.type === "term" ? /^\w+\((.*)\)$/s.exec(one.text)?.[1] : undefined;
      return call === undefined ? [] : [derive(command, call.trim(), sourceFields(scope, call.trim()), lowering)];
    }),
  iplocation: (command, lowering, scope) => {
    const from = namesOf(command.arguments).flatMap((name) => sourceFields(scope, name));
    const prefix = optionText(command.arguments, "prefix") ?? "";
    return ["City", "Country", "Region", "lat", "lon"].map((one) => {
      bindComputed(scope, prefix + one, printCommand(command), from);
      return derive(command, prefix + one, from, lowering);
    });
  },
  addtotals: (command, lowering, scope) => {
    const name = optionText(command.arguments, "fieldname") ?? "Total";
    const from = namesOf(command.arguments).flatMap((one) => sourceFields(scope, one));
    bindComputed(scope, name, printCommand(command), from);
    return [derive(command, name, from, lowering)];
  },
  xmlkv: eventFields,
  fromjson: eventFields,
  extract: eventFields,
  kv: eventFields,
  multikv: eventFields,
  xpath: eventFields,
  tags: eventFields,
  fields: lowerProject,
  table: lowerProject,
};

/** `(?<name>…)`, `(?P<name>…)`. */
function groupNames(pattern: string): readonly string[] {
  return [...new Set([...pattern.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map((one) => one[1] ?? ""))];
}

function eachField(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  return namesOrAny(namesOf(command.arguments), command, lowering, scope);
}

function namesOrAny(
  names: readonly string[],
  command: GeneralCommand,
  lowering: Lowering,
  scope: Scope,
): readonly Stage[] {
  if (names.length === 0) return [derive(command, anyField, [], lowering)];
  return names.map((name) => derive(command, name, sourceFields(scope, name), lowering));
}

/** Takes a text of the event apart into its own fields, whose names are those of the event. */
function eventFields(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const [name = "_raw"] = namesOf(command.arguments);
  scope.columns = null;
  return [derive(command, anyField, sourceFields(scope, name), lowering)];
}

function lowerBin(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const [[name = "_time"], [as]] = split(command, "as");
  if (name === "_time") scope.window = optionText(command.arguments, "span");
  const from = sourceFields(scope, name);
  if (as !== undefined) bindComputed(scope, as, printCommand(command), from);
  return [derive(command, as ?? name, from, lowering)];
}

function lowerProject(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] {
  const [first] = command.arguments;
  const sign = first?.type === "term" && command.name === "fields" ? /^[-+]/.exec(first.text)?.[0] : undefined;
  const names = namesOf(command.arguments).map((name, index) =>
    index === 0 && sign !== undefined && name.startsWith(sign) ? name.slice(1) : name,
  );
  if (names.length === 0) return [opaqueStage(command, "projection without fields", lowering)];
  const fields = names.map((name) => resolve(scope, name).raw);
  return [{ type: "project", mode: sign === "-" ? "drop" : "keep", fields, span: place(lowering.home, command.span) }];
}
