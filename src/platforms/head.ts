import type { RuleDocument } from "../rule/document.ts";

/** What a query's header says of the rule that it was made from. */
export interface RuleHead {
  readonly id: string;
  readonly corpus: string;
  readonly title: string;
  readonly description: string;
  readonly techniques: readonly string[];
  readonly authors: readonly string[];
  readonly licence: string;
  readonly severity: RuleDocument["severity"];
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly tags: readonly string[];
  readonly path: string;
}

export function headOf(rule: RuleDocument): RuleHead {
  const techniques = rule.attack.filter((one) => one.kind === "technique").map((one) => one.id);
  const { id, corpus, title, description, authors, licence, severity, references, falsePositives, tags, path } = rule;
  return {
    id,
    corpus,
    title,
    description,
    techniques: [...new Set(techniques)],
    authors,
    licence,
    severity,
    references,
    falsePositives,
    tags,
    path,
  };
}

/** The lines of the header, without the signs of a comment. Whoever uses a rule under DRL names its author and its source. */
export function headerLines(head: RuleHead): readonly string[] {
  const { title, techniques, authors, corpus, id, licence } = head;
  return [
    title,
    ...(techniques.length === 0 ? [] : [`ATT&CK: ${techniques.join(", ")}`]),
    `Source: ${corpus} ${id}`,
    ...(authors.length === 0 ? [] : [`Author: ${authors.join(", ")}`]),
    ...(licence === "" ? [] : [`Licence: ${licence}`]),
  ];
}
