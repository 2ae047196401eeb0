import type { InnerScript, ShellCommand, ShellWord } from "../command.ts";
import { known } from "../facts.ts";
import { caps, openRecorder } from "../ground.ts";
import { expandOne, expandWord } from "./expand.ts";
import { outputOfProgram, silence } from "./outputs.ts";
import { runFunction, runInner } from "./run.ts";
import { openState, type ShRun, type ShValue } from "./state.ts";
import type { ShAssignment, ShNode } from "./syntax.ts";

type Simple = Extract<ShNode, { type: "simple" }>;

/** Records a command; what it writes, where that is known. */
export function recordSimple(node: Simple, run: ShRun): ShValue | null {
  if (!run.recorder.step(node.span)) return null;
  const inner: InnerScript[] = [];
  const words = node.words.flatMap((one) => {
    const made = expandWord(one, run);
    inner.push(...made.inner);
    return made.words;
  });
  const assignments = node.assignments.map((one) => assignmentOf(one, run, inner));
  const name = words[0]?.value ?? "";
  if (words.length === 0) for (const one of assignments) assign(one, run);
  const declared = declarations.has(name) ? declaredBy(name, words, run) : [];
  let input = run.input;
  const redirections: ShellCommand["redirections"][number][] = [];
  for (const { kind, target } of [...node.redirections, ...run.redirections]) {
    const made = expandOne(target, run);
    inner.push(...made.inner);
    if (kind !== "text") redirections.push({ kind, target: made.word });
    else input = { text: made.word.value, certain: made.word.certain };
  }
  inner.push(...givenScripts(words, input, node, run));
  run.recorder.add({
    words,
    text: words.map((one) => one.value).join(" "),
    span: node.span,
    pipeline: run.pipeline ?? run.recorder.newPipeline(),
    when: run.state.jumped ? "conditional" : run.when,
    redirections,
    assignments: [...assignments, ...declared],
    inner,
  });
  if (name === "exit" && run.when === "always") run.state.jumped = true;
  const isOut = redirections.some((one) => one.kind === "out" || one.kind === "append");
  return isOut ? silence : outputOfProgram(words, input);
}

function assignmentOf(one: ShAssignment, run: ShRun, inner: InnerScript[]): ShellCommand["assignments"][number] {
  const values = one.values.map((word) => {
    const made = expandOne(word, run);
    inner.push(...made.inner);
    return made.word;
  });
  const before = one.appends ? run.state.variables.get(one.name) : undefined;
  const value: ShellWord = {
    value: ((before?.text ?? "") + values.map((word) => word.value).join(" ")).slice(0, caps.value),
    span: one.span,
    certain: values.every((word) => word.certain) && (!one.appends || before?.certain === true),
  };
  return { name: one.name, value };
}

function assign({ name, value }: ShellCommand["assignments"][number], run: ShRun): void {
  // Where it is set on a condition only, it may still be what it was.
  const certain = value.certain && (run.when === "always" || !run.state.variables.has(name));
  run.state.variables.set(name, { text: value.value, certain });
}

const declarations = new Set(["export", "declare", "local", "readonly", "typeset", "unset", "read"]);

/** Variables that a command sets by its words. */
function declaredBy(name: string, words: readonly ShellWord[], run: ShRun): ShellCommand["assignments"] {
  const set: ShellCommand["assignments"][number][] = [];
  for (const word of words.slice(1)) {
    const [, variable, rest] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(word.value) ?? [];
    if (variable === undefined) continue;
    if (name === "unset") run.state.variables.set(variable, { text: "", certain: true });
    else if (name === "read") run.state.variables.set(variable, { text: `$${variable}`, certain: false });
    else if (rest !== undefined) {
      const one = { name: variable, value: { ...word, value: rest } };
      assign(one, run);
      set.push(one);
    }
  }
  return set;
}

const shells: ReadonlySet<string> = new Set(["sh", "bash", "zsh", "dash", "ksh", "ash", "rbash"]);

/** The scripts and commands that a command is given to run. `input`: what it reads, where that is known. */
function givenScripts(
  words: readonly ShellWord[],
  input: ShValue | null,
  node: Simple,
  run: ShRun,
): readonly InnerScript[] {
  const [first, ...args] = words;
  if (first === undefined) return [];
  const own = run.state.functions.get(first.value);
  if (own !== undefined) return bodyOf(own, args, run);
  const name = first.value.slice(first.value.lastIndexOf("/") + 1);
  const script = (word: ShellWord | undefined): readonly InnerScript[] =>
    word === undefined || word.value.trim() === ""
      ? []
      : runInner(word.value, "argument", node.span, run, openState(run.state)).inner;
  if (shells.has(name)) {
    const flag = args.findIndex((one) => /^-[a-z]*c$/.test(one.value));
    if (flag >= 0) return script(args[flag + 1]);
    const isFile = args.some((one) => !one.value.startsWith("-"));
    return isFile || input?.certain !== true
      ? []
      : runInner(input.text, "argument", node.span, run, openState(run.state)).inner;
  }
  switch (name) {
    case "eval": {
      const text = args.map((one) => one.value).join(" ");
      return args.every((one) => one.certain) ? runInner(text, "argument", node.span, run, run.state).inner : [];
    }
    case "su":
    case "script":
    case "runuser": {
      const flag = args.findIndex((one) => one.value === "-c" || one.value === "--command");
      return flag < 0 ? [] : script(args[flag + 1]);
    }
    case "pwsh": {
      const flag = args.findIndex((one) => /^-c(?:o(?:m(?:m(?:a(?:n(?:d)?)?)?)?)?)?$/i.test(one.value));
      const text = args
        .slice(flag + 1)
        .map((one) => one.value)
        .join(" ");
      const made = flag < 0 || text === "" ? null : run.recorder.inner("powershell", text, "argument", node.span);
      return made === null ? [] : [made];
    }
    case "trap":
      return args[0]?.value.startsWith("-") === true || args.length < 2 ? [] : script(args[0]);
    case "find":
      return foundCommand(args, node, run);
    default:
      return wrapped(name, args, node, run);
  }
}

function bodyOf(
  own: Parameters<typeof runFunction>[0],
  args: readonly ShellWord[],
  run: ShRun,
): readonly InnerScript[] {
  const { ground } = run.recorder;
  if (ground.depth + 1 >= caps.scripts) return [];
  const recorder = openRecorder({ ...ground, depth: ground.depth + 1, origin: own.origin });
  const values = args.map((one) => ({ text: one.value, certain: one.certain }));
  runFunction(own, values, { ...run, recorder, when: "always", pipeline: null, redirections: [] });
  return [{ shell: run.shell, text: "", how: "block", script: recorder.script() }];
}

/** `find … -exec command {} \;`: runs for what is found. */
function foundCommand(args: readonly ShellWord[], node: Simple, run: ShRun): readonly InnerScript[] {
  const flag = args.findIndex((one) => /^-(?:exec|execdir|ok)$/.test(one.value));
  if (flag < 0) return [];
  const end = args.findIndex((one, at) => at > flag && (one.value === ";" || one.value === "+"));
  const words = args.slice(flag + 1, end < 0 ? args.length : end);
  return oneCommand(words, "conditional", node, run);
}

/** The command that `sudo`, `env`, `nohup`, `xargs` … run. */
function wrapped(name: string, args: readonly ShellWord[], node: Simple, run: ShRun): readonly InnerScript[] {
  const wrapper = known(run.recorder.ground.facts.wrappers, name);
  // `command -v x` asks where x is.
  if (wrapper === null || (name === "command" && /^-[vV]$/.test(args[0]?.value ?? ""))) return [];
  let at = 0;
  let operands = wrapper.operands;
  for (; at < args.length; at++) {
    const word = args[at]?.value ?? "";
    if (word === "--") {
      at++;
      break;
    }
    if (word.startsWith("-") && word.length > 1) {
      if (wrapper.valued.includes(word)) at++;
    } else if (wrapper.assigns && /^[A-Za-z_]\w*=/.test(word)) {
      // A variable for the program.
    } else if (operands > 0) operands--;
    else break;
  }
  return oneCommand(args.slice(at), "always", node, run);
}

/** A script of one command whose words are known already. */
function oneCommand(
  words: readonly ShellWord[],
  when: ShellCommand["when"],
  node: Simple,
  run: ShRun,
): readonly InnerScript[] {
  if (words.length === 0 || run.recorder.ground.depth + 1 >= caps.scripts) return [];
  const ground = run.recorder.within(node.span);
  if (ground === null) return [];
  const recorder = openRecorder(ground);
  const text = words.map((one) => one.value).join(" ");
  recorder.add({
    // Where find and xargs put what they found.
    words: words.map((one) => (one.value.includes("{}") ? { ...one, certain: false } : one)),
    text,
    span: node.span,
    pipeline: 0,
    when,
    redirections: [],
    assignments: [],
    inner: givenScripts(words, run.input, node, { ...run, recorder, pipeline: null }),
  });
  return [{ shell: run.shell, text, how: "argument", script: recorder.script() }];
}
