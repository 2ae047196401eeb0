import type { LogPlace } from "../log-sources/tables.ts";
import type { Condition, TargetBranch } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { inSearch, inWhere, splDialect } from "./dialect.ts";
import { plainNumber, searchField, splString } from "./literals.ts";
import type { Naming } from "./search-test.ts";

/** A branch taken apart: what the search asks, and what `where` asks behind it, one condition after the other. */
export interface SplBranch {
  readonly search: Condition;
  readonly where: readonly Condition[];
}

export const plainNaming: Naming = (name) => name;

/** What a search can say goes into it, because the index answers it; the rest follows in `where`. */
export function splitBranch({ place, condition }: TargetBranch, naming: Naming = plainNaming): SplBranch {
  const operands = condition === null ? [] : condition.type === "and" ? condition.operands : [condition];
  const search: Condition[] = [...placeConditions(place, naming)];
  const where: Condition[] = [];
  for (const one of operands) {
    const searched = inSearch(one, naming);
    if (searched !== null) search.push(searched);
    else where.push(inWhere(one) ?? one);
  }
  const [only] = search;
  const all: Condition = { type: "written", written: { text: "*", binds: "atom" } };
  return { search: search.length > 1 ? { type: "and", operands: search } : (only ?? all), where };
}

/** Source types, and what else chooses the events; `*` alone is any source type. */
export function placeConditions({ from, where }: LogPlace, naming: Naming): readonly Condition[] {
  const types = from.filter((one) => one !== "*");
  const choosing: (readonly [string, readonly string[]])[] = [
    ...(types.length === 0 ? [] : [["sourcetype", types] as const]),
    ...Object.entries(where),
  ];
  return choosing.map(([name, values]) => written(chosen(naming(name), values)));
}

export function chosen(name: string, values: readonly string[]): string {
  const texts = values.map((one) => plainNumber(one) ?? splString(one));
  const field = searchField(name);
  return texts.length === 1 ? `${field}=${texts[0]}` : `${field} IN (${texts.join(", ")})`;
}

function written(text: string): Condition {
  return { type: "written", written: { text, binds: "atom" } };
}

/** One branch as a pipeline: the search, then its `where` commands. */
export function pipelineOf({ search, where }: SplBranch, indent: string): string {
  return [layOut(splDialect, search, `${indent}  `), ...where.map((one) => whereOf(one, indent))].join(`\n${indent}`);
}

export function whereOf(condition: Condition, indent: string): string {
  return `| where ${layOut(splDialect, condition, `${indent}    `)}`;
}

/** All branches as one pipeline: one search where none needs `where` for itself alone, otherwise several that run as one. */
export function eventsOf(branches: readonly SplBranch[]): string {
  const [first] = branches;
  if (first !== undefined && branches.length === 1) return pipelineOf(first, "");
  if (branches.every((one) => one.where.length === 0)) {
    return layOut(splDialect, { type: "or", operands: branches.map((one) => one.search) }, "  ");
  }
  return multisearch(branches.map((one) => pipelineOf(one, "      ")));
}

export function multisearch(searches: readonly string[]): string {
  return ["| multisearch", ...searches.map((one) => `    [ search ${one} ]`)].join("\n");
}
