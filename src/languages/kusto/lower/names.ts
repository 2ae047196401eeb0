import type { Stage } from "../../../rule/logic.ts";
import type { Expression, FunctionExpression } from "../ast.ts";
import type { Scope } from "../scope.ts";
import type { Constant, Known } from "./constant.ts";

/** What a name that the query defines stands for. */
export type Definition =
  /** A scalar whose value is known: `let limit = 5`. */
  | { readonly type: "value"; readonly constant: Constant }
  /** A list of known values: `dynamic([…])`, `pack_array(…)`. */
  | { readonly type: "list"; readonly items: readonly Constant[] }
  /**
   * A table, a scalar that must be worked out, or an argument: read where it is used, with the names and columns that
   * hold where it was written.
   */
  | {
      readonly type: "expression";
      readonly expression: Expression;
      readonly names: Names;
      readonly scope: Scope;
      readonly argument: boolean;
      /** What is known of the value although it must be worked out: `let start = earliest()`. */
      readonly known: Known | null;
    }
  | { readonly type: "function"; readonly body: FunctionExpression; readonly names: Names }
  /** The events at one place of a pipeline: `as T`, and the input of `invoke`. */
  | { readonly type: "stages"; readonly stages: readonly Stage[]; readonly scope: Scope }
  /** A parameter that nobody gave a value. */
  | { readonly type: "parameter" }
  /** Hides a name: in its own definition it means what it meant before, mostly a table of the database. */
  | { readonly type: "hidden" };

/** A block's own names, and those around it. Names are added in the order of the statements. */
export interface Names {
  readonly own: Map<string, Definition>;
  readonly outer: Names | null;
}

export function newNames(outer: Names | null): Names {
  return { own: new Map(), outer };
}

export function definitionOf(names: Names, name: string): Definition | null {
  for (let at: Names | null = names; at !== null; at = at.outer) {
    const found = at.own.get(name);
    if (found !== undefined) return found.type === "hidden" ? null : found;
  }
  return null;
}

/** The names that the definition of `self` sees: `let T = T | where …` reads the T before it. */
export function namesFor(names: Names, self: string): Names {
  return { own: new Map([[self, definitionOf(names, self) ?? { type: "hidden" }]]), outer: names };
}
