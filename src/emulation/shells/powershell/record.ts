import type { InnerScript, ShellCommand, ShellWord } from "../command.ts";
import { innerOfWindows } from "../inner-windows.ts";
import { splitWindowsArguments, windowsProgram } from "../windows-arguments.ts";
import { evaluate, wordOf } from "./evaluate.ts";
import { closureWithValue, innerOfClosure, innerOfText, runClosure } from "./run.ts";
import type { PsElement, PsExpression, PsRedirection } from "./syntax.ts";
import {
  type Closure,
  guessValue,
  itemsOf,
  joinedValue,
  listValue,
  lookUp,
  noValue,
  openScope,
  type Run,
  textValue,
  unknownValue,
  type Value,
  written,
} from "./values.ts";

type PsCommand = Extract<PsElement, { type: "command" }>;

/** One word with the value that it came from. */
interface Argument {
  readonly word: ShellWord;
  readonly value: Value;
  /** As it stands in the command line of a process. */
  readonly shown: string;
}

/** Records a command of a pipeline; what it gives, as far as that is known. `input`: what the part before it gives. */
export function recordCommand(command: PsCommand, input: Value | null, assigned: string | null, run: Run): Value {
  const [name, ...rest] = command.words;
  if (name === undefined) return noValue;
  // What stands in arguments is no part of the pipeline.
  const apart: Run = { ...run, pipeline: null };
  const first = evaluate(name, apart);
  if (first.closure !== undefined) {
    const args = rest.flatMap((one) => argumentsOf(one, false, apart)).map((one) => one.value);
    const scope = command.call === "." ? run.scope : openScope(run.scope);
    if (input !== null) scope.variables.set("_", input);
    return runClosure(first.closure, args, scope, run);
  }
  const alias = lookUp(run.scope, (one) => one.aliases.get(first.text.toLowerCase()));
  const called = alias === null ? first : textValue(alias);
  // Commands of PowerShell take a list as one value, programs as so many words.
  const spreads = !/^[a-z]+-\w+$/i.test(called.text);
  const args = rest.flatMap((one) => argumentsOf(one, spreads, apart));
  const shownName = /\s/.test(called.text) ? `"${called.text}"` : called.text;
  const text = [shownName, ...args.map((one) => one.shown)].filter((one) => one !== "").join(" ");
  const own = lookUp(run.scope, (one) => one.functions.get(called.text.toLowerCase()));
  const gives: Value[] = [];
  const inner = innerOf(command, called, args, input, text, own, gives, run);
  const value =
    gives.length > 0 && gives.every((one) => one.certain)
      ? listValue(gives)
      : (valueOfCommand(called.text.toLowerCase(), args, input, run) ?? unknownValue(written(run, command.span)));
  run.recorder.add({
    words: [wordOf(called, name), ...args.map((one) => one.word)],
    text,
    span: command.span,
    pipeline: run.pipeline ?? run.recorder.newPipeline(),
    when: run.when,
    redirections: redirectionsOf(command.redirections, run),
    assignments:
      assigned === null
        ? []
        : [{ name: assigned, value: { value: value.text, span: command.span, certain: value.certain } }],
    inner,
  });
  return value;
}

/** Files that output goes to; `$null` keeps its name, since it is none. */
export function redirectionsOf(redirections: readonly PsRedirection[], run: Run): ShellCommand["redirections"] {
  return redirections.map(({ kind, target }) => {
    const isNull = target.type === "variable" && target.name.toLowerCase() === "null";
    return { kind, target: wordOf(isNull ? textValue("$null") : evaluate(target, run), target) };
  });
}

/** The words that an argument becomes: one, or those of a list or table that is spread. */
function argumentsOf(expression: PsExpression, spreads: boolean, run: Run): readonly Argument[] {
  const value = evaluate(expression, run);
  const word = (text: string, one: Value, certain = one.certain): Argument => ({
    word: { value: text, span: expression.span, certain },
    value: one,
    // What is not known stands as it is written; its blanks are no blanks of the value.
    shown: certain || one.guess === true || expression.type === "text" ? quoted(text) : text,
  });
  if (expression.type === "verbatim") {
    const words = splitWindowsArguments(`x ${value.text}`).slice(1);
    return words.map((one, at) => ({ ...word(one.value, value), shown: at === 0 ? value.text : "" }));
  }
  if (expression.type === "variable" && expression.splat) {
    if (value.table !== undefined)
      return value.table.flatMap(([key, one]) => [word(`-${key}`, noValue), word(one.text, one)]);
    return value.items === undefined
      ? [word(`@${expression.name}`, value, false)]
      : value.items.map((one) => word(one.text, one));
  }
  if (expression.type === "list") {
    const items = value.items ?? [];
    const joined = items.map((one, at) => one.text + (expression.separators[at] ?? "")).join("");
    const shown = items.map((one, at) => quoted(one.text) + (expression.separators[at] ?? "")).join("");
    return [{ ...word(joined, value), shown }];
  }
  if (value.items !== undefined && spreads) return value.items.map((one) => word(one.text, one));
  if (value.items !== undefined) {
    return [
      {
        ...word(value.items.map((one) => one.text).join(","), value),
        shown: value.items.map((one) => quoted(one.text)).join(" "),
      },
    ];
  }
  return [word(value.text, value)];
}

/** PowerShell puts a word into quotes where it holds blanks, unless quotes stand around it already. */
function quoted(text: string): string {
  return /[ \t]/.test(text) && !text.startsWith('"') && !text.startsWith("{") ? `"${text}"` : text;
}

/** Most items that a block is gone through for. */
const maximumTurns = 64;

/** What `ForEach-Object` goes through, where that is known. */
function eachOf(name: string, input: Value | null): readonly Value[] | null {
  if (!["%", "foreach", "foreach-object"].includes(name) || input?.items === undefined) return null;
  return input.items.length > maximumTurns ? null : input.items;
}

const expressionNames = ["iex", "invoke-expression"];
const startNames = ["start-process", "saps", "start"];

function innerOf(
  command: PsCommand,
  called: Value,
  args: readonly Argument[],
  input: Value | null,
  text: string,
  own: (Closure & { called: boolean }) | null,
  /** Is filled with what a block gives for each item. */
  gives: Value[],
  run: Run,
): readonly InnerScript[] {
  const name = called.text.toLowerCase();
  const found: (InnerScript | null)[] = [];
  if (called.script !== undefined) found.push(innerOfText(called.script, "argument", command.span, run));
  if (own !== null) {
    own.called = true;
    found.push(innerOfClosure(own, run, boundTo(own, args)));
  }
  if (expressionNames.includes(name)) {
    const script = args.find((one) => !one.word.value.startsWith("-"))?.value ?? input;
    if (script?.certain === true) found.push(innerOfText(script.text, "argument", command.span, run));
  }
  if (startNames.includes(name)) found.push(startedProcess(command, args, run));
  const items = eachOf(name, input);
  for (const one of args) {
    const { closure, script } = one.value;
    if (closure !== undefined && items !== null) {
      const turns = items.map((item) => closureWithValue(closure, run, { _: item, psitem: item }));
      found.push(...turns.map((turn) => turn?.inner ?? null));
      gives.push(...turns.map((turn) => turn?.value ?? unknownValue("")));
    } else if (closure !== undefined) {
      found.push(innerOfClosure(closure, run, input?.certain === true ? { _: input } : {}));
    } else if (script !== undefined) found.push(innerOfText(script, "argument", command.span, run));
  }
  const given = found.filter((one) => one !== null);
  const blocks = given.filter((one) => one.script.commands.length + one.script.diagnostics.length > 0);
  const program = windowsProgram(called.text);
  if (given.length > 0 || !["cmd", "powershell", "pwsh", "forfiles", "bash", "wsl"].includes(program)) return blocks;
  return innerOfWindows("powershell", text, command.span, run.recorder);
}

/** Arguments of a function by the names of its parameters. */
function boundTo(closure: Closure, args: readonly Argument[]): Readonly<Record<string, Value>> {
  const bound: Record<string, Value> = Object.create(null);
  const names = closure.block.parameters.map((one) => one.name.toLowerCase());
  const free: Value[] = [];
  for (let at = 0; at < args.length; at++) {
    const written = args[at]?.word.value ?? "";
    const name = /^-([A-Za-z_]\w*)$/.exec(written)?.[1]?.toLowerCase();
    const parameter = name === undefined ? undefined : names.find((one) => one.startsWith(name));
    const next = args[at + 1];
    if (parameter === undefined) free.push(args[at]?.value ?? noValue);
    else if (next === undefined || /^-[A-Za-z]/.test(next.word.value)) bound[parameter] = textValue("True");
    else {
      bound[parameter] = next.value;
      at++;
    }
  }
  for (const name of names) {
    const [value] = free;
    if (Object.hasOwn(bound, name) || value === undefined) continue;
    bound[name] = value;
    free.shift();
  }
  bound.args = listValue(args.map((one) => one.value));
  return bound;
}

/** Parameters of `Start-Process` that take a value, beside the program and its arguments. */
const startValues = [
  "-workingdirectory",
  "-windowstyle",
  "-verb",
  "-credential",
  "-redirectstandardoutput",
  "-redirectstandarderror",
  "-redirectstandardinput",
  "-environment",
  "-erroraction",
];

/** The process that `Start-Process` starts, as a script of one command. */
function startedProcess(command: PsCommand, args: readonly Argument[], run: Run): InnerScript | null {
  const free: Argument[] = [];
  let program: Argument | null = null;
  let given: Argument | null = null;
  for (let at = 0; at < args.length; at++) {
    const one = args[at];
    const next = args[at + 1];
    if (one === undefined) break;
    const written = one.word.value.toLowerCase();
    const is = (parameter: string, least: number): boolean =>
      written.length >= least && parameter.startsWith(written) && written.startsWith("-");
    if (is("-filepath", 2) || written === "-pspath") program = next ?? null;
    else if (is("-argumentlist", 2) || written === "-args") given = next ?? null;
    else if (written.startsWith("-") && one.value.closure === undefined) {
      if (startValues.some((parameter) => is(parameter, 5) || parameter === written)) at++;
      continue;
    } else {
      free.push(one);
      continue;
    }
    at++;
  }
  program ??= free.shift() ?? null;
  given ??= free.shift() ?? null;
  if (program === null) return null;
  const argumentList = given === null ? [] : itemsOf(given.value);
  // Arguments are joined by blanks as they are: quotes are up to who writes them.
  const rest = argumentList.map((one) => one.text).join(" ");
  const shown = /\s/.test(program.word.value) ? `"${program.word.value}"` : program.word.value;
  const text = rest === "" ? shown : `${shown} ${rest}`;
  const at = command.span;
  const started: ShellCommand = {
    words: [
      program.word,
      ...argumentList.map((one) => ({ value: one.text, span: given?.word.span ?? at, certain: one.certain })),
    ],
    text,
    span: at,
    pipeline: 0,
    when: "always",
    redirections: [],
    assignments: [],
    inner: innerOfWindows("powershell", text, at, run.recorder),
  };
  return { shell: "powershell", text, how: "argument", script: { commands: [started], diagnostics: [] } };
}

/** What a few commands give whose answer does not depend on the machine. */
function valueOfCommand(name: string, args: readonly Argument[], input: Value | null, run: Run): Value | null {
  const free = args.filter((one) => !/^-[A-Za-z]/.test(one.word.value)).map((one) => one.value);
  const [first, second] = free;
  switch (name) {
    case "write-output":
    case "echo":
    case "write":
      return free.length === 1 ? (first ?? null) : listValue(free);
    case "join-path":
      if (first === undefined || second === undefined) return null;
      return joinedValue(`${first.text.replace(/[\\/]$/, "")}\\${second.text.replace(/^[\\/]/, "")}`, first, second);
    case "split-path":
      if (first === undefined || args.some((one) => /^-(?:q|no|r|is)/i.test(one.word.value))) return null;
      return splitPath(
        first,
        args.some((one) => /^-leaf/i.test(one.word.value)),
      );
    case "get-command":
    case "gcm":
      return first ?? null;
    case "out-string":
    case "tee-object":
    case "where-object":
    case "where":
    case "?":
    case "select-object":
    case "select":
    case "sort-object":
      // Of what comes in, something goes on; of one thing, that thing.
      return input === null || input.items !== undefined ? null : input;
    case "resolve-path":
    case "rvpa":
    case "get-item":
    case "gi":
      // A pattern in a folder's name leaves the file's name as it is.
      return first?.certain !== true || /[*?][^\\/]*$/.test(first.text) ? null : guessValue(first.text);
    case "get-childitem":
    case "gci":
    case "ls":
    case "dir":
      return foundFile(args, first);
    case "set-variable":
    case "new-variable":
    case "sv": {
      if (first !== undefined && second !== undefined) run.scope.variables.set(first.text.toLowerCase(), second);
      return noValue;
    }
    case "get-variable":
    case "gv":
      return first === undefined ? null : lookUp(run.scope, (one) => one.variables.get(first.text.toLowerCase()));
    case "set-alias":
    case "new-alias":
    case "sal":
    case "nal":
      if (first !== undefined && second?.certain === true) run.scope.aliases.set(first.text.toLowerCase(), second.text);
      return noValue;
    default:
      return null;
  }
}

function isPlain({ text, certain, guess }: Value): boolean {
  return (certain || guess === true) && text !== "" && !/[*?]/.test(text);
}

/** `Get-ChildItem C:\folder -Include name`: the file that the script expects there. */
function foundFile(args: readonly Argument[], first: Value | undefined): Value | null {
  const after = (name: RegExp): Value | undefined =>
    args[args.findIndex((one) => name.test(one.word.value)) + 1]?.value;
  const isNamed = (name: RegExp): boolean => args.some((one) => name.test(one.word.value));
  const folder = isNamed(/^-(?:path|literalpath)$/i) ? after(/^-(?:path|literalpath)$/i) : first;
  const name = isNamed(/^-(?:include|filter)$/i) ? after(/^-(?:include|filter)$/i) : undefined;
  if (folder === undefined || !isPlain(folder)) return null;
  if (name === undefined) return isNamed(/^-r/i) ? null : guessValue(folder.text);
  return isPlain(name) ? guessValue(`${folder.text.replace(/[\\/]$/, "")}\\${name.text}`) : null;
}

function splitPath(path: Value, leaf: boolean): Value {
  const at = Math.max(path.text.lastIndexOf("\\"), path.text.lastIndexOf("/"));
  return joinedValue(leaf ? path.text.slice(at + 1) : path.text.slice(0, Math.max(0, at)), path);
}
