import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { analyseRule } from "../../../languages/analyse.ts";
import type { Environment } from "../../../languages/language.ts";
import { languages } from "../../../languages/registry.ts";
import { bareDocument } from "../../../rule/bare-document.ts";
import type { RuleDocument } from "../../../rule/document.ts";
import { type IndicatorMeaning, indicatorOf } from "../../../vocabulary/indicator.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { platformOf } from "../../../vocabulary/platform.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { vocabulary } from "./index.ts";
import { values } from "./value-files.ts";

/** Where the predicate stands in the frame of its source. */
const hole = "{}";

const text = z.string().trim().min(1);

const source = z.strictObject({
  /** Whose rules are written so. */
  vendor: z.enum(["Sigma", "Elastic", "Splunk", "Microsoft", "Google"]),
  language: z.string().refine((id) => languages.has(id), "Expected the id of a language that is parsed."),
  /** A rule of this log source, with `{}` where the predicate stands. */
  frame: text.refine((one) => one.split(hole).length === 2, `Expected ${hole} once.`),
  /** What the metadata of such a rule says of its events: kind of log source → names. */
  from: z.record(text, z.array(text).min(1)).default({}),
});

/** A source and one predicate as its rules write it. */
const triple = z.tuple([text, text]);

const schema = z
  .strictObject({
    /** SPL macros that the frames call. */
    macros: z.record(text, text),
    sources: z.record(text, source),
    same: z.array(z.strictObject({ means: text, triples: z.array(triple).min(2) })),
    apart: z.array(z.strictObject({ why: text, triples: z.array(triple).min(2) })),
  })
  .superRefine((file, context) => {
    const used = new Set([...file.same, ...file.apart].flatMap(({ triples }) => triples.map(([from]) => from)));
    for (const one of Object.keys(file.sources)) {
      if (!used.has(one)) context.addIssue({ code: "custom", path: ["sources", one], message: "No triple uses it." });
    }
    for (const list of ["same", "apart"] as const) {
      for (const [at, { triples }] of file[list].entries()) {
        const seen = new Set<string>();
        for (const [index, [from, predicate]] of triples.entries()) {
          const refuse = (message: string) =>
            context.addIssue({ code: "custom", path: [list, at, "triples", index], message });
          if (!Object.hasOwn(file.sources, from)) refuse(`No source is called ${from}.`);
          if (seen.has(`${from} ${predicate}`)) refuse("This triple stands here twice.");
          seen.add(`${from} ${predicate}`);
        }
      }
    }
  });

const name = "fixtures/vocabulary/meaning.yaml";
const file = readCheckedYaml(name, readFileSync(join(import.meta.dirname, "../../../..", name), "utf8"), schema);
const environment: Environment = {
  macros: new Map(Object.entries(file.macros).map(([key, definition]) => [key, { definition, arguments: [] }])),
};
const knowledge = { vocabulary: vocabulary(), values: values() };

type Triple = z.output<typeof triple>;

/** What the one predicate in the hole means, after the same steps that every rule of a catalog goes through. */
function meaningOf([from, predicate]: Triple): IndicatorMeaning {
  const { language, frame, from: logSources } = file.sources[from] as z.output<typeof source>;
  const start = frame.indexOf(hole);
  const query = frame.replace(hole, () => predicate);
  const document = ruleOf(language, query, logSources);
  const rule = nameRule(knowledge.vocabulary, analyseRule(document, environment));
  if (rule.outcome !== "parsed") throw new Error(`${from}: not understood: ${query}`);
  const uses = rule.predicates.uses.filter(
    ({ predicate: { span } }) => span.start >= start && span.end <= start + predicate.length,
  );
  const [use] = uses;
  const [value] = use?.predicate.values ?? [];
  if (use === undefined || uses.length !== 1 || value === undefined || use.predicate.values.length !== 1) {
    throw new Error(`${from}: not one predicate with one value: ${predicate}`);
  }
  if (use.negated || use.derived) throw new Error(`${from}: looks for nothing: ${predicate}`);
  return indicatorOf(knowledge, platformOf(knowledge.values, document, rule.logic), use.predicate, value);
}

function ruleOf(language: string, query: string, from: Readonly<Record<string, readonly string[]>>): RuleDocument {
  return bareDocument({
    corpus: "fixture",
    id: "1",
    path: "rule",
    title: "",
    logSources: Object.entries(from).flatMap(([kind, names]) => names.map((one) => ({ kind, name: one }))),
    raw: query,
    queries: [{ role: "main", language, text: query, offset: 0, line: 1 }],
  });
}

const shown = ({ field, operator, value }: IndicatorMeaning): string => `${field} ${operator} ${value}`;

describe("triples of different vendors that mean the same are one indicator", () => {
  test.each(file.same.map(({ means, triples }) => [means, triples] as const))("%s", (means, triples) => {
    const found = triples.map((one) => `${one[0]}: ${shown(meaningOf(one))}`);
    expect(found).toEqual(triples.map(([from]) => `${from}: ${means}`));
  });

  test("no two groups mean the same", () => {
    expect(file.same.length).toBe(new Set(file.same.map((one) => one.means)).size);
  });

  test("they are at least 200, and every group is of two vendors or more", () => {
    const vendors = file.same.map(({ triples }) => new Set(triples.map(([from]) => file.sources[from]?.vendor)));
    expect(file.same.flatMap((one) => one.triples).length).toBeGreaterThanOrEqual(200);
    expect(file.same.filter((_, at) => (vendors[at]?.size ?? 0) < 2).map((one) => one.means)).toEqual([]);
    expect(new Set(vendors.flatMap((one) => [...one])).size).toBeGreaterThanOrEqual(4);
  });
});

describe("triples that do not mean the same stay apart", () => {
  test.each(file.apart.map(({ why, triples }) => [why, triples] as const))("%s", (_, triples) => {
    const found = triples.map((one) => shown(meaningOf(one)));
    expect(found.filter((one, at) => found.indexOf(one) !== at)).toEqual([]);
  });

  test("they are at least 100", () => {
    expect(file.apart.flatMap((one) => one.triples).length).toBeGreaterThanOrEqual(100);
  });
});
