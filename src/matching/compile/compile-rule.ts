import type { AnalysedRule } from "../../languages/analyse.ts";
import { allThrough, type LogSourceChoice, letsAllThrough } from "../../platforms/log-sources/choice.ts";
import { factsOf } from "../../platforms/log-sources/signs.ts";
import { type Flow, fieldIn, type Plan, type PlanField, type SelectionPlan } from "../../platforms/plan/plan.ts";
import { planRule } from "../../platforms/plan/plan-rule.ts";
import { regexDialectOf } from "../../platforms/translate.ts";
import type { Predicate } from "../../rule/expression.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import type { Schema } from "../../vocabulary/fields/names.ts";
import { mainLanguage } from "../../vocabulary/name-rule.ts";
import type { EngineOptions, MatchingKnowledge } from "../engine.ts";
import { CannotRun } from "../evaluate/value-test.ts";
import type { NotRun } from "../hit.ts";
import { whyNotRun } from "../stateful/open-operator.ts";
import { valueFields } from "../stateful/value-fields.ts";
import { type ConditionScope, type Node, openCondition, slotOf, type TestTable } from "./condition.ts";
import type { SlotTable } from "./slots.ts";

/** A rule that is ready to run. */
export interface CompiledRule {
  /** `sigma:<uuid>`. */
  readonly id: string;
  readonly title: string;
  readonly severity: string | null;
  readonly searches: readonly Search[];
  /** What its searches are steps of; null for a rule that each event meets alone. */
  readonly group: GroupPlan | null;
}

export type GroupPlan = Exclude<Plan, SelectionPlan>;

/** What one part of a rule asks of the events of one log. */
export interface Search {
  /** Id of the log source; null: events of any log. */
  readonly kind: string | null;
  /** Only events whose names are those of this schema; null: of any. */
  readonly schema: string | null;
  readonly condition: Node;
  /** Of a sequence: which step, from 0; the number of steps for `until`. */
  readonly step: number;
  /** The fields whose values group, and those that are counted. */
  readonly by: readonly number[];
  readonly values: readonly number[];
}

export interface Compiling {
  readonly knowledge: MatchingKnowledge;
  readonly slots: SlotTable;
  readonly tests: TestTable;
  readonly options: EngineOptions;
}

export function compileRule(compiling: Compiling, rule: AnalysedRule): CompiledRule | NotRun {
  const { corpus, id, title, severity } = rule.document;
  const name = `${corpus}:${id}`;
  const { vocabulary } = compiling.knowledge;
  const { plan, report } = planRule(vocabulary, rule, compiling.options.related, { overEvents: true });
  if (plan === null) {
    const lost = report.find((one) => one.verdict === "lost");
    return { rule: name, title, why: lost?.why ?? "The rule asks for more than events." };
  }
  const group = plan.type === "selection" ? null : plan;
  const why = group === null ? null : whyNotRun(group);
  if (why !== null) return { rule: name, title, why };
  const language = mainLanguage(rule);
  const making: Making = { ...compiling, schema: vocabulary.schemaOf(language), dialect: regexDialectOf(language) };
  try {
    const searches = searchesOf(making, plan);
    return { id: name, title, severity, searches, group };
  } catch (error) {
    if (error instanceof CannotRun) return { rule: name, title, why: error.message };
    throw error;
  }
}

interface Making extends Compiling {
  readonly schema: Schema | null;
  readonly dialect: ConditionScope["dialect"];
}

function searchesOf(making: Making, plan: Plan): readonly Search[] {
  switch (plan.type) {
    case "selection":
      for (const flow of plan.flows) refuseAllThrough(making, flow);
      return plan.flows.flatMap((flow) => searchesIn(making, flow, 0, [], []));
    case "threshold":
      return plan.flows.flatMap((flow) => searchesIn(making, flow, 0, plan.by, valueFields(plan)));
    case "new_terms":
      return plan.flows.flatMap((flow) => searchesIn(making, flow, 0, [], valueFields(plan)));
    case "sequence": {
      const steps = [...plan.steps, ...(plan.until === null ? [] : [plan.until])];
      return steps.flatMap(({ flows, by }, step) => flows.flatMap((flow) => searchesIn(making, flow, step, by, [])));
    }
    default:
      return plan satisfies never;
  }
}

/** Throws where a flow asks nothing but which log is read: each event would be a hit. What is counted may be all events. */
function refuseAllThrough({ knowledge, options }: Making, { context, condition }: Flow): void {
  if (options.anyLog === true) return;
  const choice = knowledge.logSources.choose(context, condition);
  const all = choice.type === "chosen" ? choice.alternatives.some(letsAllThrough) : condition === null;
  if (all) throw new CannotRun(allThrough);
}

function searchesIn(
  making: Making,
  flow: Flow,
  step: number,
  by: readonly PlanField[],
  values: readonly PlanField[],
): readonly Search[] {
  const { schema, slots } = making;
  const { context, condition } = flow;
  const slotFor = (field: PlanField): number => {
    const { raw, canonical } = fieldIn(flow, field);
    return slotOf({ slots, schema, context }, raw, canonical);
  };
  return logsOf(making, context, making.knowledge.logSources.choose(context, condition)).map((log): Search => {
    const scope: ConditionScope = { ...making, context, facts: log.facts, absorbed: log.absorbed };
    const node: Node = condition === null ? { type: "constant", value: true } : openCondition(scope, condition);
    const { kind } = log;
    return {
      kind,
      schema: log.schema,
      condition: node,
      step,
      by: by.map(slotFor),
      values: values.map(slotFor),
    };
  });
}

interface Log extends Pick<Search, "kind" | "schema">, Pick<ConditionScope, "facts" | "absorbed"> {}

/** What names the log in the context of a rule. */
const naming: readonly string[] = [
  "product",
  "category",
  "service",
  "index",
  "datamodel",
  "macro",
  "table",
  "data_source",
  "integration",
  "event_category",
];

/** Throws where the rule names a log that is not known: it would be asked of events that it does not mean. */
function logsOf(making: Making, context: SourceContext, choice: LogSourceChoice): readonly Log[] {
  const anyLog: Log = { kind: null, schema: null, facts: null, absorbed: new Set<Predicate>() };
  if (making.options.anyLog === true) return [anyLog];
  if (choice.type === "chosen") {
    return choice.alternatives.map(({ source, absorbed }) => ({
      kind: source.id,
      schema: null,
      facts: factsOf(source),
      absorbed: new Set(absorbed),
    }));
  }
  if (!naming.some((one) => (context[one] ?? []).length > 0)) return [anyLog];
  // An event of the Elastic Common Schema says itself all that its rules ask of it, the log among it.
  if (making.schema?.id === "ecs") return [{ ...anyLog, schema: "ecs" }];
  throw new CannotRun(choice.why);
}
