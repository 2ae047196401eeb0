import type { PlacedDiagnostic } from "../../catalog/queries/answers.ts";
import { vocabulary } from "../../corpora/content/vocabulary/index.ts";
import { values } from "../../corpora/content/vocabulary/value-files.ts";
import { hasErrors } from "../../kit/diagnostic.ts";
import { beforeLastBlanks, lineStarts, positionAt } from "../../kit/span.ts";
import { lowerQuery } from "../../languages/analyse.ts";
import { type PredicateUse, predicatesOf } from "../../rule/predicates.ts";
import { indicatorOf } from "../../vocabulary/indicator.ts";
import { type ExitCode, exitCodes, Stop } from "../exit.ts";
import { knownLanguage } from "../known-language.ts";
import { parsePage } from "../pages/parse.ts";
import { expectQueryFile, readQueryText } from "../query-text.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ParseOptions {
  readonly language: string;
  readonly json?: boolean;
}

export async function parse(terminal: Terminal, file: string, options: ParseOptions): Promise<ExitCode> {
  const language = knownLanguage(options.language);
  expectQueryFile(file);
  const read = await readQueryText(file, terminal.streams.input);
  if (read.type === "failure") throw new Stop(`${file}: ${read.failure.message}`, exitCodes.inputHasErrors);
  const { text } = read;
  const { ast, diagnostics } = language.parse(text);
  const logic = lowerQuery(language, ast);
  const starts = lineStarts(text);
  const placed = diagnostics.map((one): PlacedDiagnostic & { readonly span: object } => ({
    path: file,
    ...positionAt(starts, beforeLastBlanks(text, one.span).start),
    code: one.code,
    severity: one.severity,
    message: one.message,
    hint: one.hint ?? null,
    span: one.span,
  }));
  const predicates = predicatesOf(logic).uses.map(predicateAnswer);
  const answer = { language: language.id, ast, logic, predicates, diagnostics: placed };
  if (options.json === true) terminal.printJson(answer);
  else terminal.print(parsePage(printable(answer), terminal));
  return hasErrors(diagnostics) ? exitCodes.inputHasErrors : exitCodes.done;
}

export type ParsedPredicate = ReturnType<typeof predicateAnswer>;

/** The keys of a catalog's predicates, with the place in the text that was parsed. */
function predicateAnswer({ predicate, negated, exclusionGroup, derived }: PredicateUse) {
  const knowledge = { vocabulary: vocabulary(), values: values() };
  return {
    field: predicate.field?.raw ?? null,
    canonical: predicate.field?.canonical ?? null,
    operator: predicate.operator,
    values: predicate.raw,
    normal: predicate.values.map((value) => indicatorOf(knowledge, null, predicate, value).value),
    quantifier: predicate.quantifier,
    caseSensitive: predicate.caseSensitive,
    negated,
    exclusionGroup,
    derived,
    origin: predicate.origin ?? null,
    span: predicate.span,
  };
}
