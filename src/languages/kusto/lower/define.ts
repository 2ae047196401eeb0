import type { Expression, FunctionExpression } from "../ast.ts";
import { newScope } from "../scope.ts";
import type { Lowering } from "./context.ts";
import { type Names, namesFor } from "./names.ts";
import { operandOf } from "./operand.ts";
import { isTable } from "./table-test.ts";

/** Takes one definition into a block's names. Scalars are worked out here, once, so that chains of them stay cheap. */
export function define(names: Names, name: string, value: Expression | FunctionExpression, lowering: Lowering): void {
  const seen = namesFor(names, name);
  if (value.type === "function") {
    names.own.set(name, { type: "function", body: value, names: seen });
    return;
  }
  if (value.type !== "name" && !isTable(value, seen)) {
    const found = operandOf(value, { ...lowering, names: seen }, newScope());
    if (found.type === "value" && found.constant.kind !== "open") {
      names.own.set(name, { type: "value", constant: found.constant });
      return;
    }
    if (found.type === "list") {
      names.own.set(name, { type: "list", items: found.items });
      return;
    }
  }
  names.own.set(name, { type: "expression", expression: value, names: seen, scope: newScope(), argument: false });
}
