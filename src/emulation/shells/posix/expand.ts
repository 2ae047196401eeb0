import type { Span } from "../../../kit/span.ts";
import type { InnerScript, ShellWord } from "../command.ts";
import { capped } from "../ground.ts";
import { expandBraces } from "./braces.ts";
import { outputOf, type Substituted, substituted } from "./run.ts";
import { type ShRun, type ShValue, variableOf } from "./state.ts";
import type { ShPart, ShWord } from "./syntax.ts";

/** Words that a word becomes, and the scripts in it. */
export interface Expanded {
  readonly words: readonly ShellWord[];
  readonly inner: readonly InnerScript[];
}

/** A piece of a word. What is split parts words at its blanks. */
interface Piece extends ShValue {
  readonly quoted: boolean;
  readonly split: boolean;
  /** It begins a word of its own, as the second argument of `"$@"` does. */
  readonly apart?: true;
}

/** Words that one may become; real ones become a few. */
const maximumWords = 200;

/** Braces, variables, substitutions and splitting, in the order in which shells do them; patterns are left as written. */
export function expandWord(word: ShWord, run: ShRun): Expanded {
  const inner: InnerScript[] = [];
  const words: ShellWord[] = [];
  for (const parts of expandBraces(word.parts, maximumWords)) {
    const pieces = parts.flatMap((part) => piecesOf(part, run, inner));
    words.push(...splitPieces(withTilde(pieces, run), word));
  }
  return { words: words.slice(0, maximumWords), inner };
}

/** A word that stays one, as in an assignment or the name of a file. */
export function expandOne(
  word: ShWord,
  run: ShRun,
): { readonly word: ShellWord; readonly inner: readonly InnerScript[] } {
  const inner: InnerScript[] = [];
  const pieces = withTilde(
    word.parts.flatMap((part) => piecesOf(part, run, inner)),
    run,
  );
  const value = capped(run.recorder.ground, pieces.map((one) => one.text).join(""));
  return { word: { value, span: word.span, certain: pieces.every((one) => one.certain) }, inner };
}

function piecesOf(part: ShPart, run: ShRun, inner: InnerScript[]): readonly Piece[] {
  switch (part.type) {
    case "text":
      return [
        {
          text: part.text,
          certain: part.quoted || !/[*?[]/.test(part.text) || isSingleMark(part.text),
          quoted: part.quoted,
          split: false,
        },
      ];
    case "parameter":
      return parameterPieces(part, run, inner);
    case "arithmetic":
      return [{ ...arithmetic(part.text, run), quoted: true, split: false }];
    case "process": {
      const made = substituted(part.body, part.span, run);
      inner.push(...made.inner);
      return [{ text: written(run, part.span), certain: false, quoted: true, split: false }];
    }
    case "substitution":
      return outputPieces(substituted(part.body, part.span, run), part, run, inner);
    case "backticks":
      return outputPieces(outputOf(part.text, part.span, run), part, run, inner);
    default:
      return part satisfies never;
  }
}

/** What a substitution writes, without the newlines at its end; as it is written where that is not known. */
function outputPieces(
  { inner: scripts, output }: Substituted,
  part: { readonly quoted: boolean; readonly span: Span },
  run: ShRun,
  inner: InnerScript[],
): readonly Piece[] {
  inner.push(...scripts);
  const { quoted } = part;
  if (output === null) return [{ text: written(run, part.span), certain: false, quoted, split: false }];
  return [{ text: output.text.replace(/\n+$/, ""), certain: output.certain, quoted, split: !quoted }];
}

/** Whether a value that is not known is shown as it is written; a guess is not. */
function isAsWritten({ text, certain }: ShValue): boolean {
  return !certain && /[$`]/.test(text);
}

/** `[` is the name of a command, `?` and `[` alone match nothing else in practice. */
function isSingleMark(text: string): boolean {
  return text === "[" || text === "]" || text === "[[" || text === "?";
}

export function written(run: ShRun, at: { readonly start: number; readonly end: number }): string {
  return run.text.slice(at.start, at.end);
}

function parameterPieces(
  part: Extract<ShPart, { type: "parameter" }>,
  run: ShRun,
  inner: InnerScript[],
): readonly Piece[] {
  const { name, operator, quoted } = part;
  const unknown: Piece = { text: written(run, part.span), certain: false, quoted, split: false };
  if (name === "@" || name === "*") {
    const { args } = run.state;
    if (args === null || operator !== "") return [unknown];
    if (name === "@" && quoted) {
      return args.map((one, at): Piece => ({ ...one, quoted, split: false, ...(at === 0 ? {} : { apart: true }) }));
    }
    const text = args.map((one) => one.text).join(" ");
    return [
      {
        text,
        certain: args.every((one) => one.certain),
        quoted: quoted && name === "*",
        split: name === "@" || !quoted,
      },
    ];
  }
  const value = /^\d+$/.test(name) ? positional(name, run) : variableOf(name, run);
  const piece = (one: ShValue): Piece => ({ ...one, quoted, split: !quoted && !isAsWritten(one) });
  const argument = (): ShValue => {
    if (part.argument === null) return { text: "", certain: true };
    const made = expandOne(part.argument, run);
    inner.push(...made.inner);
    return { text: made.word.value, certain: made.word.certain };
  };
  switch (operator) {
    case "":
      return [value === null ? unknown : piece(value)];
    case ":-":
    case "-":
    case ":=":
    case "=": {
      if (value !== null && (value.text !== "" || !operator.startsWith(":"))) return [piece(value)];
      const given = argument();
      if (operator.endsWith("=")) run.state.variables.set(name, given);
      return [piece(given)];
    }
    case ":+":
    case "+":
      return [
        value === null || value.text === ""
          ? { text: "", certain: value !== null, quoted, split: true }
          : piece(argument()),
      ];
    case "length":
      return [value?.certain === true ? piece({ text: String(value.text.length), certain: true }) : unknown];
    default: {
      const changed = value?.certain === true ? changedBy(operator, value.text, argument()) : null;
      return [changed === null ? unknown : piece({ text: changed, certain: true })];
    }
  }
}

function positional(name: string, { state }: ShRun): ShValue | null {
  if (name === "0" || state.args === null) return null;
  return state.args[Number(name) - 1] ?? { text: "", certain: true };
}

/** `${x%.txt}`, `${x^^}`, `${x:0:3}`, `${x/a/b}`; null where a pattern would have to be matched. */
function changedBy(operator: string, text: string, argument: ShValue): string | null {
  if (!argument.certain) return null;
  const pattern = argument.text;
  switch (operator) {
    case "^^":
      return text.toUpperCase();
    case ",,":
      return text.toLowerCase();
    case ":": {
      const [from = 0, length] = pattern.split(":").map((one) => Number(one.trim()));
      if (!Number.isInteger(from) || (length !== undefined && !Number.isInteger(length))) return null;
      const tail = text.slice(from);
      return length === undefined ? tail : tail.slice(0, length);
    }
    case "%":
    case "%%":
      return text.endsWith(pattern) ? text.slice(0, text.length - pattern.length) : text;
    case "#":
    case "##":
      return text.startsWith(pattern) ? text.slice(pattern.length) : text;
    case "/":
    case "//": {
      const [old = "", by = ""] = pattern.split("/");
      if (old === "") return text;
      return operator === "/" ? text.replace(old, () => by) : text.replaceAll(old, () => by);
    }
    default:
      return null;
  }
}

/** A number, or one operator between two; more is not worked out. */
function arithmetic(text: string, run: ShRun): ShValue {
  const unknown = { text: `$((${text}))`, certain: false };
  const parts = /^\s*(-?\$?\w+)\s*(?:([-+*/%])\s*(\$?\w+)\s*)?$/.exec(text);
  if (parts === null) return unknown;
  const number = (name: string): number => {
    const bare = name.replace(/^\$/, "");
    return Number(
      /^-?\d+$/.test(bare) ? bare : variableOf(bare, run)?.certain === true ? variableOf(bare, run)?.text : Number.NaN,
    );
  };
  const left = number(parts[1] ?? "");
  const right = number(parts[3] ?? "0");
  const sum: Readonly<Record<string, number>> = {
    "+": left + right,
    "-": left - right,
    "*": left * right,
    "/": Math.trunc(left / right),
    "%": left % right,
  };
  const result = parts[2] === undefined ? left : (sum[parts[2]] ?? Number.NaN);
  return Number.isSafeInteger(result) ? { text: String(result), certain: true } : unknown;
}

/** `~` and `~/x` at the begin of a word. */
function withTilde(pieces: readonly Piece[], run: ShRun): readonly Piece[] {
  const [first, ...rest] = pieces;
  if (first === undefined || first.quoted || !first.text.startsWith("~")) return pieces;
  if (first.text.length > 1 && first.text[1] !== "/") return [{ ...first, certain: false }, ...rest];
  const home = variableOf("HOME", run);
  if (home === null) return [{ ...first, certain: false }, ...rest];
  return [{ ...first, text: home.text + first.text.slice(1), certain: first.certain && home.certain }, ...rest];
}

function splitPieces(pieces: readonly Piece[], word: ShWord): readonly ShellWord[] {
  const words: { value: string; certain: boolean; any: boolean }[] = [{ value: "", certain: true, any: false }];
  for (const piece of pieces) {
    const fields = piece.split ? piece.text.split(/[ \t\n]+/) : [piece.text];
    fields.forEach((field, at) => {
      if (at > 0 || piece.apart === true) words.push({ value: "", certain: true, any: false });
      const last = words[words.length - 1];
      if (last === undefined) return;
      last.value += field;
      last.certain &&= piece.certain;
      last.any ||= field !== "" || piece.quoted;
    });
    if (words.length > maximumWords) break;
  }
  return words.filter((one) => one.any).map(({ value, certain }) => ({ value, certain, span: word.span }));
}
