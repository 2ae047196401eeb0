import { readCondition } from "./conditions.ts";
import { GrammarFault, isPlainName, openReader, type Reader } from "./reader.ts";
import { type AqlProblem, tokenize } from "./tokens.ts";
import { readValue, type Sink } from "./values.ts";
import { timeUnits } from "./words.ts";

export interface AqlLiteral {
  readonly kind: "string" | "number";
  /** The text that it stands for, without quotation marks. */
  readonly value: string;
  readonly at: number;
}

export interface AqlCheck {
  /** Empty for what the reference has. */
  readonly problems: readonly AqlProblem[];
  /** Values, in the order of the text; aliases are none. */
  readonly literals: readonly AqlLiteral[];
  /** Properties that the query reads, once each. */
  readonly fields: readonly string[];
}

/**
 * Is this a query as IBM's reference describes AQL? Written to check queries that are generated, so it knows `SELECT`
 * statements over events and flows with their sub-queries, and refuses what the reference does not show. Sessions,
 * cursors (`INTO`), `CASE`, `IF` and `PARAMETERS` are in the reference and are refused, too: nothing here writes them.
 * @see https://www.ibm.com/docs/en/SS42VS_7.5/com.ibm.qradar.doc/c_aql_introduction.html
 */
export function checkAql(text: string): AqlCheck {
  const literals: AqlLiteral[] = [];
  const fields = new Set<string>();
  const { tokens, problems } = tokenize(text);
  const sink: Sink = {
    literal: (kind, value, at) => literals.push({ kind, value, at }),
    field: (name) => fields.add(name),
    query: (reader) => readQuery(reader, sink),
  };
  const reader = openReader(tokens);
  try {
    readQuery(reader, sink);
    if (reader.peek().type !== "end") reader.fail(`Unexpected ${reader.peek().value}.`);
  } catch (fault) {
    if (!(fault instanceof GrammarFault)) throw fault;
    problems.push(fault.problem);
  }
  return { problems: problems.sort((a, b) => a.at - b.at), literals, fields: [...fields] };
}

/**
 * The clauses have one order.
 * @see https://www.ibm.com/docs/de/SSKMKU/com.ibm.qradar.doc/r_qradar_aql_intro_AQL_queries.html
 */
function readQuery(reader: Reader, sink: Sink): void {
  reader.expectWord("SELECT");
  do readColumn(reader, sink);
  while (reader.sign(","));
  reader.expectWord("FROM");
  readSource(reader, sink);
  if (reader.word("WHERE")) readCondition(reader, sink);
  if (reader.word("GROUP")) readColumns(reader, sink);
  if (reader.word("HAVING")) readCondition(reader, sink);
  if (reader.word("ORDER")) readOrder(reader, sink);
  if (reader.word("LIMIT")) readCount(reader, sink);
  readTime(reader, sink);
}

function readColumn(reader: Reader, sink: Sink): void {
  if (reader.sign("*")) return;
  readValue(reader, sink);
  if (!reader.word("AS")) return;
  const alias = reader.next();
  if (alias.type !== "string" && !isPlainName(alias)) {
    reader.fail("Expected an alias, in single quotation marks if it is more than one word.", alias.at);
  }
}

function readSource(reader: Reader, sink: Sink): void {
  if (reader.sign("(")) {
    reader.deeper(() => readQuery(reader, sink));
    reader.expectSign(")");
  } else if (!reader.word("EVENTS") && !reader.word("FLOWS")) reader.fail("Expected events or flows.");
}

function readColumns(reader: Reader, sink: Sink): void {
  reader.expectWord("BY");
  do readValue(reader, sink);
  while (reader.sign(","));
}

function readOrder(reader: Reader, sink: Sink): void {
  reader.expectWord("BY");
  do {
    readValue(reader, sink);
    if (!reader.word("ASC")) reader.word("DESC");
  } while (reader.sign(","));
}

function readCount(reader: Reader, sink: Sink): void {
  const token = reader.next();
  if (token.type !== "number" || !/^[1-9]\d*$/u.test(token.value)) reader.fail("Expected a whole number.", token.at);
  sink.literal("number", token.value, token.at);
}

/**
 * How far back the query looks; without it the last five minutes.
 * @see https://www.ibm.com/docs/en/SSKMKU/com.ibm.qradar.doc/r_aql_start_stop.html
 */
function readTime(reader: Reader, sink: Sink): void {
  if (reader.word("LAST")) {
    readCount(reader, sink);
    const unit = reader.next();
    if (unit.type !== "word" || !timeUnits.has(unit.value.toUpperCase())) {
      reader.fail("Expected SECONDS, MINUTES, HOURS or DAYS.", unit.at);
    }
  } else if (reader.word("START")) {
    readMoment(reader, sink);
    if (reader.word("STOP")) readMoment(reader, sink);
  }
}

const moment =
  /^\d{4}(?:-\d\d-\d\d \d\d:\d\d(?::\d\d|[zZ])?|\/\d\d\/\d\d[ -]\d\d:\d\d:\d\d|:\d\d:\d\d-\d\d:\d\d:\d\d)$/u;

function readMoment(reader: Reader, sink: Sink): void {
  if (reader.isWord("PARSEDATETIME")) {
    readValue(reader, sink);
    return;
  }
  const { type, value, at } = reader.next();
  if (type !== "string" || !moment.test(value)) reader.fail("Expected a date and time.", at);
  sink.literal("string", value, at);
}
