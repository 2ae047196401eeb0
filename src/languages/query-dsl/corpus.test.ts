import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { lower, parse } from "./index.ts";

interface Toml {
  readonly rule?: { readonly filters?: readonly unknown[]; readonly threat_filters?: readonly unknown[] };
}

/** Filters of active and of deprecated rules, and those of the indicator side of threat matches. */
function filters(): {
  readonly active: readonly string[];
  readonly deprecated: readonly string[];
  readonly threat: readonly string[];
} {
  const folder = corpusFolder("elastic");
  const files = ["rules", "rules_building_block"].flatMap((under) =>
    readdirSync(join(folder, under), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".toml"))
      .map((name) => ({ name, ...(parseToml(readFileSync(join(folder, under, name), "utf8")) as Toml) })),
  );
  const texts = (found: typeof files): readonly string[] =>
    found.flatMap((one) => one.rule?.filters ?? []).map((one) => JSON.stringify(one));
  return {
    active: texts(files.filter((one) => !one.name.includes("_deprecated"))),
    deprecated: texts(files.filter((one) => one.name.includes("_deprecated"))),
    threat: files.flatMap((one) => one.rule?.threat_filters ?? []).map((one) => JSON.stringify(one)),
  };
}

describe.skipIf(!corporaPresent)(corpusTitle("filters of Elastic's rules"), () => {
  const { active, deprecated, threat } = corporaPresent ? filters() : { active: [], deprecated: [], threat: [] };
  const all = [...active, ...deprecated, ...threat];

  test("all parse without anything to say", () => {
    expect([active.length, deprecated.length, threat.length]).toEqual([42, 11, 27]);
    expect(all.flatMap((text) => parse(text).diagnostics)).toEqual([]);
  });

  test("of active rules are 41 negated wildcards and one negated exists", () => {
    const shapes = active.map((text) => {
      const { ast } = parse(text);
      return `${ast.negate ? "not " : ""}${ast.body.type === "field" ? ast.body.query : ast.body.type}`;
    });
    expect(shapes.filter((one) => one === "not wildcard")).toHaveLength(41);
    expect(shapes.filter((one) => one === "not exists")).toHaveLength(1);
  });

  test("become logic without a hole", () => {
    for (const text of all) expect(predicatesOf(lower(parse(text).ast)).opaque).toEqual([]);
    for (const text of active) {
      const { uses, exclusions } = predicatesOf(lower(parse(text).ast));
      expect([uses.length, exclusions.length]).toEqual([1, 1]);
    }
  });
});
