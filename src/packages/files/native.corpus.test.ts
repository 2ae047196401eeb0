import { describe, expect, test } from "vitest";
import { readYaraLFile } from "../../corpora/chronicle/reader.ts";
import type { CorpusReader } from "../../corpora/corpus.ts";
import { readRuleOrHunt } from "../../corpora/elastic/reader.ts";
import { ruleReaders } from "../../corpora/registry.ts";
import { readSentinelFile } from "../../corpora/sentinel/reader.ts";
import { readSigmaFile } from "../../corpora/sigma/reader.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { print } from "../../languages/yara-l/index.ts";
import { platforms } from "../../platforms/registry.ts";
import { systems } from "../../platforms/systems.ts";
import type { PackageDetection } from "../detection-package.ts";
import { besideQuery } from "../native-settings.ts";
import { readConf } from "./conf-reader.testing.ts";
import { type PackageFile, packageFiles } from "./index.ts";
import { madeDetection, madePackage } from "./testing.ts";

const date = "2026-03-01";

/** Every rule of a collection that a system runs as it is, as a detection. */
function detectionsOf(corpus: string, system: string): readonly PackageDetection[] {
  const reader: CorpusReader | undefined = ruleReaders.find(({ id }) => id === corpus);
  const languages = systems.find(({ id }) => id === system)?.native ?? [];
  const found = new Map<string, PackageDetection>();
  for (const item of reader?.read(corpusFolder(corpus)).items ?? []) {
    if (item.type !== "rule") continue;
    const { rule } = item;
    const main = rule.queries.find((one) => one.role === "main" && languages.includes(one.language));
    const id = `${corpus}:${rule.id}`;
    if (main === undefined || found.has(id)) continue;
    const queries = rule.queries.map((one) => ({ ...one, title: one.title ?? null }));
    const { title, description, severity } = rule;
    const report = besideQuery(rule as never, queries as never);
    const query = (main.language === "sigma" ? rule.raw : main.text).trim();
    const made = { id, title, description, severity, report, query };
    found.set(id, madeDetection({ ...made, native: true, language: main.language }));
  }
  return [...found.values()];
}

/** The files of all of them, a package of a hundred at a time: names of files are unique within a package. */
function* packagesOf(
  corpus: string,
  system: string,
): Generator<{ readonly all: readonly PackageDetection[]; readonly files: readonly PackageFile[] }> {
  const detections = detectionsOf(corpus, system);
  const [platform] = platforms;
  if (platform === undefined) throw new Error("There is no platform.");
  for (let at = 0; at < detections.length; at += 100) {
    const all = detections.slice(at, at + 100);
    const one = madePackage({ ...platform, id: system }, { detections: all });
    yield { all, files: packageFiles(one, { date }) };
  }
}

const under = (files: readonly PackageFile[], folder: string): readonly PackageFile[] =>
  files.filter(({ path }) => path.startsWith(`${folder}/`));

describe.skipIf(!corporaPresent)(corpusTitle("rules as files of the system that they were written for"), () => {
  test("Elastic: what is a rule comes back with its query; what is more than that stays a query", () => {
    let [rules, queries] = [0, 0];
    for (const { all, files } of packagesOf("elastic", "elastic")) {
      const known = new Set(all.map(({ query }) => query));
      for (const { path, text } of under(files, "rules")) {
        const item = readRuleOrHunt(path, text);
        if (item.type !== "rule") throw new Error(`${path}: ${JSON.stringify(item)}`);
        expect(known.has(item.rule.queries[0]?.text ?? ""), path).toBe(true);
        expect(item.rule.diagnostics).toEqual([]);
        rules++;
      }
      queries += under(files, "queries").length;
    }
    expect(rules).toBeGreaterThan(1900);
    expect(queries).toBeGreaterThan(5);
  });

  test("Sentinel: every query of the collection for it comes back", () => {
    let rules = 0;
    for (const { all, files } of packagesOf("kql", "sentinel")) {
      for (const [at, { path, text }] of under(files, "analytic-rules").entries()) {
        const item = readSentinelFile(path, text);
        if (item.type !== "rule") throw new Error(`${path}: ${JSON.stringify(item)}`);
        expect(item.rule.queries[0]?.text).toBe(all[at]?.query.replaceAll("\r\n", "\n"));
        expect(item.rule.diagnostics).toEqual([]);
        rules++;
      }
    }
    expect(rules).toBeGreaterThan(300);
  });

  test("Splunk: every search comes back, word by word", () => {
    let searches = 0;
    const words = (text = ""): string => text.replace(/\s+/gu, " ").trim();
    for (const { all, files } of packagesOf("splunk", "splunk")) {
      const conf = files.find(({ path }) => path === "savedsearches.conf")?.text ?? "";
      const stanzas = [...readConf(conf).values()];
      expect(stanzas.map((one) => words(one.get("search")))).toEqual(all.map(({ query }) => words(query)));
      searches += stanzas.length;
    }
    expect(searches).toBeGreaterThan(1500);
  });

  test("SecOps: every rule is the same but for its meta", () => {
    let rules = 0;
    for (const { all, files } of packagesOf("chronicle", "google-secops")) {
      const texts = under(files, "rules");
      expect(texts).toHaveLength(all.length);
      for (const [at, { path, text }] of texts.entries()) {
        const made = withoutMeta(path, text);
        const name = /^rule \w+/u.exec(made)?.[0] ?? "";
        expect(made).toBe(withoutMeta(path, all[at]?.query ?? "").replace(/^rule \w+/u, () => name));
        rules++;
      }
    }
    expect(rules).toBeGreaterThan(300);
  });

  test("Sigma: every rule is the file that it was, and is read as the same rules", () => {
    let rules = 0;
    for (const { all, files } of packagesOf("sigma", "sigma")) {
      for (const [at, { path, text }] of under(files, "rules").entries()) {
        const query = all[at]?.query ?? "";
        const ids = (one: string): readonly string[] =>
          readSigmaFile(path, one).map((item) => (item.type === "rule" ? item.rule.id : item.type));
        expect(text.trim().replaceAll("\r\n", "\n")).toBe(query.replaceAll("\r\n", "\n"));
        expect(ids(text)).toEqual(ids(query));
        rules++;
      }
    }
    expect(rules).toBeGreaterThan(3000);
  }, 180_000);
});

/** A rule as our printer writes it, without its meta. */
function withoutMeta(path: string, text: string): string {
  const [item] = readYaraLFile(path, text);
  if (item?.type !== "rule") throw new Error(`${path}: ${JSON.stringify(item)}`);
  const parsed = item.rule.queries[0]?.parsed as { readonly ast: Parameters<typeof print>[0] };
  const { ast } = parsed;
  return print({ ...ast, rules: ast.rules.map((rule) => ({ ...rule, meta: [] })) });
}
