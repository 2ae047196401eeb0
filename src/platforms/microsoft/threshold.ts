import type { CountCondition } from "../plan/plan.ts";
import type { TargetField, TargetQuery, WrittenQuery } from "../platform.ts";
import { columnOf } from "./columns.ts";
import { kustoSpan } from "./literals.ts";
import { type Lines, listLine, type Search, searchesOf, shownColumns, unionOf } from "./pipeline.ts";

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "==" } as const;

/** Counts in groups, and which groups are shown. */
export function threshold({
  branches,
  by,
  conditions,
  window,
}: Extract<TargetQuery, { readonly type: "threshold" }>): WrittenQuery {
  const searches = searchesOf(branches);
  const time = searches[0]?.time ?? "TimeGenerated";
  const lines = unionOf(searches.map((one) => withTime(one, time)));
  const groups = shownColumns(by, [time]);
  const counts = conditions.map((one, at) => countOf(one, conditions, at));
  const examples = searches.length === 1 ? examplesOf(searches[0], by) : [];
  const made = [
    ...new Map(counts.map((one) => [one.name, `${one.name} = ${one.made}`])).values(),
    `FirstSeen = min(${time})`,
    `LastSeen = max(${time})`,
    ...examples,
  ];
  const windows = window === null ? [] : [`bin(${time}, ${kustoSpan(window)})`];
  const grouping = [...groups.map((one) => one.made), ...windows];
  const summary = listLine("summarize", made);
  return {
    text: [
      ...lines,
      grouping.length === 0 ? summary : `${summary}\n    by ${grouping.join(", ")}`,
      ...counts.map(({ name, condition }) => `| where ${name} ${signs[condition.operator]} ${condition.count}`),
    ].join("\n"),
    remarks:
      window === null
        ? []
        : [
            {
              part: "window",
              code: "window",
              why: `Windows of ${kustoSpan(window)} stand side by side: events on both sides of an edge are not counted together.`,
            },
          ],
  };
}

interface Count {
  readonly name: string;
  readonly made: string;
  readonly condition: CountCondition<TargetField>;
}

function countOf(
  condition: CountCondition<TargetField>,
  all: readonly CountCondition<TargetField>[],
  at: number,
): Count {
  const { distinct } = condition;
  if (distinct === null) return { name: "EventCount", made: "count()", condition };
  const several = all.filter((one) => one.distinct !== null && one.distinct.name !== distinct.name).length > 0;
  const { text, type, own } = columnOf(distinct);
  return {
    name: several ? `DistinctCount${at + 1}` : "DistinctCount",
    made: `count_distinct(${type === "dynamic" ? text : own})`,
    condition,
  };
}

/** Some values of what an analyst looks at; a list longer than that helps nobody. */
function examplesOf(search: Search | undefined, by: readonly TargetField[]): Lines {
  const grouped = new Set(by.map((one) => one.name));
  const fields = (search?.show ?? []).filter((one) => !grouped.has(one.name)).slice(0, 4);
  return shownColumns(fields, []).map(({ made, name }) =>
    made === name ? `make_set(${name}, 100)` : `${name} = make_set(${made.slice(made.indexOf(" = ") + 3)}, 100)`,
  );
}

/** Tables of different products call the time differently. */
function withTime({ lines, time }: Search, common: string): Lines {
  return time === common ? lines : [...lines, `| extend ${common} = ${time}`];
}
