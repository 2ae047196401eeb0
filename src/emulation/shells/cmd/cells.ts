import type { Span } from "../../../kit/span.ts";
import type { ShellWord } from "../command.ts";
import { known } from "../facts.ts";
import { splitWindowsArguments } from "../windows-arguments.ts";

/** One character that the parser sees, with its place in the script. */
export interface Cell {
  readonly char: string;
  readonly start: number;
  readonly end: number;
  /** false: it stands for something that only running the script would tell. */
  readonly certain: boolean;
  /** true: a caret stood before it, so that it means nothing but itself. */
  readonly plain: boolean;
}

/** A line with its variables filled in, as cmd does before it looks at anything else. */
export function expandLine(text: string, start: number, end: number, variables: ReadonlyMap<string, string>): Cell[] {
  const cells: Cell[] = [];
  let at = start;
  while (at < end) {
    const char = text[at] ?? "";
    if (char !== "%") {
      cells.push({ char, start: at, end: at + 1, certain: true, plain: false });
      at++;
      continue;
    }
    // Batch files write `%%` for `%`.
    if (text[at + 1] === "%" && at + 1 < end) {
      cells.push({ char, start: at, end: at + 2, certain: true, plain: false });
      at += 2;
      continue;
    }
    const reference = referenceAt(text, at, end);
    const value = reference === null ? null : lookUp(reference.name, variables);
    if (reference === null || (value === null && !/^[A-Za-z_][\w.-]*(?::.*)?$/.test(reference.name))) {
      cells.push({ char, start: at, end: at + 1, certain: true, plain: false });
      at++;
      continue;
    }
    const certain = value !== null;
    for (const one of value ?? text.slice(at, reference.end)) {
      cells.push({ char: one, start: at, end: reference.end, certain, plain: false });
    }
    at = reference.end;
  }
  return cells;
}

function referenceAt(text: string, at: number, end: number): { readonly name: string; readonly end: number } | null {
  // No name is as long as this; a lone percent sign must not make the scan look through the rest each time.
  const close = text.slice(at + 1, Math.min(end, at + 200)).indexOf("%");
  return close <= 0 ? null : { name: text.slice(at + 1, at + 1 + close), end: at + close + 2 };
}

/** `%name%`, `%name:~from,length%` and `%name:old=new%`. */
function lookUp(reference: string, variables: ReadonlyMap<string, string>): string | null {
  const colon = reference.indexOf(":");
  const name = (colon < 0 ? reference : reference.slice(0, colon)).toLowerCase();
  const value = variables.get(name);
  if (value === undefined) return null;
  if (colon < 0) return value;
  const change = reference.slice(colon + 1);
  const cut = /^~(-?\d+)?(?:,(-?\d+))?$/.exec(change);
  if (cut !== null) {
    const [, from = "0", length] = cut;
    const tail = value.slice(Number(from));
    return length === undefined ? tail : tail.slice(0, Number(length));
  }
  const equals = change.indexOf("=");
  if (equals <= 0) return null;
  return replaceIgnoringCase(value, change.slice(0, equals), change.slice(equals + 1));
}

function replaceIgnoringCase(value: string, old: string, by: string): string {
  const lower = value.toLowerCase();
  const wanted = old.toLowerCase();
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(value.slice(from, at), by);
    from = at + wanted.length;
  }
  return [...parts, value.slice(from)].join("");
}

/** Values of loop variables by letter. */
export type LoopValues = Readonly<Record<string, { readonly value: string; readonly certain: boolean }>>;

/** Puts the values of loops for `%i` and `%~nxi`. cmd does this last: a value holds no operators. */
export function fillLoops(cells: readonly Cell[], values: LoopValues): readonly Cell[] {
  if (Object.keys(values).length === 0) return cells;
  const filled: Cell[] = [];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] as Cell;
    const reference = cell.char === "%" ? loopReference(cells, at, values) : null;
    if (reference === null) {
      filled.push(cell);
      continue;
    }
    const last = cells[at + reference.length - 1] ?? cell;
    for (const char of reference.value) {
      filled.push({ char, start: cell.start, end: last.end, certain: reference.certain, plain: true });
    }
    at += reference.length - 1;
  }
  return filled;
}

function loopReference(
  cells: readonly Cell[],
  at: number,
  values: LoopValues,
): { readonly length: number; readonly value: string; readonly certain: boolean } | null {
  const direct = known(values, cells[at + 1]?.char ?? "");
  if (direct !== null) return { length: 2, ...direct };
  if (cells[at + 1]?.char !== "~") return null;
  let end = at + 2;
  let modifiers = "";
  while (end < cells.length && "fdpnxsatz".includes((cells[end]?.char ?? "").toLowerCase())) {
    modifiers += cells[end]?.char.toLowerCase();
    end++;
  }
  // The last letter that is a variable is the variable: `%~nxi`, but also `%~f` with a loop over f.
  const after = known(values, cells[end]?.char ?? "");
  if (after !== null) return { length: end - at + 1, ...modified(after, modifiers) };
  const inside = modifiers === "" ? null : known(values, cells[end - 1]?.char ?? "");
  return inside === null ? null : { length: end - at, ...modified(inside, modifiers.slice(0, -1)) };
}

function modified(
  { value, certain }: { readonly value: string; readonly certain: boolean },
  modifiers: string,
): { readonly value: string; readonly certain: boolean } {
  const bare = value.replaceAll('"', "");
  const name = bare.slice(bare.lastIndexOf("\\") + 1);
  const dot = name.lastIndexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  const extension = dot < 0 ? "" : name.slice(dot);
  const isFull = /^[A-Za-z]:\\/.test(bare);
  switch (modifiers) {
    case "":
      return { value: bare, certain };
    case "nx":
      return { value: name, certain };
    case "n":
      return { value: stem, certain };
    case "x":
      return { value: extension, certain };
    case "f":
      return { value: bare, certain: certain && isFull };
    case "dp":
      return { value: bare.slice(0, bare.length - name.length), certain: certain && isFull };
    default:
      return { value: bare, certain: false };
  }
}

export function textOf(cells: readonly Cell[]): string {
  return cells.map((one) => one.char).join("");
}

export function spanOf(cells: readonly Cell[], otherwise: Span): Span {
  const first = cells[0];
  const last = cells[cells.length - 1];
  return first === undefined || last === undefined
    ? otherwise
    : { start: first.start, end: Math.max(first.end, last.end) };
}

export function isBlankCell(cell: Cell | undefined): boolean {
  return cell !== undefined && (cell.char === " " || cell.char === "\t") && !cell.plain;
}

export function trimCells(cells: readonly Cell[]): readonly Cell[] {
  let start = 0;
  let end = cells.length;
  while (start < end && isSpace(cells[start])) start++;
  while (end > start && isSpace(cells[end - 1])) end--;
  return cells.slice(start, end);
}

function isSpace(cell: Cell | undefined): boolean {
  return cell !== undefined && " \t\r\n".includes(cell.char);
}

/** The words that a program finds in its command line. */
export function wordsOf(cells: readonly Cell[]): readonly ShellWord[] {
  return splitWindowsArguments(textOf(cells)).map(({ value, start, end }) => wordOf(cells.slice(start, end), value));
}

export function wordOf(cells: readonly Cell[], value = textOf(cells).replaceAll('"', "")): ShellWord {
  return { value, span: spanOf(cells, { start: 0, end: 0 }), certain: cells.every((one) => one.certain) };
}
