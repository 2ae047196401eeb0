/** How many arguments a function takes. */
export interface FunctionForm {
  readonly least: number;
  readonly most: number;
  readonly gives: "boolean" | "value";
}

const boolean = (least: number, most = least): FunctionForm => ({ least, most, gives: "boolean" });
const value = (least: number, most = least): FunctionForm => ({ least, most, gives: "value" });
const many = Number.POSITIVE_INFINITY;

/**
 * Functions that an expression may call, by name in lower case: the reference spells them `toLowerCase` and `tolowercase`.
 * Each has a page of its own below
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/
 * and https://www.sumologic.com/help/docs/search/search-query-language/math-expressions/.
 */
export const functions: ReadonlyMap<string, FunctionForm> = new Map([
  ["comparecidrprefix", boolean(3)],
  ["contains", boolean(2)],
  ["isblank", boolean(1)],
  ["isempty", boolean(1)],
  ["isnull", boolean(1)],
  ["isnumeric", boolean(1)],
  ["isprivateip", boolean(1)],
  ["ispublicip", boolean(1)],
  ["isreservedip", boolean(1)],
  ["isvalidip", boolean(1)],
  ["isvalidipv4", boolean(1)],
  ["isvalidipv6", boolean(1)],
  ["jsonarraycontains", boolean(2)],
  ["luhn", boolean(1)],
  ["abs", value(1)],
  ["base64decode", value(1)],
  ["base64encode", value(1)],
  ["ceil", value(1)],
  ["concat", value(2, many)],
  ["dectohex", value(1)],
  ["floor", value(1)],
  ["format", value(2, many)],
  ["formatdate", value(1, 3)],
  ["getcidrprefix", value(2)],
  ["hash", value(1, 2)],
  ["haversine", value(4)],
  ["hextoascii", value(1)],
  ["hextodec", value(1)],
  ["ipv4tonumber", value(1)],
  ["jsonarraysize", value(1)],
  ["length", value(1)],
  ["log", value(1)],
  ["log10", value(1)],
  ["maskfromcidr", value(1)],
  ["max", value(2, many)],
  ["min", value(2, many)],
  ["now", value(0)],
  ["num", value(1)],
  ["number", value(1)],
  ["parsedate", value(2, 3)],
  ["pow", value(2)],
  ["queryendtime", value(0)],
  ["querystarttime", value(0)],
  ["querytimerange", value(0)],
  ["replace", value(3)],
  ["round", value(1, 2)],
  ["sqrt", value(1)],
  ["substring", value(2, 3)],
  ["tolong", value(1)],
  ["tolowercase", value(1)],
  ["tostring", value(1)],
  ["touppercase", value(1)],
  ["trim", value(1)],
  ["urldecode", value(1)],
  ["urlencode", value(1)],
]);
