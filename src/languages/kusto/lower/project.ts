import type { Assignment, Expression, ProjectColumnsOperator, ProjectOperator } from "../ast.ts";
import { printExpression } from "../print.ts";
import { type Binding, bind, bindingOf, resolve, type Scope } from "../scope.ts";
import { aliasOf } from "./alias.ts";
import { type Lowering, place } from "./context.ts";
import { columnName, lowerExtend } from "./fields.ts";
import type { Flow } from "./table.ts";

/** Computed columns are derived, others renamed or kept. Behind project there are no columns but its own. */
export function lowerProject(operator: ProjectOperator, flow: Flow, lowering: Lowering): void {
  const { stages, scope } = flow;
  const span = place(lowering.home, operator.span);
  const renames: { from: string; to: string }[] = [];
  const kept: string[] = [];
  const names: string[] = [];
  // All columns are read before any has its new name: `project a = b, b = a` exchanges them.
  const bindings: [string, Binding][] = [];
  const derived: Assignment[] = [];
  for (const one of operator.columns) {
    const name = columnName(one) ?? printExpression(one.expression);
    names.push(name);
    if (one.expression.type === "name" && one.names.length < 2) {
      const from = one.expression.name;
      const alias = aliasOf(one.expression, lowering, scope);
      if (alias !== null && name !== from) bindings.push([name, { ...alias.binding, text: from }]);
      if (name !== from) renames.push({ from: resolve(scope, from).raw, to: name });
      kept.push(resolve(scope, from).raw);
    } else derived.push(one);
  }
  for (const one of derived) {
    const made =
      one.names.length === 0 ? [columnName(one) ?? printExpression(one.expression)] : one.names.map(({ name }) => name);
    const before = made.map((name) => scope.bindings.get(name));
    lowerExtend([one], flow, lowering);
    for (const [index, name] of made.entries()) {
      const binding = scope.bindings.get(name);
      if (binding !== undefined) bindings.push([name, binding]);
      kept.push(binding?.field ?? name);
      const old = before[index];
      if (old === undefined) scope.bindings.delete(name);
      else scope.bindings.set(name, old);
    }
  }
  for (const [name, binding] of bindings) bind(scope, name, binding);
  if (renames.length > 0) stages.push({ type: "project", mode: "rename", fields: [], renames, span });
  if (operator.type === "project-rename") return;
  stages.push({ type: "project", mode: "keep", fields: [...new Set(kept)], span });
  scope.columns = new Set(names);
  scope.maker = null;
}

export function lowerProjectColumns(operator: ProjectColumnsOperator, flow: Flow, lowering: Lowering): void {
  const fields = operator.columns.map((one) => columnText(one, flow.scope));
  const mode = operator.type === "project-away" ? "drop" : "keep";
  flow.stages.push({ type: "project", mode, fields, span: place(lowering.home, operator.span) });
}

function columnText(column: Expression, scope: Scope): string {
  if (column.type === "name") return bindingOf(scope, column.name)?.field ?? column.name;
  return column.type === "wildcard" ? column.pattern : printExpression(column);
}
