import type { Assignment, Expression } from "../ast.ts";
import { bindingOf, capped, isBound, type Scope, sourceFields } from "../scope.ts";
import { aliasOf } from "./alias.ts";
import type { Lowering } from "./context.ts";
import { within } from "./function-call.ts";
import { definitionOf } from "./names.ts";

/** Fields to look for; what an expression reads beyond them adds nothing that is shown. */
const enough = 256;

/** The columns of the source that an expression reads, each once. */
export function fieldsOf(expression: Expression | Assignment, lowering: Lowering, scope: Scope): readonly string[] {
  const found: string[] = [];
  collect(expression, lowering, scope, found);
  return capped(found);
}

function collect(one: Expression | Assignment, lowering: Lowering, scope: Scope, found: string[]): void {
  if (found.length >= enough) return;
  const inner = (part: Expression | Assignment): void => collect(part, lowering, scope, found);
  switch (one.type) {
    case "assignment":
      inner(one.expression);
      return;
    case "name": {
      const definition = isBound(scope, one.name) ? null : definitionOf(lowering.names, one.name);
      if (definition === null) {
        if (!/^\$(?:left|right)$/.test(one.name)) found.push(...sourceFields(scope, one.name));
      } else if (definition.type === "expression" && definition.argument) {
        const at = within(lowering, definition.names);
        if (at === null) return;
        collect(definition.expression, at, definition.scope, found);
        lowering.budget.depth--;
      }
      return;
    }
    case "member":
    case "index": {
      const alias = aliasOf(one, lowering, scope);
      if (alias !== null) found.push(...alias.binding.fields);
      else {
        inner(one.object);
        if (one.type === "index") inner(one.index);
        else if (one.member.type === "call") inner(one.member);
      }
      return;
    }
    case "call":
      if (one.name === "toscalar") return;
      if (/^column_?ifexists$/.test(one.name) && one.arguments[0]?.type === "string") {
        const column = one.arguments[0].value;
        found.push(...(bindingOf(scope, column)?.fields ?? [column]));
      }
      for (const argument of one.arguments) inner(argument);
      return;
    case "and":
    case "or":
      for (const operand of one.operands) inner(operand);
      return;
    case "comparison":
    case "arithmetic":
      inner(one.left);
      inner(one.right);
      return;
    case "membership":
      inner(one.left);
      for (const value of one.values) inner(value);
      return;
    case "between":
      inner(one.left);
      inner(one.low);
      inner(one.high);
      return;
    case "sign":
      inner(one.operand);
      return;
    case "pipeline":
    case "datatable":
    case "externaldata":
    case "wildcard":
    case "star":
    case "string":
    case "number":
    case "boolean":
    case "timespan":
    case "datetime":
    case "guid":
    case "typeof":
    case "dynamic":
    case "error":
      return;
    default:
      one satisfies never;
  }
}
