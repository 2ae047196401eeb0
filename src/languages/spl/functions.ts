/**
 * Functions of eval and stats, by what they do to the fields that they read. Source: Splunk Search Reference,
 * "Evaluation functions" and "Statistical and charting functions". Names fold their case.
 */

/** Give the same text back, apart from case and spaces. */
export const foldingFunctions: ReadonlySet<string> = new Set(["lower", "upper"]);
export const keepingFunctions: ReadonlySet<string> = new Set([
  "trim",
  "ltrim",
  "rtrim",
  "tostring",
  "tonumber",
  "mvdedup",
  "mvsort",
]);

/** Statistics whose results are values of the field that they read. */
export const passingStatistics: ReadonlySet<string> = new Set([
  "values",
  "list",
  "first",
  "last",
  "earliest",
  "latest",
]);

/** Say something about a value by themselves: "Informational functions" that the model has no operator for. */
export const informationalFunctions: ReadonlySet<string> = new Set([
  "isarray",
  "isbool",
  "isdouble",
  "isint",
  "ismv",
  "isnum",
  "isobject",
  "isstr",
  "json_valid",
]);

/** Values that are written as a function or as a bare word. */
export const constants: ReadonlySet<string> = new Set(["true", "false", "null"]);
