import type { CountCondition } from "../plan/plan.ts";
import {
  type Duration,
  type Refused,
  refused,
  type TargetField,
  type TargetQuery,
  type WrittenQuery,
} from "../platform.ts";
import { onOneLine } from "../print/layout.ts";
import { esqlDialect } from "./dialect.ts";
import { branchCondition, eventsOf } from "./events.ts";
import { esqlField } from "./literals.ts";

type Threshold = Extract<TargetQuery, { readonly type: "threshold" }>;
type NewTerms = Extract<TargetQuery, { readonly type: "new_terms" }>;
type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "==" } as const;
const times = "first_seen = MIN(@timestamp), last_seen = MAX(@timestamp)";

/** A time span as ES|QL writes it: `5 minutes`. */
export function timeSpan({ amount, unit }: Duration): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

function windowRemark(window: Duration | null): WrittenQuery["remarks"] {
  if (window === null) return [];
  const why = `Events are counted in fixed windows of ${timeSpan(window)}, and not in any of that length.`;
  return [{ part: "window", code: "window", why }];
}

function groupsOf(fields: readonly TargetField[], window: Duration | null): string {
  const groups = fields.map((one) => esqlField(one.name));
  if (window !== null) groups.push(`time_window = BUCKET(@timestamp, ${timeSpan(window)})`);
  return groups.length === 0 ? "" : ` BY ${groups.join(", ")}`;
}

export function thresholdOf({ branches, by, conditions, window }: Threshold): WrittenQuery {
  const counts = conditions.map(countOf);
  const found = conditions.map((one) => `${resultOf(one)} ${signs[one.operator]} ${one.count}`).join(" AND ");
  const lines = [
    eventsOf(branches),
    `| STATS ${[...counts, times].join(", ")}${groupsOf(by, window)}`,
    `| WHERE ${found}`,
  ];
  return { text: lines.join("\n"), remarks: windowRemark(window) };
}

function resultOf({ distinct }: CountCondition<TargetField>): string {
  return distinct === null ? "event_count" : "distinct_count";
}

function countOf(condition: CountCondition<TargetField>): string {
  const { distinct } = condition;
  const counted = distinct === null ? "COUNT(*)" : `COUNT_DISTINCT(${esqlField(distinct.name)})`;
  return `${resultOf(condition)} = ${counted}`;
}

/** Values that were first seen in the last hour of the window. */
export function newTermsOf({ branches, fields, window }: NewTerms): WrittenQuery {
  const lines = [
    eventsOf(branches, [`@timestamp >= NOW() - ${timeSpan(window)}`]),
    `| STATS event_count = COUNT(*), ${times}${groupsOf(fields, null)}`,
    "| WHERE first_seen >= NOW() - 1 hour",
  ];
  const why = "New is what was first seen in the last hour.";
  return { text: lines.join("\n"), remarks: [{ part: "new values", code: "new-terms", why }] };
}

/** Several events of one group: each step counts its own, and its times tell the order. */
export function sequenceOf({ steps, until, maxspan, ordered }: Sequence): WrittenQuery | Refused {
  if (until !== null) return refused("sequence", "ES|QL cannot end a sequence at an event.");
  const [first] = steps;
  if (first === undefined || steps.length < 2) return refused("sequence", "One event is no sequence.");
  const names = first.by.map((one) => one.name);
  if (steps.some((one) => one.by.length !== names.length || one.by.some(({ name }, at) => name !== names[at]))) {
    return refused("sequence", "Steps whose shared fields have different names cannot be grouped.");
  }
  const counts: string[] = [];
  const found: string[] = [];
  let before: string | null = null;
  for (const [at, step] of steps.entries()) {
    const conditions = step.branches.map(branchCondition);
    if (conditions.includes(null)) return refused("everything", "A step that takes every event cannot be told apart.");
    const condition = conditions
      .filter((one) => one !== null)
      .map((one) => `(${onOneLine(esqlDialect, one)})`)
      .join(" OR ");
    const label = `step${at + 1}`;
    counts.push(`${label} = COUNT(*) WHERE ${condition}`);
    found.push(step.missing ? `${label} == 0` : `${label} >= ${step.runs}`);
    if (step.missing || !ordered) continue;
    counts.push(`${label}_first = MIN(@timestamp) WHERE ${condition}`);
    counts.push(`${label}_last = MAX(@timestamp) WHERE ${condition}`);
    if (before !== null) found.push(`${before}_first < ${label}_last`);
    before = label;
  }
  const lines = [
    eventsOf(steps.flatMap((one) => one.branches)),
    `| STATS ${counts.join(",\n    ")}\n   ${groupsOf(first.by, maxspan)}`,
    `| WHERE ${found.join(" AND ")}`,
  ];
  const order = "Two steps are in order where any event of the one is earlier than any of the other.";
  return {
    text: lines.join("\n"),
    remarks: [
      ...windowRemark(maxspan),
      ...(ordered ? [{ part: "sequence", code: "sequence", why: order } as const] : []),
    ],
  };
}
