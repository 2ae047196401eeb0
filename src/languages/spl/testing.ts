import type { Logic } from "../../rule/logic.ts";
import type { Environment } from "../language.ts";
import { show, showStage } from "../testing.ts";
import { lower, parse } from "./index.ts";

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
