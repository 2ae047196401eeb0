import { isList } from "../elastic/field-types.ts";
import type { Condition, TargetBranch } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { esqlDialect } from "./dialect.ts";
import { esqlField, esqlString } from "./literals.ts";

/** Where the events come from, and what all of them meet. */
export function eventsOf(branches: readonly TargetBranch[], before: readonly string[] = []): string {
  const conditions = branches.map(branchCondition).filter((one) => one !== null);
  const [only] = conditions;
  const where: Condition | null =
    conditions.length < branches.length || only === undefined
      ? null
      : conditions.length === 1
        ? only
        : { type: "or", operands: conditions };
  const times = before.map((one) => `| WHERE ${one}`);
  const filter = where === null ? [] : [`| WHERE ${layOut(esqlDialect, where, "    ")}`];
  return [`FROM ${indices(branches)} METADATA _id, _version, _index`, ...times, ...filter].join("\n");
}

function indices(branches: readonly TargetBranch[]): string {
  return [...new Set(branches.flatMap((one) => one.place.from))].map(indexPattern).join(", ");
}

function indexPattern(name: string): string {
  return /^[\w.*-]+$/u.test(name) ? name : esqlString(name);
}

/** What chooses the events of the place, and what the rule asks of them; null for every event of the indices. */
export function branchCondition({ place, condition }: TargetBranch): Condition | null {
  const choosing = Object.entries(place.where).map(([name, values]): Condition => written(chosen(name, values)));
  const own = condition === null ? [] : condition.type === "and" ? condition.operands : [condition];
  const operands = [...choosing, ...own];
  const [only] = operands;
  return operands.length > 1 ? { type: "and", operands } : (only ?? null);
}

function written([text, binds]: readonly [string, "atom" | "or"]): Condition {
  return { type: "written", written: { text, binds } };
}

function chosen(name: string, values: readonly string[]): readonly [string, "atom" | "or"] {
  const field = esqlField(name);
  const [first = ""] = values;
  if (values.some((one) => one.includes("*"))) {
    const patterns = values.map((one) => esqlString(one.replace(/[?\\]/gu, (char) => `\\${char}`)));
    return [patterns.length === 1 ? `${field} LIKE ${patterns[0]}` : `${field} LIKE (${patterns.join(", ")})`, "atom"];
  }
  if (isList({ name, canonical: name, type: "keyword", listed: true })) {
    return [values.map((one) => `${field} : ${esqlString(one)}`).join(" OR "), values.length === 1 ? "atom" : "or"];
  }
  if (values.length === 1) return [`${field} == ${esqlString(first)}`, "atom"];
  return [`${field} IN (${values.map(esqlString).join(", ")})`, "atom"];
}
