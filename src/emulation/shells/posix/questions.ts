import type { ShellWord } from "../command.ts";
import { expandWord } from "./expand.ts";
import type { ShRun } from "./state.ts";
import type { ShNode } from "./syntax.ts";

/** What a question is answered with: what is sure, what a guess says, or nothing. */
export interface Answer {
  readonly yes: boolean;
  readonly certain: boolean;
}

/** `[ a = b ]`, `[[ a == b ]]`, `test -z a`; null where the answer is not known, or it is no such question. */
export function answerOf(node: ShNode, run: ShRun): Answer | null {
  if (node.type !== "simple" || !isQuestion(node)) return null;
  const words = node.words.flatMap((one) => {
    // An empty text in quotes counts as a word here.
    const made = expandWord(one, run).words;
    return made.length > 0 ? made : [{ value: "", span: one.span, certain: true }];
  });
  const [first, ...rest] = words;
  const operands = first?.value === "test" ? rest : rest.slice(0, -1);
  if (operands.some((one) => !one.certain && /[$`*?]/.test(one.value))) return null;
  const yes = answered(operands);
  return yes === null ? null : { yes, certain: operands.every((one) => one.certain) };
}

const questions = new Set(["[", "[[", "test"]);

/** Commands whose answer is asked for: what stands behind `&&` runs only where it is yes. */
export function isQuestion(node: Extract<ShNode, { type: "simple" }>): boolean {
  const [first] = node.words[0]?.parts ?? [];
  return first?.type === "text" && questions.has(first.text);
}

function answered(operands: readonly ShellWord[]): boolean | null {
  const [first, operator, last, more] = operands.map((one) => one.value);
  if (more !== undefined || first === undefined) return null;
  if (last === undefined) {
    if (first === "-z") return operator === "";
    return first === "-n" ? operator !== "" : null;
  }
  if (operator === "=" || operator === "==") return /[*?]/.test(last) ? null : first === last;
  return operator === "!=" && !/[*?]/.test(last) ? first !== last : null;
}
