import type { Severity } from "../rule/document.ts";
import type { Judgement, PackageDetection, PackageTest } from "./detection-package.ts";

const levels = ["informational", "low", "medium", "high", "critical"] as const satisfies readonly Severity[];

/** What most of the detections say; of two that as many say, the higher. null where none says anything. */
export function severityOf(detections: readonly Pick<PackageDetection, "severity">[]): Judgement | null {
  const said = detections.flatMap(({ severity }) => severity ?? []);
  const counts = levels.map((level) => ({ level, rules: said.filter((one) => one === level).length }));
  const most = counts.reduce((one, other) => (other.rules >= one.rules ? other : one));
  if (most.rules === 0) return null;
  const silent = detections.length - said.length;
  const rest = silent === 0 ? "" : ` ${silent} give${silent === 1 ? "s" : ""} none.`;
  const all =
    said.length === 1
      ? "The only detection with a severity says"
      : `${most.rules} of ${said.length} detections with a severity say`;
  return { level: most.level, why: `${all} ${most.level}.${rest}` };
}

/** How sure an alert may be taken for the technique: what is exact, and what was seen to fire. null where nothing detects it. */
export function confidenceOf(detections: readonly PackageDetection[], tests: readonly PackageTest[]): Judgement | null {
  const [best] = detections;
  if (best === undefined) return null;
  const exact = detections.filter((one) => one.verdict === "exact").length;
  const fires = tests.filter((one) => one.fires.length > 0).length;
  const proved = detections.filter((one) => one.firesOn.length > 0).length;
  const strong = Math.max(...detections.map((one) => one.score.total));
  const level =
    proved >= 1 && exact >= 1 && strong >= sure.high ? "high" : exact >= 1 && strong >= sure.medium ? "medium" : "low";
  const said = `${exact} of ${detections.length} detections ${exact === 1 ? "says" : "say"} exactly what the rule says`;
  const proof =
    tests.length === 0
      ? "there is no test"
      : `${proved === 0 ? "none fires" : proved === 1 ? "one fires" : `${proved} fire`} on ${fires === 0 ? "any" : fires} of ${tests.length} test${tests.length === 1 ? "" : "s"}`;
  return { level, why: `${said}, ${proof}, and the best has a score of ${strong} out of 100.` };
}

/** Scores from which the best detection earns the level. */
const sure = { high: 65, medium: 50 } as const;
