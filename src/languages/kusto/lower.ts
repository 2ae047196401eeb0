import type { Logic, Stage } from "../../rule/logic.ts";
import type { Expression, Query } from "./ast.ts";
import { type Lowering, nestedIn, newBudget } from "./lower/context.ts";
import { define } from "./lower/define.ts";
import { newNames } from "./lower/names.ts";
import { lowerFunction, lowerTable } from "./lower/table.ts";
import { newScope } from "./scope.ts";

/**
 * What the query does, with its variables and functions put in. Several results are a union of all; a text that only
 * defines stands for its last definition, with parameters that have no value. Total: what is not understood is opaque.
 */
export function lower(ast: Query): Logic {
  const lowering: Lowering = {
    names: newNames(null),
    home: { at: null, origin: null },
    nested: false,
    budget: newBudget(),
  };
  const { names } = lowering;
  const results: Expression[] = [];
  const stages: Stage[] = [];
  for (const one of ast.statements) {
    switch (one.type) {
      case "let":
        define(names, one.name.name, one.value, lowering);
        break;
      case "alias":
        define(names, one.name.name, one.value, lowering);
        break;
      case "declare":
        for (const parameter of one.parameters) {
          if (parameter.default === null) names.own.set(parameter.name.name, { type: "parameter" });
          else define(names, parameter.name.name, parameter.default, lowering);
        }
        break;
      case "expression":
        results.push(one.expression);
        break;
      case "error":
        stages.push({ type: "opaque", text: one.text, reason: "unreadable statement", span: one.span });
        break;
      // How the query runs, and whose data it sees; not what it looks for.
      case "set":
      case "restrict":
      case "pattern":
        break;
      default:
        one satisfies never;
    }
  }
  const [only] = results;
  if (only !== undefined && results.length === 1) stages.push(...lowerTable(only, lowering, newScope()).stages);
  else if (results.length > 1) {
    const branches = results.map((one) => ({ stages: lowerTable(one, nestedIn(lowering), newScope()).stages }));
    stages.push({ type: "union", branches, span: ast.span });
  } else stages.push(...lastDefinition(ast, lowering));
  return { stages };
}

function lastDefinition(ast: Query, lowering: Lowering): readonly Stage[] {
  const last = ast.statements.findLast((one) => one.type === "let");
  if (last?.type !== "let") return [];
  const { name, span } = last.name;
  const definition = lowering.names.own.get(name);
  if (definition?.type === "function") return lowerFunction(definition, null, name, span, lowering, newScope()).stages;
  if (definition?.type !== "expression") return [];
  return lowerTable({ type: "name", name, span }, lowering, newScope()).stages;
}
