import type { SigmaCorrelation, SigmaCriteria, SigmaName, SigmaRule } from "../../languages/sigma/ast.ts";
import { shortDuration } from "../duration.ts";
import {
  type Duration,
  type Refused,
  refused,
  type TargetBranch,
  type TargetField,
  type TargetQuery,
  type TargetStep,
  type WrittenQuery,
} from "../platform.ts";
import { metadataOf, printDocuments, ruleOf } from "./document.ts";
import { nowhere } from "./item.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;
type Threshold = Extract<TargetQuery, { readonly type: "threshold" }>;

/** A correlation must name a time span (https://sigmahq.io/sigma-specification/specification/sigma-correlation-rules-specification.html). */
const usual: Duration = { amount: 1, unit: "day" };
const spanRemark = {
  part: "time span",
  code: "window",
  why: "A correlation of Sigma needs a time span, and the rule has none: a day is taken.",
} as const;

const operators = { lt: "lt", le: "lte", gt: "gt", ge: "gte", eq: "eq" } as const;

/** Counts of events (`event_count`) or of the values of a field (`value_count`). */
export function threshold({ head, branches, by, conditions, window }: Threshold): WrittenQuery | Refused {
  const rules = rulesOf(branches, "counted_event");
  if ("code" in rules) return rules;
  const fields = new Set(conditions.map(({ distinct }) => distinct?.name ?? null));
  const [field = null] = fields;
  if (fields.size !== 1) return refused("threshold", "A correlation of Sigma counts one thing.");
  const condition: SigmaCriteria = {
    type: "criteria",
    fields: field === null ? [] : [field],
    comparisons: conditions.map(({ operator, count }) => ({ operator: operators[operator], value: count })),
    percentile: null,
    span: nowhere,
  };
  const whole = correlation(head, field === null ? "event_count" : "value_count", rules, by, window, condition);
  return { text: printDocuments([whole, ...rules]), remarks: window === null ? [spanRemark] : [] };
}

/** Several rules that fire for the same values: in any order (`temporal`) or one after the other (`temporal_ordered`). */
export function sequence(query: Sequence): WrittenQuery | Refused {
  const { steps, until, ordered, maxspan, head } = query;
  if (until !== null) return refused("sequence", "Sigma knows no event that ends a sequence.");
  if (steps.some((one) => one.missing))
    return refused("sequence", "Sigma cannot ask for an event that does not occur.");
  if (areOneEvent(steps)) return repeated(query);
  if (steps.some((one) => one.runs > 1)) return refused("sequence", "A step of Sigma's correlations occurs once.");
  if (steps.some((one) => one.branches.length > 1))
    return refused("sequence", "A step of Sigma's correlations is one rule of one log source.");
  const rules: SigmaRule[] = [];
  for (const [at, { branches }] of steps.entries()) {
    const own = rulesOf(branches, `step_${at + 1}`);
    if ("code" in own) return own;
    rules.push(...own);
  }
  const [first] = steps;
  const aliases = aliasesOf(steps);
  if (first === undefined || aliases === null)
    return refused("grouping", "The steps are joined by numbers of fields that differ.");
  const whole = correlation(head, ordered ? "temporal_ordered" : "temporal", rules, first.by, maxspan, null);
  const groupBy = aliases.length === 0 ? whole.groupBy : aliases.map((one) => nameOf(one.name));
  return {
    text: printDocuments([{ ...whole, aliases, groupBy }, ...rules]),
    remarks: maxspan === null ? [spanRemark] : [],
  };
}

/** The same event several times is a count. */
function repeated({ head, show, steps, maxspan }: Sequence): WrittenQuery | Refused {
  const [step] = steps;
  if (step === undefined) return refused("sequence", "The sequence has no step.");
  const count = steps.reduce((sum, one) => sum + one.runs, 0);
  const conditions = [{ operator: "ge" as const, count, distinct: null }];
  return threshold({
    type: "threshold",
    head,
    show,
    branches: step.branches,
    by: step.by,
    conditions,
    window: maxspan,
  });
}

function areOneEvent(steps: readonly TargetStep[]): boolean {
  const texts = steps.map(({ branches, by }) =>
    JSON.stringify([branches.map(({ logSource, condition }) => [logSource.id, condition]), by.map((one) => one.name)]),
  );
  return new Set(texts).size === 1;
}

function rulesOf(branches: readonly TargetBranch[], name: string): readonly SigmaRule[] | Refused {
  const rules: SigmaRule[] = [];
  for (const [at, branch] of branches.entries()) {
    const own = branches.length === 1 ? name : `${name}_${at + 1}`;
    const rule = ruleOf(branch, { title: titleOf(own), name: own });
    if (rule === null)
      return refused("everything", "A rule of Sigma asks for something; this part lets every event through.");
    rules.push(rule);
  }
  return rules;
}

function titleOf(name: string): string {
  const text = name.replaceAll("_", " ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function correlation(
  head: TargetQuery["head"],
  kind: string,
  rules: readonly SigmaRule[],
  by: readonly TargetField[],
  window: Duration | null,
  condition: SigmaCriteria | null,
): SigmaCorrelation {
  return {
    type: "correlation",
    metadata: metadataOf(head),
    kind,
    rules: rules.map(({ metadata }) => nameOf(String(metadata.name))),
    aliases: [],
    // Two fields of a rule may be one field of Sigma, which may stand there once.
    groupBy: [...new Set(by.map(({ name }) => name))].map(nameOf),
    timespan: shortDuration(window ?? usual),
    condition,
    further: {},
    span: nowhere,
  };
}

function nameOf(name: string): SigmaName {
  return { type: "name", name, span: nowhere };
}

/** Fields that the steps call differently get a name of their own; none where all call them the same. */
function aliasesOf(steps: readonly TargetStep[]): SigmaCorrelation["aliases"] | null {
  const [first] = steps;
  if (first === undefined || steps.some(({ by }) => by.length !== first.by.length)) return null;
  if (steps.every(({ by }) => by.every(({ name }, at) => name === first.by[at]?.name))) return [];
  return first.by.map(({ name }, at) => ({
    type: "alias",
    name: `same_${name.toLowerCase().replace(/[^a-z0-9]+/gu, "_")}`,
    fields: steps.map(({ by }, step) => ({ rule: `step_${step + 1}`, field: by[at]?.name ?? name })),
    span: nowhere,
  }));
}
