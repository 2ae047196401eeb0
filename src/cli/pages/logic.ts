import { describeExpression, describePredicate } from "../../rule/describe.ts";
import type { Expression, Predicate } from "../../rule/expression.ts";
import type { Aggregation, Logic, SequenceStep, Stage } from "../../rule/logic.ts";
import type { Styler } from "../terminal.ts";

/** A logic as a tree, one part a line. */
export function logicTree(logic: Logic, style: Styler, indent = "  "): string {
  return logic.stages.map((stage) => stageTree(stage, style, indent)).join("");
}

function stageTree(stage: Stage, style: Styler, indent: string): string {
  const inner = `${indent}  `;
  const line = (...parts: readonly string[]): string =>
    `${indent}${[style("cyan", stage.type), ...parts.filter((one) => one !== "")].join(" ")}\n`;
  switch (stage.type) {
    case "source":
      return line(stage.kind, stage.names.join(", "), pairs(stage.attributes ?? {}));
    case "filter":
      return line(from(stage.origin, style)) + expressionTree(stage.expression, style, inner);
    case "aggregate":
      return line(stage.functions.map(aggregationText).join(", "), by(stage.by), windowOf(stage.window));
    case "sequence":
      return (
        line(
          stage.ordered ? "" : "in any order",
          by(stage.by),
          stage.maxspan === undefined ? "" : `within ${stage.maxspan}`,
        ) +
        stage.steps.map((step, index) => stepTree(`step ${index + 1}`, step, style, inner)).join("") +
        (stage.until === undefined ? "" : stepTree("until", stage.until, style, inner))
      );
    case "join":
      return (
        line(stage.kind, stage.on.length === 0 ? "" : `on ${stage.on.join(", ")}`) +
        logicTree(stage.logic, style, inner)
      );
    case "union":
      return (
        line() +
        stage.branches
          .map((branch, index) => {
            const title = stage.titles?.[index] ?? null;
            const name = `branch ${index + 1}${title === null ? "" : ` (${title})`}`;
            return `${inner}${name}\n${logicTree(branch, style, `${inner}  `)}`;
          })
          .join("")
      );
    case "lookup":
      return line(
        stage.table,
        stage.writes === true ? "gets the results" : `on ${stage.on.join(", ")}`,
        stage.outputs.length === 0 ? "" : `gives ${stage.outputs.join(", ")}`,
      );
    case "derive":
      return line(stage.field, "=", stage.text);
    case "project":
      return line(
        stage.mode,
        stage.renames?.map((one) => `${one.from} to ${one.to}`).join(", ") ?? stage.fields.join(", "),
      );
    case "order":
      return line(
        stage.kind,
        by(stage.by),
        stage.count === undefined ? "" : String(stage.count),
        stage.from === "end" ? "from the end" : "",
      );
    case "threshold": {
      const what = stage.distinct === undefined ? "events" : `distinct ${stage.distinct}`;
      const name = stage.condition?.field?.raw;
      return line(
        what,
        stage.operator,
        String(stage.count),
        by(stage.by),
        windowOf(stage.window),
        name === undefined ? "" : style("dim", `(as ${name})`),
      );
    }
    case "new_terms":
      return line(stage.fields.join(", "), windowOf(stage.window));
    case "anomaly":
      return line(stage.jobs.join(", "), stage.threshold === null ? "" : `from ${stage.threshold}`);
    case "opaque":
      return line(style("yellow", stage.text), style("dim", `(${stage.reason})`));
    default:
      return stage satisfies never;
  }
}

function aggregationText({ function: name, field, filter, as }: Aggregation): string {
  const only = filter === undefined ? "" : ` where ${describeExpression(filter)}`;
  return `${name}(${field ?? ""})${only}${as === null ? "" : ` as ${as}`}`;
}

function stepTree(name: string, step: SequenceStep, style: Styler, indent: string): string {
  const parts = [name, step.missing ? "must not occur" : "", step.runs === 1 ? "" : `${step.runs} times`, by(step.by)];
  return `${indent}${parts.filter((one) => one !== "").join(" ")}\n${logicTree(step.logic, style, `${indent}  `)}`;
}

function expressionTree(expression: Expression, style: Styler, indent: string): string {
  switch (expression.type) {
    case "and":
    case "or": {
      const operands = expression.operands.map((one) => expressionTree(one, style, `${indent}  `)).join("");
      return `${indent}${style("magenta", expression.type)}\n${operands}`;
    }
    case "not":
      return `${indent}${style("red", "not")}\n${expressionTree(expression.operand, style, `${indent}  `)}`;
    case "predicate":
      return `${indent}${predicateText(expression, style)}\n`;
    case "opaque":
      return `${indent}${style("yellow", `opaque ${expression.text}`)} ${style("dim", `(${expression.reason})`)}\n`;
    default:
      return expression satisfies never;
  }
}

function predicateText(one: Predicate, style: Styler): string {
  const derived = one.field?.derivedFrom;
  const notes = [
    one.caseSensitive ? "case-sensitive" : "",
    derived === undefined ? "" : `${derived.kind}: ${derived.text}`,
    one.origin === undefined ? "" : `from ${one.origin}`,
  ].filter((note) => note !== "");
  return notes.length === 0
    ? describePredicate(one)
    : `${describePredicate(one)} ${style("dim", `(${notes.join("; ")})`)}`;
}

function by(fields: readonly string[]): string {
  return fields.length === 0 ? "" : `by ${fields.join(", ")}`;
}

function windowOf(window: string | undefined): string {
  return window === undefined ? "" : `in ${window}`;
}

function from(origin: string | undefined, style: Styler): string {
  return origin === undefined ? "" : style("dim", `(from ${origin})`);
}

function pairs(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");
}
