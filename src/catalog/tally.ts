import type { ReadFailure } from "../corpora/corpus.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import type { LanguageAnswer } from "./queries/answers.ts";
import type { CorpusReport } from "./report.ts";
import type { WrittenRule } from "./write-rule.ts";

export interface Tally {
  readonly failed: ReadFailure[];
  readonly add: (rule: AnalysedRule, written: Pick<WrittenRule, "predicates" | "mapped" | "folded">) => void;
  readonly result: () => Omit<CorpusReport, "id" | "commit" | "seconds" | "files" | "tied">;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Counts rules, nodes and languages of one corpus. */
export function openTally(): Tally {
  const failed: ReadFailure[] = [];
  const languages = new Map<string, Mutable<LanguageAnswer>>();
  const sum = {
    rules: 0,
    active: 0,
    parsed: 0,
    queryless: 0,
    unread: 0,
    nodes: 0,
    opaque: 0,
    predicates: 0,
    mapped: 0,
    folded: 0,
  };
  return {
    failed,
    add: (rule, { predicates, mapped, folded }) => {
      sum.rules++;
      if (rule.document.lifecycle === "active") sum.active++;
      if (rule.outcome !== "failed") sum[rule.outcome]++;
      sum.nodes += rule.predicates.nodes;
      sum.opaque += rule.predicates.opaque.length;
      sum.predicates += predicates;
      sum.mapped += mapped;
      sum.folded += folded;
      for (const one of rule.queries) {
        const language = one.query.language;
        const counts = languages.get(language) ?? {
          language,
          queries: 0,
          parsed: 0,
          failed: 0,
          unread: 0,
          nodes: 0,
          opaque: 0,
        };
        languages.set(language, counts);
        counts.queries++;
        counts[one.outcome]++;
        counts.nodes += one.nodes;
        counts.opaque += one.opaque.length;
      }
    },
    result: () => ({ ...sum, failed, languages: [...languages.values()] }),
  };
}
