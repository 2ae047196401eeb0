import { lowerQuery } from "../../languages/analyse.ts";
import { languages } from "../../languages/index.ts";
import { type Expression, isPattern, type Value } from "../../rule/expression.ts";
import type { Logic } from "../../rule/logic.ts";
import { predicatesOf } from "../../rule/predicates.ts";

export interface CheckedQuery {
  readonly problems: readonly string[];
  /** The texts and expressions that stand in it, as the language reads them. */
  readonly literals: readonly string[];
}

/** For tests: what is wrong with a query of a language that we parse, and the values that it compares with. */
export function checkParsed(languageId: string, text: string): CheckedQuery {
  const language = languages.get(languageId);
  if (language === undefined) throw new Error(`There is no language ${languageId}.`);
  const { ast, diagnostics } = language.parse(text);
  const logic = lowerQuery(language, ast);
  const problems = diagnostics
    .filter((one) => one.severity !== "info")
    .map((one) => `${one.code} at ${one.span.start}: ${one.message}`);
  const literals = predicatesOf(logic).uses.flatMap(({ predicate }) => predicate.values.map(textOf));
  return { problems: [...problems, ...holesOf(logic)], literals };
}

function textOf(value: Value): string {
  if (!isPattern(value)) return String(value);
  return value.tokens.map((one) => (one.type === "literal" ? one.text : one.type === "any" ? "*" : "?")).join("");
}

function holesOf({ stages }: Logic): readonly string[] {
  return stages.flatMap((stage): readonly string[] => {
    if (stage.type === "opaque") return [`${stage.reason}: ${stage.text}`];
    if (stage.type === "union") return stage.branches.flatMap(holesOf);
    return stage.type === "filter" ? holesIn(stage.expression) : [];
  });
}

function holesIn(expression: Expression): readonly string[] {
  switch (expression.type) {
    case "and":
    case "or":
      return expression.operands.flatMap(holesIn);
    case "not":
      return holesIn(expression.operand);
    case "opaque":
      return [`${expression.reason}: ${expression.text}`];
    case "predicate":
      return [];
    default:
      return expression satisfies never;
  }
}
