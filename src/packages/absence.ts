import { limits } from "../kit/limits.ts";
import type { System } from "../platforms/systems.ts";
import type { RemarkCode } from "../platforms/translation.ts";
import { type Candidates, verdictOf } from "./candidates.ts";

/** Why a technique has no detection on a system; `docs/packages.md` lists them. */
export type AbsenceCode = "no-rule" | "no-log-source" | "not-expressible" | "not-translated";

export interface Reason {
  readonly code: AbsenceCode;
  readonly why: string;
}

/** null where there is a detection. */
export function absenceOf(
  { found, tagged }: Candidates,
  technique: string,
  system: System,
  translated: boolean,
): Reason | null {
  if (found.length > 0) return null;
  if (tagged.length === 0) {
    return { code: "no-rule", why: `No active rule of any collection is tagged with ${technique}.` };
  }
  const rules = tagged.length === 1 ? "One rule is" : `${tagged.length} rules are`;
  if (!translated) {
    const why = `${rules} tagged with ${technique}, but this catalog was built without translations, and none was written for ${system.title}.`;
    return { code: "not-translated", why };
  }
  const codes = tagged.map((rule) => verdictOf(rule, system)?.code ?? "no-query");
  const [most = "no-query"] = byNumber(codes);
  const reason = reasons[most as RemarkCode] ?? "its logic has no words there";
  const code: AbsenceCode = most === "no-log-source" ? "no-log-source" : "not-expressible";
  const many = tagged.length === 1 ? "and" : "and none can be said there; most often";
  return {
    code,
    why: `${rules} tagged with ${technique}, ${many} ${reason.replace("{system}", system.title)}.`,
  };
}

function byNumber(codes: readonly string[]): readonly string[] {
  const groups = [...Map.groupBy(codes, (one) => one)];
  return groups.sort(([, one], [, other]) => other.length - one.length).map(([code]) => code);
}

/** What completes "… and none can be said there; most often". */
const reasons: Partial<Record<RemarkCode, string>> = {
  "no-log-source": "{system} keeps none of the logs that they read",
  "unknown-log-source": "it cannot be told which log the rule reads",
  "no-field": "{system} has no name for a field that the rule filters on",
  "computed-value": "the rule filters on a value that it works out itself",
  placeholder: "the rule needs a list that each site has to supply",
  "not-understood": "a part of the rule is not understood",
  sequence: "{system} has no such sequence of events",
  threshold: "{system} has no such count of events",
  "new-terms": "{system} does not know which values are new",
  join: "the rule joins several logs",
  lookup: "the rule needs a table that each site has to supply",
  "machine-learning": "the rule needs a model that was trained on the site's own data",
  "no-query": "the rule has no query",
  everything: "the rule lets every event of a log through",
  length: `the query would have more than ${limits.length} characters`,
  regex: "{system} has no such regular expression",
  keyword: "{system} cannot look through whole events",
};
