import type { Diagnostic } from "../kit/diagnostic.ts";
import { diagnostic, hasErrors } from "../kit/diagnostic.ts";
import { span } from "../kit/span.ts";
import type { RuleDocument, RuleQuery } from "../rule/document.ts";
import type { FilterStage, Logic, Stage, UnionStage } from "../rule/logic.ts";
import { predicatesOf, type RulePredicates } from "../rule/predicates.ts";
import { withThresholds } from "../rule/thresholds.ts";
import { keptAsText } from "./kept-as-text.ts";
import type { Environment, Language, ParseResult } from "./language.ts";
import { languages } from "./registry.ts";

/** What became of a query or a rule: unread means that it is kept as text, since its language has no parser. */
export type Outcome = "parsed" | "failed" | "unread" | "queryless";

export interface AnalysedQuery {
  readonly query: RuleQuery;
  readonly outcome: Exclude<Outcome, "queryless">;
  readonly logic: Logic;
  readonly diagnostics: readonly Diagnostic[];
  readonly nodes: number;
  readonly opaque: readonly { readonly reason: string; readonly text: string }[];
}

export interface AnalysedRule {
  readonly document: RuleDocument;
  readonly outcome: Outcome;
  readonly logic: Logic;
  readonly predicates: RulePredicates;
  readonly queries: readonly AnalysedQuery[];
}

/** Parses and lowers every query of a rule, and joins them with what its metadata says into one logic. */
export function analyseRule(document: RuleDocument, environment: Environment): AnalysedRule {
  const queries = document.queries.map((query) => analyseQuery(query, environment));
  const logic = composeLogic(document, queries);
  return { document, outcome: outcomeOf(document, queries), logic, predicates: predicatesOf(logic), queries };
}

export function analyseQuery(query: RuleQuery, environment: Environment): AnalysedQuery {
  const language = languages.get(query.language);
  if (language === undefined) return textQuery(query);
  const { ast, diagnostics } =
    (query.parsed as ParseResult<unknown> | undefined) ?? language.parse(query.text, environment);
  const logic = lowerQuery(language, ast, environment);
  const { nodes, opaque } = predicatesOf(logic);
  return { query, outcome: hasErrors(diagnostics) ? "failed" : "parsed", logic, diagnostics, nodes, opaque };
}

/** A query that nothing is made of: one part that is not understood, with the reason. */
function textQuery(query: RuleQuery): AnalysedQuery {
  const whole = span(0, query.text.length);
  const name = keptAsText.get(query.language);
  const reason = name === undefined ? `no parser for ${query.language}` : `${name} is kept as text`;
  const note =
    name === undefined
      ? diagnostic("rule/language-not-read", "info", `This query is kept as text: there is ${reason}.`, whole)
      : diagnostic("rule/kept-as-text", "info", `This query is in ${name}, which is kept as text.`, whole);
  return {
    query,
    outcome: "unread",
    logic: { stages: [{ type: "opaque", text: query.text, reason, span: whole }] },
    diagnostics: [note],
    nodes: 1,
    opaque: [{ reason, text: query.text }],
  };
}

/** What a query means: its language's `lower`, and what all languages have in common. */
export function lowerQuery(language: Language, ast: unknown, environment?: Environment): Logic {
  return withThresholds(language.lower(ast, environment));
}

function outcomeOf(document: RuleDocument, queries: readonly AnalysedQuery[]): Outcome {
  if (hasErrors(document.diagnostics) || queries.some((one) => one.outcome === "failed")) return "failed";
  if (queries.some((one) => one.outcome === "unread")) return "unread";
  return document.queryless || queries.length === 0 ? "queryless" : "parsed";
}

/** Several main queries are alternatives; filters narrow them; a threat query is the other side of a join. */
function composeLogic(document: RuleDocument, queries: readonly AnalysedQuery[]): Logic {
  const ofRole = (role: RuleQuery["role"]) => queries.filter((one) => one.query.role === role);
  const [first, ...others] = ofRole("main");
  const main: readonly Stage[] =
    first === undefined
      ? []
      : others.length === 0
        ? first.logic.stages
        : [
            {
              type: "union",
              branches: [first, ...others].map((one) => one.logic),
              ...titlesOf([first, ...others]),
              span: span(0, first.query.text.length),
            },
          ];
  const filters = ofRole("filter").flatMap((one, index) =>
    one.logic.stages.map((stage): Stage => (stage.type === "filter" ? fromFilter(stage, index + 1) : stage)),
  );
  const threats = ofRole("threat");
  const threat: readonly Stage[] =
    threats.length === 0
      ? []
      : [
          {
            type: "join",
            kind: "threat match",
            on: threats[0]?.query.on ?? [],
            logic: { stages: threats.flatMap((one) => one.logic.stages) },
            span: span(0, threats[0]?.query.text.length ?? 0),
          },
        ];
  return { stages: [...indices(document), ...main, ...filters, ...threat, ...document.stages] };
}

function titlesOf(queries: readonly AnalysedQuery[]): Pick<UnionStage, "titles"> {
  const titles = queries.map(({ query }) => query.title ?? null);
  return titles.every((one) => one === null) ? {} : { titles };
}

/** Where the metadata says that the events come from, when the query itself does not name it. */
function indices(document: RuleDocument): readonly Stage[] {
  const names = document.logSources.filter((one) => one.kind === "index").map((one) => one.name);
  return names.length === 0 ? [] : [{ type: "source", kind: "index", names, span: span(0, 0) }];
}

function fromFilter(stage: FilterStage, number: number): FilterStage {
  return { ...stage, origin: `filter ${number}` };
}
