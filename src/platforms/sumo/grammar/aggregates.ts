import {
  expect,
  needField,
  needFields,
  peek,
  refuse,
  type Scanner,
  skipBlank,
  take,
  takeField,
  takeMark,
  takeWord,
} from "./scanner.ts";

/** Functions over groups of rows, each with one field in parentheses, and what they call their result unless told. */
const names =
  /(?:count_distinct|count|sum|avg|min|max|first|last|most_recent|least_recent|median|stddev|values|pct)(?![A-Za-z0-9_.])/iy;

/** Does an aggregation begin here? `min` and `max` with several arguments compare fields of one row instead. */
export function isAggregation(scanner: Scanner): boolean {
  skipBlank(scanner);
  return peek(scanner, names) !== null;
}

/**
 * `count as n, values(user) as users by host, _timeslice`: one row for each group. `count` needs no field and counts
 * messages; a result without a name of its own is called `_count`, `_sum` and so on. `group by` says the same as `by`.
 * `count_distinct` is exact up to 100 values, and about right beyond; `values` gives the first 100.
 * https://www.sumologic.com/help/docs/search/search-query-language/group-aggregate-operators/
 */
export function readAggregation(scanner: Scanner): void {
  const results = new Set<string>();
  do {
    const from = skipBlank(scanner);
    const name = take(scanner, names)?.toLowerCase();
    if (name === undefined) refuse(scanner, "A function such as count or sum is expected.");
    readArgument(scanner, name);
    const result = takeWord(scanner, "as") ? needField(scanner, "after as") : `_${name}`;
    if (results.has(result)) refuse(scanner, `Two results are called ${result}.`, from);
    results.add(result);
  } while (takeMark(scanner, ","));
  takeWord(scanner, "group");
  if (takeWord(scanner, "by")) needFields(scanner, "to group by");
}

function readArgument(scanner: Scanner, name: string): void {
  if (!takeMark(scanner, "(")) {
    if (name !== "count") refuse(scanner, `${name} needs a field in parentheses.`);
    return;
  }
  if (!(name === "count" && takeMark(scanner, "*"))) needField(scanner, `in ${name}`);
  if (name === "pct" && takeMark(scanner, ",") && take(scanner, /\d+(?:\.\d+)?/y) === null)
    refuse(scanner, "A percentage is expected.");
  expect(scanner, ")", "A closing ) is expected.");
}

const period = /\d+[wdhms](?![A-Za-z0-9_])/y;

/**
 * `timeslice 5m`: puts every message into a slice of the clock, whose start is then a field.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/timeslice/
 */
export function readTimeslice(scanner: Scanner): void {
  takeWord(scanner, "by");
  if (take(scanner, period) === null) {
    if (take(scanner, /\d+/y) === null) refuse(scanner, "A period such as 5m, or a number of buckets is expected.");
    if (!takeWord(scanner, "buckets")) refuse(scanner, "A period is in w, d, h, m or s.");
  }
  if (takeWord(scanner, "as")) needField(scanner, "after as");
}

/**
 * `sort by +a, b desc` and `order by`: descending unless told.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/sort/
 */
export function readSort(scanner: Scanner): void {
  takeWord(scanner, "by");
  do {
    takeMark(scanner, "+");
    needField(scanner, "to sort by");
    if (!takeWord(scanner, "asc")) takeWord(scanner, "desc");
  } while (takeMark(scanner, ","));
}

/**
 * Orders events that belong together into states and counts the ways between them.
 * https://www.sumologic.com/help/docs/search/search-query-language/transaction-analytics/transaction-operator/
 */
export function readTransaction(scanner: Scanner, readStates: () => void): void {
  if (!takeWord(scanner, "on")) refuse(scanner, "transaction needs on with the fields that group events.");
  needFields(scanner, "that groups events");
  if (takeWord(scanner, "fringe")) {
    expect(scanner, "=", "An = is expected.");
    if (take(scanner, period) === null) refuse(scanner, "A period such as 10m is expected.");
  }
  if (!takeWord(scanner, "with")) refuse(scanner, "transaction needs with and the states.");
  readStates();
  if (!takeWord(scanner, "results")) return;
  if (!takeWord(scanner, "by")) refuse(scanner, "by is expected after results.");
  if (!["transactions", "states", "flow"].some((one) => takeWord(scanner, one)))
    refuse(scanner, "Results are by transactions, states or flow.");
}

/** `states a, b as c in field`. */
export function readStateNames(scanner: Scanner): void {
  do {
    needField(scanner, "as a state");
    if (takeWord(scanner, "as")) needField(scanner, "after as");
  } while (takeMark(scanner, ","));
  if (takeWord(scanner, "in")) takeField(scanner) ?? refuse(scanner, "A field is expected after in.");
}
