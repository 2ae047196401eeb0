import type { LanguageId } from "../rule/document.ts";

/**
 * Fields whose predicates name the event that a rule needs, instead of filtering on what the event says.
 * Sigma: the taxonomy appendix lists EventID with the log source (sigma-specification, appendix "Taxonomy").
 */
const eventSelectors: Readonly<Record<LanguageId, readonly string[]>> = { sigma: ["EventID"] };

export function selectsEvent(language: LanguageId, field: string | null): boolean {
  return field !== null && (eventSelectors[language]?.includes(field) ?? false);
}
