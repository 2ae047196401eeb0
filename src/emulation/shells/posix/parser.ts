import { deeper, matchHere, peek, spanFrom, startsHere, take, unclosed, unexpected } from "../reader.ts";
import { type ShReader, skipBlanks, skipNewlines, textWord } from "./blanks.ts";
import { readRedirection } from "./redirections.ts";
import type { ShAssignment, ShNode, ShOperator, ShRedirection, ShWord } from "./syntax.ts";
import { endsWord, readArithmetic, readWord } from "./words.ts";

const nothing: ShNode = { type: "nothing" };

/** Words that end a list where a command could begin. */
const closers = new Set(["then", "else", "elif", "fi", "do", "done", "esac", "}"]);

/** Commands up to one of the words or marks, which is not taken. */
export function readList(reader: ShReader, ends: readonly string[]): ShNode {
  const parts: { operator: ShOperator; node: ShNode }[] = [];
  let operator: ShOperator = ";";
  for (;;) {
    skipNewlines(reader);
    const char = peek(reader);
    if (char === "") break;
    const word = reservedHere(reader);
    if (ends.includes(char) || (word !== null && ends.includes(word)) || startsHere(reader, ";;")) {
      if (!startsHere(reader, ";;") || ends.includes(";;")) break;
    }
    const before = reader.at;
    if (char === ")" || (word !== null && closers.has(word))) {
      if (ends.length > 0) break;
      unexpected(reader, `${word ?? "A closing parenthesis"} closes nothing.`);
      reader.at += word?.length ?? 1;
      continue;
    }
    const node = readPipeline(reader);
    if (node.type !== "nothing") parts.push({ operator, node });
    skipBlanks(reader);
    if (node.type === "nothing" && (operator !== ";" || ";&|".includes(peek(reader) || "x"))) {
      unexpected(reader, "A command was expected.");
    }
    operator = ";";
    if (startsHere(reader, "&&") || startsHere(reader, "||")) {
      operator = startsHere(reader, "&&") ? "&&" : "||";
      reader.at += 2;
    } else if (startsHere(reader, ";;") && ends.includes(";;")) break;
    else if (take(reader, ";") || take(reader, "&")) {
      // Both end a command; what runs in the background runs, too.
    } else if (peek(reader) !== "\n" && reader.at > before) {
      const next = peek(reader);
      const reserved = reservedHere(reader);
      if (next === "" || next === ")" || (reserved !== null && closers.has(reserved))) continue;
      unexpected(reader, "The end of the command was expected.");
      while (reader.at < reader.text.length && !"\n;".includes(peek(reader))) reader.at++;
    }
    if (reader.at === before) {
      unexpected(reader, "A command was expected.");
      reader.at++;
    }
  }
  const [only] = parts;
  if (only === undefined) return nothing;
  return parts.length === 1 ? only.node : { type: "list", parts };
}

/** A word of the grammar at the cursor: one that stands alone and unquoted. */
function reservedHere(reader: ShReader): string | null {
  const word = matchHere(reader, /[a-z]+|[{}!]|\[\[/y);
  return word !== null && endsWord(peek(reader, word.length)) ? word : null;
}

function takeReserved(reader: ShReader, word: string): boolean {
  skipNewlines(reader);
  if (reservedHere(reader) !== word) return false;
  reader.at += word.length;
  return true;
}

function expectReserved(reader: ShReader, word: string, start: number): void {
  if (!takeReserved(reader, word)) unclosed(reader, `The word ${word} was expected.`, start);
}

function readPipeline(reader: ShReader): ShNode {
  const nodes: ShNode[] = [];
  for (;;) {
    skipBlanks(reader);
    while (reservedHere(reader) === "!" || reservedHere(reader) === "time") {
      reader.at += reservedHere(reader)?.length ?? 1;
      skipBlanks(reader);
      if (startsHere(reader, "-p ")) reader.at += 3;
    }
    const node = deeper(reader, () => readCommand(reader), nothing);
    if (node.type !== "nothing") nodes.push(node);
    else if (nodes.length > 0) unexpected(reader, "A command was expected behind the pipe.");
    skipBlanks(reader);
    if (peek(reader) !== "|" || peek(reader, 1) === "|") break;
    reader.at += startsHere(reader, "|&") ? 2 : 1;
    skipNewlines(reader);
  }
  const [only] = nodes;
  if (only === undefined) return nothing;
  return nodes.length === 1 ? only : { type: "pipeline", nodes };
}

function readCommand(reader: ShReader): ShNode {
  const compound = readCompound(reader);
  if (compound === null) return readSimple(reader);
  const redirections: ShRedirection[] = [];
  for (;;) {
    skipBlanks(reader);
    const one = readRedirection(reader);
    if (one === null) break;
    redirections.push(one);
  }
  return redirections.length === 0 ? compound : { type: "group", body: compound, redirections, apart: false };
}

function readCompound(reader: ShReader): ShNode | null {
  const start = reader.at;
  if (peek(reader) === "(") {
    if (startsHere(reader, "((") && readArithmetic(reader) !== null) return { type: "list", parts: [] };
    reader.at++;
    const body = readList(reader, [")"]);
    if (!take(reader, ")")) unclosed(reader, "A closing parenthesis was expected.", start);
    return { type: "group", body, redirections: [], apart: true };
  }
  const word = reservedHere(reader);
  const definition = matchHere(
    reader,
    /(?:function[ \t]+[^\s(){};&|<>]+(?:[ \t]*\([ \t]*\))?|[A-Za-z_][\w.:-]*[ \t]*\([ \t]*\))/y,
  );
  if (definition !== null) {
    reader.at += definition.length;
    skipNewlines(reader);
    const name = definition.replace(/^function\s+/, "").replace(/\s*\(\s*\)$/, "");
    const body = deeper(reader, () => readCommand(reader), nothing);
    return { type: "function", name, body, span: spanFrom(reader, start) };
  }
  switch (word) {
    case "{": {
      reader.at++;
      const body = readList(reader, ["}"]);
      expectReserved(reader, "}", start);
      return { type: "group", body, redirections: [], apart: false };
    }
    case "if":
      reader.at += word.length;
      return readIf(reader, start);
    case "while":
    case "until": {
      reader.at += word.length;
      const condition = readList(reader, ["do"]);
      const body = readDo(reader, start);
      return { type: "while", condition, body, span: spanFrom(reader, start) };
    }
    case "for":
    case "select":
      reader.at += word.length;
      return readFor(reader, start);
    case "case":
      reader.at += word.length;
      return readCase(reader, start);
    case "[[":
      return readTest(reader);
    default:
      return null;
  }
}

function readDo(reader: ShReader, start: number): ShNode {
  expectReserved(reader, "do", start);
  const body = readList(reader, ["done"]);
  expectReserved(reader, "done", start);
  return body;
}

function readIf(reader: ShReader, start: number): ShNode {
  const conditions: ShNode[] = [];
  const bodies: ShNode[] = [];
  do {
    conditions.push(readList(reader, ["then"]));
    expectReserved(reader, "then", start);
    bodies.push(readList(reader, ["elif", "else", "fi"]));
  } while (takeReserved(reader, "elif"));
  if (takeReserved(reader, "else")) bodies.push(readList(reader, ["fi"]));
  expectReserved(reader, "fi", start);
  return { type: "if", conditions, bodies };
}

function readFor(reader: ShReader, start: number): ShNode {
  skipBlanks(reader);
  if (startsHere(reader, "((")) {
    if (readArithmetic(reader) === null) unclosed(reader, "Two closing parentheses were expected.", reader.at);
    skipBlanks(reader);
    take(reader, ";");
    const body = readDo(reader, start);
    return { type: "while", condition: nothing, body, span: spanFrom(reader, start) };
  }
  const name = matchHere(reader, /[A-Za-z_]\w*/y);
  if (name === null) unexpected(reader, "The variable of the loop was expected.");
  reader.at += name?.length ?? 0;
  let words: ShWord[] | null = null;
  if (takeReserved(reader, "in")) {
    words = [];
    for (;;) {
      skipBlanks(reader);
      const word = readWord(reader);
      if (word === null) break;
      words.push(word);
    }
  }
  skipBlanks(reader);
  take(reader, ";");
  const body = readDo(reader, start);
  return { type: "for", name: name ?? "", words, body, span: spanFrom(reader, start) };
}

function readCase(reader: ShReader, start: number): ShNode {
  skipBlanks(reader);
  readWord(reader);
  expectReserved(reader, "in", start);
  const bodies: ShNode[] = [];
  for (;;) {
    skipNewlines(reader);
    if (peek(reader) === "" || reservedHere(reader) === "esac") break;
    const before = reader.at;
    take(reader, "(");
    for (;;) {
      skipBlanks(reader);
      readWord(reader);
      skipBlanks(reader);
      if (!take(reader, "|")) break;
    }
    if (!take(reader, ")")) unexpected(reader, "A closing parenthesis was expected behind the pattern.");
    bodies.push(readList(reader, [";;", "esac"]));
    if (!take(reader, ";;&") && !take(reader, ";;")) take(reader, ";&");
    if (reader.at === before) reader.at++;
  }
  expectReserved(reader, "esac", start);
  return { type: "case", bodies };
}

/** `[[ … ]]`: a command whose words may hold marks of the grammar. */
function readTest(reader: ShReader): ShNode {
  const start = reader.at;
  reader.at += 2;
  const words: ShWord[] = [textWord("[[", start, reader.at)];
  for (;;) {
    skipNewlines(reader);
    const from = reader.at;
    if (startsHere(reader, "]]") && endsWord(peek(reader, 2))) {
      reader.at += 2;
      words.push(textWord("]]", from, reader.at));
      break;
    }
    const word = readWord(reader);
    if (word !== null) words.push(word);
    else if (peek(reader) === "") {
      unclosed(reader, "The word ]] was expected.", start);
      break;
    } else {
      const mark = startsHere(reader, "&&") || startsHere(reader, "||") ? 2 : 1;
      reader.at += mark;
      words.push(textWord(reader.text.slice(from, reader.at), from, reader.at));
    }
  }
  return { type: "simple", assignments: [], words, redirections: [], span: spanFrom(reader, start) };
}

const assignmentMark = /[A-Za-z_]\w*(?:\[[^\]\n]*\])?\+?=/y;

function readSimple(reader: ShReader): ShNode {
  const start = reader.at;
  const assignments: ShAssignment[] = [];
  const words: ShWord[] = [];
  const redirections: ShRedirection[] = [];
  let end = start;
  for (;;) {
    skipBlanks(reader);
    const redirection = readRedirection(reader);
    if (redirection !== null) redirections.push(redirection);
    else {
      const mark = words.length === 0 ? matchHere(reader, assignmentMark) : null;
      if (mark !== null) assignments.push(readAssignment(reader, mark));
      else {
        const word = readWord(reader);
        if (word === null) break;
        words.push(word);
      }
    }
    end = reader.at;
  }
  if (words.length + assignments.length + redirections.length === 0) return nothing;
  return { type: "simple", assignments, words, redirections, span: { start, end: Math.min(end, reader.text.length) } };
}

function readAssignment(reader: ShReader, mark: string): ShAssignment {
  const start = reader.at;
  reader.at += mark.length;
  const name = /^\w+/.exec(mark)?.[0] ?? "";
  const appends = mark.endsWith("+=");
  if (peek(reader) !== "(") {
    const word = readWord(reader);
    return { name, values: word === null ? [] : [word], appends, span: spanFrom(reader, start) };
  }
  const opened = reader.at;
  reader.at++;
  const values: ShWord[] = [];
  for (;;) {
    skipNewlines(reader);
    const word = readWord(reader);
    if (word === null) break;
    values.push(word);
  }
  if (!take(reader, ")")) unclosed(reader, "A closing parenthesis was expected.", opened);
  return { name, values, appends, span: spanFrom(reader, start) };
}
