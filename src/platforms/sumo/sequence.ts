import { shortDuration } from "../duration.ts";
import {
  type Condition,
  type Refused,
  refused,
  type TargetQuery,
  type TargetStep,
  type WrittenQuery,
} from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { anyBranch, findEvents, groupNames, oneTier } from "./branches.ts";
import { slices, threshold } from "./counts.ts";
import { sumoDialect } from "./dialect.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/** Later than any event, in milliseconds: the time of a step that did not occur. */
const never = "9999999999999";

/**
 * Several events of one group. In any order, every step is counted on its own; of two steps in order, the first must have
 * an event before the last of the second. More steps in order would need the way from each to the next.
 */
export function sequence(query: Sequence): WrittenQuery | Refused {
  const { steps, until, ordered } = query;
  const [first, ...others] = steps;
  if (first === undefined) return refused("sequence", "The sequence has no step.");
  if (until !== null) return refused("sequence", "Sumo Logic knows no event that ends a sequence.");
  if (others.length === 0 || areAllSame(steps)) return repeated(query, first);
  if (!ordered) return inAnyOrder(query);
  if (steps.length > 2) return refused("sequence", "Sumo Logic can tell the order of two steps, not of more.");
  if (steps.some((one) => one.missing))
    return refused("sequence", "Sumo Logic cannot ask for a step in order that does not occur.");
  if (steps.some((one) => one.runs > 1))
    return refused("sequence", "Sumo Logic cannot ask for a step in order that occurs several times.");
  return inOrder(query);
}

/** One step several times is a count. */
function repeated(query: Sequence, step: TargetStep): WrittenQuery | Refused {
  if (step.missing) return refused("sequence", "Sumo Logic cannot find what does not occur.");
  const { head, show, maxspan } = query;
  const count = query.steps.reduce((sum, one) => sum + one.runs, 0);
  return threshold({
    type: "threshold",
    head,
    show,
    branches: step.branches,
    by: step.by,
    conditions: [{ operator: "ge", count, distinct: null }],
    window: maxspan,
  });
}

function areAllSame(steps: readonly TargetStep[]): boolean {
  const texts = steps.map((one) =>
    JSON.stringify([one.branches.map(({ place, condition }) => [place, condition]), one.by, one.missing]),
  );
  return new Set(texts).size === 1;
}

interface Prepared {
  /** Lines up to the columns of the steps. */
  readonly lines: readonly string[];
  /** When each step holds. */
  readonly conditions: readonly string[];
  /** What joins the steps: for each key, what each step calls it. */
  readonly keys: readonly (readonly string[])[];
}

function prepare({ steps, show }: Sequence): Prepared | Refused {
  const every = steps.flatMap((one) => one.branches);
  const { own, remarks } = oneTier(every);
  if (remarks.length > 0)
    return refused("sequence", "Records of Cloud SIEM and other messages are never in one query.");
  const conditions: string[] = [];
  for (const { branches } of steps) {
    const condition: Condition | null = anyBranch(branches, own);
    if (condition === null) return refused("sequence", "A step lets every event through.");
    conditions.push(layOut(sumoDialect, condition, "    "));
  }
  const keys = keysOf(steps);
  if (keys === null) return refused("grouping", "The steps are joined by fields that Sumo Logic cannot write.");
  const names = steps.flatMap((one) => one.by.map(({ name }) => name));
  const found = findEvents(
    own.map((one) => ({ ...one, condition: null, expression: null })),
    [...show, ...names],
  );
  const [scope = "*", ...rest] = found.lines;
  // Of the places alone, not of what they are asked for: that is what the steps are for.
  const json = rest.filter((one) => one.startsWith("| json "));
  return { lines: [scope, ...json], conditions, keys };
}

function keysOf(steps: readonly TargetStep[]): Prepared["keys"] | null {
  const all = steps.map(({ by }) => groupNames(by));
  const [first] = all;
  if (first === undefined || first === null || all.some((one) => one?.length !== first.length)) return null;
  return first.map((_, at) => all.map((one) => one?.[at] ?? ""));
}

/** Names of the keys, and the lines that make one of them where steps call it differently. `holds`: when a step holds. */
function keyLines(
  keys: Prepared["keys"],
  holds: (step: number) => string,
): { names: readonly string[]; lines: readonly string[] } {
  const names: string[] = [];
  const lines: string[] = [];
  for (const [at, own] of keys.entries()) {
    const [name = ""] = own;
    const same = own.every((one) => one === name);
    const made = same ? name : `joined_by_${at + 1}`;
    if (!same) {
      const whole = own
        .slice(0, -1)
        .reduceRight((rest, one, step) => `if(${holds(step)}, ${one}, ${rest})`, own.at(-1) ?? name);
      lines.push(`| ${whole} as ${made}`);
    }
    lines.push(`| where !isNull(${made})`);
    names.push(made);
  }
  return { names, lines };
}

function inAnyOrder(query: Sequence): WrittenQuery | Refused {
  const made = prepare(query);
  if ("type" in made) return made;
  const { lines, conditions } = made;
  const keys = keyLines(made.keys, (step) => `step_${step + 1} = 1`);
  const sums = query.steps.map((_, at) => `sum(step_${at + 1}) as step_${at + 1}_events`);
  const tests = query.steps.map(({ missing, runs }, at) => `step_${at + 1}_events ${missing ? "= 0" : `>= ${runs}`}`);
  return {
    text: [
      ...lines,
      ...conditions.map((one, at) => `| if(${one}, 1, 0) as step_${at + 1}`),
      ...keys.lines,
      ...sliced(query),
      `| ${sums.join(", ")}${grouped(query, keys.names)}`,
      `| where ${tests.join(" and ")}`,
    ].join("\n"),
    remarks: windowRemarks(query),
  };
}

function inOrder(query: Sequence): WrittenQuery | Refused {
  const made = prepare(query);
  if ("type" in made) return made;
  const { lines, conditions } = made;
  const keys = keyLines(made.keys, () => `step_1_time < ${never}`);
  return {
    text: [
      ...lines,
      `| if(${conditions[0]}, _messagetime, ${never}) as step_1_time`,
      `| if(${conditions[1]}, _messagetime, 0) as step_2_time`,
      ...keys.lines,
      ...sliced(query),
      `| min(step_1_time) as step_1_first, max(step_2_time) as step_2_last${grouped(query, keys.names)}`,
      "| where step_1_first < step_2_last",
    ].join("\n"),
    remarks: windowRemarks(query),
  };
}

function sliced({ maxspan }: Sequence): readonly string[] {
  return maxspan === null ? [] : [`| timeslice ${shortDuration(maxspan)}`];
}

function grouped({ maxspan }: Sequence, keys: readonly string[]): string {
  const all = [...keys, ...(maxspan === null ? [] : ["_timeslice"])];
  return all.length === 0 ? "" : ` by ${all.join(", ")}`;
}

function windowRemarks({ maxspan }: Sequence): WrittenQuery["remarks"] {
  return maxspan === null ? [] : [{ part: "time span", ...slices }];
}
