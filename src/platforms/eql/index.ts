import { shortDuration } from "../duration.ts";
import { lineComment } from "../elastic/comment.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import {
  type Condition,
  type Platform,
  type Refused,
  refused,
  type TargetBranch,
  type TargetQuery,
  type TargetStep,
  type WrittenQuery,
} from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { selectorOf } from "../print/selector.ts";
import { eqlDialect } from "./dialect.ts";
import { eqlField, eqlString } from "./literals.ts";

/** Elastic Security, in the Event Query Language. The index patterns are no part of a query: they stand in its header. */
export const eql: Platform = {
  id: "elastic-eql",
  title: "Elastic Security (EQL)",
  aliases: ["eql", "elastic"],
  language: "eql",
  schema: "ecs",
  content: "elastic",
  supplied: (canonical) => canonical,
  dialect: eqlDialect,
  added: (condition) => `and ${layOut(eqlDialect, enclosed(condition), "  ")}`,
  comment: lineComment,
  write: (query) => {
    switch (query.type) {
      case "selection":
        return { text: `${indices(query.branches)}${eventOf(query.branches, "  ")}`, remarks: [] };
      case "sequence":
        return sequence(query);
      case "threshold":
        return runsOf(query);
      case "new_terms":
        return refused("new-terms", "EQL knows nothing of earlier values.");
      default:
        return query satisfies never;
    }
  },
};

/** Behind an `and`, alternatives stand in parentheses. */
function enclosed(condition: Condition): Condition {
  return { type: "and", operands: [condition] };
}

function indices(branches: readonly TargetBranch[]): string {
  return `// Index: ${[...new Set(branches.flatMap((one) => one.place.from))].join(", ")}\n`;
}

/** `process where …`: the category of the events stands first where they have one. */
function eventOf(branches: readonly TargetBranch[], indent: string): string {
  const categories = new Set(branches.map((one) => categoryOf(one.place)));
  const [category] = categories;
  const shared = categories.size === 1 ? (category ?? null) : null;
  const parts = branches.map((one) => branchCondition(one, shared !== null));
  const whole: Condition = parts.length === 1 && parts[0] !== undefined ? parts[0] : { type: "or", operands: parts };
  const word = shared === null ? "any" : /^[a-z_]+$/u.test(shared) ? shared : eqlString(shared);
  return `${word} where\n${indent}${layOut(eqlDialect, whole, indent)}`;
}

function categoryOf({ where }: LogPlace): string | null {
  const [only, ...others] = where["event.category"] ?? [];
  return only === undefined || others.length > 0 || only.includes("*") ? null : only;
}

function branchCondition({ place, condition }: TargetBranch, categoryStands: boolean): Condition {
  const where = Object.entries(place.where).filter(([name]) => !categoryStands || name !== "event.category");
  const selector = selectorOf(where, (name, values) =>
    values.length === 1
      ? `${eqlField(name)} : ${eqlString(values[0] ?? "")}`
      : `${eqlField(name)} : (${values.map(eqlString).join(", ")})`,
  );
  const operands = [
    ...selector,
    ...(condition === null ? [] : condition.type === "and" ? condition.operands : [condition]),
  ];
  const [only] = operands;
  if (only === undefined) return { type: "written", written: { text: "true", binds: "atom" } };
  return operands.length === 1 ? only : { type: "and", operands };
}

function sequence(query: Extract<TargetQuery, { readonly type: "sequence" }>): WrittenQuery | Refused {
  const { steps, until, maxspan, ordered } = query;
  if (steps.length < 2 && (steps[0]?.runs ?? 1) < 2)
    return refused("sequence", "A sequence of EQL has two steps or more.");
  if (!ordered && (maxspan !== null || until !== null || steps.some((one) => one.missing))) {
    return refused(
      "sequence",
      "EQL finds events in any order only without a time span, and never such as must not occur.",
    );
  }
  const word = ordered ? "sequence" : "sample";
  const span = maxspan === null ? "" : ` with maxspan=${shortDuration(maxspan)}`;
  const shared = sharedKeys(until === null ? steps : [...steps, until]);
  const keys = shared.length === 0 ? "" : ` by ${shared.join(", ")}`;
  const own = (step: TargetStep): string => stepText(shared.length === 0 ? step : { ...step, by: [] });
  const lines = steps.map(own);
  const end = until === null ? [] : [`until ${own(until)}`];
  const head = indices([...steps, ...(until === null ? [] : [until])].flatMap((one) => one.branches));
  return {
    text: `${head}${[`${word}${keys}${span}`, ...lines.map((one) => `  ${one}`), ...end.map((one) => `  ${one}`)].join("\n")}`,
    remarks: [],
  };
}

/** Longest run that EQL looks for. */
const mostRuns = 100;

/** Many events of one group are a sequence of one step that runs so often. */
function runsOf(query: Extract<TargetQuery, { readonly type: "threshold" }>): WrittenQuery | Refused {
  const [condition, ...more] = query.conditions;
  if (condition === undefined || more.length > 0 || condition.distinct !== null) {
    return refused("threshold", "EQL does not count values; ES|QL does.");
  }
  const { operator, count } = condition;
  const runs = operator === "ge" ? count : operator === "gt" ? count + 1 : 0;
  if (runs < 2 || runs > mostRuns) {
    return refused(
      "threshold",
      `EQL counts events up to ${mostRuns}, and only asks for so many or more; ES|QL counts.`,
    );
  }
  const { branches, by, window } = query;
  return sequence({
    ...query,
    type: "sequence",
    ordered: true,
    maxspan: window,
    until: null,
    steps: [{ branches, by, runs, missing: false }],
  });
}

/** The fields that the steps share, where all call them the same; empty where each has names of its own. */
function sharedKeys(steps: readonly TargetStep[]): readonly string[] {
  const [first, ...others] = steps.map((one) => one.by.map(({ name }) => eqlField(name)));
  if (first === undefined || others.some((one) => one.join("\n") !== first.join("\n"))) return [];
  return first;
}

function stepText({ branches, by, runs, missing }: TargetStep): string {
  const keys = by.length === 0 ? "" : ` by ${by.map((one) => eqlField(one.name)).join(", ")}`;
  return `${missing ? "!" : ""}[${eventOf(branches, "    ")}]${keys}${runs > 1 ? ` with runs=${runs}` : ""}`;
}
