import type { AnalysedRule } from "../../languages/analyse.ts";
import { conjoin } from "../../rule/build.ts";
import { describeExpression } from "../../rule/describe.ts";
import { type Expression, isDerived } from "../../rule/expression.ts";
import type { Logic, SequenceStage, SequenceStep, SourceStage, Stage } from "../../rule/logic.ts";
import { contextOf, enterSource } from "../../vocabulary/context.ts";
import { mainLanguage } from "../../vocabulary/name-rule.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import type { RemarkCode } from "../translation.ts";
import { drawDerived, drawNumbers, drawThreshold, loseMade } from "./draw-groups.ts";
import { type Drawing, type Lose, lost, nameOf, oneLine, openDrawing } from "./drawing.ts";
import type { Flow, Planning, StepPlan } from "./plan.ts";
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
  return withLookBack(finish(drawing), overEvents ? rule.document.lookBack : undefined);
}

/** Languages in which events without a value are a group of their own; elsewhere they are in no group. */
const groupsAbsent: ReadonlySet<string> = new Set(["kusto", "esql"]);

function finish({ special, flows, report }: Drawing): Planning {
  if (report.some((one) => one.verdict === "lost")) return { plan: null, report };
  if (special === null) return { plan: { type: "selection", flows }, report };
  return { plan: special.type === "sequence" ? special : { ...special, flows }, report };
}

/** What counts without a window counts what each of its runs looks at. A platform gets this with the search. */
function withLookBack({ plan, report }: Planning, lookBack: string | undefined): Planning {
  if (plan?.type !== "threshold" || plan.window !== null || lookBack === undefined) return { plan, report };
  return { plan: { ...plan, window: lookBack, windows: "sliding" }, report };
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
