import type { KeptRuleAnswer } from "../catalog/queries/kept-rule.ts";
import type { ReportPart } from "../platforms/translation.ts";
import type { Stage } from "../rule/logic.ts";

/**
 * What a rule of the platform's own sets beside its query: thresholds, new terms, filters. Whoever takes the query alone
 * has to set them, too.
 */
export function besideQuery(
  document: KeptRuleAnswer["document"],
  queries: KeptRuleAnswer["queries"],
): readonly ReportPart[] {
  const told = (part: string, why: string): ReportPart => ({ part, verdict: "exact", code: null, why });
  const stages = document.stages.flatMap((one) => {
    const words = wordsOf(one);
    return words === null ? [] : [told(words, "The rule sets this beside its query: set it in yours, too.")];
  });
  const others = queries
    .filter((one) => one.role !== "main")
    .map((one) =>
      told(
        one.role === "filter" ? "filter of the rule" : "indicators of the rule",
        `The rule narrows its query with this: ${one.text.replace(/\s+/gu, " ").trim()}`,
      ),
    );
  return [...stages, ...others];
}

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

function wordsOf(stage: Stage): string | null {
  switch (stage.type) {
    case "threshold": {
      const what = stage.distinct === undefined ? "events" : `values of ${stage.distinct}`;
      const by = stage.by.length === 0 ? "" : ` by ${stage.by.join(", ")}`;
      return `${what} ${signs[stage.operator]} ${stage.count}${by}`;
    }
    case "new_terms":
      return `new values of ${stage.fields.join(", ")} in ${stage.window}`;
    case "anomaly":
      return `anomalies of ${stage.jobs.join(", ")}`;
    default:
      return null;
  }
}
