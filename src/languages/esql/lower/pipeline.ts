import type { Span } from "../../../kit/span.ts";
import type { DeriveStage, Logic, Stage } from "../../../rule/logic.ts";
import type { Assignment, Command, ErrorCommand, Expression, FromCommand, Query } from "../ast.ts";
import { decodeName } from "../names.ts";
import { dissectNames, grokNames } from "../patterns.ts";
import { printCommand } from "../print.ts";
import { printExpression } from "../print-expression.ts";
import { lowerGeneral, lowerParts } from "./enhance.ts";
import { lowerWhere } from "./filter.ts";
import { aliasOf, eachField, fieldsOf } from "./operand.ts";
import {
  bind,
  bindComputed,
  bindingOf,
  bindRenamed,
  bindSingle,
  innerScope,
  mergeScope,
  newScope,
  resolve,
  type Scope,
  shortened,
  sourceFields,
} from "./scope.ts";
import { lowerStats } from "./stats.ts";
import { windowOf } from "./window.ts";

/** Stages of a query in order; `scope` follows what each name means. */
export function lowerQuery(query: Query, scope: Scope = newScope()): Logic {
  return { stages: query.commands.flatMap((one) => lowerCommand(one, scope)) };
}

function lowerCommand(command: Command, scope: Scope): readonly Stage[] {
  if (command.type !== "error") return lowerRead(command, scope);
  const { parsed, text, span } = command;
  const lost: Stage = { type: "opaque", text, reason: "a command with a syntax error", span };
  return parsed === null ? [lost] : [...lowerRead(parsed, scope), lost];
}

function lowerRead(command: Exclude<Command, ErrorCommand>, scope: Scope): readonly Stage[] {
  const { span } = command;
  switch (command.type) {
    case "from":
      return lowerFrom(command, scope);
    case "row":
      scope.columns = new Set();
      return [
        { type: "source", kind: "rows", names: command.fields.map(nameOf), span },
        ...assigned(command.fields, scope),
      ];
    case "where":
      return lowerWhere(command, scope);
    case "eval":
      return assigned(command.fields, scope);
    case "stats":
      return lowerStats(command, scope);
    case "project": {
      const names = command.names.map((one) => decodeName(one.text));
      const fields = names.map((name) => resolve(scope, name).raw);
      if (command.command === "keep") keepColumns(names, scope);
      return [{ type: "project", mode: command.command, fields, span }];
    }
    case "rename":
      for (const { from, to } of command.pairs) bindRenamed(scope, to, from, `${from} as ${to}`);
      return [{ type: "project", mode: "rename", fields: [], renames: command.pairs, span }];
    case "sort":
      return [{ type: "order", kind: "sort", by: command.keys.map(({ value }) => keyName(value, scope)), span }];
    case "limit": {
      const count = command.count.type === "number" ? { count: command.count.value } : {};
      return [{ type: "order", kind: "limit", by: command.by.map((one) => keyName(one, scope)), ...count, span }];
    }
    case "extract": {
      const names = command.command === "grok" ? grokNames : dissectNames;
      const made = command.patterns.flatMap((one) => (one.type === "string" ? names(one.value) : []));
      return derived(made, printCommand(command), fieldsOf(command.input, scope), span, scope);
    }
    case "expand": {
      const fields = sourceFields(scope, command.field);
      bindSingle(scope, command.field);
      return [{ type: "derive", field: resolve(scope, command.field).raw, text: printCommand(command), fields, span }];
    }
    case "enrich": {
      const outputs = command.outputs.map(({ as, field }) => as ?? field);
      const on = command.on === null ? [] : [command.on];
      const fields = on.flatMap((name) => sourceFields(scope, name));
      const keys = on.map((name) => resolve(scope, name).raw);
      const text = printCommand(command);
      if (outputs.length === 0) scope.maker = shortened(text);
      for (const name of outputs) bindComputed(scope, name, text, fields);
      return [{ type: "lookup", table: command.policy, on: keys, outputs, span }];
    }
    case "join": {
      const on = new Set<string>();
      for (const one of command.on) eachField(one, (name) => on.add(resolve(scope, name).raw));
      scope.maker = shortened(printCommand(command));
      return [{ type: "lookup", table: command.table, on: [...on], outputs: [], span }];
    }
    case "fork": {
      const scopes = command.branches.map(() => innerScope(scope));
      const branches = command.branches.map((one, index) => lowerQuery(one, scopes[index]));
      for (const one of scopes) mergeScope(scope, one);
      bindComputed(scope, "_fork", "fork", []);
      return [{ type: "union", branches, span }];
    }
    case "inference": {
      const name = command.target ?? (command.command === "rerank" ? "_score" : "completion");
      const reads = [command.prompt, ...command.on.map((one) => one.value)];
      const fields = [...new Set(reads.flatMap((one) => fieldsOf(one, scope)))];
      return derived([name], printCommand(command), fields, span, scope);
    }
    case "change_point": {
      const names = command.as.length > 0 ? command.as : ["type", "pvalue"];
      return derived(names, printCommand(command), fieldsOf(command.value, scope), span, scope);
    }
    case "sample":
      return [{ type: "order", kind: "sample", by: [], span }];
    case "parts":
      return lowerParts(command, scope);
    case "general":
      return lowerGeneral(command, scope);
    default:
      return command satisfies never;
  }
}

function lowerFrom(command: FromCommand, scope: Scope): readonly Stage[] {
  const { sources, span } = command;
  const names = sources.flatMap((one) => (one.type === "index" ? [unquoted(one.text)] : []));
  const own: readonly Stage[] = names.length === 0 ? [] : [{ type: "source", kind: "index", names, span }];
  const inner = sources.flatMap((one) => {
    if (one.type === "index") return [];
    const branch = newScope();
    const logic = lowerQuery(one.query, branch);
    return [{ logic, branch }];
  });
  if (inner.length === 0) return own;
  for (const { branch } of inner) mergeScope(scope, branch);
  const branches = [...(own.length === 0 ? [] : [{ stages: own }]), ...inner.map((one) => one.logic)];
  return [{ type: "union", branches, span }];
}

/** `remote:"name"` and `"""name"""` without their quotes, which no index name can hold. */
function unquoted(text: string): string {
  return text.replaceAll('"', "");
}

function nameOf({ name, value }: Assignment): string {
  return name ?? printExpression(value);
}

/** One stage for each new column; those before it are known to it already. */
export function assigned(all: readonly Assignment[], scope: Scope): readonly DeriveStage[] {
  return all.map((one) => {
    const text = printExpression(one.value);
    const field = one.name ?? text;
    const fields = fieldsOf(one.value, scope);
    const alias = aliasOf(one.value, scope);
    const window = windowOf(one.value, scope);
    if (alias !== null && alias.kind === "resolved") bind(scope, field, alias);
    else if (alias !== null) bind(scope, field, { ...alias, field });
    else bindComputed(scope, field, text, fields, window);
    return { type: "derive", field, text, fields, span: one.span };
  });
}

/** Columns that a command takes out of others. Where it names none, it makes what nobody can name. */
export function derived(
  names: readonly string[],
  text: string,
  fields: readonly string[],
  span: Span,
  scope: Scope,
): readonly Stage[] {
  const told = shortened(text);
  for (const name of names) bindComputed(scope, name, told, fields);
  return (names.length === 0 ? ["*"] : names).map((field) => ({ type: "derive", field, text: told, fields, span }));
}

/** From here on there are no other columns; which, a pattern leaves open. */
function keepColumns(names: readonly string[], scope: Scope): void {
  if (names.some((one) => one.includes("*"))) return;
  scope.columns = new Set(names);
  scope.maker = null;
}

/** What is sorted or limited by: a field, or the text of a computation. */
function keyName(value: Expression, scope: Scope): string {
  if (value.type !== "field") return printExpression(value);
  const binding = bindingOf(scope, value.name);
  return binding === null || binding.kind === "computed" ? value.name : binding.field;
}
