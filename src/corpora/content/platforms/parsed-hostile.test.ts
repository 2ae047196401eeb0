import { expect, test } from "vitest";
import { lowerQuery } from "../../../languages/analyse.ts";
import { languages } from "../../../languages/index.ts";
import { selects } from "../../../languages/reference-evaluator.ts";
import { eql } from "../../../platforms/eql/index.ts";
import { esql } from "../../../platforms/esql/index.ts";
import { kuery } from "../../../platforms/kuery/index.ts";
import type { LogPlace, LogSource } from "../../../platforms/log-sources/tables.ts";
import { lucene } from "../../../platforms/lucene/index.ts";
import { isRefused, type Platform, type Test } from "../../../platforms/platform.ts";
import { checkParsed } from "../../../platforms/proof/parsed-check.ts";
import { splunk } from "../../../platforms/splunk/index.ts";
import { splunkTstats } from "../../../platforms/splunk-tstats/index.ts";
import type { Operator } from "../../../rule/expression.ts";
import { hostileText, randomOf } from "./hostile.testing.ts";

const operators: readonly Operator[] = ["eq", "contains", "starts_with", "ends_with"];
const placeOf = (platform: Platform): LogPlace => ({
  from: [platform === splunk ? "*" : "Endpoint.Processes"],
  where: {},
  context: {},
  has: [],
  unlisted: {},
  lacks: [],
  source: "",
});
const logSource: LogSource = { id: "any", title: "Any", facts: {}, signs: [] };
const head = { id: "", corpus: "", title: "", description: "", techniques: [], authors: [], licence: "" } as const;

/** The query that asks one thing of one field; null where the platform says that it cannot. */
function queryFor(platform: Platform, asked: Pick<Test, "operator" | "values" | "caseSensitive">): string | null {
  const written = platform.dialect.test({
    ...asked,
    field: { name: "field_a", canonical: null, type: "keyword", listed: true },
    others: [],
    quantifier: "any",
    several: "any",
    guarded: false,
    regex: "pcre",
  });
  if (isRefused(written)) return null;
  const branch = {
    logSource,
    place: placeOf(platform),
    condition: { type: "written", written },
    expression: null,
    fields: [{ raw: "field_a", canonical: null, name: "field_a" }],
    context: {},
    show: [],
  } as const;
  const whole = platform.write({
    type: "selection",
    head: { ...head, severity: null, references: [], falsePositives: [], tags: [], path: "" },
    show: [],
    branches: [branch],
  });
  return isRefused(whole) ? null : whole.text;
}

test.each([splunk, splunkTstats, eql, esql, kuery, lucene])("$id lets no value out of its literal", (platform) => {
  const random = randomOf(20_201);
  let written = 0;
  for (let round = 0; round < 1500; round++) {
    const value = hostileText(random).slice(0, 2000);
    const operator = operators[Math.floor(random() * operators.length)] ?? "eq";
    const caseSensitive = random() < 0.5;
    if (value === "") continue;
    const query = queryFor(platform, { operator, values: [value], caseSensitive });
    if (query === null) continue;
    written++;
    const { problems } = checkParsed(platform.language ?? "", query);
    expect(problems, query).toEqual([]);
    const language = languages.get(platform.language ?? "");
    if (language === undefined) throw new Error("no language");
    const logic = lowerQuery(language, language.parse(query).ast);
    expect(selects(logic, { field_a: value }), `${query}\n${JSON.stringify(value)}`).toBe(true);
    expect(selects(logic, { field_a: `${value}~`, other: value }), query).toBe(
      operator === "contains" || operator === "starts_with",
    );
    expect(selects(logic, { other: value }), query).toBe(false);
  }
  expect(written).toBeGreaterThan(1000);
});
