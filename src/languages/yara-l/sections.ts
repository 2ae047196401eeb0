import { nearest } from "../../kit/nearest.ts";
import { cover, type Span } from "../../kit/span.ts";
import { isOperator, isWord, takeOperator, takeWord } from "../../kit/tokens.ts";
import { errorFrom, missing } from "../error-node.ts";
import type { Assignment, Entry, Match, Node, ResultKey, ResultSection, Sections, Window } from "./ast.ts";
import { beginsExpression, expression, power } from "./expressions.ts";
import type { YaraToken } from "./lexer.ts";
import {
  endsSection,
  passOver,
  type Reader,
  type SectionName,
  sectionAt,
  sectionNames,
  unknownSectionAt,
} from "./reader.ts";
import { tableWrite } from "./table-write.ts";
import { openVariables } from "./variables.ts";

type Building = {
  -readonly [Key in keyof Sections]: Sections[Key] extends readonly (infer Item)[] ? Item[] : Sections[Key];
};

const resultSections: ReadonlySet<SectionName> = new Set(["dedup", "order", "limit", "select", "unselect"]);
/** Statements of one events section that are read; the longest rule of the public corpus has fewer than 100. */
const mostStatements = 2000;
const units = "minute minutes hour hours day days week weeks month months".split(" ");

/** Reads sections up to the brace or the end that closes them. A search's events may stand without a header. */
export function sections(reader: Reader, kind: "rule" | "search"): Sections {
  const building: Building = {
    meta: [],
    events: [],
    match: null,
    outcome: [],
    condition: null,
    options: [],
    results: [],
    exports: [],
    stray: [],
  };
  const seen = new Set<SectionName>();
  reader.body.kind = kind;
  reader.body.bareFields = 0;
  const uses = openVariables(reader);
  if (!endsSection(reader)) {
    if (kind === "search") events(reader, building);
    else strayLines(reader, building, "expected-section", "A section such as events: was expected.");
  }
  for (;;) {
    while (unknownSectionAt(reader)) unknownSection(reader, building);
    const name = sectionAt(reader);
    if (name === null) break;
    const header = cover(reader.cursor.next().span, reader.cursor.next().span);
    checkHeader(reader, name, seen, kind, header);
    const repeated = seen.has(name);
    seen.add(name);
    if (repeated && (name === "match" || name === "condition")) strayLines(reader, building, null, "", header.start);
    else section(reader, name, building, header);
    uses.note(name);
  }
  const whole = building.events.length > 0 && building.stray.length === 0 && reader.body.bareFields === 0;
  if (kind === "rule" && whole) uses.check();
  return building;
}

function checkHeader(reader: Reader, name: SectionName, seen: ReadonlySet<SectionName>, kind: string, at: Span): void {
  if (seen.has(name)) reader.report("repeated-section", "error", `One section ${name} was expected.`, at);
  const later = [...seen].find((one) => sectionNames.indexOf(one) > sectionNames.indexOf(name));
  if (later !== undefined) {
    reader.report("section-order", "warning", `The section ${name} was expected before ${later}.`, at);
  }
  if (kind === "rule" && resultSections.has(name)) {
    reader.report("search-section", "warning", `The section ${name} is of searches, not of rules.`, at);
  }
}

function section(reader: Reader, name: SectionName, building: Building, header: Span): void {
  switch (name) {
    case "meta":
    case "options":
      while (!endsSection(reader)) entry(reader, building, building[name]);
      return;
    case "events":
      events(reader, building);
      return;
    case "match":
      building.match = match(reader, building, header);
      return;
    case "outcome":
      while (!endsSection(reader)) assignment(reader, building);
      return;
    case "condition":
      building.condition = expression(reader);
      if (!endsSection(reader)) strayLines(reader, building, "expected-operator", "`and` or `or` was expected.");
      return;
    case "dedup":
    case "order":
    case "limit":
    case "select":
    case "unselect":
      building.results.push(result(reader, building, name, header));
      return;
    case "export":
      while (!endsSection(reader)) exported(reader, building);
      return;
    default:
      name satisfies never;
  }
}

/** Statements follow each other without a separator; each begins where the one before cannot go on. */
function events(reader: Reader, building: Building): void {
  while (!endsSection(reader)) {
    if (building.events.length >= mostStatements) {
      giveUp(reader, building);
      return;
    }
    if (beginsExpression(reader) || reader.cursor.peek().type === "unknown") building.events.push(expression(reader));
    else stray(reader, building, "expected-statement", "A condition was expected here.");
  }
}

function giveUp(reader: Reader, building: Building): void {
  const { start } = reader.cursor.peek().span;
  const message = `At most ${mostStatements} statements were expected; the rest is not read.`;
  reader.report("too-many", "error", message, reader.cursor.peek().span);
  while (!endsSection(reader)) reader.cursor.next();
  building.stray.push(errorFrom(reader, start));
}

function entry(reader: Reader, building: Building, entries: Entry[]): void {
  const { cursor } = reader;
  const key = cursor.peek();
  const value = cursor.peek(2);
  const valued = ["string", "number", "duration", "word", "variable"].includes(value.type);
  if (key.type !== "word" || !isOperator(cursor.peek(1), "=") || !valued) {
    const quoted = value.text.startsWith("'") ? "Text stands in double quotes." : undefined;
    if (value.type === "unclosed") strayLine(reader, building);
    else stray(reader, building, "expected-entry", 'A key and its value, key = "value", were expected.', quoted);
    return;
  }
  for (let i = 0; i < 3; i++) cursor.next();
  const text = value.type === "string" ? value.value : value.text;
  entries.push({ type: "entry", key: key.text, value: text, text: value.text, span: cover(key.span, value.span) });
}

function assignment(reader: Reader, building: Building): void {
  const { cursor } = reader;
  const name = cursor.peek();
  if (name.type !== "variable" || !isOperator(cursor.peek(1), "=")) {
    stray(reader, building, "expected-assignment", "An outcome, $name = value, was expected.");
    return;
  }
  cursor.next();
  cursor.next();
  const value = expression(reader);
  const span = cover(name.span, reader.extents.of(value));
  building.outcome.push({ type: "assignment", name: name.value, value, span } satisfies Assignment);
}

function exported(reader: Reader, building: Building): void {
  const write = tableWrite(reader);
  if (write !== null) building.exports.push(write);
  else stray(reader, building, "expected-write", "A row to write, %table.write_row(column: $value), was expected.");
}

function match(reader: Reader, building: Building, header: Span): Match {
  const keys: Node[] = [];
  if (!windowAhead(reader) && !endsSection(reader)) {
    do keys.push(expression(reader, power.comparison));
    while (takeOperator(reader, ","));
  }
  const window = windowAhead(reader) ? windowFrom(reader) : null;
  if (keys.length === 0) reader.report("expected-key", "error", "A variable to group by was expected.", header);
  if (!endsSection(reader)) {
    // Of a window that is there, but has no length, enough is said.
    const code = window === null || window.length !== "" ? "expected-window" : null;
    strayLines(reader, building, code, "`over 5m`, `by 5m` or the next section was expected.");
  }
  const last = [...keys.map((one) => reader.extents.of(one)), ...(window === null ? [] : [window.span])];
  return { type: "match", keys, window, span: last.reduce(cover, header) };
}

function windowAhead(reader: Reader): boolean {
  const token = reader.cursor.peek();
  return isWord(token, "over") || isWord(token, "by");
}

function windowFrom(reader: Reader): Window {
  const { cursor } = reader;
  const start = cursor.next();
  const kind = isWord(start, "by") ? "by" : takeWord(reader, "every") ? "over every" : "over";
  const given = cursor.peek();
  const isWindow = given.type === "duration" || (given.type === "word" && units.includes(given.text.toLowerCase()));
  const taken = isWindow || (given.type === "word" && !endsSection(reader) && !isSide(given));
  if (!isWindow)
    reader.report("expected-duration", "error", "A duration such as `5m`, `1h` or `1d` was expected.", given.span);
  if (taken) cursor.next();
  if (given.type === "duration" && !/^\d+[smhdw]$/i.test(given.text)) {
    reader.report("unknown-unit", "warning", "One of the units m, h and d was expected.", given.span);
  }
  const length = taken ? given.text : "";
  for (const side of ["before", "after"] as const) {
    const variable = cursor.peek(1);
    if (!isWord(cursor.peek(), side) || variable.type !== "variable") continue;
    cursor.next();
    cursor.next();
    const anchor = { side, variable: variable.value };
    return { type: "window", kind, length, anchor, span: cover(start.span, cursor.last()) };
  }
  return { type: "window", kind, length, anchor: null, span: cover(start.span, cursor.last()) };
}

function isSide(token: YaraToken): boolean {
  return isWord(token, "before") || isWord(token, "after");
}

function result(reader: Reader, building: Building, kind: ResultSection["kind"], header: Span): ResultSection {
  const keys: ResultKey[] = [];
  if (!endsSection(reader)) {
    do {
      const value = endsSection(reader) ? missing(reader) : expression(reader, power.sum);
      const direction = takeWord(reader, "asc") ? "asc" : takeWord(reader, "desc") ? "desc" : null;
      const span = cover(reader.extents.of(value), direction === null ? value.span : reader.cursor.last());
      keys.push({ type: "key", value, direction, span });
    } while (takeOperator(reader, ","));
  }
  if (keys.length === 0) reader.report("expected-key", "error", `A field or variable to ${kind} was expected.`, header);
  if (!endsSection(reader)) strayLines(reader, building, "expected-comma", "A comma or the next section was expected.");
  return { type: "result", kind, keys, span: keys.reduce((at, one) => cover(at, one.span), header) };
}

/** One line, or what is left of it, that belongs to no section. */
function stray(reader: Reader, building: Building, code: string, message: string, hint?: string): void {
  const token = reader.cursor.peek();
  if (token.type !== "unclosed") reader.report(code, "error", message, token.span, hint);
  strayLine(reader, building);
}

/** The same, of which all is said. */
function strayLine(reader: Reader, building: Building): void {
  const { start } = reader.cursor.peek().span;
  const before = reader.cursor.mark();
  passOver(reader);
  if (reader.cursor.mark() === before) reader.cursor.next();
  building.stray.push(errorFrom(reader, start));
}

/** Everything from a header that names no section to the next that does. */
function unknownSection(reader: Reader, building: Building): void {
  const name = reader.cursor.next();
  const header = cover(name.span, reader.cursor.next().span);
  const [near] = nearest(name.text.toLowerCase(), sectionNames);
  const hint = near === undefined ? undefined : `Did you mean ${near}?`;
  reader.report("unknown-section", "error", `YARA-L has no section ${name.text}.`, header, hint);
  if (endsSection(reader)) building.stray.push(errorFrom(reader, header.start));
  else strayLines(reader, building, null, "", header.start);
}

/** Everything up to the next section, line by line so that it is read the same again; said once. */
function strayLines(reader: Reader, building: Building, code: string | null, message: string, from?: number): void {
  if (code !== null) reader.report(code, "error", message, reader.cursor.peek().span);
  let start = from;
  do {
    start ??= reader.cursor.peek().span.start;
    const before = reader.cursor.mark();
    passOver(reader);
    if (reader.cursor.mark() === before && !endsSection(reader)) reader.cursor.next();
    building.stray.push(errorFrom(reader, start));
    start = undefined;
  } while (!endsSection(reader));
}
