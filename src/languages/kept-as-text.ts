import type { LanguageId } from "../rule/document.ts";

/**
 * Languages that are recognised and deliberately not parsed, with their names. Their queries can be read and searched;
 * they count as one part that was not understood each, and never as parsed.
 */
export const keptAsText: ReadonlyMap<LanguageId, string> = new Map([["sql", "SQL"]]);
