import type { Span } from "../../../kit/span.ts";
import type { InnerScript } from "../command.ts";
import { caps, openRecorder } from "../ground.ts";
import type { Reader } from "../reader.ts";
import { evaluate, variable } from "./evaluate.ts";
import { recordCommand, redirectionsOf } from "./record.ts";
import { readBody } from "./statements.ts";
import type { PsBlock, PsElement, PsExpression, PsRedirection, PsStatement } from "./syntax.ts";
import {
  type Closure,
  itemsOf,
  listValue,
  noValue,
  openScope,
  type Run,
  type Scope,
  unknownValue,
  type Value,
  written,
} from "./values.ts";

/** Functions that may call each other. */
const maximumCalls = 12;

/** Reads a script and goes through it; what it gives. */
export function runScript(text: string, run: Omit<Run, "text">): Value {
  const reader: Reader = { text, at: 0, depth: 0, recorder: run.recorder };
  const body = readBody(reader, "");
  const within: Run = { ...run, text };
  for (const { name, value } of body.parameters) {
    if (value !== null) within.scope.variables.set(name.toLowerCase(), evaluate(value, within));
  }
  return runBlockHere(body.statements, within);
}

/** Functions that nobody calls may be called by who loads the script. */
export function runUncalled(scope: Scope, run: Run): void {
  for (const closure of scope.functions.values()) {
    if (!closure.called) runClosure(closure, null, openScope(scope), { ...run, when: "conditional" });
  }
}

/** Statements in the scope of the run; what they give. */
export function runBlockHere(statements: readonly PsStatement[], run: Run): Value {
  const values: Value[] = [];
  for (const one of statements) {
    const value = runStatement(one, { ...run, pipeline: null }, null);
    if (value !== noValue) values.push(value);
  }
  return values.length > 1 ? listValue(values) : (values[0] ?? noValue);
}

/** A block with its parameters bound to values in their order; null: nobody knows them. */
export function runClosure(closure: Closure, args: readonly Value[] | null, scope: Scope, run: Run): Value {
  if (run.calls >= maximumCalls || !run.recorder.step(closure.block.span)) return noValue;
  const ground = run.recorder.ground;
  const same = closure.origin === ground.origin;
  const recorder = same ? run.recorder : openRecorder({ ...ground, origin: closure.origin });
  const within: Run = { ...run, recorder, text: closure.text, scope, calls: run.calls + 1, pipeline: null };
  closure.block.parameters.forEach(({ name, value }, at) => {
    const bound = scope.variables.get(name.toLowerCase()) ?? args?.[at];
    const otherwise = value === null ? unknownValue(`$${name}`) : null;
    scope.variables.set(name.toLowerCase(), bound ?? otherwise ?? evaluate(value as PsExpression, within));
  });
  const result = runBlockHere(closure.block.statements, within);
  // A block that stands in another script has the place of that script here.
  if (!same) for (const one of recorder.script().commands) run.recorder.add({ ...one });
  return result;
}

/** A block that a command is given, as a script of its own. */
export function innerOfClosure(
  closure: Closure,
  run: Run,
  bind: Readonly<Record<string, Value>> = {},
): InnerScript | null {
  return closureWithValue(closure, run, bind)?.inner ?? null;
}

/** The same with what the block gives. */
export function closureWithValue(
  closure: Closure,
  run: Run,
  bind: Readonly<Record<string, Value>>,
): { readonly inner: InnerScript; readonly value: Value } | null {
  if (run.recorder.ground.depth + 1 >= caps.scripts || run.calls >= maximumCalls) return null;
  const ground = { ...run.recorder.ground, depth: run.recorder.ground.depth + 1, origin: closure.origin };
  const recorder = openRecorder(ground);
  const scope = openScope(run.scope);
  for (const [name, value] of Object.entries(bind)) scope.variables.set(name, value);
  const value = runClosure(closure, null, scope, { ...run, recorder, when: "always" });
  const { start, end } = closure.block.span;
  const text = closure.text.slice(start + 1, end - 1);
  return { inner: { shell: "powershell", text, how: "block", script: recorder.script() }, value };
}

/** A script in a text, which shares the variables of the run. */
export function innerOfText(text: string, how: InnerScript["how"], at: Span, run: Run): InnerScript | null {
  const ground = run.recorder.within(at);
  if (ground === null || run.calls >= maximumCalls || text.length > caps.length) return null;
  const recorder = openRecorder(ground);
  runScript(text, { ...run, recorder, when: "always", calls: run.calls + 1, pipeline: null });
  return { shell: "powershell", text, how, script: recorder.script() };
}

function runStatement(statement: PsStatement, run: Run, assigned: string | null): Value {
  switch (statement.type) {
    case "nothing":
      return noValue;
    case "pipeline":
      return runPipeline(statement.elements, statement.span, run, assigned);
    case "chain":
      for (const { operator, statement: one } of statement.parts) {
        runStatement(one, operator === "||" ? { ...run, when: "conditional" } : run, null);
      }
      return noValue;
    case "assignment":
      assign(statement, run);
      return noValue;
    case "branches":
      return runBranches(statement, run);
    case "loop":
      return runLoop(statement, run);
    case "foreach":
      return runForeach(statement, run);
    case "try": {
      const value = runBlockHere(statement.body.statements, run);
      for (const one of statement.handlers) runBlockHere(one.statements, { ...run, when: "conditional" });
      if (statement.last !== null) runBlockHere(statement.last.statements, run);
      return value;
    }
    case "function":
      run.scope.functions.set(statement.name.toLowerCase(), {
        block: statement.body,
        text: run.text,
        origin: run.recorder.ground.origin,
        called: false,
      });
      return noValue;
    case "leave":
      return statement.value === null ? noValue : runStatement(statement.value, run, null);
    case "inline":
      return runBlockHere(statement.body.statements, run);
    default:
      return statement satisfies never;
  }
}

/** What each branch sets is known in it alone; behind them, what the first has set may be. */
function runBranches(statement: Extract<PsStatement, { type: "branches" }>, run: Run): Value {
  for (const one of statement.subjects) runStatement(one, run, null);
  const { variables } = run.scope;
  const before = new Map(variables);
  const set = new Map<string, Value[]>();
  const values: Value[] = [];
  for (const body of statement.bodies) {
    values.push(runBlockHere(body.statements, { ...run, when: "conditional" }));
    for (const [name, value] of variables) {
      if (before.get(name) !== value) set.set(name, [...(set.get(name) ?? []), value]);
    }
    variables.clear();
    for (const [name, value] of before) variables.set(name, value);
  }
  for (const [name, [first = noValue, ...others]] of set) {
    const isSure = first.certain && others.length === 0 && !before.has(name);
    variables.set(name, isSure || !first.certain ? first : { ...first, certain: false, guess: true });
  }
  const value = values.find((one) => one !== noValue);
  return value === undefined ? noValue : { ...value, certain: false };
}

/** Its expressions and commands in their order; what comes out at its end. */
function runPipeline(elements: readonly PsElement[], at: Span, run: Run, assigned: string | null): Value {
  if (!run.recorder.step(at)) return noValue;
  const pipeline = run.recorder.newPipeline();
  let input: Value | null = null;
  elements.forEach((element, index) => {
    const isLast = index === elements.length - 1;
    if (element.type === "command") {
      input = recordCommand(element, input, isLast ? assigned : null, { ...run, pipeline });
      return;
    }
    input = evaluate(element.expression, { ...run, pipeline });
    // `2>&1` joins two streams, and writes nothing.
    if (element.redirections.some((one) => !isJoin(one))) writeOut(element, pipeline, run);
  });
  const value: Value = input ?? noValue;
  return elements.length > 1 && !value.certain && value.guess !== true ? unknownValue(written(run, at)) : value;
}

function isJoin({ target }: PsRedirection): boolean {
  const [only] = target.type === "text" ? target.parts : [];
  return typeof only === "string" && only.startsWith("&");
}

/** A value that goes into a file: a command without words. */
function writeOut(element: Extract<PsElement, { type: "expression" }>, pipeline: number, run: Run): void {
  run.recorder.add({
    words: [],
    text: written(run, element.span),
    span: element.span,
    pipeline,
    when: run.when,
    redirections: redirectionsOf(element.redirections, run),
    assignments: [],
    inner: [],
  });
}

function assign(statement: Extract<PsStatement, { type: "assignment" }>, run: Run): void {
  const targets = targetsOf(statement.target);
  const [only] = targets;
  const given = runStatement(statement.value, run, only ?? null);
  if (only === undefined) {
    // A property or an element: its own calls count, and what it holds from here on is not known.
    evaluate(statement.target, run);
    return;
  }
  const before = variable(only, run);
  const value = statement.operator === "=" ? given : changed(statement.operator, before, given);
  targets.forEach((name, at) => {
    const part = targets.length === 1 ? value : (itemsOf(value)[at] ?? noValue);
    // Where it is set on a condition only, it may still be what it was.
    const known =
      run.when === "always" || before === null || !part.certain
        ? part
        : { ...part, certain: false, guess: true as const };
    setVariable(name, known, statement, run);
  });
}

function changed(operator: string, before: Value | null, given: Value): Value {
  if (operator === "??=") return before ?? given;
  if (operator !== "+=" || before === null) return unknownValue(given.text);
  if (before.items !== undefined) return listValue([...before.items, ...itemsOf(given)].slice(0, 1000));
  if (before.number !== undefined && given.number !== undefined) {
    const number = before.number + given.number;
    return { text: String(number), number, certain: before.certain && given.certain };
  }
  return { text: (before.text + given.text).slice(0, caps.value), certain: before.certain && given.certain };
}

/** Sets a variable; one of the environment is told, since programs see it. */
function setVariable(name: string, value: Value, statement: { readonly span: Span }, run: Run): void {
  const small = name.toLowerCase();
  const isEnvironment = small.startsWith("env:");
  const key = isEnvironment ? small : small.slice(small.lastIndexOf(":") + 1);
  run.scope.variables.set(key, value);
  if (!isEnvironment) return;
  run.recorder.add({
    words: [],
    text: written(run, statement.span),
    span: statement.span,
    pipeline: run.recorder.newPipeline(),
    when: run.when,
    redirections: [],
    assignments: [{ name: name.slice(4), value: { value: value.text, span: statement.span, certain: value.certain } }],
    inner: [],
  });
}

/** Names that an assignment sets; none for a property. */
function targetsOf(target: PsExpression): readonly string[] {
  switch (target.type) {
    case "variable":
      return [target.name];
    case "cast":
      return targetsOf(target.operand);
    case "list":
      return target.items.flatMap(targetsOf);
    default:
      return [];
  }
}

function runLoop(statement: Extract<PsStatement, { type: "loop" }>, run: Run): Value {
  const begins = statement.first.some((one) => isCounted(one));
  for (const one of statement.first) runStatement(one, run, null);
  // What changes from turn to turn is known in none.
  const names = [...statement.first, ...statement.body.statements].flatMap(assignedIn);
  for (const name of names) run.scope.variables.set(name.toLowerCase(), unknownValue(`$${name}`));
  return runBlockHere(statement.body.statements, {
    ...run,
    when: statement.once || begins ? run.when : "conditional",
  });
}

/** `for ($i = 0; …)` and `while ($true)` turn once at least. */
function isCounted(head: PsStatement): boolean {
  if (head.type !== "inline") return false;
  const [first, ...rest] = head.body.statements;
  if (first?.type === "assignment") return rest.length > 0;
  const element = first?.type === "pipeline" ? first.elements[0] : undefined;
  return (
    element?.type === "expression" && element.expression.type === "variable" && /^true$/i.test(element.expression.name)
  );
}

function assignedIn(statement: PsStatement): readonly string[] {
  switch (statement.type) {
    case "assignment":
      return [...targetsOf(statement.target)];
    case "pipeline":
      return statement.elements.flatMap((one) =>
        one.type === "expression" && one.expression.type === "unary" && one.expression.operand.type === "variable"
          ? [one.expression.operand.name]
          : [],
      );
    case "inline":
    case "loop":
    case "foreach":
    case "try":
      return assignedInBlock(statement.body);
    case "branches":
      return statement.bodies.flatMap(assignedInBlock);
    default:
      return [];
  }
}

function assignedInBlock(block: PsBlock): readonly string[] {
  return block.statements.flatMap(assignedIn);
}

function runForeach(statement: Extract<PsStatement, { type: "foreach" }>, run: Run): Value {
  const list = runStatement(statement.list, run, null);
  const name = statement.variable.toLowerCase();
  if (list.items === undefined && !list.certain) {
    run.scope.variables.set(name, unknownValue(`$${statement.variable}`));
    return runBlockHere(statement.body.statements, { ...run, when: "conditional" });
  }
  let value = noValue;
  for (const item of itemsOf(list).slice(0, caps.turns)) {
    if (!run.recorder.step(statement.span)) break;
    run.scope.variables.set(name, item);
    value = runBlockHere(statement.body.statements, run);
  }
  return value;
}
