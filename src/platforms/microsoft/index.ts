import type { Platform, TargetBranch, WrittenQuery } from "../platform.ts";
import { kustoDialect } from "./dialect.ts";
import { newTerms } from "./new-terms.ts";
import { projection, resultColumns, searchesOf, unionOf, whereLine } from "./pipeline.ts";
import { sequence } from "./sequence.ts";
import { threshold } from "./threshold.ts";

/** Microsoft Sentinel and Defender XDR: the tables of both, in the Kusto Query Language. */
export const microsoft: Platform = {
  id: "microsoft",
  title: "Microsoft Sentinel and Defender (KQL)",
  aliases: ["kql", "kusto", "sentinel", "defender"],
  language: "kusto",
  schema: "microsoft",
  content: "microsoft",
  supplied: (canonical) => canonical,
  dialect: kustoDialect,
  added: whereLine,
  comment: (lines) =>
    lines
      .flatMap((one) => one.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u))
      .map((one) => `// ${one}`.trimEnd())
      .join("\n"),
  write: (query) => {
    switch (query.type) {
      case "selection":
        return selection(query.branches);
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

function selection(branches: readonly TargetBranch[]): WrittenQuery {
  const all = searchesOf(branches).map((one) => [...one.lines, ...projection(resultColumns(one))]);
  return { text: unionOf(all).join("\n"), remarks: [] };
}
