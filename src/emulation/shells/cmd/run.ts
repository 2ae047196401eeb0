import type { Span } from "../../../kit/span.ts";
import type { ShellCommand, ShellWord } from "../command.ts";
import { capped, caps, type Recorder } from "../ground.ts";
import { innerOfWindows } from "../inner-windows.ts";
import { type Cell, fillLoops, type LoopValues, spanOf, textOf, trimCells, wordOf, wordsOf } from "./cells.ts";
import type { CmdNode, CmdRedirection } from "./syntax.ts";

/** What a script has done so far that later lines depend on. */
export interface CmdState {
  /** By name in small letters. */
  readonly variables: Map<string, string>;
  /** `!name!` is filled in, too. */
  delayed: boolean;
  /** A `goto` or `exit` was met: whether what follows runs is not known, up to the label that is jumped to. */
  jumped: { readonly to: string } | null;
}

interface Surroundings {
  readonly when: ShellCommand["when"];
  readonly loops: LoopValues;
  /** Of the pipeline that this is a part of. */
  readonly pipeline: number | null;
  /** Of the blocks around. */
  readonly redirections: readonly CmdRedirection[];
}

const outermost: Surroundings = { when: "always", loops: {}, pipeline: null, redirections: [] };

/** Goes through a line and records what it runs. */
export function runCmd(node: CmdNode, state: CmdState, recorder: Recorder): void {
  run(node, outermost, state, recorder);
}

function run(node: CmdNode, around: Surroundings, state: CmdState, recorder: Recorder): void {
  switch (node.type) {
    case "nothing":
      return;
    case "label":
      if (state.jumped?.to === node.name) state.jumped = null;
      return;
    case "command":
      command(node, around, state, recorder);
      return;
    case "sequence":
      for (const part of node.parts) {
        // What stands behind `&&` is meant to run; what stands behind `||`, where something failed.
        run(part.node, part.operator === "||" ? { ...around, when: "conditional" } : around, state, recorder);
      }
      return;
    case "pipeline": {
      const pipeline = around.pipeline ?? recorder.newPipeline();
      for (const one of node.nodes) run(one, { ...around, pipeline }, state, recorder);
      return;
    }
    case "block":
      run(node.body, { ...around, redirections: [...node.redirections, ...around.redirections] }, state, recorder);
      return;
    case "if": {
      const within: Surroundings = { ...around, when: "conditional" };
      run(node.then, within, state, recorder);
      if (node.otherwise !== null) run(node.otherwise, within, state, recorder);
      return;
    }
    case "for":
      loop(node, around, state, recorder);
      return;
    default:
      node satisfies never;
  }
}

function command(
  node: Extract<CmdNode, { type: "command" }>,
  around: Surroundings,
  state: CmdState,
  recorder: Recorder,
): void {
  if (!recorder.step(node.span)) return;
  const cells = trimCells(fillDelayed(fillLoops(node.cells, around.loops), state));
  capped(recorder.ground, textOf(cells));
  const words = namedWords(cells);
  const text = textOf(cells);
  const name = words[0]?.value.toLowerCase() ?? "";
  const assignments = name === "set" ? assignmentsOf(cells, around, state) : [];
  if (name === "setlocal" && /enabledelayedexpansion/i.test(text)) state.delayed = true;
  recorder.add({
    words,
    text,
    span: node.span,
    pipeline: around.pipeline ?? recorder.newPipeline(),
    when: state.jumped !== null ? "conditional" : around.when,
    redirections: [...node.redirections, ...around.redirections].map(({ kind, target }) => ({
      kind,
      target: wordOf(fillDelayed(fillLoops(target, around.loops), state)),
    })),
    assignments,
    inner: innerOfWindows("cmd", text, node.span, recorder),
  });
  if (around.when === "always" && (name === "goto" || name === "exit")) {
    state.jumped ??= { to: name === "exit" ? "" : (words[1]?.value ?? "").replace(/^:/, "").toLowerCase() };
  }
}

/** Names of commands of cmd that may be followed by a mark without a blank: `echo.`, `cd..`, `dir/s`. */
const builtIn =
  /^(?:echo|cd|chdir|dir|type|del|erase|md|mkdir|rd|rmdir|copy|move|ren|set|path|call|start|pushd|exit|if)(?=[./\\:(,;=+[\]])/i;

function namedWords(cells: readonly Cell[]): readonly ShellWord[] {
  const [glued] = builtIn.exec(textOf(cells.slice(0, 8))) ?? [];
  if (glued === undefined) return wordsOf(cells);
  // The C runtime's rule for names does not hold for what follows, so that the name is kept in front.
  const name = cells.slice(0, glued.length);
  return [wordOf(name), ...wordsOf(cells).flatMap((word, index) => (index > 0 ? [word] : rest(word, glued, cells)))];
}

function rest(word: ShellWord, glued: string, cells: readonly Cell[]): readonly ShellWord[] {
  const value = word.value.slice(glued.length);
  return value === ""
    ? []
    : [{ ...word, value, span: { start: cells[glued.length]?.start ?? word.span.start, end: word.span.end } }];
}

function fillDelayed(cells: readonly Cell[], state: CmdState): readonly Cell[] {
  if (!state.delayed || !cells.some((one) => one.char === "!")) return cells;
  const filled: Cell[] = [];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] as Cell;
    const close = cell.char === "!" ? cells.findIndex((one, index) => index > at && one.char === "!") : -1;
    if (close < 0) {
      filled.push(cell);
      continue;
    }
    const value = state.variables.get(textOf(cells.slice(at + 1, close)).toLowerCase());
    const end = cells[close]?.end ?? cell.end;
    const shown = value ?? textOf(cells.slice(at, close + 1));
    for (const char of shown) filled.push({ char, start: cell.start, end, certain: value !== undefined, plain: true });
    at = close;
  }
  return filled;
}

/** `set name=value`, `set "name=value"`; what `set /a` and `set /p` give is not known. */
function assignmentsOf(cells: readonly Cell[], around: Surroundings, state: CmdState): ShellCommand["assignments"] {
  const text = textOf(cells);
  const start = /^set\s*/i.exec(text)?.[0].length ?? 0;
  const computed = /^\/[ap]\s+"?/i.exec(text.slice(start))?.[0].length ?? 0;
  const from = start + computed + (computed === 0 && text[start] === '"' ? 1 : 0);
  const equals = text.indexOf("=", from);
  if (equals < 0) return [];
  const closing = from > start && computed === 0 ? text.lastIndexOf('"') : -1;
  const end = closing > equals ? closing : text.length;
  const name = text.slice(from, equals).trim().toLowerCase();
  if (name === "") return [];
  const part = cells.slice(equals + 1, end);
  const word: ShellWord = {
    value: textOf(part),
    span: spanOf(part, spanOf(cells, { start: 0, end: 0 })),
    certain: computed === 0 && part.every((one) => one.certain),
  };
  if (word.value === "" || !word.certain || word.value.length > caps.value) state.variables.delete(name);
  else if (around.when === "always" || !state.variables.has(name)) state.variables.set(name, word.value);
  return [{ name: text.slice(from, equals).trim(), value: word }];
}

function loop(
  node: Extract<CmdNode, { type: "for" }>,
  around: Surroundings,
  state: CmdState,
  recorder: Recorder,
): void {
  const list = trimCells(fillLoops(node.list, around.loops));
  const text = textOf(list);
  const turn = (value: string, certain: boolean, when: ShellCommand["when"]): void => {
    if (!recorder.step(node.span)) return;
    const loops = { ...around.loops, [node.variable]: { value: capped(recorder.ground, value), certain } };
    run(node.body, { ...around, when, loops }, state, recorder);
  };
  const unknown = `%${node.variable}`;
  switch (node.kind) {
    case "numbers": {
      const [from, by, to] = text.split(/[\s,;=]+/).map(Number);
      const values = numbers(from, by, to);
      if (values === null) turn(unknown, false, "conditional");
      else for (const value of values) turn(String(value), true, around.when);
      return;
    }
    case "words": {
      for (const item of itemsOf(list).slice(0, caps.turns)) {
        // Quotes stay a part of the value.
        const value = textOf(item);
        const isPattern = /[*?]/.test(value);
        const certain = item.every((one) => one.certain);
        turn(value, certain && !isPattern, isPattern ? "conditional" : around.when);
      }
      return;
    }
    case "file":
      fileLoop(node, list, text, around, recorder, (values) => {
        const letters = values ?? {};
        const loops: Record<string, { value: string; certain: boolean }> = { ...around.loops };
        for (let index = 0; index < 5; index++) {
          const letter = String.fromCharCode(node.variable.charCodeAt(0) + index);
          const value = letters[letter];
          if (index === 0 || value !== undefined || (values === null && usesMany(node.options))) {
            loops[letter] = { value: value ?? `%${letter}`, certain: value !== undefined };
          }
        }
        if (recorder.step(node.span)) run(node.body, { ...around, loops }, state, recorder);
      });
      return;
    case "folders":
    case "tree":
      turn(unknown, false, "conditional");
      return;
    default:
      node.kind satisfies never;
  }
}

/** What blanks, commas, semicolons and equals signs part outside quotes. */
function itemsOf(list: readonly Cell[]): readonly (readonly Cell[])[] {
  const items: Cell[][] = [[]];
  let quoted = false;
  for (const cell of list) {
    if (cell.char === '"') quoted = !quoted;
    if (!quoted && " \t,;=".includes(cell.char)) items.push([]);
    else items[items.length - 1]?.push(cell);
  }
  return items.filter((one) => one.length > 0);
}

/** Whether `tokens=` of `for /f` fills more than one variable. */
function usesMany(options: string): boolean {
  return /tokens=\S*[,*-]/i.test(options);
}

/** A loop over the lines of a file, a text or a command's output; only a text is known. */
function fileLoop(
  node: Extract<CmdNode, { type: "for" }>,
  list: readonly Cell[],
  text: string,
  around: Surroundings,
  recorder: Recorder,
  turn: (values: Readonly<Record<string, string>> | null) => void,
): void {
  const backquotes = /usebackq/i.test(node.options);
  const mark = text[0] ?? "";
  if (mark === (backquotes ? "`" : "'") && text.length > 1) {
    const within = trimCells(list.slice(1, text.endsWith(mark) ? -1 : undefined));
    const at: Span = spanOf(within, node.span);
    const line = `cmd /c ${textOf(within)}`;
    const certain = within.every((one) => one.certain);
    recorder.add({
      words: ["cmd", "/c", textOf(within)].map((value) => ({ value, span: at, certain })),
      text: line,
      span: at,
      pipeline: recorder.newPipeline(),
      when: around.when,
      redirections: [],
      assignments: [],
      inner: innerOfWindows("cmd", line, at, recorder),
    });
    turn(null);
  } else if (mark === (backquotes ? "'" : '"') && list.every((one) => one.certain)) {
    turn(tokensOf(text.slice(1, -1), node.options, node.variable));
  } else turn(null);
}

/** The variables that `for /f` fills from one text. */
function tokensOf(text: string, options: string, variable: string): Readonly<Record<string, string>> {
  const delimiters = /delims=(\S* ?)/i.exec(options)?.[1] ?? " \t";
  const parts: string[] = [];
  let part = "";
  for (const char of text) {
    if (!delimiters.includes(char)) part += char;
    else if (part !== "") {
      parts.push(part);
      part = "";
    }
  }
  if (part !== "") parts.push(part);
  const wanted = (/tokens=([\d,*-]+)/i.exec(options)?.[1] ?? "1").split(",").flatMap((one) => {
    const [from = 1, to = from] = one
      .replace("*", "")
      .split("-")
      .filter((piece) => piece !== "")
      .map(Number);
    return Array.from({ length: Math.max(0, Math.min(5, to - from + 1)) }, (_, index) => from + index);
  });
  const values: Record<string, string> = {};
  wanted.slice(0, 5).forEach((number, index) => {
    const value = parts[number - 1];
    if (value !== undefined) values[String.fromCharCode(variable.charCodeAt(0) + index)] = value;
  });
  return values;
}

function numbers(from = Number.NaN, by = Number.NaN, to = Number.NaN): readonly number[] | null {
  if (![from, by, to].every(Number.isSafeInteger)) return null;
  if (by === 0) return [from];
  const values: number[] = [];
  for (let value = from; values.length < caps.turns && (by > 0 ? value <= to : value >= to); value += by) {
    values.push(value);
  }
  return values;
}
