import {
  isAggregation,
  readAggregation,
  readSort,
  readStateNames,
  readTimeslice,
  readTransaction,
} from "./aggregates.ts";
import { readCondition, readExpression } from "./expressions.ts";
import {
  checkRegex,
  expect,
  needField,
  needFields,
  nested,
  peek,
  refuse,
  type Scanner,
  skipBlank,
  take,
  takeField,
  takeMark,
  takeString,
  takeWord,
} from "./scanner.ts";

type Read = (scanner: Scanner) => void;

/**
 * One step between pipes.
 * https://www.sumologic.com/help/docs/search/get-started-with-search/build-search/search-syntax/
 */
export function readOperator(scanner: Scanner): void {
  const read = operators.find(([word]) => takeWord(scanner, word))?.[1];
  if (read !== undefined) read(scanner);
  else if (isAggregation(scanner)) readAggregation(scanner);
  else readAssignment(scanner);
}

const operators: readonly (readonly [string, Read])[] = [
  ["where", readCondition],
  ["parse", readParse],
  ["extract", readParseRegex],
  ["json", readJson],
  ["timeslice", readTimeslice],
  ["fields", readFields],
  ["sort", readSort],
  ["order", readSort],
  ["limit", readLimit],
  ["dedup", readDedup],
  ["transaction", (scanner) => readTransaction(scanner, () => readStates(scanner))],
  ["join", readJoin],
];

/**
 * `expression as field`; a cast such as `num(x)` needs no name, for it changes the field itself.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/as/
 */
function readAssignment(scanner: Scanner): void {
  skipBlank(scanner);
  const cast = peek(scanner, /(?:num|number|tolong|tostring|tolowercase|touppercase)\s*\(/iy) !== null;
  readExpression(scanner);
  if (takeWord(scanner, "as")) needField(scanner, "after as");
  else if (!cast) refuse(scanner, "A new field needs a name: as …");
}

/**
 * `parse "user=* " as user`: one name for each `*`. A message that does not fit is dropped, unless `nodrop` stands there.
 * https://www.sumologic.com/help/docs/search/search-query-language/parse-operators/parse-predictable-patterns-using-an-anchor/
 */
function readParse(scanner: Scanner): void {
  if (takeWord(scanner, "regex")) readParseRegex(scanner);
  else readParseAnchors(scanner);
}

function readParseAnchors(scanner: Scanner): void {
  readFieldOption(scanner);
  const from = skipBlank(scanner);
  const pattern = takeString(scanner);
  if (pattern === null) refuse(scanner, "A pattern in double quotes is expected.");
  if (!takeWord(scanner, "as")) refuse(scanner, "The parts of the pattern need names: as …");
  const names = needFields(scanner, "after as");
  const parts = pattern.split("*").length - 1;
  if (parts !== names.length) refuse(scanner, `The pattern has ${parts} parts, and ${names.length} names.`, from);
  takeWord(scanner, "nodrop");
}

/**
 * `parse regex "…(?<name>…)…"`: every group is named or does not capture. Java's syntax or RE2's; held here to RE2's.
 * https://www.sumologic.com/help/docs/search/search-query-language/parse-operators/parse-variable-patterns-using-regex/
 */
function readParseRegex(scanner: Scanner): void {
  readFieldOption(scanner);
  const from = skipBlank(scanner);
  const regex = takeString(scanner, "regex");
  if (regex === null) refuse(scanner, "A regular expression in double quotes is expected.");
  checkRegex(scanner, regex.replaceAll("(?<", "(?P<"), from);
  const groups = [...regex.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/gsu, "").matchAll(/\((?:\?<(\w+)>|(?!\?))/gu)];
  if (groups.length === 0) refuse(scanner, "parse regex needs a named group.", from);
  for (const [, name] of groups) {
    if (name === undefined) refuse(scanner, "A group is named or begins with ?:.", from);
    scanner.fields.add(name);
  }
  while (takeWord(scanner, "nodrop") || takeWord(scanner, "multi"));
}

/** https://www.sumologic.com/help/docs/search/search-query-language/parse-operators/parse-json-formatted-logs/ */
function readJson(scanner: Scanner): void {
  if (takeWord(scanner, "auto")) {
    readFieldOption(scanner);
    if (takeWord(scanner, "maxdepth") && take(scanner, /\d+/y) === null) refuse(scanner, "A depth is expected.");
    takeWord(scanner, "extractarrays");
    return;
  }
  readFieldOption(scanner);
  const keys = readStrings(scanner);
  if (takeWord(scanner, "as") && needFields(scanner, "after as").length !== keys)
    refuse(scanner, "There are as many names as keys.");
  takeWord(scanner, "nodrop");
}

function readFieldOption(scanner: Scanner): void {
  if (!takeWord(scanner, "field")) return;
  expect(scanner, "=", "An = is expected.");
  needField(scanner, "after field=");
}

function readStrings(scanner: Scanner): number {
  let count = 0;
  do {
    if (takeString(scanner) === null) refuse(scanner, "A name in double quotes is expected.");
    count++;
  } while (takeMark(scanner, ","));
  return count;
}

/**
 * Fields to keep, in this order, or after a minus to leave out; naming one twice makes the query fail.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/fields/
 */
function readFields(scanner: Scanner): void {
  takeMark(scanner, "-");
  const all = needFields(scanner, "in the list");
  const twice = all.find((one, i) => all.indexOf(one) < i);
  if (twice !== undefined) refuse(scanner, `The field ${twice} stands twice in the list.`);
}

/** https://www.sumologic.com/help/docs/search/search-query-language/search-operators/limit/ */
function readLimit(scanner: Scanner): void {
  if (take(scanner, /\d+/y) === null) refuse(scanner, "A number is expected after limit.");
}

/** https://www.sumologic.com/help/docs/search/search-query-language/search-operators/dedup/ */
function readDedup(scanner: Scanner): void {
  take(scanner, /\d+/y);
  if (takeWord(scanner, "by")) needFields(scanner, "to compare by");
}

/** `"*text*" in field as state, …` or `states a, b in field`. */
function readStates(scanner: Scanner): void {
  if (takeWord(scanner, "states")) {
    readStateNames(scanner);
    return;
  }
  do {
    takeWord(scanner, "with");
    if (takeString(scanner) === null) refuse(scanner, "A pattern in double quotes is expected.");
    if (takeWord(scanner, "in")) needField(scanner, "after in");
    if (!takeWord(scanner, "as")) refuse(scanner, "A state needs a name: as …");
    needField(scanner, "after as");
  } while (takeMark(scanner, ","));
}

/**
 * Two or more tables, each made by steps of its own, joined where fields are equal; later steps call a field
 * `table_field`. A joined table has no keyword expression.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/join/
 */
function readJoin(scanner: Scanner): void {
  const tables = new Set<string>();
  do {
    expect(scanner, "(", "A table in parentheses is expected.");
    do nested(scanner, () => readOperator(scanner));
    while (takeMark(scanner, "|"));
    expect(scanner, ")", "A closing ) is expected.");
    if (!takeWord(scanner, "as")) refuse(scanner, "A table needs a name: as …");
    tables.add(needField(scanner, "after as").toLowerCase());
  } while (takeMark(scanner, ","));
  if (tables.size < 2) refuse(scanner, "A join has two tables or more.");
  if (!takeWord(scanner, "on")) refuse(scanner, "on with the fields to join by is expected.");
  do {
    readJoinField(scanner, tables);
    expect(scanner, "=", "Tables are joined by = alone.");
    readJoinField(scanner, tables);
  } while (takeWord(scanner, "and"));
  if (takeWord(scanner, "timewindow") && take(scanner, /\d+[wdhms](?![A-Za-z0-9_])/y) === null)
    refuse(scanner, "A period such as 10m is expected.");
}

function readJoinField(scanner: Scanner, tables: ReadonlySet<string>): void {
  const from = skipBlank(scanner);
  const table = takeField(scanner)?.split(".")[0]?.toLowerCase();
  if (table === undefined || !tables.has(table)) refuse(scanner, "A field of one of the tables is expected.", from);
}
