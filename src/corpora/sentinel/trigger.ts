import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { Stage, ThresholdStage } from "../../rule/logic.ts";
import { numberOf, textOf, type Untyped } from "../untyped.ts";

/** What a rule asks of the number of results: its metadata has no place in the query's text. */
const nowhere = span(0, 0);

/** Operators as templates write them and as the service names them. */
const operators: Readonly<Record<string, ThresholdStage["operator"] | "ne">> = {
  gt: "gt",
  greaterthan: "gt",
  lt: "lt",
  lessthan: "lt",
  eq: "eq",
  equal: "eq",
  ne: "ne",
  notequal: "ne",
};

/** Words for operators, in front of a number of results. */
const words: Readonly<Record<ThresholdStage["operator"] | "ne", string>> = {
  gt: "more than",
  ge: "at least",
  lt: "fewer than",
  le: "at most",
  eq: "exactly",
  ne: "not",
};

interface Trigger {
  readonly stages: readonly Stage[];
  readonly diagnostics: readonly Diagnostic[];
  /** `more than 5 results`; empty where the rule says none. */
  readonly words: string;
}

/**
 * The number of results at which a rule alerts. One result or more is what every rule means, and no stage. A rule that
 * runs in near real time has no threshold.
 */
export function triggerOf(rule: Untyped): Trigger {
  const { triggerOperator, triggerThreshold } = rule;
  if (triggerOperator === undefined && triggerThreshold === undefined)
    return { stages: [], diagnostics: [], words: "" };
  const operator = Object.hasOwn(operators, textOf(triggerOperator).trim().toLowerCase())
    ? operators[textOf(triggerOperator).trim().toLowerCase()]
    : undefined;
  const count = numberOf(triggerThreshold);
  if (operator === undefined || count === null) {
    const message = "A `triggerOperator` (gt, lt, eq or ne) and a number as `triggerThreshold` were expected.";
    return {
      stages: [],
      diagnostics: [diagnostic("sentinel/unknown-trigger", "warning", message, nowhere)],
      words: "",
    };
  }
  const stated = `${words[operator]} ${count} ${count === 1 ? "result" : "results"}`;
  return { stages: stagesOf(operator, count, textOf(rule.queryPeriod).trim()), diagnostics: [], words: stated };
}

function stagesOf(operator: ThresholdStage["operator"] | "ne", count: number, window: string): readonly Stage[] {
  if (count === 0 && (operator === "gt" || operator === "ne")) return [];
  if (operator === "ne") {
    const reason = "a trigger on any number of results but one";
    return [{ type: "opaque", text: `${words.ne} ${count} results`, reason, span: nowhere }];
  }
  return [{ type: "threshold", by: [], operator, count, ...(window === "" ? {} : { window }), span: nowhere }];
}
