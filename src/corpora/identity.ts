import type { CorpusItem } from "./corpus.ts";

/**
 * Passes items on; the second rule of one id is a failure that names the first, because addresses are made of ids.
 * Two corpora may well use one id.
 */
export function* uniqueRules(items: Iterable<CorpusItem>): Iterable<CorpusItem> {
  const paths = new Map<string, string>();
  for (const item of items) {
    if (item.type !== "rule") {
      yield item;
      continue;
    }
    const key = `${item.rule.corpus}:${item.rule.id}`;
    const first = paths.get(key);
    if (first === undefined) {
      paths.set(key, item.rule.path);
      yield item;
    } else {
      const message = `This rule has the id ${item.rule.id}, as ${first} has.`;
      yield { type: "failure", failure: { path: item.rule.path, line: 1, code: "corpus/duplicate-id", message } };
    }
  }
}
