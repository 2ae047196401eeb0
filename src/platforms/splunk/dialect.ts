import type { Condition, Dialect, Refused, Test, Written } from "../platform.ts";
import { refused } from "../platform.ts";
import { onOneLine } from "../print/layout.ts";
import { type EvalTest, evalTest } from "./eval-test.ts";
import { splString } from "./literals.ts";
import { type Naming, type SearchText, searchTest } from "./search-test.ts";

/** A test in both of Splunk's ways to ask: in the search, which the index answers, and in `where` behind it. */
export interface SplWritten extends Written {
  /** null where only `where` can ask it. */
  readonly search: SearchText | null;
  /** null where only the search can ask it. */
  readonly where: Condition | null;
}

export const splDialect: Dialect = {
  missing: "unknown",
  and: "AND",
  or: "OR",
  not: (operand) => `NOT ${operand}`,
  takesSeveral: ({ operator, quantifier, values, field }) =>
    field !== null &&
    quantifier === "any" &&
    values.length > 0 &&
    ["eq", "wildcard", "starts_with", "ends_with", "contains", "regex_match"].includes(operator),
  test: splTest,
};

function splTest(asked: Test): SplWritten | Refused {
  // Splunk keeps true and false as texts, whose letters mean nothing.
  const test = asked.values.every((one) => typeof one === "boolean") ? { ...asked, caseSensitive: false } : asked;
  const search = searchTest(test);
  const where = test.field === null ? wholeEvent(test, search) : evalTest(test, test.field);
  if (search === null && "code" in where) return where;
  const plain = search?.((name) => name) ?? ("code" in where ? null : where.condition);
  if (plain === null) return refused("operator", `Splunk cannot say ${test.operator}.`);
  return {
    text: onOneLine(splDialect, plain),
    binds: plain.type === "written" ? plain.written.binds : plain.type,
    remarks: search === null && !("code" in where) ? where.remarks : [],
    search,
    where: "code" in where ? null : where.condition,
  };
}

function wholeEvent({ operator }: Test, search: SplWritten["search"]): EvalTest | Refused {
  if (search === null) return refused("keyword", `A search for words cannot say ${operator.replaceAll("_", " ")}.`);
  const words = onOneLine(
    splDialect,
    search((name) => name),
  );
  const written: Written = { text: `searchmatch(${splString(words)})`, binds: "atom" };
  return { condition: { type: "written", written }, remarks: [] };
}

function isSpl(written: Written): written is SplWritten {
  return "search" in written;
}

/** The condition as text of a search; null where a part of it is for `where` alone. */
export function inSearch(condition: Condition, naming: Naming): Condition | null {
  return each(condition, (written) => {
    if (!isSpl(written)) return { type: "written", written };
    return written.search === null ? null : written.search(naming);
  });
}

/** The condition as text of an evaluation; null where a part of it is for the search alone. */
export function inWhere(condition: Condition): Condition | null {
  return each(condition, (written) => (isSpl(written) ? written.where : null));
}

function each(condition: Condition, write: (written: Written) => Condition | null): Condition | null {
  switch (condition.type) {
    case "written":
      return write(condition.written);
    case "not": {
      const operand = each(condition.operand, write);
      return operand === null ? null : { type: "not", operand };
    }
    case "and":
    case "or": {
      const operands: Condition[] = [];
      for (const one of condition.operands) {
        const made = each(one, write);
        if (made === null) return null;
        if (made.type === condition.type) operands.push(...made.operands);
        else operands.push(made);
      }
      return { type: condition.type, operands };
    }
    default:
      return condition satisfies never;
  }
}
