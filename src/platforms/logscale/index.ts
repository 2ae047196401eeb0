import type { Platform } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { cqlDialect } from "./dialect.ts";
import { selection } from "./selection.ts";
import { sequence } from "./sequence.ts";
import { newTerms, threshold } from "./statistics.ts";

/** LogScale and Falcon Next-Gen SIEM, in the CrowdStrike Query Language. */
export const logscale: Platform = {
  id: "logscale",
  title: "CrowdStrike LogScale (CQL)",
  aliases: ["cql", "crowdstrike"],
  language: null,
  schema: "logscale",
  content: "logscale",
  supplied: (canonical) => canonical,
  dialect: cqlDialect,
  added: (condition) => `| ${layOut(cqlDialect, condition, "  ")}`,
  comment: (lines) =>
    lines
      .flatMap((one) => one.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u))
      .map((one) => `// ${one}`.trimEnd())
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
        return newTerms(query);
      default:
        return query satisfies never;
    }
  },
};
