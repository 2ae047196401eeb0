import type { PatternToken } from "../../rule/expression.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import { type Condition, type Refused, refused, type TargetBranch, type Written, writtenList } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { among, aqlDialect, patternTest } from "./dialect.ts";
import { having, withFewGuards } from "./guards.ts";
import { aqlName, aqlString, isQuotable, oneLineComment } from "./literals.ts";
import { kindOf } from "./properties.ts";

/** Tables of AQL; a place that is none of log source types says `flows`. */
export type AqlTable = "events" | "flows";

/** The table that holds the places; null where they are in both. */
export function tableOf(branches: readonly TargetBranch[]): AqlTable | null {
  const tables = new Set(branches.map(({ place }) => (place.from.includes("flows") ? "flows" : "events")));
  return tables.size === 1 ? ([...tables][0] ?? null) : null;
}

/** What an analyst needs to see, the time first. */
export function columnsOf(show: readonly string[], table: AqlTable): readonly string[] {
  const time = "DATEFORMAT(starttime, 'yyyy-MM-dd HH:mm:ss') AS 'Time'";
  const first =
    table === "flows" ? [time] : [time, "LOGSOURCENAME(logsourceid) AS 'Log Source'", "QIDNAME(qid) AS 'Event Name'"];
  // Properties that people make are those of events; a search for a column that is not there fails.
  const there = table === "flows" ? show.filter((one) => kindOf(one) !== "text") : show;
  return [...new Set([...first, ...there.map(aqlName).filter((one) => one !== null)])];
}

/** What a search reads, behind `WHERE`, of events that have these properties; a name that cannot be quoted refuses it. */
export function whereOf(
  branches: readonly TargetBranch[],
  properties: readonly string[] = [],
  more: readonly string[] = [],
): string | Refused {
  const parts: Condition[] = [];
  for (const branch of branches) {
    const part = branchCondition(branch);
    if ("code" in part) return part;
    parts.push(part);
  }
  const [only] = parts;
  const read: Condition = parts.length === 1 && only !== undefined ? only : { type: "or", operands: parts };
  const there = having(read, properties);
  const others = more.map((text): Condition => ({ type: "written", written: { text, binds: "atom" } }));
  const own = there.type === "and" ? there.operands : [there];
  const all: Condition = others.length === 0 ? there : { type: "and", operands: [...own, ...others] };
  return layOut(aqlDialect, withFewGuards(all), "  ");
}

function branchCondition({ place, condition }: TargetBranch): Condition | Refused {
  const selectors = selectorsOf(place);
  if ("code" in selectors) return selectors;
  const own = condition === null ? [] : condition.type === "and" ? condition.operands : [condition];
  const operands = [...selectors, ...own];
  const [only] = operands;
  // A table of flows has no log source types: every row has a time.
  if (only === undefined) return { type: "written", written: { text: "starttime > 0", binds: "atom" } };
  return operands.length > 1 ? { type: "and", operands } : only;
}

/** The log source types by number, with their names beside; without a number by name. */
function selectorsOf({ from, where }: LogPlace): readonly Condition[] | Refused {
  const names = from.filter((one) => one !== "flows");
  const conditions: Condition[] = [];
  const take = (written: Written) => conditions.push({ type: "written", written });
  if (!Object.hasOwn(where, "devicetype") && names.length > 0) {
    take(testsOf("LOGSOURCETYPENAME(devicetype)", names, false));
  }
  for (const [name, values] of Object.entries(where)) {
    const own = aqlName(name);
    if (own === null) return refused("no-field", `No quotation marks hold the name ${name}.`);
    take(name === "devicetype" ? deviceTypes(values, names) : testsOf(own, values, kindOf(name) === "number"));
  }
  return conditions;
}

function deviceTypes(numbers: readonly string[], names: readonly string[]): Written {
  const items = numbers.map((one, at) => {
    const title = names[at];
    return title === undefined ? one : `${one} /* ${oneLineComment(title)} */`;
  });
  if (items.length === 1) return { text: `devicetype = ${items[0]}`, binds: "atom" };
  return writtenList("devicetype IN (", items, ")");
}

/** Plain values in one, then those in which `*` stands for any run of characters. */
function testsOf(own: string, values: readonly string[], isNumber: boolean): Written {
  const isPlain = (value: string) => !value.includes("*") && isQuotable(value);
  const plain = values.filter(isPlain).map((one) => (isNumber && /^\d+$/u.test(one) ? one : aqlString(one)));
  const patterns = values.filter((one) => !isPlain(one)).map((one) => patternTest(own, tokensOf(one), false));
  if (patterns.length === 0) return among(own, plain);
  const tests = plain.length === 0 ? patterns : [among(own, plain).text, ...patterns];
  return { text: tests.join(" OR "), binds: tests.length > 1 ? "or" : "atom" };
}

function tokensOf(value: string): readonly PatternToken[] {
  return value
    .split("*")
    .flatMap((text, at): readonly PatternToken[] => [
      ...(at === 0 ? [] : [{ type: "any" } as const]),
      ...(text === "" ? [] : [{ type: "literal", text } as const]),
    ]);
}
