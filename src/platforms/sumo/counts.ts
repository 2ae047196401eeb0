import { durationSeconds, shortDuration } from "../duration.ts";
import { type Refused, refused, type TargetQuery, type WrittenQuery } from "../platform.ts";
import { findEvents, groupNames } from "./branches.ts";
import { sumoField } from "./literals.ts";

const operators = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

/** What a slice of the clock means for events near its ends. */
export const slices = {
  code: "window",
  why: "Windows are slices of the clock, so events on both sides of a slice's end are not taken together.",
} as const;

/**
 * Groups whose events, or values, are so many.
 * https://www.sumologic.com/help/docs/search/search-query-language/group-aggregate-operators/count-count-distinct-and-count-frequent/
 */
export function threshold(query: Extract<TargetQuery, { readonly type: "threshold" }>): WrittenQuery | Refused {
  const { branches, by, conditions, window } = query;
  const groups = groupNames(by);
  if (groups === null) return refused("threshold", "A field to group by has a name that Sumo Logic cannot write.");
  const counted = conditions.map(({ distinct }) => (distinct === null ? null : sumoField(distinct.name)));
  const names = [...by, ...conditions.flatMap(({ distinct }) => distinct ?? [])].map((one) => one.name);
  const { lines, remarks } = findEvents(branches, [...query.show, ...names]);
  const results = new Map<string, string>();
  const tests: string[] = [];
  for (const [at, { operator, count, distinct }] of conditions.entries()) {
    const field = counted[at] ?? null;
    if (distinct !== null && field === null)
      return refused("threshold", "A field to count has a name that Sumo Logic cannot write.");
    const call = field === null ? "count" : `count_distinct(${field})`;
    const before = [...results.keys()].filter((one) => one !== "count" && one !== call).length;
    const named = field === null ? "event_count" : `distinct_count${before === 0 ? "" : `_${before + 1}`}`;
    const result = results.get(call) ?? named;
    results.set(call, result);
    tests.push(`${result} ${operators[operator]} ${count}`);
  }
  const keys = [...groups, ...(window === null ? [] : ["_timeslice"])];
  const grouped = keys.length === 0 ? "" : ` by ${keys.join(", ")}`;
  const many = conditions.some(({ distinct, count }) => distinct !== null && count >= 100);
  return {
    text: [
      ...lines,
      ...(window === null ? [] : [`| timeslice ${shortDuration(window)}`]),
      `| ${[...results].map(([call, name]) => `${call} as ${name}`).join(", ")}${grouped}`,
      `| where ${tests.join(" and ")}`,
    ].join("\n"),
    remarks: [
      ...remarks,
      ...(window === null ? [] : [{ part: "window", ...slices }]),
      ...(many
        ? [
            {
              part: "count",
              code: "threshold" as const,
              why: "count_distinct is about right, not exact, beyond 100 values.",
            },
          ]
        : []),
    ],
  };
}

/** What is new has its first event in the last hour of the time that is searched. */
const recent = 3_600_000;

/**
 * Combinations of values that the earlier part of the searched time does not have.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/queryendtime/
 */
export function newTerms(query: Extract<TargetQuery, { readonly type: "new_terms" }>): WrittenQuery | Refused {
  const { branches, fields, window } = query;
  const groups = groupNames(fields);
  if (groups === null || groups.length === 0)
    return refused("new-terms", "A field has a name that Sumo Logic cannot write.");
  const { lines, remarks } = findEvents(branches, [...query.show, ...fields.map((one) => one.name)]);
  if (durationSeconds(window) * 1000 <= recent)
    return refused("new-terms", "The time that is looked back on is too short.");
  return {
    text: [
      ...lines,
      ...groups.map((one) => `| where !isNull(${one})`).filter((one) => !lines.includes(one)),
      `| min(_messagetime) as first_seen, count as event_count by ${groups.join(", ")}`,
      "| queryEndTime() as query_end",
      `| where query_end - first_seen <= ${recent}`,
      "| fields - query_end",
    ].join("\n"),
    remarks: [
      ...remarks,
      {
        part: "new terms",
        code: "new-terms",
        why: `New is what has its first event in the last hour of the searched time, which must be the last ${shortDuration(window)}.`,
      },
    ],
  };
}
