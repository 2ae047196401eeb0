import {
  deeper,
  isNewline,
  matchHere,
  peek,
  type Reader,
  spanFrom,
  startsHere,
  take,
  unclosed,
  unexpected,
} from "../reader.ts";
import { skipBlanks } from "./blanks.ts";
import { readElement } from "./commands.ts";
import { readExpression } from "./expressions.ts";
import { readParenthesised, readVariable } from "./strings.ts";
import type { PsBlock, PsElement, PsExpression, PsStatement } from "./syntax.ts";

const nothing: PsStatement = { type: "nothing" };

/** Statements up to a closing mark, which is not taken; at the top, up to the end. */
export function readStatements(reader: Reader, closer: "" | ")" | "}"): readonly PsStatement[] {
  const statements: PsStatement[] = [];
  for (;;) {
    skipSeparators(reader);
    const char = peek(reader);
    if (char === "" || (closer !== "" && char === closer)) return statements;
    const before = reader.at;
    if (char === ")" || char === "}") {
      // Within `$( … }` the outer mark ends what was left open.
      if (closer !== "") return statements;
      unexpected(reader, "A closing mark closes nothing.");
      reader.at++;
      continue;
    }
    const statement = readStatement(reader);
    if (statement.type !== "nothing") statements.push(statement);
    skipBlanks(reader);
    const after = peek(reader);
    if (reader.at === before) {
      unexpected(reader, "A statement was expected.");
      reader.at++;
    } else if (after !== "" && !isNewline(after) && !";)}".includes(after) && needsEnd(statement)) {
      unexpected(reader, "The end of the statement was expected.");
      while (reader.at < reader.text.length && !isNewline(peek(reader)) && !";)}".includes(peek(reader))) reader.at++;
    }
  }
}

/** Blocks end by themselves. */
function needsEnd(statement: PsStatement): boolean {
  return ["pipeline", "assignment", "chain", "leave"].includes(statement.type);
}

function skipSeparators(reader: Reader): void {
  do skipBlanks(reader, true);
  while (take(reader, ";"));
}

/** `{ … }` at the cursor. */
export function readBlock(reader: Reader): PsBlock {
  const start = reader.at;
  if (!take(reader, "{")) {
    unexpected(reader, "A block in braces was expected.");
    return { parameters: [], statements: [], span: spanFrom(reader, start) };
  }
  const empty: PsBlock = { parameters: [], statements: [], span: { start, end: reader.text.length } };
  const block = deeper(reader, () => readBody(reader, "}"), empty);
  if (!take(reader, "}")) unclosed(reader, "A closing brace was expected.", start);
  return { ...block, span: spanFrom(reader, start) };
}

/** Parameters and statements of a script or block. */
export function readBody(reader: Reader, closer: "" | "}"): PsBlock {
  const start = reader.at;
  skipSeparators(reader);
  const mark = reader.at;
  skipAttributes(reader);
  const word = wordHere(reader);
  let parameters: PsBlock["parameters"] = [];
  if (word === "param") {
    reader.at += word.length;
    skipBlanks(reader, true);
    parameters = readParameters(reader);
  } else reader.at = mark;
  const statements = readStatements(reader, closer);
  return { parameters, statements, span: spanFrom(reader, start) };
}

/** `[CmdletBinding()]` and the like, before parameters. */
function skipAttributes(reader: Reader): void {
  while (peek(reader) === "[") {
    const before = reader.at;
    readExpression(reader);
    skipBlanks(reader, true);
    if (reader.at === before) return;
  }
}

function readParameters(reader: Reader): PsBlock["parameters"] {
  const start = reader.at;
  if (!take(reader, "(")) return [];
  const found: { name: string; value: PsExpression | null }[] = [];
  for (;;) {
    skipBlanks(reader, true);
    if (peek(reader) === ")" || peek(reader) === "") break;
    const before = reader.at;
    const name = readParameter(reader);
    skipBlanks(reader, true);
    let value: PsExpression | null = null;
    if (name !== null && take(reader, "=")) {
      skipBlanks(reader, true);
      const at = reader.at;
      value = readParameterValue(reader);
      if (reader.at === at) reader.at++;
      skipBlanks(reader, true);
    }
    if (name !== null) found.push({ name, value });
    if (!take(reader, ",") && peek(reader) !== ")") {
      unexpected(reader, "A comma or a closing parenthesis was expected in the parameters.");
      if (reader.at === before) reader.at++;
    }
  }
  if (!take(reader, ")")) unclosed(reader, "A closing parenthesis was expected.", start);
  return found;
}

/** Commas part parameters, so that a value with a comma stands in parentheses. */
function readParameterValue(reader: Reader): PsExpression {
  const value = readExpression(reader);
  if (value.type !== "list") return value;
  const [first] = value.items;
  if (first === undefined) return value;
  reader.at = first.span.end;
  return first;
}

/** Types and attributes before the name go unread: they change nothing that runs. */
function readParameter(reader: Reader): string | null {
  for (;;) {
    skipBlanks(reader, true);
    if (peek(reader) !== "[") break;
    const before = reader.at;
    let open = 0;
    do {
      const char = peek(reader);
      if (char === "") return null;
      if (char === "[") open++;
      if (char === "]") open--;
      if (char === "(") {
        reader.at++;
        readParenthesised(reader, reader.at - 1);
      } else reader.at++;
    } while (open > 0);
    if (reader.at === before) return null;
  }
  const variable = readVariable(reader);
  return variable?.type === "variable" ? variable.name : null;
}

function wordHere(reader: Reader): string | null {
  const word = matchHere(reader, /[A-Za-z]+(?![\w\-.\\/:])/y);
  return word === null ? null : word.toLowerCase();
}

export function readStatement(reader: Reader): PsStatement {
  return deeper(reader, () => readOne(reader), nothing);
}

function readOne(reader: Reader): PsStatement {
  const start = reader.at;
  const label = matchHere(reader, /:[A-Za-z_]\w*(?=\s+(?:for|foreach|while|do|switch)\b)/iy);
  if (label !== null) {
    reader.at += label.length;
    skipBlanks(reader, true);
  }
  const word = wordHere(reader);
  if (word === null) return readChain(reader);
  const begin = reader.at;
  reader.at += word.length;
  skipBlanks(reader);
  const next = peek(reader);
  const back = (): PsStatement => {
    reader.at = begin;
    return readChain(reader);
  };
  const noCondition = (): PsStatement => {
    unexpected(reader, "A condition in parentheses was expected.");
    return back();
  };
  switch (word) {
    case "if":
      return next === "(" ? readIf(reader) : noCondition();
    case "while":
      return next === "(" ? readWhile(reader, start) : noCondition();
    case "do":
      return next === "{" || isNewline(next) ? readDo(reader, start) : back();
    case "for":
      return next === "(" ? readFor(reader, start) : noCondition();
    case "foreach":
      return next === "(" || startsHere(reader, "-parallel") ? readForeach(reader, start) : back();
    case "switch":
      return next === "(" || next === "-" ? readSwitch(reader) : back();
    case "try":
      return next === "{" || isNewline(next) ? readTry(reader) : back();
    case "trap": {
      if (next === "[") readExpression(reader);
      skipBlanks(reader, true);
      return { type: "branches", subjects: [], bodies: [readBlock(reader)] };
    }
    case "function":
    case "filter":
    case "workflow":
      return readFunction(reader) ?? back();
    case "return":
    case "throw":
    case "exit":
    case "break":
    case "continue": {
      const ends = next === "" || isNewline(next) || ";)}|".includes(next);
      return { type: "leave", word, value: ends ? null : readStatement(reader) };
    }
    case "begin":
    case "process":
    case "end":
    case "clean":
    case "dynamicparam":
    case "parallel":
    case "sequence":
    case "inlinescript":
    case "data":
      if (next !== "{" && !isNewline(next)) return back();
      skipBlanks(reader, true);
      return peek(reader) === "{" ? { type: "inline", body: readBlock(reader) } : back();
    case "using":
      while (reader.at < reader.text.length && !isNewline(peek(reader)) && peek(reader) !== ";") reader.at++;
      return nothing;
    case "class":
    case "enum":
      return skipDeclaration(reader) ? nothing : back();
    default:
      return back();
  }
}

/** The body of a class declares; nothing in it runs before it is used. */
function skipDeclaration(reader: Reader): boolean {
  while (reader.at < reader.text.length && peek(reader) !== "{" && !isNewline(peek(reader))) reader.at++;
  skipBlanks(reader, true);
  if (peek(reader) !== "{") return false;
  let open = 0;
  do {
    if (peek(reader) === "{") open++;
    if (peek(reader) === "}") open--;
    reader.at++;
  } while (open > 0 && reader.at < reader.text.length);
  return true;
}

/** `( … )` as a statement. */
function readCondition(reader: Reader): PsStatement {
  const start = reader.at;
  if (!take(reader, "(")) {
    unexpected(reader, "A condition in parentheses was expected.");
    return nothing;
  }
  const block = readParenthesised(reader, start);
  return { type: "inline", body: block };
}

function readIf(reader: Reader): PsStatement {
  const subjects = [readCondition(reader)];
  skipBlanks(reader, true);
  const bodies = [readBlock(reader)];
  for (;;) {
    const mark = reader.at;
    skipBlanks(reader, true);
    const word = wordHere(reader);
    if (word === "elseif") {
      reader.at += word.length;
      skipBlanks(reader, true);
      subjects.push(readCondition(reader));
    } else if (word === "else") reader.at += word.length;
    else {
      reader.at = mark;
      return { type: "branches", subjects, bodies };
    }
    skipBlanks(reader, true);
    bodies.push(readBlock(reader));
    if (word === "else") return { type: "branches", subjects, bodies };
  }
}

function readWhile(reader: Reader, start: number): PsStatement {
  const first = [readCondition(reader)];
  skipBlanks(reader, true);
  const body = readBlock(reader);
  return { type: "loop", first, body, once: false, span: spanFrom(reader, start) };
}

function readDo(reader: Reader, start: number): PsStatement {
  skipBlanks(reader, true);
  const body = readBlock(reader);
  skipBlanks(reader, true);
  const word = wordHere(reader);
  const first: PsStatement[] = [];
  if (word === "while" || word === "until") {
    reader.at += word.length;
    skipBlanks(reader, true);
    first.push(readCondition(reader));
  } else unexpected(reader, 'The word "while" or "until" was expected behind the block.');
  return { type: "loop", first, body, once: true, span: spanFrom(reader, start) };
}

function readFor(reader: Reader, start: number): PsStatement {
  // Its three parts are statements with semicolons between them, as in any parentheses.
  const head = readCondition(reader);
  skipBlanks(reader, true);
  const body = readBlock(reader);
  return { type: "loop", first: [head], body, once: false, span: spanFrom(reader, start) };
}

function readForeach(reader: Reader, start: number): PsStatement {
  take(reader, "-parallel");
  skipBlanks(reader);
  const opened = reader.at;
  take(reader, "(");
  skipBlanks(reader, true);
  if (peek(reader) === "[") {
    while (reader.at < reader.text.length && peek(reader) !== "]") reader.at++;
    reader.at++;
    skipBlanks(reader, true);
  }
  const variable = readVariable(reader);
  skipBlanks(reader, true);
  if (wordHere(reader) === "in") reader.at += 2;
  else unexpected(reader, 'The word "in" was expected in the loop.');
  skipBlanks(reader, true);
  const list = readStatement(reader);
  skipBlanks(reader, true);
  if (!take(reader, ")")) unclosed(reader, "A closing parenthesis was expected.", opened);
  skipBlanks(reader, true);
  const name = variable?.type === "variable" ? variable.name : "_";
  return { type: "foreach", variable: name, list, body: readBlock(reader), span: spanFrom(reader, start) };
}

function readSwitch(reader: Reader): PsStatement {
  for (;;) {
    const flag = matchHere(reader, /-\w+/y);
    if (flag === null) break;
    reader.at += flag.length;
    skipBlanks(reader);
  }
  const subjects = [readCondition(reader)];
  skipBlanks(reader, true);
  const bodies: PsBlock[] = [];
  const start = reader.at;
  if (!take(reader, "{")) {
    unexpected(reader, "The cases of the switch were expected in braces.");
    return { type: "branches", subjects, bodies };
  }
  for (;;) {
    skipSeparators(reader);
    if (peek(reader) === "}" || peek(reader) === "") break;
    const before = reader.at;
    const word = matchHere(reader, /[\w*?.-]+/y);
    if (word !== null) reader.at += word.length;
    else if (peek(reader) === "{") readBlock(reader);
    else readExpression(reader);
    skipBlanks(reader, true);
    if (peek(reader) === "{") bodies.push(readBlock(reader));
    if (reader.at === before) reader.at++;
  }
  if (!take(reader, "}")) unclosed(reader, "A closing brace was expected.", start);
  return { type: "branches", subjects, bodies };
}

function readTry(reader: Reader): PsStatement {
  skipBlanks(reader, true);
  const body = readBlock(reader);
  const handlers: PsBlock[] = [];
  let last: PsBlock | null = null;
  for (;;) {
    const mark = reader.at;
    skipBlanks(reader, true);
    const word = wordHere(reader);
    if (word === "catch") {
      reader.at += word.length;
      skipBlanks(reader, true);
      while (peek(reader) === "[") {
        while (reader.at < reader.text.length && peek(reader) !== "]") reader.at++;
        reader.at++;
        skipBlanks(reader, true);
        if (take(reader, ",")) skipBlanks(reader, true);
      }
      handlers.push(readBlock(reader));
    } else if (word === "finally") {
      reader.at += word.length;
      skipBlanks(reader, true);
      last = readBlock(reader);
    } else {
      reader.at = mark;
      return { type: "try", body, handlers, last };
    }
  }
}

function readFunction(reader: Reader): PsStatement | null {
  const name = matchHere(reader, /[^\s(){};|&"'$]+/y);
  if (name === null) return null;
  reader.at += name.length;
  skipBlanks(reader, true);
  const parameters = peek(reader) === "(" ? readParameters(reader) : [];
  skipBlanks(reader, true);
  if (peek(reader) !== "{") return null;
  const body = readBlock(reader);
  const short = name.slice(name.lastIndexOf(":") + 1);
  return { type: "function", name: short, body: { ...body, parameters: [...parameters, ...body.parameters] } };
}

/** Pipelines that `&&` and `||` join. */
function readChain(reader: Reader): PsStatement {
  const first = readPipeline(reader);
  const parts: { operator: "&&" | "||" | ""; statement: PsStatement }[] = [{ operator: "", statement: first }];
  for (;;) {
    skipBlanks(reader);
    const operator = startsHere(reader, "&&") ? "&&" : startsHere(reader, "||") ? "||" : null;
    if (operator === null) {
      // A single one behind a pipeline lets it run in the background.
      take(reader, "&");
      return parts.length === 1 ? first : { type: "chain", parts };
    }
    reader.at += 2;
    skipBlanks(reader, true);
    parts.push({ operator, statement: readPipeline(reader) });
  }
}

const assignmentMark = /(?:\?\?|[-+*/%])?=(?!=)/y;

function readPipeline(reader: Reader): PsStatement {
  const start = reader.at;
  const elements: PsElement[] = [];
  for (;;) {
    const element = readElement(reader);
    elements.push(element);
    skipBlanks(reader);
    if (elements.length === 1 && element.type === "expression") {
      const operator = matchHere(reader, assignmentMark);
      if (operator !== null) {
        reader.at += operator.length;
        skipBlanks(reader, true);
        const value = readStatement(reader);
        return { type: "assignment", target: element.expression, operator, value, span: spanFrom(reader, start) };
      }
    }
    if (peek(reader) !== "|" || peek(reader, 1) === "|") break;
    reader.at++;
    skipBlanks(reader, true);
    if (peek(reader) === "" || ")}".includes(peek(reader))) {
      unexpected(reader, "A command was expected behind the pipe.");
      break;
    }
  }
  return { type: "pipeline", elements, span: spanFrom(reader, start) };
}
