import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { hasErrors } from "../../kit/diagnostic.ts";
import type { Logic, Stage } from "../../rule/logic.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { lower, parse } from "./index.ts";

/** The texts of fences that say they are KQL. The corpus's reader finds more; these are certain. */
function taggedQueries(): readonly string[] {
  const home = corpusFolder("kql");
  return readdirSync(home, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .flatMap((name) => fences(readFileSync(join(home, name), "utf8")));
}

function fences(page: string): readonly string[] {
  const found: string[] = [];
  let open: string[] | null = null;
  let isQuery = false;
  for (const line of page.split(/\r?\n/)) {
    const tag = /^```\s*(\S*)\s*$/.exec(line)?.[1];
    if (open !== null && tag === "") {
      if (isQuery && open.join("").trim() !== "") found.push(open.join("\n"));
      open = null;
    } else if (open === null && tag !== undefined) {
      open = [];
      isQuery = tag.toLowerCase() === "kql";
    } else open?.push(line);
  }
  return found;
}

function census(logics: readonly Logic[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const visit = (stage: Stage): void => {
    const kind = stage.type === "join" || stage.type === "source" || stage.type === "order" ? ` ${stage.kind}` : "";
    found.set(stage.type + kind, (found.get(stage.type + kind) ?? 0) + 1);
    if (stage.type === "join") stage.logic.stages.forEach(visit);
    if (stage.type === "union") for (const one of stage.branches) one.stages.forEach(visit);
    if (stage.type === "sequence") for (const one of stage.steps) one.logic.stages.forEach(visit);
  };
  for (const one of logics) one.stages.forEach(visit);
  return found;
}

describe.skipIf(!corporaPresent)(corpusTitle("Kusto queries of the corpus"), () => {
  const read = corporaPresent ? taggedQueries().map((text) => parse(text)) : [];
  const logics = read.map(({ ast }) => lower(ast));
  const all = logics.map(predicatesOf);

  test("leaves less than one in a hundred parts opaque", () => {
    const nodes = all.reduce((sum, one) => sum + one.nodes, 0);
    const opaque = read.flatMap(({ diagnostics }, index) => (hasErrors(diagnostics) ? [] : (all[index]?.opaque ?? [])));
    expect(nodes).toBeGreaterThan(1900);
    expect(opaque.length / nodes).toBeLessThan(0.003);
    expect([...new Set(opaque.map((one) => one.reason))].sort()).toEqual(["list from a table inside a condition"]);
  });

  test("follows variables to where they are used", () => {
    const from = (kind: string): number =>
      all.flatMap(({ uses }) => uses).filter(({ predicate }) => predicate.origin?.startsWith(`${kind} `)).length;
    expect({ let: from("let"), extend: from("extend"), argument: from("argument") }).toEqual({
      let: 652,
      extend: 70,
      argument: 1,
    });
  });

  test("finds the stages of each kind", () => {
    expect(Object.fromEntries([...census(logics)].sort())).toEqual({
      aggregate: 338,
      derive: 834,
      filter: 1265,
      "join anti": 20,
      "join inner": 49,
      "join innerunique": 3,
      "join leftouter": 23,
      "join semi": 37,
      lookup: 18,
      opaque: 4,
      "order deduplicate": 57,
      "order limit": 2,
      "order sort": 151,
      project: 243,
      sequence: 1,
      "source external": 45,
      "source rows": 2,
      "source table": 693,
      union: 23,
    });
  });
});
