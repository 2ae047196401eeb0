import type { Platform, Refused, TargetQuery, WrittenQuery } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { aqlDialect } from "./dialect.ts";
import { aqlComment } from "./literals.ts";
import { newTerms } from "./new-terms.ts";
import { columnsOf, tableOf, whereOf } from "./select.ts";
import { sequence } from "./sequence.ts";
import { clauses, last, lookBack, twoTables } from "./statement.ts";
import { threshold } from "./threshold.ts";

/** IBM QRadar, in the Ariel Query Language. */
export const qradar: Platform = {
  id: "qradar",
  title: "IBM QRadar (AQL)",
  aliases: ["aql", "ibm", "ariel"],
  language: null,
  schema: "qradar",
  content: "qradar",
  // No quotation marks hold a double one; the name is free, so it has single ones instead.
  supplied: (canonical) => canonical.replaceAll('"', "'"),
  dialect: aqlDialect,
  added: (condition) => `AND ${layOut(aqlDialect, { type: "and", operands: [condition] }, "  ")}`,
  comment: aqlComment,
  headed: (comment, text) => text.replace(/^ *FROM (?:events|flows)$/mu, (from) => `${from}\n${comment}`),
  write: (query) => {
    switch (query.type) {
      case "selection":
        return selection(query);
      case "threshold":
        return threshold(query);
      case "new_terms":
        return newTerms(query);
      case "sequence":
        return sequence(query);
      default:
        return query satisfies never;
    }
  },
};

function selection(query: Extract<TargetQuery, { readonly type: "selection" }>): WrittenQuery | Refused {
  const table = tableOf(query.branches);
  if (table === null) return twoTables;
  const where = whereOf(query.branches);
  if (typeof where !== "string") return where;
  return { text: clauses(columnsOf(query.show, table), table, where, [last(lookBack)]), remarks: [] };
}
