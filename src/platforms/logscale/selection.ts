import type { Condition, TargetBranch, TargetQuery, WrittenQuery } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { selectorOf } from "../print/selector.ts";
import { arraySelector, isArray } from "./arrays.ts";
import { cqlDialect } from "./dialect.ts";
import { cqlField, cqlString, cqlValue, isQuotable } from "./literals.ts";

export function selection(query: Extract<TargetQuery, { readonly type: "selection" }>): WrittenQuery {
  return { text: [...filterSteps(query.branches), selectStep(query.show)].join("\n"), remarks: [] };
}

function selectStep(show: readonly string[]): string {
  return `| select([${shownFields(show).join(", ")}])`;
}

/** The time first, then what an analyst needs; of several values the first. */
export function shownFields(show: readonly string[]): readonly string[] {
  const names = ["@timestamp", ...show.map((one) => one.replaceAll("[]", "[0]"))];
  return [...new Set(names)].filter(isQuotable).map(cqlField);
}

/**
 * The events of one log as steps, tags first, as the vendor advises; of several logs as one condition
 * (https://library.humio.com/data-analysis/writing-queries-best-practice.html).
 */
export function filterSteps(branches: readonly TargetBranch[], indent = ""): readonly string[] {
  const [only] = branches;
  const deeper = `${indent}  `;
  if (branches.length === 1 && only !== undefined) {
    const { place, condition } = only;
    const tags = selectors(place).map((one) => layOut(cqlDialect, one, deeper));
    const steps = condition === null ? [] : condition.type === "and" ? condition.operands : [condition];
    const written = steps.map((one) => layOut(cqlDialect, one, deeper));
    return [...(tags.length === 0 ? [] : [tags.join(" ")]), ...written].map((one, at) => (at === 0 ? one : `| ${one}`));
  }
  const whole: Condition = { type: "or", operands: branches.map(branchCondition) };
  return [layOut(cqlDialect, whole, deeper)];
}

function branchCondition({ place, condition }: TargetBranch): Condition {
  const operands = [
    ...selectors(place),
    ...(condition === null ? [] : condition.type === "and" ? condition.operands : [condition]),
  ];
  const [only] = operands;
  if (only === undefined) return { type: "written", written: { text: "true", binds: "atom" } };
  return operands.length === 1 ? only : { type: "and", operands };
}

function selectors({ from, where }: TargetBranch["place"]): readonly Condition[] {
  const repositories = from.length === 0 ? [] : [["#repo", from] as const];
  return selectorOf([...repositories, ...Object.entries(where)], (name, values) => {
    const usable = values.filter(isQuotable);
    if (isArray(name)) return arraySelector(name, usable);
    if (usable.length === 1) return `${cqlField(name)}=${cqlValue(usable[0] ?? "")}`;
    return `in(${cqlField(name)}, values=[${usable.map(cqlString).join(", ")}])`;
  });
}
