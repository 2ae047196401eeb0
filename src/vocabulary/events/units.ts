import type { Expression } from "../../rule/expression.ts";
import { innerLogic } from "../../rule/inner-logic.ts";
import type { Logic, Stage } from "../../rule/logic.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { enterSource, type SourceContext } from "../context.ts";
import { type Facts, join, noFacts, type Selectors, waysThrough } from "./facts.ts";

/** Events of one kind that a rule looks at: a flow of its stages, in one of the ways through its filters. */
export interface Unit {
  readonly context: SourceContext;
  readonly facts: Facts;
  /** Raw name → id in the vocabulary of the fields that the flow filters on; negated ones are not among them. */
  readonly fields: ReadonlyMap<string, string | null>;
}

interface Flow {
  readonly context: SourceContext;
  readonly ways: readonly Facts[];
  readonly fields: ReadonlyMap<string, string | null>;
}

/** Every kind of events that a logic looks at. What must not occur (anti joins, missing steps) is not among them. */
export function unitsOf(logic: Logic, outer: SourceContext, selectors: Selectors): readonly Unit[] {
  return flowsOf(logic, outer, selectors).flatMap(({ context, ways, fields }) =>
    ways.map((facts) => ({ context, facts, fields })),
  );
}

function flowsOf(logic: Logic, outer: SourceContext, selectors: Selectors): readonly Flow[] {
  let main: Flow = { context: outer, ways: [noFacts], fields: new Map() };
  /** A sequence consists of its steps, and so does a union with nothing before it. */
  let replaced = false;
  /** Flows that what follows narrows, too, and those of the other sides of joins. */
  let open: readonly Flow[] = [];
  const closed: Flow[] = [];
  logic.stages.forEach((stage, index) => {
    const inner = innerFlows(stage, main.context, selectors);
    switch (stage.type) {
      case "source":
        main = { ...main, context: enterSource(main.context, stage) };
        return;
      case "filter": {
        const ways = waysThrough(stage.expression, selectors);
        const fields = positiveFields(stage.expression);
        const narrow = (flow: Flow): Flow => ({
          ...flow,
          ways: join(flow.ways, ways, selectors),
          fields: new Map([...flow.fields, ...fields]),
        });
        main = narrow(main);
        open = open.map(narrow);
        return;
      }
      case "anomaly":
        // The job knows its events; the rule only names the job.
        main = { ...main, context: { ...main.context, job: stage.jobs } };
        return;
      case "sequence":
      case "union":
        open = [...open, ...inner];
        replaced ||= inner.length > 0 && (stage.type === "sequence" || index === 0);
        return;
      default:
        closed.push(...inner);
    }
  });
  return [...(replaced ? [] : [main]), ...open, ...closed];
}

function innerFlows(stage: Stage, context: SourceContext, selectors: Selectors): readonly Flow[] {
  return innerLogic(stage)
    .filter((one) => !one.absent)
    .flatMap((one) => flowsOf(one.logic, context, selectors));
}

function positiveFields(expression: Expression): ReadonlyMap<string, string | null> {
  const logic: Logic = { stages: [{ type: "filter", expression, span: expression.span }] };
  const fields = new Map<string, string | null>();
  for (const { predicate, negated, derived } of predicatesOf(logic).uses) {
    const { field } = predicate;
    if (field !== null && !negated && !derived) fields.set(field.raw, field.canonical);
  }
  return fields;
}
