import type { Expression, FunctionExpression } from "../ast.ts";
import { newScope, type Scope } from "../scope.ts";
import type { Known } from "./constant.ts";
import type { Lowering } from "./context.ts";
import { type Definition, type Names, namesFor } from "./names.ts";
import { statedOf, withOrigin } from "./stated.ts";
import { isTable } from "./table-test.ts";

/** Takes one definition into a block's names. Scalars are worked out here, once, so that chains of them stay cheap. */
export function define(names: Names, name: string, value: Expression | FunctionExpression, lowering: Lowering): void {
  const seen = namesFor(names, name);
  if (value.type === "function") {
    names.own.set(name, { type: "function", body: value, names: seen });
    return;
  }
  const stated = isTable(value, seen) ? null : statedOf(value, { ...lowering, names: seen }, newScope());
  const known = stated === null ? null : withOrigin(stated, `let ${name}`);
  names.own.set(name, definitionFor(value, known, { names: seen, scope: newScope(), argument: false }));
}

export function definitionFor(
  expression: Expression,
  known: Known | null,
  place: { readonly names: Names; readonly scope: Scope; readonly argument: boolean },
): Definition {
  if (known?.type === "list") return known;
  if (known !== null && known.constant.kind !== "open") return { type: "value", constant: known.constant };
  return { type: "expression", expression, known, ...place };
}
