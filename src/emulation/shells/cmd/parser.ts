import type { Span } from "../../../kit/span.ts";
import { caps, type Recorder } from "../ground.ts";
import { type Cell, expandLine, isBlankCell, textOf } from "./cells.ts";
import type { CmdNode, CmdOperator, CmdRedirection } from "./syntax.ts";

const nothing: CmdNode = { type: "nothing" };

/** Reads a script line by line, since each line is filled in with the variables that the lines before it have set. */
export interface CmdParser {
  /** The next line that holds something; null at the end. */
  readonly next: () => CmdNode | null;
}

export function openCmdParser(text: string, variables: ReadonlyMap<string, string>, recorder: Recorder): CmdParser {
  let line = 0;
  let cells: Cell[] = [];
  let at = 0;
  /** Parentheses around. */
  let depth = 0;
  /** Blocks, conditions and loops around. */
  let level = 0;

  const pull = (): boolean => {
    if (line >= text.length) return false;
    const newline = text.indexOf("\n", line);
    const end = newline < 0 ? text.length : newline;
    const stop = text[end - 1] === "\r" && end > line ? end - 1 : end;
    cells = expandLine(text, line, stop, variables);
    at = 0;
    line = end + 1;
    return true;
  };
  const here = (): Span => {
    const cell = cells[at] ?? cells[cells.length - 1];
    const start = Math.min(cell?.start ?? line, text.length);
    return { start, end: Math.max(start, Math.min(cell?.end ?? start, text.length)) };
  };
  const peek = (ahead = 0): string => {
    const cell = cells[at + ahead];
    return cell === undefined || cell.plain ? "" : cell.char;
  };
  const skipBlanks = (): void => {
    while (isBlankCell(cells[at]) || [",", ";", "="].includes(peek())) at++;
  };
  /** Blanks, and inside a block lines, too. */
  const skipLines = (): void => {
    for (;;) {
      skipBlanks();
      if (at < cells.length || depth === 0 || !pull()) return;
    }
  };
  const isKeyword = (word: string): boolean => {
    const slice = textOf(cells.slice(at, at + word.length)).toLowerCase();
    if (slice !== word) return false;
    const after = peek(word.length);
    return after === "" || ' \t,;=()"/&|<>@%'.includes(after);
  };
  const takeKeyword = (word: string): boolean => {
    if (!isKeyword(word)) return false;
    at += word.length;
    skipBlanks();
    return true;
  };
  /** A word up to a blank outside quotes. */
  const takeWord = (stopAt: (char: string) => boolean = () => false): readonly Cell[] => {
    skipBlanks();
    const start = at;
    let quoted = false;
    while (at < cells.length) {
      const char = peek();
      if (char === '"') quoted = !quoted;
      if (!quoted && (isBlankCell(cells[at]) || "&|<>".includes(char || "x") || stopAt(char))) break;
      at++;
    }
    return cells.slice(start, at);
  };

  /** Commands with what stands between them; in a block the lines that follow, too. */
  const sequence = (lines: boolean): CmdNode => {
    const parts: { operator: CmdOperator; node: CmdNode }[] = [];
    let operator: CmdOperator = "&";
    for (;;) {
      const node = pipeline();
      if (node.type !== "nothing") parts.push({ operator, node });
      skipBlanks();
      if (peek() === "&") {
        at++;
        operator = peek() === "&" ? "&&" : "&";
        if (operator === "&&") at++;
      } else if (peek() === "|" && peek(1) === "|") {
        at += 2;
        operator = "||";
      } else if (lines && depth > 0 && at >= cells.length && pull()) operator = "&";
      else break;
    }
    const [only] = parts;
    if (only === undefined) return nothing;
    return parts.length === 1 ? only.node : { type: "sequence", parts };
  };

  const pipeline = (): CmdNode => {
    const nodes: CmdNode[] = [];
    for (;;) {
      const node = element();
      if (node.type !== "nothing") nodes.push(node);
      skipBlanks();
      if (peek() !== "|" || peek(1) === "|") break;
      at++;
    }
    const [only] = nodes;
    if (only === undefined) return nothing;
    return nodes.length === 1 ? only : { type: "pipeline", nodes };
  };

  const element = (): CmdNode => {
    skipBlanks();
    while (peek() === "@") {
      at++;
      skipBlanks();
    }
    if (peek() === ":") {
      const name = textOf(cells.slice(at + 1))
        .trim()
        .toLowerCase();
      at = cells.length;
      // `::` is how comments are written.
      return name.startsWith(":") ? nothing : { type: "label", name };
    }
    if (peek() === ")" && depth === 0) return nothing;
    if (peek() === "(") return deeper(block);
    if (isKeyword("rem")) {
      at = cells.length;
      return nothing;
    }
    if (isKeyword("if")) return deeper(condition);
    if (isKeyword("for")) return deeper(loop);
    return command();
  };

  /** What an `if` or `for` runs may be one again, without any block between them. */
  const deeper = (read: () => CmdNode): CmdNode => {
    if (level >= caps.depth) {
      recorder.problem("shell/too-deep", `Commands nested at most ${caps.depth} deep were expected.`, here());
      at = cells.length;
      return nothing;
    }
    level++;
    const node = read();
    level--;
    return node;
  };

  const block = (): CmdNode => {
    const opened = here();
    at++;
    depth++;
    const body = sequence(true);
    depth--;
    if (peek() === ")") at++;
    else recorder.problem("shell/unclosed", "A closing parenthesis was expected.", opened);
    const redirections: CmdRedirection[] = [];
    for (;;) {
      skipBlanks();
      const found = redirection();
      if (found === null) break;
      redirections.push(found);
    }
    if (at < cells.length && !"&|)".includes(peek() || "x") && !isKeyword("else")) {
      const rest = command();
      if (rest.type === "command" && rest.cells.length > 0) {
        recorder.problem("shell/unexpected", "An operator was expected behind the block.", rest.span);
      }
    }
    return { type: "block", body, redirections };
  };

  const condition = (): CmdNode => {
    const start = here();
    takeKeyword("if");
    while (takeKeyword("/i") || takeKeyword("not")) {
      // Neither changes what could run.
    }
    if (takeKeyword("exist") || takeKeyword("defined") || takeKeyword("errorlevel") || takeKeyword("cmdextversion")) {
      takeWord((char) => char === "(");
    } else {
      takeWord((char) => char === "=");
      if (peek() === "=" && peek(1) === "=") at += 2;
      else {
        while (isBlankCell(cells[at])) at++;
        if (peek() === "=" && peek(1) === "=") at += 2;
        else if (!/^(?:equ|neq|lss|leq|gtr|geq)$/i.test(textOf(takeWord()))) {
          recorder.problem("shell/unexpected", "A comparison was expected in the condition.", start);
        }
      }
      takeWord((char) => char === "(");
    }
    const then = branch();
    const mark = at;
    skipBlanks();
    if (!isKeyword("else")) {
      at = mark;
      return { type: "if", then, otherwise: null };
    }
    at += "else".length;
    return { type: "if", then, otherwise: branch() };
  };

  /** What an `if` or `for` runs: all that follows on the line, even behind a block. */
  const branch = (): CmdNode => sequence(false);

  const loop = (): CmdNode => {
    const start = here();
    takeKeyword("for");
    let kind: Extract<CmdNode, { type: "for" }>["kind"] = "words";
    let options = "";
    while (peek() === "/") {
      const letter = peek(1).toLowerCase();
      at += 2;
      skipBlanks();
      if (letter === "l") kind = "numbers";
      else if (letter === "d") kind = "folders";
      else if (letter === "f" || letter === "r") {
        kind = letter === "f" ? "file" : "tree";
        if (peek() !== "%") options = textOf(takeWord()).replaceAll('"', "");
        skipBlanks();
      }
    }
    const variable = peek() === "%" ? peek(1) : "";
    if (variable === "") {
      recorder.problem("shell/unexpected", "The variable of the loop was expected.", start);
      at = cells.length;
      return nothing;
    }
    at += 2;
    skipBlanks();
    if (!takeKeyword("in")) recorder.problem("shell/unexpected", 'The word "in" was expected in the loop.', here());
    const list = takeList();
    skipLines();
    if (!takeKeyword("do")) recorder.problem("shell/unexpected", 'The word "do" was expected in the loop.', here());
    const body = branch();
    return { type: "for", kind, options, variable, list, body, span: { start: start.start, end: here().end } };
  };

  const takeList = (): readonly Cell[] => {
    if (peek() !== "(") return [];
    const opened = here();
    at++;
    const found: Cell[] = [];
    let quoted = false;
    let command = "";
    for (;;) {
      if (at >= cells.length) {
        if (!pull()) {
          recorder.problem("shell/unclosed", "A closing parenthesis was expected.", opened);
          return found;
        }
        found.push({ char: " ", start: line, end: line, certain: true, plain: false });
        continue;
      }
      const cell = cells[at] as Cell;
      const char = peek();
      if (char === '"') quoted = !quoted;
      else if (!quoted && (char === "'" || char === "`") && (command === "" || command === char)) {
        command = command === "" ? char : "";
      } else if (!quoted && char === ")" && (command === "" || !closesLater(command))) break;
      else if (!quoted && char === "^" && at + 1 < cells.length) {
        at++;
        found.push({ ...(cells[at] as Cell), start: cell.start });
        at++;
        continue;
      }
      found.push(cell);
      at++;
    }
    at++;
    skipBlanks();
    return found;
  };
  const closesLater = (quote: string): boolean => cells.slice(at, at + 2000).some((one) => one.char === quote);

  const command = (): CmdNode => {
    const found: Cell[] = [];
    const redirections: CmdRedirection[] = [];
    const start = here();
    let quoted = false;
    let end = start.end;
    while (at < cells.length) {
      const cell = cells[at] as Cell;
      const char = peek();
      if (char === "^" && !quoted) {
        const next = cells[at + 1];
        if (next !== undefined) {
          found.push({ ...next, start: cell.start, plain: true });
          at += 2;
        } else {
          // At the end of a line it joins the next one.
          at++;
          if (!pull()) break;
          const first = cells[0];
          if (first !== undefined && "&|<>^".includes(first.char)) cells[0] = { ...first, plain: true };
        }
        end = cells[at - 1]?.end ?? end;
        continue;
      }
      if (char === '"') quoted = !quoted;
      if (!quoted) {
        if (char === "&" || char === "|" || (char === ")" && depth > 0)) break;
        const last = found[found.length - 1];
        const before = found[found.length - 2];
        const handle = last !== undefined && /^\d$/.test(last.char) && (before === undefined || isBlankCell(before));
        if (char === ">" || char === "<") {
          const number = handle && last?.end === cell.start ? last.char : "";
          if (number !== "") found.pop();
          const one = redirection(number);
          if (one !== null) redirections.push(one);
          end = cells[at - 1]?.end ?? end;
          continue;
        }
      }
      found.push(cell);
      end = cell.end;
      at++;
    }
    if (found.every((one) => isBlankCell(one)) && redirections.length === 0) return nothing;
    return {
      type: "command",
      cells: found,
      redirections,
      span: { start: start.start, end: Math.max(end, start.start) },
    };
  };

  const redirection = (number = ""): CmdRedirection | null => {
    let handle = number;
    if (handle === "" && /^\d$/.test(peek()) && "<>".includes(peek(1) || "x")) {
      handle = peek();
      at++;
    }
    const mark = peek();
    if (mark !== ">" && mark !== "<") return null;
    const opened = here();
    at++;
    const appends = mark === ">" && peek() === ">";
    if (appends) at++;
    if (peek() === "&") {
      // `2>&1` joins two handles and writes nowhere else.
      const start = at;
      at++;
      if (/^\d$/.test(peek())) at++;
      return { kind: mark === "<" ? "in" : handle === "2" ? "error" : "out", target: cells.slice(start, at) };
    }
    const target = takeWord((char) => char === ")" && depth > 0);
    if (target.length === 0) recorder.problem("shell/unexpected", "The name of a file was expected.", opened);
    if (mark === "<") return { kind: "in", target };
    return { kind: handle === "2" ? "error" : appends ? "append" : "out", target };
  };

  return {
    next: () => {
      for (;;) {
        skipBlanks();
        if (at >= cells.length && !pull()) return null;
        if (!recorder.step(here())) return null;
        const before = { line, at };
        const node = sequence(false);
        if (peek() === ")" && depth === 0) {
          recorder.problem("shell/unexpected", "A closing parenthesis closes nothing.", here());
          at++;
        } else if (before.line === line && before.at === at && at < cells.length) at++;
        if (node.type !== "nothing") return node;
      }
    },
  };
}
