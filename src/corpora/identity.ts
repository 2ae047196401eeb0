import { diagnostic } from "../kit/diagnostic.ts";
import { span } from "../kit/span.ts";
import type { CorpusItem } from "./corpus.ts";

/**
 * Passes items on. A rule is addressed by corpus and id, so the second rule of one id goes under `<id>#2`, with a warning
 * that names the first: nothing is lost because an upstream copied a file.
 */
export function* uniqueRules(items: Iterable<CorpusItem>): Iterable<CorpusItem> {
  const uses = new Map<string, { readonly path: string; count: number }>();
  for (const item of items) {
    const key = item.type === "rule" ? `${item.rule.corpus}:${item.rule.id}` : "";
    const first = uses.get(key);
    if (item.type !== "rule") yield item;
    else if (first === undefined) {
      uses.set(key, { path: item.rule.path, count: 1 });
      yield item;
    } else {
      const { rule } = item;
      const id = `${rule.id}#${++first.count}`;
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
