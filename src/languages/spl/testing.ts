import type { Expression } from "../../rule/expression.ts";
import type { Logic, Stage } from "../../rule/logic.ts";
import { showValue } from "../../rule/pattern.ts";
import type { Environment } from "../language.ts";
import { lower, parse } from "./index.ts";

/** An expression as one line, for tests: `(and x eq "a" (not y exists))`. */
export function show(one: Expression): string {
  switch (one.type) {
    case "and":
    case "or":
      return `(${one.type} ${one.operands.map(show).join(" ")})`;
    case "not":
      return `(not ${show(one.operand)})`;
    case "opaque":
      return `<${one.reason}: ${one.text}>`;
    case "predicate": {
      const from = one.field?.derivedFrom;
      const name =
        one.field === null
          ? "*"
          : one.field.raw + (from === undefined ? "" : `{${from.kind} ${from.fields.join(",")}}`);
      const values = one.values.map((value) => (typeof value === "string" ? JSON.stringify(value) : showValue(value)));
      return [
        name,
        one.operator + (one.caseSensitive ? "" : "~"),
        ...values,
        ...(one.origin === undefined ? [] : [`from ${one.origin}`]),
      ].join(" ");
    }
    default:
      return one satisfies never;
  }
}

/** A stage as one line, for tests. */
export function showStage(stage: Stage): string {
  switch (stage.type) {
    case "filter":
      return `filter ${show(stage.expression)}`;
    case "join":
      return `join ${stage.kind} on ${stage.on.join(",")} [${stage.logic.stages.map(showStage).join("; ")}]`;
    case "union":
      return `union ${stage.branches.map((one) => `[${one.stages.map(showStage).join("; ")}]`).join(" ")}`;
    case "sequence":
      return `sequence by ${stage.by.join(",")} in ${stage.maxspan} ${stage.steps.map((one) => `[${one.logic.stages.map(showStage).join("; ")}]`).join(" ")}`;
    case "aggregate": {
      const functions = stage.functions.map(
        (one) =>
          `${one.function}(${one.field ?? ""})${one.as === null ? "" : ` as ${one.as}`}${one.filter === undefined ? "" : ` where ${show(one.filter)}`}`,
      );
      return `aggregate ${functions.join(", ")} by ${stage.by.join(",")}${stage.window === undefined ? "" : ` window ${stage.window}`}`;
    }
    default: {
      const { type, span: _span, ...rest } = stage;
      return `${type} ${JSON.stringify(rest)}`;
    }
  }
}

export function lowered(text: string, environment?: Environment): readonly string[] {
  return logicOf(text, environment).stages.map(showStage);
}

export function logicOf(text: string, environment?: Environment): Logic {
  return lower(parse(text, environment).ast, environment);
}

/** The condition of the last filter stage. */
export function condition(text: string, environment?: Environment): string {
  const stage = logicOf(text, environment).stages.findLast((one) => one.type === "filter");
  return stage?.type === "filter" ? show(stage.expression) : "no filter";
}

/** Codes of diagnostics with the text that they point at. */
export function complaints(text: string, environment?: Environment): readonly string[] {
  return parse(text, environment).diagnostics.map(
    (one) => `${one.severity} ${one.code} ${JSON.stringify(text.slice(one.span.start, one.span.end))}`,
  );
}

export function environment(macros: Readonly<Record<string, string>>): Environment {
  return {
    macros: new Map(
      Object.entries(macros).map(([signature, definition]) => {
        const [name = "", names = ""] = signature.split("/");
        const list = names === "" ? [] : names.split(",");
        return [list.length === 0 ? name : `${name}(${list.length})`, { definition, arguments: list }];
      }),
    ),
  };
}
