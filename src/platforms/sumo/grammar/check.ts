import { readOperator } from "./operators.ts";
import { openScanner, type Scanner, SumoFault, type SumoLiteral, skipBlank, takeMark } from "./scanner.ts";
import { readScope } from "./scope.ts";

export interface SumoCheck {
  /** Empty for a query that the reference allows; reading ends at the first. */
  readonly problems: readonly { readonly at: number; readonly message: string }[];
  readonly literals: readonly SumoLiteral[];
  /** Names of fields as the platform reads them, each once. */
  readonly fields: readonly string[];
}

/**
 * Holds a query of Sumo Logic's search language to the public reference: a keyword expression, then steps after pipes.
 * Strict: what the reference does not have is refused, also where the platform may let it pass.
 * https://www.sumologic.com/help/docs/search/search-query-language/
 */
export function checkSumo(text: string): SumoCheck {
  const scanner = openScanner(text);
  const problems: { at: number; message: string }[] = [];
  try {
    readQuery(scanner);
  } catch (fault) {
    if (!(fault instanceof SumoFault)) throw fault;
    problems.push({ at: fault.at, message: fault.message });
  }
  return { problems, literals: scanner.literals, fields: [...scanner.fields] };
}

function readQuery(scanner: Scanner): void {
  readScope(scanner);
  while (takeMark(scanner, "|")) readOperator(scanner);
  skipBlank(scanner);
  if (scanner.at < scanner.text.length) throw new SumoFault(scanner.at, "The step should end here: a | is expected.");
}
