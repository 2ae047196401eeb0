import type { AnalysedRule } from "../../languages/analyse.ts";
import { conjoin } from "../../rule/build.ts";
import { describeExpression } from "../../rule/describe.ts";
import { type Expression, isDerived } from "../../rule/expression.ts";
import type {
  AggregateStage,
  DeriveStage,
  Logic,
  SequenceStage,
  SequenceStep,
  SourceStage,
  Stage,
  ThresholdStage,
} from "../../rule/logic.ts";
import { contextOf, enterSource, type SourceContext } from "../../vocabulary/context.ts";
import type { Schema } from "../../vocabulary/fields/names.ts";
import { mainLanguage } from "../../vocabulary/name-rule.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import { parseDuration, shortDuration } from "../duration.ts";
import type { RemarkCode, ReportPart } from "../translation.ts";
import { numbersIn } from "./numbers.ts";
import type { CountCondition, Flow, Plan, PlanField, Planning, StepPlan, ThresholdPlan } from "./plan.ts";
import { withoutTimeRange } from "./time-range.ts";

/** A rule that another names, by its id or name; null where it is not at hand. It has passed `nameRule`. */
export type RuleLookup = (name: string) => AnalysedRule | null;

/** Rules that name rules that name rules … */
const deepestNaming = 4;

export interface PlanOptions {
  /**
   * The plan is run over events, not told to a platform: what is asked of numbers that are made of values (sums, averages)
   * is a condition on groups, and fields that the rule makes itself do not pass for fields of the events.
   */
  readonly overEvents?: boolean;
}

/** What a rule asks for. The rule has passed `nameRule`. `related` finds the rules that a correlation looks at. */
export function planRule(
  vocabulary: Vocabulary,
  rule: AnalysedRule,
  related: RuleLookup = () => null,
  { overEvents = false }: PlanOptions = {},
): Planning {
  return planTo(deepestNaming, vocabulary, rule, related, overEvents);
}

function planTo(
  depth: number,
  vocabulary: Vocabulary,
  rule: AnalysedRule,
  related: RuleLookup,
  overEvents: boolean,
): Planning {
  const language = mainLanguage(rule);
  const schema = vocabulary.schemaOf(language);
  if (rule.outcome === "queryless" && rule.logic.stages.length === 0) {
    return { plan: null, report: [lost("the rule", "no-query", "The rule has no query.")] };
  }
  const planNamed = (name: string): Planning | null => {
    const named = depth === 0 ? null : related(name);
    return named === null ? null : planTo(depth - 1, vocabulary, named, related, overEvents);
  };
  const absentGroups = groupsAbsent.has(language);
  const drawing = openDrawing({ schema, planNamed, absentGroups, overEvents }, contextOf(rule.document));
  for (const stage of rule.logic.stages) drawStage(drawing, stage);
  return finish(drawing);
}

/** Languages in which events without a value are a group of their own; elsewhere they are in no group. */
const groupsAbsent: ReadonlySet<string> = new Set(["kusto", "esql"]);

/** The same for all logics of a rule. */
interface Settings {
  readonly schema: Schema | null;
  readonly planNamed: (name: string) => Planning | null;
  readonly absentGroups: boolean;
  readonly overEvents: boolean;
}

/** A plan while the stages of a logic are gone through. */
interface Drawing extends Settings {
  context: SourceContext;
  flows: readonly Flow[];
  /** Has anything but a source been met? A union before that is all there is. */
  begun: boolean;
  aggregate: AggregateStage | null;
  /** Fields that cut the time into spans, and how long these are. */
  readonly buckets: Map<string, string>;
  /** Fields that the rule makes out of others. */
  readonly made: Set<string>;
  /** Are groups, or what was counted, grouped once more? */
  regrouped: boolean;
  special: Exclude<Plan, { readonly type: "selection" }> | null;
  readonly report: ReportPart[];
}

function openDrawing(settings: Settings, context: SourceContext): Drawing {
  return {
    ...settings,
    context,
    flows: [{ context, condition: null }],
    begun: false,
    aggregate: null,
    buckets: new Map(),
    made: new Set(),
    regrouped: false,
    special: null,
    report: [],
  };
}

function finish({ special, flows, report }: Drawing): Planning {
  if (report.some((one) => one.verdict === "lost")) return { plan: null, report };
  if (special === null) return { plan: { type: "selection", flows }, report };
  return { plan: special.type === "sequence" ? special : { ...special, flows }, report };
}

function drawStage(drawing: Drawing, stage: Stage): void {
  const lose = (part: string, code: RemarkCode, why: string): void => {
    drawing.report.push(lost(part, code, why));
  };
  const note = (part: string, code: RemarkCode, why: string): void => {
    drawing.report.push({ part, verdict: "approximated", code, why });
  };
  switch (stage.type) {
    case "source":
      drawSource(drawing, stage, lose);
      return;
    case "filter":
      drawFilter(drawing, stage.expression, lose);
      break;
    case "aggregate":
      // Groups that nothing is asked of afterwards only show the results in another way.
      drawing.regrouped ||= drawing.aggregate !== null || drawing.special?.type === "threshold";
      drawing.aggregate = stage;
      break;
    case "threshold":
      drawThreshold(drawing, stage, lose);
      break;
    case "sequence":
      drawSequence(drawing, stage, lose);
      break;
    case "union":
      drawUnion(drawing, stage.branches);
      break;
    case "join":
      lose(
        `${stage.kind} join${stage.on.length === 0 ? "" : ` on ${stage.on.join(", ")}`}`,
        "join",
        "The rule joins two searches.",
      );
      break;
    case "lookup":
      if (stage.writes !== true)
        note(`lookup ${stage.table}`, "lookup", "The lookup adds fields to the results, and is left out.");
      break;
    case "derive":
      drawDerived(drawing, stage);
      break;
    case "project":
      break;
    case "order":
      if (stage.kind !== "sort") {
        note(
          `${stage.kind}${stage.by.length === 0 ? "" : ` by ${stage.by.join(", ")}`}`,
          "grouping",
          "All results are shown, not only the first ones.",
        );
      }
      break;
    case "new_terms":
      if (drawing.special !== null) lose("new terms", "new-terms", "The rule looks for new values among groups.");
      else {
        const fields = stage.fields.map((one) => nameOf(drawing, one));
        drawing.special = { type: "new_terms", flows: [], fields, window: stage.window };
      }
      break;
    case "anomaly":
      lose(stage.jobs.join(", "), "machine-learning", "The rule asks a machine-learning job of its own platform.");
      break;
    case "opaque":
      lose(oneLine(stage.text), "not-understood", `This part was not understood: ${stage.reason}.`);
      break;
    default:
      stage satisfies never;
  }
  drawing.begun = true;
}

type Lose = (part: string, code: RemarkCode, why: string) => void;

function drawSource(drawing: Drawing, stage: Extract<Stage, { readonly type: "source" }>, lose: Lose): void {
  if (stage.kind === "lookup" || stage.kind === "rows" || stage.kind === "external") {
    lose(stage.names.join(", ") || stage.kind, "lookup", "The rule reads a table of its own platform, not a log.");
    return;
  }
  if (stage.kind === "rule") {
    drawNamed(drawing, stage, lose);
    return;
  }
  drawing.context = enterSource(drawing.context, stage);
  drawing.flows = drawing.flows.map((one) => ({ ...one, context: enterSource(one.context, stage) }));
}

/** The events that any of the named rules selects. */
function drawNamed(drawing: Drawing, { names, aliases = {} }: SourceStage, lose: Lose): void {
  const flows: Flow[] = [];
  const renamed = (name: string, flow: Flow): Flow => {
    const found = Object.entries(aliases).flatMap(([alias, fields]) => {
      const raw = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return raw === undefined ? [] : [[alias, nameOf({ ...drawing, context: flow.context }, raw)] as const];
    });
    return found.length === 0 ? flow : { ...flow, renames: Object.fromEntries(found) };
  };
  for (const name of names) {
    const planning = drawing.planNamed(name);
    if (planning === null) {
      lose(name, "join", "The rule looks at the hits of a rule that is not at hand.");
      continue;
    }
    drawing.report.push(...planning.report);
    if (planning.plan?.type === "selection") flows.push(...planning.plan.flows.map((one) => renamed(name, one)));
    else if (planning.plan !== null) lose(name, "join", "The rule looks at the hits of a rule that counts events.");
  }
  drawing.flows = flows;
  drawing.context = flows[0]?.context ?? drawing.context;
}

/** Behind groups, a filter on a field that makes the groups chooses events as well as groups. */
function drawFilter(drawing: Drawing, filter: Expression, lose: Lose): void {
  const { special } = drawing;
  const expression = drawNumbers(drawing, filter, lose);
  if (expression === null) return;
  if (special?.type === "sequence") {
    lose(oneLine(describeExpression(expression)), "sequence", "The rule filters the sequences that it has found.");
    return;
  }
  // What is asked of the groups by what makes them may as well be asked of their events.
  const grouped = special?.type === "threshold" && asksOnly(expression, new Set(special.by.map((one) => one.raw)));
  if (special !== null && !grouped) {
    lose(oneLine(describeExpression(expression)), "threshold", "The rule filters what it has counted.");
    return;
  }
  const { rest, left } = withoutTimeRange(expression);
  for (const one of left) {
    const why = "How far back events are searched is left to whoever runs the query.";
    drawing.report.push({ part: describeExpression(one), verdict: "approximated", code: "window", why });
  }
  if (rest === null) return;
  drawing.flows = drawing.flows.map((flow) => ({
    ...flow,
    condition: flow.condition === null ? rest : conjoin([flow.condition, rest], rest.span),
  }));
}

function asksOnly(expression: Expression, fields: ReadonlySet<string>): boolean {
  switch (expression.type) {
    case "and":
    case "or":
      return expression.operands.every((one) => asksOnly(one, fields));
    case "not":
      return asksOnly(expression.operand, fields);
    case "predicate":
      return expression.field !== null && fields.has(expression.field.raw) && !isDerived(expression);
    case "opaque":
      return false;
    default:
      return expression satisfies never;
  }
}

/** A field made of nothing but the time, cut to a span: groups by it are counts in a window. */
function drawDerived(drawing: Drawing, { field, text, fields }: DeriveStage): void {
  const ofTime = fields.length > 0 && fields.every((one) => nameOf(drawing, one).canonical === "@timestamp");
  const window = ofTime ? parseDuration(text) : null;
  if (window !== null) drawing.buckets.set(field, shortDuration(window));
  if (!fields.includes(field)) drawing.made.add(field);
}

/** Fields that the rule makes are none of the events: groups by them would be groups of what has no value. */
function loseMade(drawing: Drawing, fields: readonly string[], lose: Lose): boolean {
  if (!drawing.overEvents) return false;
  // What is computed on the spot is named by its text.
  const made = fields.filter((one) => (drawing.made.has(one) || one.includes("(")) && !drawing.buckets.has(one));
  for (const one of made) lose(one, "computed-value", "The rule groups or counts by a value that it works out itself.");
  return made.length > 0;
}

function drawThreshold(drawing: Drawing, stage: ThresholdStage, lose: Lose): void {
  const { special, aggregate, regrouped } = drawing;
  if (regrouped) {
    lose("threshold", "threshold", "The rule counts its groups once more.");
    return;
  }
  if (special !== null && special.type !== "threshold") {
    lose("threshold", "threshold", `The rule counts ${special.type === "sequence" ? "sequences" : "new values"}.`);
    return;
  }
  const counted = stage.condition?.field?.raw;
  const filter = aggregate?.functions.find((one) => one.as === counted && one.filter !== undefined)?.filter;
  if (filter !== undefined) {
    lose(oneLine(describeExpression(filter)), "threshold", "The rule counts only some of the events of a group.");
    return;
  }
  if (drawing.overEvents && stage.distinct?.includes(", ") === true) {
    lose(stage.distinct, "threshold", "The rule counts combinations of several fields.");
    return;
  }
  if (loseMade(drawing, [...stage.by, ...(stage.distinct === undefined ? [] : [stage.distinct])], lose)) return;
  const condition: CountCondition<PlanField> = {
    operator: stage.operator,
    count: stage.count,
    distinct: stage.distinct === undefined ? null : nameOf(drawing, stage.distinct),
  };
  drawing.special = {
    ...groupsOf(drawing, stage, special),
    conditions: [...(special?.conditions ?? []), condition],
    numbers: special?.numbers ?? [],
  };
}

function groupsOf(
  drawing: Drawing,
  stage: Pick<ThresholdStage, "window" | "aligned" | "by">,
  before: ThresholdPlan | null,
): Omit<ThresholdPlan, "conditions" | "numbers"> {
  return {
    type: "threshold",
    flows: [],
    by: stage.by.filter((one) => !drawing.buckets.has(one)).map((one) => nameOf(drawing, one)),
    ...windowOf(drawing, stage, before),
    absentGroups: drawing.absentGroups,
  };
}

/** What a filter asks of numbers that the aggregation before it makes becomes a threshold; gives what is left of it. */
function drawNumbers(drawing: Drawing, expression: Expression, lose: Lose): Expression | null {
  const { special, aggregate, regrouped } = drawing;
  if (!drawing.overEvents || aggregate === null || regrouped) return expression;
  if (special !== null && special.type !== "threshold") return expression;
  const { numbers, rest } = numbersIn(expression, aggregate);
  if (numbers.length === 0) return expression;
  if (!loseMade(drawing, aggregate.by, lose)) {
    const named = numbers.map((one) => ({ ...one, field: nameOf(drawing, one.field) }));
    drawing.special = {
      ...groupsOf(drawing, aggregate, special),
      conditions: special?.conditions ?? [],
      numbers: [...(special?.numbers ?? []), ...named],
    };
  }
  return rest.length === 0 ? null : conjoin(rest, expression.span);
}

/** The window that the stage names, else that of a condition before it, else the one that its groups by time make. */
function windowOf(
  drawing: Drawing,
  { window, aligned, by }: Pick<ThresholdStage, "window" | "aligned" | "by">,
  before: ThresholdPlan | null,
): Pick<ThresholdPlan, "window" | "windows"> {
  if (window !== undefined) return { window, windows: aligned === true ? "aligned" : "sliding" };
  if (before !== null && before.window !== null) return { window: before.window, windows: before.windows };
  const bucket = by.map((one) => drawing.buckets.get(one)).find((one) => one !== undefined);
  return bucket === undefined ? { window: null, windows: "sliding" } : { window: bucket, windows: "aligned" };
}

function drawSequence(drawing: Drawing, stage: SequenceStage, lose: Lose): void {
  if (drawing.special !== null) {
    lose("sequence", "sequence", "The rule looks for sequences of groups.");
    return;
  }
  const until = stage.until === undefined ? [] : [stage.until];
  if (loseMade(drawing, [...stage.by, ...[...stage.steps, ...until].flatMap((one) => one.by)], lose)) return;
  const common = stage.by.map((one) => nameOf(drawing, one));
  const step = (one: SequenceStep): StepPlan | null => {
    const { plan, report } = planLogic(drawing, one.logic);
    drawing.report.push(...report);
    if (plan === null) return null;
    if (plan.type !== "selection") {
      lose("a step of the sequence", "sequence", "A step of the sequence counts events.");
      return null;
    }
    const context = plan.flows[0]?.context ?? drawing.context;
    const own = one.by.map((raw) => nameOf({ ...drawing, context }, raw));
    const shared = common.map(({ raw }) => nameOf({ ...drawing, context }, raw));
    return { flows: plan.flows, by: [...shared, ...own], runs: one.runs, missing: one.missing };
  };
  const steps = stage.steps.map(step);
  drawing.special = {
    type: "sequence",
    ordered: stage.ordered,
    maxspan: stage.maxspan ?? null,
    steps: steps.filter((one) => one !== null),
    until: until.map(step)[0] ?? null,
  };
}

/** The branches of a union with nothing before it are all there is; behind anything else they stand beside it. */
function drawUnion(drawing: Drawing, branches: readonly Logic[]): void {
  const flows: Flow[] = drawing.begun ? [...drawing.flows] : [];
  for (const branch of branches) {
    const { plan, report } = planLogic(drawing, branch);
    drawing.report.push(...report);
    if (plan === null) continue;
    if (plan.type === "selection") flows.push(...plan.flows);
    else
      drawing.report.push(
        lost(
          "union",
          plan.type === "sequence" ? "sequence" : "threshold",
          "The rule joins counts of several searches.",
        ),
      );
  }
  drawing.flows = flows;
}

function planLogic({ schema, planNamed, absentGroups, overEvents, context }: Drawing, logic: Logic): Planning {
  const inner = openDrawing({ schema, planNamed, absentGroups, overEvents }, context);
  for (const stage of logic.stages) drawStage(inner, stage);
  return finish(inner);
}

function nameOf({ schema, context }: Pick<Drawing, "schema" | "context">, raw: string): PlanField {
  return { raw, canonical: schema?.read(raw, context)?.field ?? null };
}

function lost(part: string, code: RemarkCode, why: string): ReportPart {
  return { part, verdict: "lost", code, why };
}

/** A text of a rule as one line of a report. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
