import { span } from "../../kit/span.ts";
import type { Stage } from "../../rule/logic.ts";
import { listOf, numberOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";

/** What the metadata asks of the events that the query finds. It has no place in the query's text. */
const nowhere = span(0, 0);

/** Thresholds, new terms and machine-learning jobs of a rule. */
export function stagesOf(rule: Untyped): readonly Stage[] {
  return [...thresholds(rule), ...newTerms(rule), ...anomalies(rule)];
}

/** A threshold on the number of events, and one more for each cardinality. Both must be met. */
function thresholds(rule: Untyped): readonly Stage[] {
  if (rule.threshold === undefined) return [];
  const threshold = recordOf(rule.threshold);
  const by = textsOf(threshold.field);
  const reached = { type: "threshold", by, operator: "ge", span: nowhere } as const;
  return [
    { ...reached, count: numberOf(threshold.value) ?? 1 },
    ...listOf(threshold.cardinality).map((one): Stage => {
      const { field, value } = recordOf(one);
      return { ...reached, count: numberOf(value) ?? 1, distinct: textOf(field) };
    }),
  ];
}

function newTerms(rule: Untyped): readonly Stage[] {
  if (rule.new_terms === undefined) return [];
  const terms = recordOf(rule.new_terms);
  const [start] = listOf(terms.history_window_start);
  return [
    {
      type: "new_terms",
      fields: textsOf(terms.value),
      window: textOf(start) || textOf(recordOf(start).value),
      span: nowhere,
    },
  ];
}

function anomalies(rule: Untyped): readonly Stage[] {
  const jobs = textsOf(rule.machine_learning_job_id);
  if (jobs.length === 0) return [];
  return [{ type: "anomaly", jobs, threshold: numberOf(rule.anomaly_threshold), span: nowhere }];
}
