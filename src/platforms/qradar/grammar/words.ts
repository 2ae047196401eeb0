/**
 * Words of AQL with a meaning of their own. A property of that name would need double quotation marks.
 * @see https://www.ibm.com/docs/en/SS42VS_7.5/com.ibm.qradar.doc/c_aql_introduction.html clauses
 * @see https://ibm.com/docs/SS42VS_latest/com.ibm.qradar.doc/r_aql_operators.html operators
 */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT LAST START STOP AS ASC DESC AND OR NOT IN BETWEEN LIKE ILIKE " +
    "MATCHES IMATCHES IS NULL TEXT SEARCH COLLATE INTO EXPLAIN PARAMETERS SESSION CASE WHEN THEN ELSE END IF"
  ).split(" "),
);

/**
 * Units of `LAST`, in the plural as the pages write them.
 * @see https://www.ibm.com/docs/en/SSKMKU/com.ibm.qradar.doc/r_aql_start_stop.html
 */
export const timeUnits: ReadonlySet<string> = new Set(["SECONDS", "MINUTES", "HOURS", "DAYS"]);

/** What a function gives: a value, a truth that may stand as a condition, or one value for a group of rows. */
export type FunctionResult = "value" | "truth" | "aggregate";

export interface AqlFunction {
  readonly result: FunctionResult;
  readonly arguments: readonly [least: number, most: number];
}

const value = (least: number, most = least): AqlFunction => ({ result: "value", arguments: [least, most] });
const truth = (least: number, most = least): AqlFunction => ({ result: "truth", arguments: [least, most] });
const aggregate: AqlFunction = { result: "aggregate", arguments: [1, 1] };

/**
 * Functions by name in capitals; AQL takes any letter case. Functions of apps and of X-Force are left out.
 * @see https://www.ibm.com/docs/en/qsip/7.6.0?topic=language-aql-data-calculation-formatting-functions
 * @see https://www.ibm.com/docs/SS42VS_7.4/com.ibm.qradar.doc/r_aql_aggregate_functions.html
 * @see https://www.ibm.com/docs/en/SS42VS_7.5/com.ibm.qradar.doc/r_aql_data_functions.html
 */
export const functions: Readonly<Record<string, AqlFunction>> = {
  BASE64: value(1),
  CONCAT: value(2, Number.POSITIVE_INFINITY),
  DATEFORMAT: value(2, 3),
  DOUBLE: value(1),
  LONG: value(1),
  LOWER: value(1),
  NOW: value(0),
  PARSEDATETIME: value(1),
  REPLACEALL: value(3),
  REPLACEFIRST: value(3),
  STR: value(1),
  STRLEN: value(1),
  STRPOS: value(2, 3),
  SUBSTRING: value(2, 3),
  UPPER: value(1),
  UTF8: value(1),
  AVG: aggregate,
  COUNT: aggregate,
  DISTINCTCOUNT: aggregate,
  FIRST: aggregate,
  LAST: aggregate,
  MAX: aggregate,
  MIN: aggregate,
  STDEV: aggregate,
  STDEVP: aggregate,
  SUM: aggregate,
  UNIQUECOUNT: aggregate,
  ASSETHOSTNAME: value(1, 2),
  ASSETPROPERTY: value(2, 3),
  ASSETUSER: value(1, 2),
  CATEGORYNAME: value(1),
  DOMAINNAME: value(1),
  HOSTNAME: value(1),
  LOGSOURCEGROUPNAME: value(1),
  LOGSOURCENAME: value(1),
  LOGSOURCETYPENAME: value(1),
  NETWORKNAME: value(1, 2),
  PROCESSORNAME: value(1),
  PROTOCOLNAME: value(1),
  QIDDESCRIPTION: value(1),
  QIDNAME: value(1),
  REFERENCEMAP: value(2),
  REFERENCETABLE: value(3),
  RULENAME: value(1),
  INCIDR: truth(2),
  INOFFENSE: truth(1),
  MATCHESASSETSEARCH: truth(2),
  REFERENCEMAPSETCONTAINS: truth(3),
  REFERENCESETCONTAINS: truth(2),
};
