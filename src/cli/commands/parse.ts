import { createReadStream } from "node:fs";
import type { PlacedDiagnostic } from "../../catalog/queries/answers.ts";
import { hasErrors } from "../../kit/diagnostic.ts";
import { limits } from "../../kit/limits.ts";
import { lineStarts, positionAt } from "../../kit/span.ts";
import { lowerQuery } from "../../languages/analyse.ts";
import { languages } from "../../languages/registry.ts";
import { type PredicateUse, predicatesOf } from "../../rule/predicates.ts";
import { normalValue } from "../../vocabulary/normal-value.ts";
import { type ExitCode, exitCodes, Stop, wrongUsage } from "../exit.ts";
import { parsePage } from "../pages/parse.ts";
import { printable, type Streams, type Terminal } from "../terminal.ts";

export interface ParseOptions {
  readonly language: string;
  readonly json?: boolean;
}

export async function parse(terminal: Terminal, file: string, options: ParseOptions): Promise<ExitCode> {
  const language = languages.get(options.language);
  if (language === undefined) {
    throw wrongUsage(`There is no language ${options.language}. Known are: ${[...languages.keys()].join(", ")}.`);
  }
  const text =
    file === "-" ? await readAll(terminal.streams.input, "The input") : await readAll(createReadStream(file), file);
  const { ast, diagnostics } = language.parse(text);
  const logic = lowerQuery(language, ast);
  const starts = lineStarts(text);
  const placed = diagnostics.map((one): PlacedDiagnostic & { readonly span: object } => ({
    path: file,
    ...positionAt(starts, one.span.start),
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
  return {
    field: predicate.field?.raw ?? null,
    canonical: predicate.field?.canonical ?? null,
    operator: predicate.operator,
    values: predicate.raw,
    normal: predicate.values.map((value) => normalValue(predicate, value)),
    quantifier: predicate.quantifier,
    caseSensitive: predicate.caseSensitive,
    negated,
    exclusionGroup,
    derived,
    origin: predicate.origin ?? null,
    span: predicate.span,
  };
}

/** Bytes of a text that no parser would look at any more: each character takes four at most. */
const maximumBytes = 4 * limits.length;

/** Reads no more than the cap: a device or a pipe may never end. */
async function readAll(input: Streams["input"], name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > maximumBytes) throw tooLong(name);
    chunks.push(bytes);
  }
  return decode(Buffer.concat(chunks), name);
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Stop(`${name} is not valid UTF-8.`, exitCodes.inputHasErrors);
  }
}

function tooLong(name: string): Stop {
  return new Stop(
    `${name} is longer than ${limits.length} characters, the most that one query may have.`,
    exitCodes.inputHasErrors,
  );
}
