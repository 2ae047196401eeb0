import { cover, span } from "../../kit/span.ts";
import type { Logic, SequenceStep, SourceStage, Stage } from "../../rule/logic.ts";
import type {
  ConditionExpression,
  SigmaAst,
  SigmaCondition,
  SigmaCount,
  SigmaDetection,
  SigmaFilter,
  SigmaLogSource,
  SigmaNear,
  SigmaRule,
} from "./ast.ts";
import { lowerCondition, resolveIdentifiers } from "./lower-condition.ts";
import { lowerCorrelation, lowerCount } from "./lower-correlation.ts";
import { effectiveDocument, ruleIndexes } from "./merge.ts";

/** The logic of a file: that of its one rule, or a union where it holds several. */
export function lower(ast: SigmaAst): Logic {
  const [first, ...others] = ruleIndexes(ast);
  if (first === undefined) return { stages: unread(ast) };
  if (others.length === 0) return lowerDocument(ast, first);
  const branches = [first, ...others].map((index) => lowerDocument(ast, index));
  const end = ast.documents[ast.documents.length - 1]?.span.end ?? 0;
  return { stages: [{ type: "union", branches, span: span(0, end) }] };
}

/** The logic of one document, with what global documents before it supply. */
export function lowerDocument(ast: SigmaAst, index: number): Logic {
  const document = effectiveDocument(ast, index);
  switch (document.type) {
    case "rule":
      return lowerRule(document);
    case "correlation":
      return lowerCorrelation(document);
    case "filter":
      return lowerFilter(document);
    case "unknown":
      return { stages: [{ type: "opaque", text: "", reason: "a document that is no rule", span: document.span }] };
    default:
      return document satisfies never;
  }
}

function unread(ast: SigmaAst): readonly Stage[] {
  const reason = "a document that is no rule";
  const [first] = ast.documents;
  return [{ type: "opaque", text: "", reason, span: first?.span ?? span(0, 0) }];
}

function lowerRule(rule: SigmaRule): Logic {
  const source: readonly Stage[] = rule.logsource === null ? [] : [sourceOf(rule.logsource)];
  if (rule.detection === null) {
    return { stages: [...source, { type: "opaque", text: "", reason: "no detection", span: rule.span }] };
  }
  return { stages: [...source, ...detectionStages(rule.detection)] };
}

const sourceKeys = ["category", "service", "product"] as const;

function sourceOf(logsource: SigmaLogSource): SourceStage {
  const attributes = Object.fromEntries(
    Object.entries(logsource.entries).flatMap(([key, value]) => (isText(value) ? [[key, String(value)]] : [])),
  );
  const names = sourceKeys.flatMap((key) => (Object.hasOwn(attributes, key) ? [attributes[key] ?? ""] : []));
  return { type: "source", kind: "logsource", names, attributes, span: logsource.span };
}

function isText(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Conditions of a list are alternatives. */
function detectionStages(detection: SigmaDetection): readonly Stage[] {
  const { conditions } = detection;
  const [first, ...others] = conditions;
  if (first === undefined) return [{ type: "opaque", text: "", reason: "no condition", span: detection.span }];
  if (others.length === 0) return conditionStages(detection, first);
  if (conditions.every((one) => one.aggregation === null)) {
    const operands = conditions.map((one) => one.expression);
    const at = { start: first.span.start, end: conditions[conditions.length - 1]?.span.end ?? first.span.end };
    return [filterStage(detection, { type: "or", operands, span: at })];
  }
  return [
    {
      type: "union",
      branches: conditions.map((one) => ({ stages: conditionStages(detection, one) })),
      span: detection.span,
    },
  ];
}

function conditionStages(detection: SigmaDetection, condition: SigmaCondition): readonly Stage[] {
  const { aggregation } = condition;
  if (aggregation === null) return [filterStage(detection, condition.expression)];
  switch (aggregation.type) {
    case "count":
      return [filterStage(detection, condition.expression), ...legacyCount(aggregation, detection.timeframe)];
    case "near":
      return [nearStage(detection, condition, aggregation)];
    default:
      return aggregation satisfies never;
  }
}

function filterStage(detection: SigmaDetection, condition: ConditionExpression): Stage {
  const names = detection.identifiers.map((one) => one.name);
  const expression = lowerCondition(condition, names, resolveIdentifiers(detection.identifiers));
  return { type: "filter", expression, span: expression.span };
}

function legacyCount(count: SigmaCount, timeframe: string | null): readonly Stage[] {
  return lowerCount({
    function: count.function,
    fields: count.field === null ? [] : [count.field],
    by: count.by === null ? [] : [count.by],
    window: timeframe,
    comparisons: [{ operator: count.operator, value: count.value }],
    span: count.span,
  });
}

/** `a | near b and not c`: all within the timeframe, in any order, and c must not be among them. */
function nearStage(detection: SigmaDetection, condition: SigmaCondition, near: SigmaNear): Stage {
  const parts = near.expression.type === "and" ? near.expression.operands : [near.expression];
  const steps = [condition.expression, ...parts].map((part) => nearStep(detection, part));
  return {
    type: "sequence",
    ordered: false,
    by: [],
    ...(detection.timeframe === null ? {} : { maxspan: detection.timeframe }),
    steps,
    span: steps.map((step) => step.span).reduce(cover, condition.span),
  };
}

function nearStep(detection: SigmaDetection, part: ConditionExpression): SequenceStep {
  const missing = part.type === "not";
  const stage = filterStage(detection, missing ? part.operand : part);
  return { logic: { stages: [stage] }, by: [], runs: 1, missing, span: stage.span };
}

function lowerFilter(filter: SigmaFilter): Logic {
  const attributes = filter.logsource === null ? undefined : sourceOf(filter.logsource).attributes;
  const source: SourceStage = {
    type: "source",
    kind: "rule",
    names: filter.rules.map((one) => one.name),
    ...(attributes === undefined ? {} : { attributes }),
    span: filter.span,
  };
  return { stages: [source, ...detectionStages(filter.detection)] };
}
