import { boundField, computedField, fieldRef } from "../../rule/build.ts";
import type { FieldRef } from "../../rule/expression.ts";
import { fieldName, type Node } from "./ast.ts";
import { functionNamed } from "./functions.ts";
import { printNode } from "./print.ts";

/**
 * What a predicate is about: a field; a converted field (`string(host.ip)`), which is resolved to it; or a value that
 * the query computes from fields. null for constants and conditions.
 */
export function subjectOf(node: Node): FieldRef | null {
  if (node.type === "field") return fieldRef(fieldName(node));
  if (node.type !== "call" && node.type !== "arithmetic" && node.type !== "negative") return null;
  const fields = fieldsIn(node);
  if (fields.length === 0) return null;
  const text = printNode(node);
  const source = converted(node);
  if (source !== null) return boundField({ field: source, kind: "resolved", text, fields });
  return computedField(text, text, fields);
}

/** The value that a node as a whole computes. */
export function computedFrom(node: Node): FieldRef {
  const text = printNode(node).trim();
  return computedField(text, text, fieldsIn(node));
}

function converted(node: Node): string | null {
  if (node.type === "field") return fieldName(node);
  if (node.type !== "call" || functionNamed(node.name)?.conversion !== true) return null;
  const [only] = node.arguments;
  return only === undefined || node.arguments.length > 1 ? null : converted(only);
}

/** Names of the fields that a node reads, in order of first use. */
export function fieldsIn(node: Node): readonly string[] {
  const found = new Set<string>();
  const visit = (one: Node): void => {
    switch (one.type) {
      case "field":
        found.add(fieldName(one));
        return;
      case "and":
      case "or":
        one.operands.forEach(visit);
        return;
      case "not":
      case "negative":
        visit(one.operand);
        return;
      case "comparison":
      case "arithmetic":
        visit(one.left);
        visit(one.right);
        return;
      case "in":
      case "pattern":
        visit(one.left);
        one.values.forEach(visit);
        return;
      case "call":
        one.arguments.forEach(visit);
        return;
      case "string":
      case "number":
      case "boolean":
      case "null":
      case "error":
        return;
      default:
        one satisfies never;
    }
  };
  visit(node);
  return [...found];
}
