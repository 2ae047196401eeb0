import { durationSeconds, shortDuration } from "../duration.ts";
import type { CountCondition } from "../plan/plan.ts";
import type { TargetField, TargetQuery, WrittenQuery } from "../platform.ts";
import { searchField } from "./literals.ts";
import { eventsOf, splitBranch } from "./selection.ts";

type Threshold = Extract<TargetQuery, { readonly type: "threshold" }>;
type NewTerms = Extract<TargetQuery, { readonly type: "new_terms" }>;

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

/**
 * Many events of one group. What becomes true with one event more is looked for in a window that goes along with the
 * events; what takes few of them is counted in fixed windows.
 */
export function thresholdOf({ branches, by, conditions, window }: Threshold): WrittenQuery {
  const events = eventsOf(branches.map((one) => splitBranch(one)));
  const groups = by.map((one) => searchField(one.name));
  const byGroups = groups.length === 0 ? "" : ` BY ${groups.join(", ")}`;
  const counts = conditions.map(countOf);
  const found = `| where ${conditions.map((one) => `${resultOf(one)}${signs[one.operator]}${one.count}`).join(" AND ")}`;
  const times = "min(_time) AS firstTime, max(_time) AS lastTime";
  if (window === null) {
    return { text: [events, `| stats ${[...counts, times].join(", ")}${byGroups}`, found].join("\n"), remarks: [] };
  }
  if (conditions.every((one) => one.operator === "ge" || one.operator === "gt")) {
    const results = conditions.map((one) => `max(${resultOf(one)}) AS ${resultOf(one)}`);
    const lines = [
      "| sort 0 _time",
      `| streamstats time_window=${durationSeconds(window)}s ${counts.join(", ")}${byGroups}`,
      found,
      `| stats ${[times, ...results].join(", ")}${byGroups}`,
    ];
    return { text: [events, ...lines].join("\n"), remarks: [] };
  }
  const span = shortDuration(window);
  const grouped = ["_time", ...groups].join(", ");
  const lines = [`| bin _time span=${span}`, `| stats ${counts.join(", ")} BY ${grouped}`, found];
  const why = `Events are counted in fixed windows of ${span}, and not in any of that length.`;
  return { text: [events, ...lines].join("\n"), remarks: [{ part: "window", code: "window", why }] };
}

function resultOf({ distinct }: CountCondition<TargetField>): string {
  return distinct === null ? "event_count" : "distinct_count";
}

function countOf(condition: CountCondition<TargetField>): string {
  const { distinct } = condition;
  return distinct === null ? "count AS event_count" : `dc(${searchField(distinct.name)}) AS ${resultOf(condition)}`;
}

/** Values that the search, which goes back over the whole window, first saw in its last hour. */
export function newTermsOf({ branches, fields, window }: NewTerms): WrittenQuery {
  const events = eventsOf(branches.map((one) => splitBranch(one)));
  const names = fields.map((one) => searchField(one.name)).join(", ");
  const lines = [
    `| stats min(_time) AS firstTime, max(_time) AS lastTime, count BY ${names}`,
    '| where firstTime>=relative_time(now(), "-1h")',
  ];
  const why = `The search must run over the last ${shortDuration(window)}, and new is what it first saw in the last hour.`;
  return { text: [events, ...lines].join("\n"), remarks: [{ part: "new values", code: "new-terms", why }] };
}
