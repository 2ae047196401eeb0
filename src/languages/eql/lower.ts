import type { Logic, SequenceStep, SourceStage, Stage } from "../../rule/logic.ts";
import {
  type ErrorNode,
  type EventQuery,
  fieldName,
  type Node,
  type Pipe,
  type Query,
  type Sequence,
  type Step,
} from "./ast.ts";
import { lowerCondition } from "./conditions.ts";
import { printNode } from "./print.ts";

/** What a query does, stage by stage; total. */
export function lower(ast: Query): Logic {
  const { body } = ast;
  const first = body.type === "sequence" ? [lowerSequence(body)] : lowerEvent(body).stages;
  return { stages: [...first, ...ast.pipes.map(lowerPipe)] };
}

function lowerEvent(query: EventQuery | ErrorNode): Logic {
  if (query.type === "error") return { stages: [lost(query)] };
  const { condition, span } = query;
  const source: SourceStage = { type: "source", kind: "category", names: [query.category ?? "any"], span };
  /** `where true` takes every event of the category: the source alone says that. */
  if (condition.type === "boolean" && condition.value) return { stages: [source] };
  return { stages: [source, { type: "filter", expression: lowerCondition(condition), span: condition.span }] };
}

function lost(node: ErrorNode): Stage {
  return { type: "opaque", text: node.text, reason: "a syntax error", span: node.span };
}

function lowerSequence(sequence: Sequence): Stage {
  return {
    type: "sequence",
    ordered: sequence.kind === "sequence",
    by: sequence.by.map(keyName),
    ...(sequence.maxspan === null ? {} : { maxspan: sequence.maxspan }),
    steps: sequence.steps.map(lowerStep),
    ...(sequence.until === null ? {} : { until: lowerStep(sequence.until) }),
    span: sequence.span,
  };
}

function lowerStep(step: Step | ErrorNode): SequenceStep {
  if (step.type === "error") {
    return { logic: { stages: [lost(step)] }, by: [], runs: 1, missing: false, span: step.span };
  }
  const { missing, runs, span } = step;
  return { logic: lowerEvent(step.query), by: step.by.map(keyName), runs, missing, span };
}

function keyName(node: Node): string {
  return node.type === "field" ? fieldName(node) : printNode(node).trim();
}

function lowerPipe(pipe: Pipe | ErrorNode): Stage {
  if (pipe.type === "error") return lost(pipe);
  const { span } = pipe;
  const [first] = pipe.arguments;
  const by = pipe.arguments.map(keyName);
  switch (pipe.name) {
    case "head":
    case "tail":
      if (first?.type !== "number" || pipe.arguments.length > 1) break;
      return {
        type: "order",
        kind: "limit",
        by: [],
        count: first.value,
        ...(pipe.name === "tail" ? { from: "end" as const } : {}),
        span,
      };
    case "sort":
      return { type: "order", kind: "sort", by, span };
    case "unique":
      return { type: "order", kind: "deduplicate", by, span };
    case "count":
    case "unique_count":
      return { type: "aggregate", functions: [{ function: pipe.name, field: null, as: null }], by, span };
    case "filter":
      if (first === undefined || pipe.arguments.length > 1) break;
      return { type: "filter", expression: lowerCondition(first), span };
  }
  return {
    type: "opaque",
    text: `| ${[pipe.name, by.join(", ")].join(" ").trim()}`,
    reason: "a pipe that EQL does not have",
    span,
  };
}
