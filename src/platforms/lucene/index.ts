import { filterOnly } from "../elastic/query-string.ts";
import type { Condition, Platform } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { luceneDialect } from "./dialect.ts";

/** Elastic Security, as a query string of Lucene, which has no comments: the index patterns are for whoever runs it. */
export const lucene: Platform = {
  id: "elastic-lucene",
  title: "Elastic Security (Lucene)",
  aliases: ["lucene"],
  language: "lucene",
  schema: "ecs",
  content: "elastic",
  supplied: (canonical) => canonical,
  dialect: luceneDialect,
  comment: () => "",
  write: filterOnly("A query string", "OR", (condition) => layOut(luceneDialect, withoutLooseNots(condition), "  ")),
};

const everything: Condition = { type: "written", written: { text: "*:*", binds: "atom" } };

/** NOT prohibits its clause for the whole row, so that among alternatives it stands in a row of its own. */
function withoutLooseNots(condition: Condition): Condition {
  switch (condition.type) {
    case "written":
      return condition;
    case "not":
      return { type: "not", operand: withoutLooseNots(condition.operand) };
    case "and":
      return { type: "and", operands: condition.operands.map(withoutLooseNots) };
    case "or":
      return {
        type: "or",
        operands: condition.operands.map((one) =>
          one.type === "not" ? { type: "and", operands: [everything, withoutLooseNots(one)] } : withoutLooseNots(one),
        ),
      };
    default:
      return condition satisfies never;
  }
}
