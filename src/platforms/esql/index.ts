import { lineComment } from "../elastic/comment.ts";
import type { Platform, TargetQuery, WrittenQuery } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { newTermsOf, sequenceOf, thresholdOf } from "./counting.ts";
import { esqlDialect } from "./dialect.ts";
import { eventsOf } from "./events.ts";
import { esqlField } from "./literals.ts";

/** Elastic Security, in the piped query language, which counts what EQL cannot. */
export const esql: Platform = {
  id: "elastic-esql",
  title: "Elastic Security (ES|QL)",
  aliases: ["esql"],
  language: "esql",
  schema: "ecs",
  content: "elastic",
  supplied: (canonical) => canonical,
  dialect: esqlDialect,
  added: (condition) => `| WHERE ${layOut(esqlDialect, condition, "    ")}`,
  comment: lineComment,
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

function selection({ branches, show }: Extract<TargetQuery, { readonly type: "selection" }>): WrittenQuery {
  const columns = [...new Set(["@timestamp", "_id", "_version", "_index", "host.name", ...show])];
  const kept = columns.filter((one) => !one.includes("*")).map(esqlField);
  return { text: `${eventsOf(branches)}\n| KEEP ${kept.join(", ")}`, remarks: [] };
}
