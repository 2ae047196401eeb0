import type { ShellWord } from "../command.ts";
import { known } from "../facts.ts";
import { capped } from "../ground.ts";
import { foldBinary, foldCast, foldEncoding, foldMethod, foldStatic, isQuiet } from "./fold.ts";
import { innerOfClosure, runBlockHere, runClosure } from "./run.ts";
import type { PsExpression } from "./syntax.ts";
import {
  type Closure,
  itemsOf,
  joinedValue,
  listValue,
  lookUp,
  noValue,
  numberValue,
  openScope,
  type Run,
  textValue,
  unknownValue,
  type Value,
  written,
} from "./values.ts";

/** What an expression gives; commands and methods in it are recorded on the way. */
export function evaluate(expression: PsExpression, run: Run): Value {
  const { left } = run.recorder.ground;
  if (left.nesting <= 0) {
    run.recorder.problem("shell/too-deep", "An expression with fewer parts was expected.", expression.span);
    return unknownValue("");
  }
  left.nesting--;
  const value = workOut(expression, run);
  left.nesting++;
  return value;
}

function workOut(expression: PsExpression, run: Run): Value {
  const unknown = (): Value => unknownValue(written(run, expression.span));
  switch (expression.type) {
    case "text": {
      const values = expression.parts.map((one) => (typeof one === "string" ? textValue(one) : evaluate(one, run)));
      const text = values.map((one) => one.text).join("");
      return joinedValue(values.length > 1 ? capped(run.recorder.ground, text) : text, ...values);
    }
    case "verbatim":
      return textValue(expandPercent(expression.text, run));
    case "number":
      return numberValue(expression.value, expression.text);
    case "variable":
      return variable(expression.name, run) ?? unknown();
    case "parameter": {
      const value = expression.value === null ? noValue : evaluate(expression.value, run);
      return joinedValue(expression.name + value.text, value);
    }
    case "list":
      return listValue(expression.items.map((one) => evaluate(one, run)));
    case "table": {
      const table = expression.entries.map(
        ([key, value]) => [evaluate(key, run).text, runBlockHere([value], run)] as const,
      );
      return { text: written(run, expression.span), certain: table.every(([, value]) => value.certain), table };
    }
    case "block":
      return { text: written(run, expression.span), certain: true, closure: closureOf(expression.block, run) };
    case "run": {
      const value = runBlockHere(expression.block.statements, run);
      if (!value.certain && value.items === undefined)
        return expression.list ? { ...unknown(), items: [value] } : unknown();
      return expression.list && value.items === undefined ? listValue(value === noValue ? [] : [value]) : value;
    }
    case "type":
      return unknown();
    case "cast": {
      const value = evaluate(expression.operand, run);
      return (
        (value.certain ? foldCast(expression.name, value) : null) ?? { ...value, text: value.text, certain: false }
      );
    }
    case "member":
      return member(expression, run) ?? unknown();
    case "index":
      return index(evaluate(expression.target, run), evaluate(expression.index, run)) ?? unknown();
    case "unary":
      return unary(expression.operator, expression.operand, run) ?? unknown();
    case "binary": {
      const left = evaluate(expression.left, run);
      const right = evaluate(expression.right, run);
      if (left.certain && right.certain) {
        const value = foldBinary(expression.operator, left, right);
        return value === null ? unknown() : { ...value, text: capped(run.recorder.ground, value.text) };
      }
      // A text with an unknown part shows the parts that are known.
      return expression.operator === "+" && left.items === undefined
        ? unknownValue(capped(run.recorder.ground, left.text + right.text))
        : unknown();
    }
    default:
      return expression satisfies never;
  }
}

export function closureOf(block: Closure["block"], run: Run): Closure {
  return { block, text: run.text, origin: run.recorder.ground.origin };
}

/** A value as a word of a command. */
export function wordOf(value: Value, expression: PsExpression): ShellWord {
  return { value: value.text, span: expression.span, certain: value.certain };
}

/** A variable of the script, of PowerShell or of the environment; null where it is not known. */
export function variable(name: string, run: Run): Value | null {
  const small = name.toLowerCase();
  const colon = small.indexOf(":");
  if (colon < 0) return lookUp(run.scope, (one) => one.variables.get(small)) ?? automatic(small, run);
  const [drive, rest] = [small.slice(0, colon), small.slice(colon + 1)];
  if (drive === "env") return environmentVariable(rest, run);
  return lookUp(run.scope, (one) => one.variables.get(rest)) ?? automatic(rest, run);
}

function automatic(name: string, run: Run): Value | null {
  const text = known(run.recorder.ground.facts.powershell, name);
  return text === null ? null : textValue(text);
}

export function environmentVariable(name: string, run: Run): Value | null {
  const set = lookUp(run.scope, (one) => one.variables.get(`env:${name.toLowerCase()}`));
  const text = known(run.recorder.ground.facts.windows, name.toLowerCase());
  return set ?? (text === null ? null : textValue(text));
}

function expandPercent(text: string, run: Run): string {
  return text.replace(/%(\w+)%/g, (whole, name: string) => environmentVariable(name, run)?.text ?? whole);
}

function index(target: Value, at: Value): Value | null {
  if (target.table !== undefined) {
    return target.table.find(([key]) => key.toLowerCase() === at.text.toLowerCase())?.[1] ?? null;
  }
  if (!at.certain || (!target.certain && target.items === undefined)) return null;
  const items = target.items ?? [...target.text].map(textValue);
  const chosen = itemsOf(at).map((one) => items.at(one.number ?? Number(one.text)));
  if (chosen.some((one) => one === undefined)) return null;
  const found = chosen.filter((one) => one !== undefined);
  return at.items === undefined ? (found[0] ?? null) : listValue(found);
}

function unary(operator: string, operand: PsExpression, run: Run): Value | null {
  const value = evaluate(operand, run);
  if (operator === "++" || operator === "--") {
    if (operand.type !== "variable") return null;
    const next = value.number === undefined || run.when === "conditional" ? null : numberValue(value.number + 1);
    run.scope.variables.set(operand.name.toLowerCase(), next ?? unknownValue(`$${operand.name}`));
    return noValue;
  }
  if (!value.certain) return null;
  if (operator === "join")
    return textValue(
      itemsOf(value)
        .map((one) => one.text)
        .join(""),
    );
  if (operator === "split") return listValue(value.text.trim().split(/\s+/).map(textValue));
  if (operator === "-" && value.number !== undefined) return numberValue(-value.number);
  return operator === "+" ? value : null;
}

function member(expression: Extract<PsExpression, { type: "member" }>, run: Run): Value | null {
  const { target, isStatic } = expression;
  const name = evaluate(expression.name, run).text;
  const of = evaluate(target, run);
  if (expression.args === null) return property(expression, of, name, run);
  const args = expression.args.map((one) => evaluate(one, run));
  if (/^invoke$/i.test(name) && target.type === "member" && target.isStatic && target.args === null) {
    // `[Type]::Method.Invoke(…)` calls the method.
    const called = evaluate(target.target, run);
    const folded = foldStatic(typeName(target.target, called), evaluate(target.name, run).text, args, (one) =>
      environmentVariable(one, run),
    );
    if (folded !== null) return folded;
  }
  const type = isStatic ? typeName(target, of) : null;
  const folded = foldCall(of, type, name, args, run);
  if (folded !== null) return { ...folded, text: capped(run.recorder.ground, folded.text) };
  if (of.closure !== undefined && /^invoke/i.test(name)) return runClosure(of.closure, args, openScope(run.scope), run);
  if (isStatic || !isQuiet(name)) recordCall(expression, of, name, args, run);
  return null;
}

/** `[System.Convert]` and `[type]"Convert"` → `convert`. */
function typeName(target: PsExpression, value: Value): string {
  const name = target.type === "type" ? target.name : value.text.replace(/^\[|\]$/g, "");
  return name.toLowerCase().replace(/^system\./, "");
}

function foldCall(of: Value, type: string | null, name: string, args: readonly Value[], run: Run): Value | null {
  if (type !== null) return foldStatic(type, name, args, (one) => environmentVariable(one, run));
  const encoding = /\[(?:system\.)?text\.encoding\]::(\w+)$/i.exec(of.text)?.[1];
  const [first] = args;
  if (encoding !== undefined && first !== undefined) return foldEncoding(encoding, name, first);
  return of.certain && of.table === undefined && args.every((one) => one.certain) ? foldMethod(of, name, args) : null;
}

/** A call of a method is a command of its own: `[Type]::Method` or `.Method` with its arguments as words. */
function recordCall(
  expression: Extract<PsExpression, { type: "member" }>,
  of: Value,
  name: string,
  args: readonly Value[],
  run: Run,
): void {
  const called = expression.isStatic ? `${of.text}::${name}` : `.${name}`;
  const words = (expression.args ?? []).map((one, at) => wordOf(args[at] ?? noValue, one));
  const inner = args.flatMap((one) => {
    const script = one.closure === undefined ? null : innerOfClosure(one.closure, run);
    return script === null ? [] : [script];
  });
  run.recorder.add({
    words: [{ value: called, span: expression.name.span, certain: true }, ...words],
    text: written(run, expression.span),
    span: expression.span,
    pipeline: run.pipeline ?? run.recorder.newPipeline(),
    when: run.when,
    redirections: [],
    assignments: [],
    inner,
  });
}

function property(
  expression: Extract<PsExpression, { type: "member" }>,
  of: Value,
  name: string,
  run: Run,
): Value | null {
  const small = name.toLowerCase();
  if (of.table !== undefined) return of.table.find(([key]) => key.toLowerCase() === small)?.[1] ?? null;
  if (expression.target.type === "variable") {
    const own = automatic(`${expression.target.name.toLowerCase()}.${small}`, run);
    if (own !== null) return own;
  }
  // What a variable's own object holds, and the path of a file.
  if (small === "value" && of.certain && of.items === undefined) return of;
  if (of.guess === true && (small === "fullname" || small === "path" || small === "source")) return of;
  if (small === "length" || small === "count") {
    if (of.items !== undefined) return numberValue(of.items.length);
    if (of.certain && small === "length") return numberValue(of.text.length);
  }
  return null;
}
