import type { Platform } from "../platform.ts";
import { sequenceText, thresholdText } from "./correlation.ts";
import { yaraDialect } from "./dialect.ts";
import { keptOf } from "./field-kinds.ts";
import { newTermsText } from "./new-terms.ts";
import { addedStatement, outcomes, ruleText, statements } from "./rule-text.ts";

/** Google Security Operations, in rules of YARA-L 2.0 over the Unified Data Model. */
export const googleSecops: Platform = {
  id: "google-secops",
  title: "Google SecOps (YARA-L)",
  aliases: ["yara-l", "chronicle", "secops"],
  language: "yara-l",
  schema: "udm",
  content: "google-secops",
  chosenBy: ({ from, where }) => ({ ...(from.length === 0 ? {} : { "metadata.log_type": from }), ...where }),
  spelling: keptOf,
  supplied: (canonical) => `additional.fields["${canonical}"]`,
  dialect: yaraDialect,
  added: (condition) => addedStatement(condition, "e"),
  comment: (lines) =>
    lines
      .flatMap((one) => one.split(/\r\n|[\n\r\u2028\u2029]/u))
      .map((one) => `// ${one.replace(/\p{Cc}/gu, " ")}`)
      .join("\n"),
  write: (query) => {
    switch (query.type) {
      case "selection": {
        const sections = {
          events: statements(query.branches, "e"),
          match: null,
          outcome: outcomes(query.show, ["e"], false, new Set(["e"])),
          condition: "$e",
        };
        return { text: ruleText(query.head, sections), remarks: [] };
      }
      case "threshold":
        return thresholdText(query);
      case "sequence":
        return sequenceText(query);
      case "new_terms":
        return newTermsText(query);
      default:
        return query satisfies never;
    }
  },
};
