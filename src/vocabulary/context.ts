import type { RuleDocument } from "../rule/document.ts";
import type { SourceStage } from "../rule/logic.ts";

/**
 * Where events come from, as far as a rule says: `product`, `category` and `service` of Sigma, `index`, `datamodel`,
 * `macro`, `table` …, each with the names given. What a rule's metadata says stands there under the kind of its log
 * source (`data_source`, `integration`), what its query says under the kind of its source stage.
 */
export type SourceContext = Readonly<Record<string, readonly string[]>>;

/** What the metadata of a rule says of its events. */
export function contextOf({ corpus, logSources }: Pick<RuleDocument, "corpus" | "logSources">): SourceContext {
  const context: Record<string, string[]> = { corpus: [corpus] };
  for (const { kind, name } of logSources) {
    const names = context[kind] ?? [];
    names.push(name);
    context[kind] = names;
  }
  return context;
}

/** The context behind a source stage: what the stage says of its kind replaces what was known, and the rest stays. */
export function enterSource(context: SourceContext, { kind, names, attributes }: SourceStage): SourceContext {
  const own = Object.entries(attributes ?? {}).map(([key, value]) => [key, [value]] as const);
  return { ...context, ...Object.fromEntries(own), [kind]: names };
}
