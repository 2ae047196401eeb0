import type { RuleTranslation } from "../../catalog/translations.ts";
import type { Styler } from "../terminal.ts";

/** What became of one rule on one platform: a line, and one for each part that is not said exactly. */
export function translationReport(
  { rule, verdict, broader, report }: RuleTranslation,
  platform: string,
  style: Styler,
): string {
  const parts = report.filter((one) => one.verdict !== "exact");
  const lines = parts.map(({ verdict: own, part, why }) => `  ${style(colours[own], own)}  ${part}: ${why}`);
  const warning = broader ? [`  ${style("red", "finds more than the rule")}`] : [];
  const said = verdict === "not-expressible" ? "cannot be expressed" : verdict;
  return [`${rule.title} in ${platform}: ${style(colours[verdict], said)}`, ...warning, ...lines].join("\n");
}

const colours = { exact: "green", approximated: "yellow", lost: "red", "not-expressible": "red" } as const;
