import type { Call, Expression, FunctionExpression, Statement } from "../ast.ts";
import { newScope, type Scope } from "../scope.ts";
import { type Lowering, maximumDepth, place } from "./context.ts";
import { define, definitionFor } from "./define.ts";
import { type Definition, definitionOf, type Names, newNames } from "./names.ts";
import { statedOf, withOrigin } from "./stated.ts";
import { isTable } from "./table-test.ts";

/**
 * The lowering for a part that was written elsewhere, with the names of that place; null where too much was put in
 * already. Whoever calls it takes one off `budget.depth` when the part is read.
 */
export function within(lowering: Lowering, names: Names): Lowering | null {
  const { budget } = lowering;
  if (budget.depth >= maximumDepth || budget.inlinings <= 0 || budget.steps <= 0 || budget.characters <= 0) return null;
  budget.depth++;
  budget.inlinings--;
  return { ...lowering, names };
}

export interface Body {
  /** What the function yields: its expression statement. */
  readonly expression: Expression;
  readonly names: Names;
}

/** A function's body with its parameters bound to the arguments of a call, or to nothing where there is no call. */
export function bodyOf(
  definition: Extract<Definition, { type: "function" }>,
  call: Call | null,
  lowering: Lowering,
  scope: Scope,
  input: Definition | null = null,
): Body | null {
  const names = newNames(definition.names);
  bindParameters(definition.body, call, names, lowering, scope, input);
  const found = resultOf(definition.body.body, names, lowering);
  return found === null ? null : { expression: found, names };
}

function bindParameters(
  body: FunctionExpression,
  call: Call | null,
  names: Names,
  lowering: Lowering,
  scope: Scope,
  input: Definition | null,
): void {
  const named = new Map<string, Expression>();
  const plain: Expression[] = [];
  for (const one of call?.arguments ?? []) {
    if (one.type !== "assignment") plain.push(one);
    else for (const { name } of one.names) named.set(name, one.expression);
  }
  let next = 0;
  for (const [index, parameter] of body.parameters.entries()) {
    const { name } = parameter.name;
    if (index === 0 && input !== null) {
      names.own.set(name, input);
      continue;
    }
    const given = named.get(name) ?? plain[next++];
    if (given !== undefined) {
      const stated = isTable(given, lowering.names) ? null : statedOf(given, lowering, scope);
      const known = stated === null ? null : withOrigin(stated, `argument ${name}`);
      names.own.set(name, definitionFor(given, known, { names: lowering.names, scope, argument: true }));
    } else if (parameter.default !== null) define(names, name, parameter.default, lowering);
    else names.own.set(name, { type: "parameter" });
  }
}

/** Takes the definitions among the statements into `names`; the last expression is the result. */
function resultOf(statements: readonly Statement[], names: Names, lowering: Lowering): Expression | null {
  let result: Expression | null = null;
  for (const one of statements) {
    if (one.type === "let") {
      if (lowering.budget.depth > 0) lowering.budget.steps--;
      define(names, one.name.name, one.value, lowering);
    }
    if (one.type === "expression") result = one.expression;
  }
  return result;
}

/** Reads the body of a function of the query's own where it is called; null where the name is no such function. */
export function callScalar<Result>(
  call: Call,
  lowering: Lowering,
  scope: Scope,
  read: (expression: Expression, lowering: Lowering, scope: Scope) => Result,
): Result | null {
  const definition = definitionOf(lowering.names, call.name);
  if (definition?.type !== "function") return null;
  const inner = within(lowering, definition.names);
  if (inner === null) return null;
  const body = bodyOf(definition, call, lowering, scope);
  const { home } = lowering;
  const at = { at: place(home, call.span), origin: home.origin ?? `let ${call.name}` };
  const result = body === null ? null : read(body.expression, { ...inner, names: body.names, home: at }, newScope());
  lowering.budget.depth--;
  return result;
}
