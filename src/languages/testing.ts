import type { Expression, Opaque, Predicate } from "../rule/expression.ts";
import type { Language } from "./language.ts";

/** For tests: an expression on one line, brackets around every junction. `leaf` writes what a language's tests look at. */
export function sketch(one: Expression, leaf: (one: Predicate | Opaque) => string): string {
  switch (one.type) {
    case "and":
    case "or":
      return `(${one.operands.map((operand) => sketch(operand, leaf)).join(` ${one.type} `)})`;
    case "not":
      return `not ${sketch(one.operand, leaf)}`;
    case "opaque":
    case "predicate":
      return leaf(one);
    default:
      return one satisfies never;
  }
}

/** The same language, which notes the code of every diagnostic that it gives. */
export function noting(language: Language, codes: Set<string>): Language {
  return {
    ...language,
    parse: (text, environment) => {
      const result = language.parse(text, environment);
      for (const { code } of result.diagnostics) codes.add(code);
      return result;
    },
  };
}
