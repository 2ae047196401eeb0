import type { Diagnostic } from "../../kit/diagnostic.ts";
import { type Span, span } from "../../kit/span.ts";
import { openTokens } from "../../kit/tokens.ts";
import type { Command, MacroCall, Pipeline, Subsearch } from "./ast.ts";
import { readArgumentsCommand } from "./commands/arguments.ts";
import { readSearchCommand } from "./commands/search.ts";
import { commandParsers, generatingCommands, knownCommands } from "./commands/table.ts";
import { lex, type SplToken } from "./lexer.ts";
import { readMacroCall } from "./macros.ts";
import { nested, type Reading, report } from "./reading.ts";
import { readSearchItems, type SearchItem } from "./search-expression.ts";
import { type Fault, outermost, scanStructure } from "./structure.ts";

/**
 * What the first section may be without a `|` before it. root: a search, unless it names a command that makes events.
 * subsearch: any command, or a search. continuation: a command, as after a pipe (where a macro puts in a command).
 */
export type Position = "root" | "subsearch" | "continuation";

/** Reads a text of its own: a rule's search, a macro's definition, the inside of `map search="…"`. */
export function readPipelineText(
  text: string,
  position: Position,
  depth = 0,
): { readonly pipeline: Pipeline; readonly diagnostics: readonly Diagnostic[] } {
  const reading: Reading = { text, structure: scanStructure(text), nesting: { depth }, diagnostics: [] };
  for (const fault of reading.structure.faults) {
    const severity = fault.code === "stray-bracket" ? "warning" : "error";
    report(
      reading,
      fault.code,
      severity,
      faultSentences[fault.code],
      span(fault.at, Math.min(text.length, fault.at + 1)),
    );
  }
  const pipeline = readPipeline(reading, outermost, 0, text.length, position);
  return { pipeline, diagnostics: reading.diagnostics };
}

/** A text that stands inside a search expression: its conditions, and the commands that follow them. */
export function readConditionText(
  text: string,
  depth: number,
): { readonly items: readonly SearchItem[]; readonly commands: readonly Command[] } {
  const reading: Reading = { text, structure: scanStructure(text), nesting: { depth }, diagnostics: [] };
  const [first = text.length] = reading.structure.pipes.get(outermost) ?? [];
  const items = readSearchItems(reading, openTokens(lex(reading, 0, first, "search")));
  if (first >= text.length) return { items, commands: [] };
  return { items, commands: readPipelineText(text.slice(first), "continuation", depth).pipeline.commands };
}

const faultSentences: Readonly<Record<Fault["code"], string>> = {
  "unclosed-string": "A closing quote is expected for this string.",
  "unclosed-macro": "A closing backtick is expected for this macro.",
  "unclosed-comment": "Three backticks are expected at the end of this comment.",
  "unclosed-subsearch": "A closing bracket is expected for this sub-search.",
  "stray-bracket": "This bracket closes no sub-search.",
};

export function readSubsearch(reading: Reading, token: SplToken): Subsearch {
  const { start, end } = token.span;
  const close = reading.structure.closes.get(start) ?? end;
  const inner = Math.min(Math.max(start + 1, close), end);
  const pipeline = nested<Pipeline>(
    reading,
    () => readPipeline(reading, start, start + 1, inner, "subsearch"),
    () => {
      report(reading, "too-deep", "error", "Sub-searches nest too deep to be read.", token.span);
      const at = span(start + 1, inner);
      const text = reading.text.slice(at.start, at.end);
      return { type: "pipeline", leadingPipe: false, commands: [{ type: "error", text, span: at }], span: at };
    },
  );
  return { type: "subsearch", pipeline, span: token.span };
}

function readPipeline(reading: Reading, level: number, start: number, end: number, position: Position): Pipeline {
  const pipes = reading.structure.pipes.get(level) ?? [];
  const commands: Command[] = [];
  let leadingPipe = false;
  let from = start;
  pipes.concat(end).forEach((to, index) => {
    const section = trim(reading, from, Math.min(to, end));
    from = to + 1;
    if (section.start < section.end) {
      commands.push(readSection(reading, section, index === 0 ? position : "continuation"));
    } else if (index === 0 && pipes.length > 0) leadingPipe = true;
    else if (to < end || index > 0) {
      report(
        reading,
        "empty-command",
        "warning",
        "A command is expected between two pipes.",
        span(section.start, section.start),
      );
    }
  });
  if (commands.length === 0) report(reading, "empty", "error", "A search is expected.", span(start, end));
  return { type: "pipeline", leadingPipe, commands, span: span(start, Math.max(start, end)) };
}

/** The section without spaces and comments at its ends. */
function trim(reading: Reading, start: number, end: number): Span {
  const { text, structure } = reading;
  let from = start;
  for (;;) {
    const afterComment = structure.comments.get(from);
    if (from < end && afterComment !== undefined) from = Math.min(end, afterComment);
    else if (from < end && (text[from] ?? "").trim() === "") from++;
    else break;
  }
  let to = end;
  while (to > from && (text[to - 1] ?? "").trim() === "") to--;
  return span(from, Math.max(from, to));
}

const commandName = /[A-Za-z_][A-Za-z0-9_]*/y;

function readSection(reading: Reading, at: Span, position: Position): Command {
  const { text } = reading;
  commandName.lastIndex = at.start;
  const name = text[at.start] === "`" ? null : (commandName.exec(text)?.[0] ?? null);
  const after = at.start + (name?.length ?? 0);
  const lower = name?.toLowerCase() ?? "";
  if (name !== null && after <= at.end && endsName(text[after], after, at.end)) {
    const known = position === "root" ? generatingCommands.has(lower) : knownCommands.has(lower);
    if ((known && !isComparison(text, after, at.end)) || position === "continuation") {
      const read = commandParsers[lower];
      return read === undefined ? readArgumentsCommand(reading, lower, after, at) : read(reading, lower, after, at);
    }
  }
  if (position === "continuation") return readMacroSection(reading, at);
  return readSearchCommand(reading, "search", at.start, at, true);
}

function endsName(char: string | undefined, at: number, end: number): boolean {
  return (
    at >= end ||
    char === undefined ||
    char.trim() === "" ||
    char === "`" ||
    char === "[" ||
    char === '"' ||
    char === "(" ||
    char === "-"
  );
}

/** `head=5` at the start of a search compares a field that has the name of a command. */
function isComparison(text: string, at: number, end: number): boolean {
  let next = at;
  while (next < end && (text[next] ?? "").trim() === "") next++;
  return next < end && (text[next] === "=" || text[next] === "!");
}

/** A section that begins with a macro: the macro is the command, or the first part of one. */
function readMacroSection(reading: Reading, at: Span): Command {
  const text = reading.text.slice(at.start, at.end);
  const cursor = openTokens(lex(reading, at.start, at.end, "search"));
  const first = cursor.next();
  if (first.type === "macro") {
    const call: MacroCall = readMacroCall(reading, first);
    const next = cursor.peek();
    const rest = next.type === "end" ? "" : reading.text.slice(next.span.start, at.end).trim();
    return { type: "macro_command", call, rest, span: at };
  }
  report(reading, "command-name", "error", "The name of a command is expected after a pipe.", first.span);
  return { type: "error", text, span: at };
}
