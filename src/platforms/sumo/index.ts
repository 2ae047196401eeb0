import type { Platform } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { fieldsLine, findEvents } from "./branches.ts";
import { newTerms, threshold } from "./counts.ts";
import { sumoDialect } from "./dialect.ts";
import { sequence } from "./sequence.ts";

/** Sumo Logic: searches over the records of Cloud SIEM, and over messages where Cloud SIEM makes no records. */
export const sumo: Platform = {
  id: "sumo",
  title: "Sumo Logic",
  aliases: ["sumologic", "sumo-logic"],
  language: null,
  schema: "sumo",
  content: "sumo",
  dialect: sumoDialect,
  added: (condition) => `| where ${layOut(sumoDialect, condition, "    ")}`,
  // A parser of one's own can put it among the fields of a record.
  supplied: (canonical) => `fields["${canonical}"]`,
  // A parameter of a search template is one in a comment as well.
  comment: (lines) =>
    lines
      .flatMap((one) => one.split(/\r\n|[\p{Cc}\p{Zl}\p{Zp}]/u))
      .map((one) => `// ${one.replaceAll("{{", "{ {")}`)
      .join("\n"),
  write: (query) => {
    switch (query.type) {
      case "selection": {
        const { lines, remarks } = findEvents(query.branches, query.show);
        return { text: [...lines, ...fieldsLine(query.show)].join("\n"), remarks };
      }
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
