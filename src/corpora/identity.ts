import { diagnostic } from "../kit/diagnostic.ts";
import { span } from "../kit/span.ts";
import type { CorpusItem } from "./corpus.ts";

/**
 * Passes items on. A rule is addressed by corpus and id, so the second rule of one id goes under `<id>#2`, with a warning
 * that names the first: nothing is lost because an upstream copied a file.
 */
export function* uniqueRules(items: Iterable<CorpusItem>): Iterable<CorpusItem> {
  const uses = new Map<string, { readonly path: string; count: number }>();
  const keyOf = (corpus: string, id: string): string => `${corpus}:${id}`;
  for (const item of items) {
    if (item.type !== "rule") {
      yield item;
      continue;
    }
    // The catalog keeps ids as UTF-8, in which halves of a pair of surrogates would all be one.
    const rule = { ...item.rule, id: item.rule.id.toWellFormed() };
    const first = uses.get(keyOf(rule.corpus, rule.id));
    if (first === undefined) {
      uses.set(keyOf(rule.corpus, rule.id), { path: rule.path, count: 1 });
      yield { type: "rule", rule };
    } else {
      let id = "";
      do id = `${rule.id}#${++first.count}`;
      while (uses.has(keyOf(rule.corpus, id)));
      uses.set(keyOf(rule.corpus, id), { path: rule.path, count: 1 });
      const warning = diagnostic(
        "corpus/duplicate-id",
        "warning",
        `This rule has the id of ${first.path}; it goes under ${id}.`,
        span(0, 0),
        "Give the rule an id of its own.",
      );
      yield { type: "rule", rule: { ...rule, id, diagnostics: [...rule.diagnostics, warning] } };
    }
  }
}
