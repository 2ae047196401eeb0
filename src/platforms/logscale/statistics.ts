import { durationSeconds, shortDuration } from "../duration.ts";
import type { CountCondition } from "../plan/plan.ts";
import {
  type Duration,
  type Refused,
  refused,
  type TargetField,
  type TargetQuery,
  type WrittenQuery,
} from "../platform.ts";
import { isKey, noKey } from "./arrays.ts";
import { cqlField } from "./literals.ts";
import { filterSteps, shownFields } from "./selection.ts";

type Remarks = WrittenQuery["remarks"];

const comparisons = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

/** Time spans follow each other here; `bucket` has them too, but keeps ten groups of each only. */
function windowStep(window: Duration): string {
  return `| _window := @timestamp - (@timestamp % ${durationSeconds(window) * 1000}) // ${shortDuration(window)}`;
}

export function threshold(query: Extract<TargetQuery, { readonly type: "threshold" }>): WrittenQuery | Refused {
  const { branches, by, conditions, window, show } = query;
  const asked = [...by, ...conditions.flatMap((one) => (one.distinct === null ? [] : [one.distinct]))];
  if (asked.some((one) => !isKey(one.name))) return refused("no-field", noKey);
  const keys = [...by.map((one) => cqlField(one.name)), ...(window === null ? [] : ["_window"])];
  const details = shownFields(show).filter((one) => one !== "@timestamp" && !keys.includes(one));
  const { steps, remarks } = count(keys, conditions, details);
  const remark: Remarks =
    window === null
      ? []
      : [
          {
            code: "window",
            part: shortDuration(window),
            why: "Events are counted in time spans that follow each other, so a group that lies in two of them may be missed.",
          },
        ];
  return {
    text: [...filterSteps(branches), ...(window === null ? [] : [windowStep(window)]), ...steps].join("\n"),
    remarks: [...remark, ...remarks],
  };
}

interface Counted {
  readonly steps: readonly string[];
  readonly remarks: Remarks;
}

function count(
  keys: readonly string[],
  conditions: readonly CountCondition<TargetField>[],
  details: readonly string[],
): Counted {
  const distinct = [
    ...new Set(conditions.flatMap((one) => (one.distinct === null ? [] : [cqlField(one.distinct.name)]))),
  ];
  const [only] = distinct;
  const times = ["min(@timestamp, as=_first)", "max(@timestamp, as=_last)"];
  const shown = (fields: readonly string[]): readonly string[] =>
    fields.length === 0 ? [] : [`collect([${fields.join(", ")}])`];
  // `count(…, distinct=true)` is an estimate; groups of groups are not.
  if (only !== undefined && distinct.length === 1 && conditions.every((one) => one.distinct !== null)) {
    const rest = details.filter((one) => one !== only);
    const outer = [`count(as=_values)`, "min(_first, as=_first)", "max(_last, as=_last)", ...shown([only, ...rest])];
    return {
      steps: [
        group([...keys, only], [...times, ...shown(rest)]),
        group(keys, outer),
        ...conditions.map(({ operator, count: number }) => `| _values${comparisons[operator]}${number}`),
      ],
      remarks: [],
    };
  }
  const functions = conditions.map(({ distinct: field }, at) =>
    field === null
      ? `count(as=_events${at === 0 ? "" : at + 1})`
      : `count(${cqlField(field.name)}, distinct=true, as=_values${at === 0 ? "" : at + 1})`,
  );
  const asked = conditions.map(
    ({ operator, count: number, distinct: field }, at) =>
      `| ${field === null ? "_events" : "_values"}${at === 0 ? "" : at + 1}${comparisons[operator]}${number}`,
  );
  const estimate = {
    code: "threshold",
    part: `distinct ${distinct.join(", ")}`,
    why: "LogScale estimates the number of distinct values.",
  } as const;
  return {
    steps: [group(keys, [...functions, ...times, ...shown(details)]), ...asked],
    remarks: distinct.length === 0 ? [] : [estimate],
  };
}

function group(keys: readonly string[], functions: readonly string[]): string {
  if (keys.length === 0) return `| stats([${functions.join(", ")}])`;
  return `| groupBy([${keys.join(", ")}], function=[${functions.join(", ")}], limit=max)`;
}

/** The combination counts as new where its first event of the whole span lies at the span's end. */
export function newTerms(query: Extract<TargetQuery, { readonly type: "new_terms" }>): WrittenQuery | Refused {
  const { branches, fields, window, show } = query;
  if (fields.length === 0 || fields.some((one) => !isKey(one.name))) {
    return refused("new-terms", "There is no field whose values could be new.");
  }
  const keys = fields.map((one) => cqlField(one.name));
  const details = shownFields(show).filter((one) => one !== "@timestamp" && !keys.includes(one));
  const functions = ["count(as=_events)", "min(@timestamp, as=_first)", `collect([${details.join(", ")}])`];
  return {
    text: [
      `setTimeInterval(start=${shortDuration(window)})`,
      ...filterSteps(branches).map((one, at) => (at === 0 ? `| ${one}` : one)),
      group(keys, details.length === 0 ? functions.slice(0, 2) : functions),
      `| test(_first > now() - ${3600 * 1000}) // ${shortDuration({ amount: 1, unit: "hour" })}`,
    ].join("\n"),
    remarks: [
      {
        code: "new-terms",
        part: `new in ${shortDuration(window)}`,
        why: "Values count as new that were seen first in the last hour of the time span, so the search must run every hour.",
      },
    ],
  };
}
