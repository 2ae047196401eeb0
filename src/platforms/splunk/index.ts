import type { Platform, TargetQuery, WrittenQuery } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { newTermsOf, thresholdOf } from "./counting.ts";
import { inSearch, inWhere, splDialect } from "./dialect.ts";
import { isPatternName, searchField } from "./literals.ts";
import { eventsOf, plainNaming, splitBranch, whereOf } from "./selection.ts";
import { sequenceOf } from "./sequence.ts";

/** Splunk, as a search over events. */
export const splunk: Platform = {
  id: "splunk",
  title: "Splunk (SPL)",
  aliases: ["spl"],
  language: "spl",
  schema: "splunk",
  content: "splunk",
  supplied: (canonical) => canonical,
  chosenBy: ({ from, where }) => {
    const types = from.filter((one) => one !== "*");
    return types.length === 0 ? where : { sourcetype: types, ...where };
  },
  dialect: splDialect,
  added: (condition) => {
    const evaluated = inWhere(condition);
    if (evaluated !== null) return whereOf(evaluated, "");
    return `| search ${layOut(splDialect, inSearch(condition, plainNaming) ?? condition, "    ")}`;
  },
  comment: splComment,
  write: (query) => {
    switch (query.type) {
      case "selection":
        return selection(query);
      case "sequence":
        return sequenceOf(query);
      case "threshold":
        return thresholdOf(query);
      case "new_terms":
        return newTermsOf(query);
      default:
        return query satisfies never;
    }
  },
};

/** In three backticks, which no line of it may hold. */
export function splComment(lines: readonly string[]): string {
  return `\`\`\` ${lines.join("\n").replaceAll("`", "'")} \`\`\``;
}

function selection({ branches, show }: Extract<TargetQuery, { readonly type: "selection" }>): WrittenQuery {
  const shown = ["_time", "host", ...show].filter((one) => !isPatternName(one));
  const columns = [...new Set(shown)].map(searchField).join(", ");
  return { text: `${eventsOf(branches.map((one) => splitBranch(one)))}\n| table ${columns}`, remarks: [] };
}
