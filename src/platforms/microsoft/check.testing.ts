import { lex } from "../../languages/kusto/lexer.ts";
import { parse } from "../../languages/kusto/parser.ts";
import { stringValue } from "../../languages/kusto/strings.ts";

/** For tests: what is wrong with a query, and the texts and expressions that stand in it as Kusto reads them. */
export function checkQuery(text: string): {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
} {
  return {
    problems: parse(text).diagnostics.map((one) => `${one.span.start}: ${one.message}`),
    literals: lex(text)
      .tokens.filter((one) => one.type === "string")
      .map((one) => stringValue(one.text)),
  };
}
