import type { LogPlace, LogSource } from "../log-sources/tables.ts";
import { type Platform, type Refused, refused, type TargetQuery, type WrittenQuery } from "../platform.ts";
import { sequence, threshold } from "./correlation.ts";
import { sigmaDialect } from "./dialect.ts";
import { metadataOf, printDetection, printDocuments, ruleOf } from "./document.ts";

/** Sigma itself: rules in YAML, and correlations of rules for counts and sequences. */
export const sigma: Platform = {
  id: "sigma",
  title: "Sigma",
  aliases: ["sigma-rule"],
  language: "sigma",
  schema: "sigma",
  content: null,
  place: placeOf,
  dialect: sigmaDialect,
  added: printDetection,
  supplied: (canonical) => canonical,
  comment: (lines) =>
    lines
      // Title, techniques, authors and licence have fields of their own.
      .filter((one, at) => at > 0 && !/^(?:ATT&CK|Author|Licence): /u.test(one))
      .flatMap((one) => one.split(/\r\n|[\p{Cc}\p{Zl}\p{Zp}]/u))
      .map((one) => `# ${one.replace(/[\ufeff\ufffe\uffff]|\p{Cs}/gu, " ")}`)
      .join("\n"),
  write: (query) => {
    switch (query.type) {
      case "selection":
        return selection(query);
      case "sequence":
        return sequence(query);
      case "threshold":
        return threshold(query);
      case "new_terms":
        return refused("new-terms", "Sigma knows nothing of earlier values.");
      default:
        return query satisfies never;
    }
  },
};

/** A log source that Sigma has is where its events are. Fields without a listed name are called as the log calls them. */
function placeOf({ sigma: own }: LogSource): LogPlace | null {
  if (own === undefined) return null;
  const context: Record<string, readonly string[]> = {};
  for (const key of ["product", "category", "service"] as const) {
    const value = own[key];
    if (value !== undefined) context[key] = [value];
  }
  return {
    from: [],
    where: {},
    context,
    unlisted: unlistedOf(own.product),
    lacks: [],
    has: [],
    says: {},
    source: "sigma",
  };
}

/** Sigma names the fields of a log that its taxonomy does not list as the log does. */
function unlistedOf(product: string | undefined): LogPlace["unlisted"] {
  switch (product) {
    case "windows":
      return { "winlog.event_data.": "*", "winlog.user_data.": "*" };
    case "aws":
      return {
        "aws.cloudtrail.request_parameters.": "requestParameters.*",
        "aws.cloudtrail.response_elements.": "responseElements.*",
        "aws.cloudtrail.additional_eventdata.": "additionalEventData.*",
      };
    case "linux":
      return { "auditd.data.": "*" };
    case "kubernetes":
      return { "kubernetes.audit.": "*" };
    case "m365":
      return { "o365.audit.": "*" };
    case "github":
      return { "github.": "*" };
    default:
      return {};
  }
}

/** One rule for each log source, in one file where there are several. */
function selection({ head, branches }: Extract<TargetQuery, { readonly type: "selection" }>): WrittenQuery | Refused {
  const rules = branches.map((one) => {
    const title = branches.length === 1 ? {} : { title: `${head.title}: ${one.logSource.title}` };
    return ruleOf(one, { ...metadataOf(head), ...title });
  });
  const known = rules.filter((one) => one !== null);
  if (known.length < rules.length || known.length === 0) {
    return refused("everything", "A rule of Sigma asks for something; this one lets every event through.");
  }
  return { text: printDocuments(known), remarks: [] };
}
