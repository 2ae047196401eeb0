import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { platforms } from "../../../platforms/registry.ts";
import { openTranslator } from "../../../platforms/translate.ts";
import type { Translation } from "../../../platforms/translation.ts";
import { translationKnowledge } from "./index.ts";
import { goldenFolder, lookupIn, ownRules } from "./own-rules.testing.ts";

/** `GOLDENS=write` writes what is new, for somebody to read it against the vendor's documentation before it is kept. */
const writes = process.env.GOLDENS === "write";

/** The query with the report below it, since a golden without the reasons would not show when one goes missing. */
function goldenOf({ query, verdict, report }: Translation): string {
  const parts = report.map((one) => `${one.verdict} ${one.code ?? "-"} | ${one.part} | ${one.why}`.trimEnd());
  return `${query ?? "(no query)"}\n\n--- ${verdict}\n${parts.join("\n")}\n`;
}

describe.each([...platforms])("$id", (platform) => {
  const rules = ownRules();
  const translator = openTranslator(translationKnowledge(), { related: lookupIn(rules.values()) });
  const folder = goldenFolder(platform.id);

  test.each([...rules.keys()])("%s", (name) => {
    const rule = rules.get(name);
    if (rule === undefined) throw new Error(`There is no rule ${name}.`);
    const golden = goldenOf(translator.translate(rule, platform));
    const file = join(folder, `${name}.txt`);
    if (writes) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, golden);
    }
    expect(golden).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
  });

  test("has no golden of a rule that is gone", () => {
    const stray = readdirSync(folder).filter((name) => !rules.has(name.replace(/\.txt$/u, "")));
    expect(stray).toEqual([]);
  });
});
