import type { ConditionExpression, SigmaCondition, SigmaDetection } from "./ast.ts";
import { clip } from "./condition-reader.ts";
import type { NodeReader } from "./nodes.ts";
import { matchingNames } from "./reference.ts";

/** Reports names that a condition uses and nothing defines, and identifiers that no condition uses. */
export function checkReferences(reader: NodeReader, detection: SigmaDetection): void {
  const names = detection.identifiers.map((one) => one.name);
  const used = new Set<string>();
  // Where a name is wrong or a condition no condition, what is unused says nothing.
  let readable = true;
  const visit = (one: ConditionExpression): void => {
    switch (one.type) {
      case "and":
      case "or":
        one.operands.forEach(visit);
        return;
      case "not":
        visit(one.operand);
        return;
      case "reference":
      case "of": {
        const found = one.type === "of" ? matchingNames(one.target, names) : names.filter((name) => name === one.name);
        for (const name of found) used.add(name);
        if (found.length > 0) return;
        readable = false;
        const missing = one.type === "of" ? one.target : one.name;
        const message = `No search identifier is called "${clip(missing)}".`;
        reader.report("sigma/undefined-identifier", "error", message, one.span, hintFor(missing, names));
        return;
      }
      case "fault":
        readable = false;
        return;
      default:
        one satisfies never;
    }
  };
  for (const condition of detection.conditions) visitCondition(reader, condition, visit);
  if (!readable || detection.conditions.length === 0) return;
  for (const { name, span } of detection.identifiers) {
    if (used.has(name)) continue;
    reader.report("sigma/unused-identifier", "info", `No condition uses "${clip(name)}".`, span);
  }
  const aggregated = detection.conditions.some((one) => one.aggregation !== null);
  if (detection.timeframe !== null && !aggregated) {
    reader.report("sigma/timeframe", "info", "A timeframe has no effect without an aggregation.", detection.span);
  }
}

function visitCondition(
  reader: NodeReader,
  condition: SigmaCondition,
  visit: (one: ConditionExpression) => void,
): void {
  visit(condition.expression);
  const { aggregation } = condition;
  if (aggregation === null) return;
  if (aggregation.type === "near") visit(aggregation.expression);
  const message = "Aggregations in a condition are Sigma 1; a correlation rule says the same.";
  reader.report("sigma/legacy-aggregation", "info", message, aggregation.span);
}

/** A defined name that differs in case, or a pattern that was meant. */
function hintFor(missing: string, names: readonly string[]): string | undefined {
  const lower = missing.toLowerCase();
  const near = names.find((name) => name.toLowerCase() === lower) ?? names.find((name) => name.startsWith(missing));
  return near === undefined ? undefined : `Did you mean ${clip(near)}?`;
}
