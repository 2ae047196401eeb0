import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { describeExpression } from "../../rule/describe.ts";
import { lower, parse } from "./index.ts";

interface Toml {
  readonly rule?: { readonly language?: string; readonly query?: string };
}

function queries(): readonly string[] {
  const folder = join(corpusFolder("elastic"), "rules");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".toml"))
    .map((name) => (parseToml(readFileSync(join(folder, name), "utf8")) as Toml).rule)
    .flatMap((rule) => (rule?.language === "lucene" ? [rule.query ?? ""] : []));
}

describe.skipIf(!corporaPresent)(corpusTitle("Lucene rules of Elastic"), () => {
  test("the one rule there is, a deprecated one, is read as Lucene reads it: its lower-case or is a word", () => {
    const found = queries().map((text) => parse(text));
    expect(found.map((one) => one.diagnostics.map(({ code, severity }) => `${severity} ${code}`))).toEqual([
      ["warning lucene/lower-case-operator"],
    ]);
    const [stage] = found.flatMap(({ ast }) => lower(ast).stages);
    const parts = stage?.type === "filter" && stage.expression.type === "and" ? stage.expression.operands : [];
    expect(parts.map(describeExpression)).toEqual([
      "event.category eq process",
      "event.type eq start or process_started",
      "process.name eq chmod",
      "process.args eq g+s or process.args regex_match ^(?:2[0-9]{3})$",
      "not user.name eq root",
    ]);
  });
});
