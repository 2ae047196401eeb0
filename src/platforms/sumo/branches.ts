import type { Condition, TargetBranch, TargetField } from "../platform.ts";
import { layOut, onOneLine } from "../print/layout.ts";
import type { Remark } from "../translation.ts";
import { sumoDialect } from "./dialect.ts";
import { partKeywords } from "./keywords.ts";
import { searchName, sumoField, sumoString } from "./literals.ts";
import { fieldsApart, isMessage, placeTests, scopeOfAll } from "./scope.ts";

/** How the events are found: the lines of the query up to whatever is done with them. */
export interface Found {
  readonly lines: readonly string[];
  readonly remarks: readonly (Remark & { readonly part: string })[];
}

/** The events that any of the branches lets through. `names`: fields that the query reads. */
export function findEvents(branches: readonly TargetBranch[], names: readonly string[]): Found {
  const { own, remarks } = oneTier(branches);
  const alone = own.length === 1 ? own[0] : undefined;
  const parted = partKeywords(alone?.condition ?? null);
  const scope = scopeOfAll(own, parted.scope);
  const json = own.some(({ place }) => isMessage(place)) ? jsonLine([...whereNames(own), ...names]) : [];
  const conditions = alone === undefined ? [eitherOf(own)].flat() : [...placeTests(alone.place), ...parted.rest];
  return { lines: [scope, ...json, ...whereLines(conditions)], remarks };
}

/** Any of several branches, each with what tells its place from those of `every`; null where one lets every event through. */
export function anyBranch(branches: readonly TargetBranch[], every = branches): Condition | null {
  const apart = fieldsApart(every.map((one) => one.place));
  const parts = branches.map(({ place, condition }) =>
    joined("and", [...placeTests(place, apart), ...(condition === null ? [] : [condition])]),
  );
  const known = parts.filter((one) => one !== null);
  return known.length < parts.length ? null : joined("or", known);
}

function eitherOf(branches: readonly TargetBranch[]): readonly Condition[] {
  const texts = new Set(branches.map(({ condition }) => (condition === null ? "" : onOneLine(sumoDialect, condition))));
  const [first] = branches;
  // One and the same condition in several logs.
  if (texts.size === 1 && first !== undefined && branches.every(({ place }) => placeTests(place).length === 0)) {
    return first.condition === null ? [] : andParts(first.condition);
  }
  const whole = anyBranch(branches);
  return whole === null ? [] : andParts(whole);
}

function andParts(condition: Condition): readonly Condition[] {
  return condition.type === "and" ? condition.operands : [condition];
}

function joined(type: "and" | "or", parts: readonly Condition[]): Condition | null {
  const operands = parts.flatMap((one) => (one.type === type ? one.operands : [one]));
  return operands.length > 1 ? { type, operands } : (operands[0] ?? null);
}

/** One `where` for each part that must hold, so that exclusions stand on lines of their own. */
export function whereLines(conditions: readonly Condition[]): readonly string[] {
  return conditions.flatMap(andParts).map((one) => `| where ${layOut(sumoDialect, one, "    ")}`);
}

/**
 * Records of Cloud SIEM and other messages are never in one query: "You can't access data in the security indexes and data
 * in other data tiers in the same query", says
 * https://www.sumologic.com/help/docs/cse/records-signals-entities-insights/search-cse-records-in-sumo/.
 */
export function oneTier(branches: readonly TargetBranch[]): {
  readonly own: readonly TargetBranch[];
  readonly remarks: Found["remarks"];
} {
  const records = branches.filter(({ place }) => place.from.every((one) => one.startsWith("_index=sec_")));
  if (records.length === 0 || records.length === branches.length) return { own: branches, remarks: [] };
  const left = branches.filter((one) => !records.includes(one)).map((one) => one.logSource.title);
  return {
    own: records,
    remarks: [
      {
        part: [...new Set(left)].join(", "),
        code: "other-log",
        why: "Messages outside of Cloud SIEM need a query of their own, so that this one finds less.",
      },
    ],
  };
}

function whereNames(branches: readonly TargetBranch[]): readonly string[] {
  return branches.filter(({ place }) => isMessage(place)).flatMap(({ place }) => Object.keys(place.where));
}

/**
 * Reads fields out of messages in JSON; `nodrop` keeps messages that lack some of them.
 * https://www.sumologic.com/help/docs/search/search-query-language/parse-operators/parse-json-formatted-logs/
 */
function jsonLine(names: readonly string[]): readonly string[] {
  const unique = [...new Set(names.map(searchName))];
  const pairs = unique.flatMap((name) => {
    const [key, field] = [sumoString(name), sumoField(name)];
    return key === null || field === null ? [] : [{ key, field }];
  });
  if (pairs.length === 0) return [];
  return [`| json ${pairs.map((one) => one.key).join(", ")} as ${pairs.map((one) => one.field).join(", ")} nodrop`];
}

/** The fields an analyst looks at, each once. */
export function fieldsLine(names: readonly string[]): readonly string[] {
  const fields = [...new Set(names.map((one) => sumoField(one)).filter((one) => one !== null))];
  return fields.length === 0 ? [] : [`| fields ${fields.join(", ")}`];
}

/** Names to group by; null where one of them can't be written. */
export function groupNames(fields: readonly TargetField[]): readonly string[] | null {
  const names = fields.map(({ name }) => sumoField(name));
  return names.includes(null) ? null : names.filter((one) => one !== null);
}
