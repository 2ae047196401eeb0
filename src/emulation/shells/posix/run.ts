import type { Span } from "../../../kit/span.ts";
import type { InnerScript } from "../command.ts";
import { caps, openRecorder } from "../ground.ts";
import type { ShReader } from "./blanks.ts";
import { skipNewlines } from "./blanks.ts";
import { expandWord } from "./expand.ts";
import { joinOutputs, silence } from "./outputs.ts";
import { readList } from "./parser.ts";
import { answerOf, isQuestion } from "./questions.ts";
import { recordSimple } from "./record.ts";
import { openState, type ShFunction, type ShRun, type ShState, type ShValue } from "./state.ts";
import type { ShNode } from "./syntax.ts";

/** Functions that may call each other. */
const maximumCalls = 12;

/** Reads a script and goes through it; what it writes, where that is known. */
export function runText(text: string, run: Omit<ShRun, "text">): ShValue | null {
  const reader: ShReader = { text, at: 0, depth: 0, recorder: run.recorder, awaited: [] };
  const nodes = readList(reader, []);
  skipNewlines(reader);
  return runNode(nodes, { ...run, text });
}

/** Functions that nobody calls may be called by who reads the script in. */
export function runUncalled(run: ShRun): void {
  for (const one of run.state.functions.values()) {
    if (!one.called) runFunction(one, null, { ...run, when: "conditional" });
  }
}

/** Commands in the order in which they run; what they write, where that is known. */
export function runNode(node: ShNode, run: ShRun): ShValue | null {
  switch (node.type) {
    case "nothing":
      return silence;
    case "simple":
      return recordSimple(node, run);
    case "pipeline": {
      const pipeline = run.pipeline ?? run.recorder.newPipeline();
      let output: ShValue | null = run.input;
      for (const one of node.nodes) output = runNode(one, { ...run, pipeline, input: output });
      return output;
    }
    case "list":
      return runList(node, run);
    case "group":
      return runNode(node.body, {
        ...run,
        state: node.apart ? openState(run.state) : run.state,
        redirections: [...node.redirections, ...run.redirections],
      });
    case "if":
      runIf(node, run);
      return null;
    case "while": {
      runNode(node.condition, run);
      forget(node.body, run);
      runNode(node.body, { ...run, when: node.condition.type === "nothing" ? run.when : "conditional", input: null });
      return null;
    }
    case "for":
      return runFor(node, run);
    case "case":
      for (const one of node.bodies) runNode(one, { ...run, when: "conditional" });
      return null;
    case "function":
      run.state.functions.set(node.name, {
        body: node.body,
        text: run.text,
        origin: run.recorder.ground.origin,
        called: false,
      });
      return silence;
    default:
      return node satisfies never;
  }
}

function runIf(node: Extract<ShNode, { type: "if" }>, run: ShRun): void {
  const within: ShRun = { ...run, when: "conditional" };
  // What the branches set is kept of those that may run; of several, of the first.
  const states = node.bodies.map((body, at) => {
    const condition = node.conditions[at];
    const answer = condition === undefined ? null : answerOf(condition, run);
    if (condition !== undefined) runNode(condition, at === 0 ? run : within);
    const state = openState(run.state);
    runNode(body, { ...within, state });
    return { state, refused: answer?.yes === false, taken: answer?.yes === true };
  });
  const taken = states.findIndex((one) => one.taken);
  const possible = states.slice(0, taken < 0 ? states.length : taken + 1).filter((one) => !one.refused);
  for (const { state } of possible.reverse()) adopt(state, run);
}

/** Takes over what a branch has set, as what may be. */
function adopt(state: ShState, run: ShRun): void {
  for (const [name, value] of state.variables) {
    const before = run.state.variables.get(name);
    if (before === value) continue;
    run.state.variables.set(name, { text: value.text, certain: value.certain && before === undefined });
  }
}

function runList(node: Extract<ShNode, { type: "list" }>, run: ShRun): ShValue | null {
  let asked = false;
  /** Whether what stands before is known to have failed. */
  let failed = false;
  const outputs: (ShValue | null)[] = [];
  node.parts.forEach(({ operator, node: one }, at) => {
    const before = node.parts[at - 1]?.node;
    if (operator === ";") [asked, failed] = [false, false];
    if (operator === "&&" && before?.type === "simple" && isQuestion(before)) {
      asked = true;
      failed = answerOf(before, run)?.yes === false;
    }
    const conditional = operator === "||" || (operator === "&&" && asked);
    const skipped = operator === "&&" && failed;
    const within: ShRun = conditional ? { ...run, when: "conditional" } : run;
    outputs.push(runNode(one, skipped ? { ...within, state: openState(run.state) } : within));
    if (operator === "||") [asked, failed] = [false, false];
  });
  return joinOutputs(outputs);
}

function runFor(node: Extract<ShNode, { type: "for" }>, run: ShRun): ShValue | null {
  const words =
    node.words === null
      ? (run.state.args ?? []).map((one) => ({ value: one.text, certain: one.certain }))
      : node.words.flatMap((one) => expandWord(one, run).words);
  if (words.length === 0 && node.words !== null && node.words.length === 0) return silence;
  const turn = (value: ShValue, when: ShRun["when"]): void => {
    if (!run.recorder.step(node.span)) return;
    run.state.variables.set(node.name, value);
    runNode(node.body, { ...run, when, input: null });
  };
  if (words.length === 0 || words.some((one) => !one.certain)) {
    const [only] = words;
    const text = words.length === 1 && only !== undefined && /[*?]/.test(only.value) ? only.value : `$${node.name}`;
    turn({ text, certain: false }, "conditional");
    return null;
  }
  for (const one of words.slice(0, caps.turns)) turn({ text: one.value, certain: true }, run.when);
  return null;
}

/** What a loop sets changes from turn to turn, and is known in none. */
function forget(node: ShNode, run: ShRun): void {
  for (const name of assignedIn(node)) run.state.variables.set(name, { text: `$${name}`, certain: false });
}

function assignedIn(node: ShNode): readonly string[] {
  switch (node.type) {
    case "simple":
      return node.words.length === 0 ? node.assignments.map((one) => one.name) : [];
    case "pipeline":
      return node.nodes.flatMap(assignedIn);
    case "list":
      return node.parts.flatMap((one) => assignedIn(one.node));
    case "group":
    case "while":
    case "for":
      return assignedIn(node.body);
    case "if":
    case "case":
      return node.bodies.flatMap(assignedIn);
    default:
      return [];
  }
}

/** Runs the body of a function with its arguments; null: nobody knows them. */
export function runFunction(one: ShFunction, args: readonly ShValue[] | null, run: ShRun): void {
  if (run.calls >= maximumCalls || !run.recorder.step({ start: 0, end: 0 })) return;
  one.called = true;
  runNode(one.body, { ...run, text: one.text, state: { ...run.state, args }, calls: run.calls + 1, input: null });
}

/** The scripts of a substitution, and what it writes. */
export interface Substituted {
  readonly inner: readonly InnerScript[];
  readonly output: ShValue | null;
}

/** `$( … )`: its commands are a script of their own, in a copy of the state. */
export function substituted(body: ShNode, at: Span, run: ShRun): Substituted {
  const { ground } = run.recorder;
  if (ground.depth + 1 >= caps.scripts || !run.recorder.step(at)) return { inner: [], output: null };
  const recorder = openRecorder({ ...ground, depth: ground.depth + 1 });
  const output = runNode(body, {
    ...run,
    recorder,
    state: openState(run.state),
    when: "always",
    pipeline: null,
    input: null,
    redirections: [],
  });
  const script = recorder.script();
  const text = run.text.slice(at.start + 2, Math.max(at.start + 2, at.end - 1));
  return { inner: [{ shell: run.shell, text, how: "substitution", script }], output };
}

/** The same of a text that is read when it runs. */
export function outputOf(text: string, at: Span, run: ShRun): Substituted {
  return runInner(text, "substitution", at, run, openState(run.state));
}

/** A text that is run as a script. */
export function runInner(
  text: string,
  how: InnerScript["how"],
  at: Span,
  run: ShRun,
  state: ShRun["state"],
): Substituted {
  const isTooMuch = text.length > caps.length || run.calls >= maximumCalls || !run.recorder.step(at);
  const ground = isTooMuch ? null : run.recorder.within(at);
  if (ground === null) return { inner: [], output: null };
  const recorder = openRecorder(ground);
  const output = runText(text, {
    ...run,
    recorder,
    state,
    when: "always",
    pipeline: null,
    input: null,
    redirections: [],
    calls: run.calls + 1,
  });
  return { inner: [{ shell: run.shell, text, how, script: recorder.script() }], output };
}
