import { micromark } from "micromark";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { readAtomicsFile } from "../../corpora/atomics/reader.ts";
import { readYaraLFile } from "../../corpora/chronicle/reader.ts";
import { hostileText, randomOf } from "../../corpora/content/platforms/hostile.testing.ts";
import { readToml } from "../../corpora/elastic/toml.ts";
import { recordOf } from "../../corpora/untyped.ts";
import { platforms } from "../../platforms/registry.ts";
import type { DetectionPackage } from "../detection-package.ts";
import { readConf } from "./conf-reader.testing.ts";
import { type PackageFile, packageFiles } from "./index.ts";
import { madeDetection, madePackage } from "./testing.ts";

const date = "2026-03-01";

/** What could end a value, a line, a block or a file in one of the formats. */
const breakers = [
  "a\\",
  "a\\\n",
  "a\\\\",
  "[other]\nsearch = *",
  "]\n[x",
  "# a",
  "'''\nrisk_score = 0",
  '"""\nrisk_score = 0',
  "''",
  "'",
  "\u2028{}",
  "\r\n---\r\n",
  "...\n---\nid: 1",
  "yes",
  "1e3",
  "0x10",
  "null",
  "~",
  "2026-03-01",
  "- a",
  "a: b",
  "a #b",
  "&a *b !c",
  "%YAML 1.2",
  "{{a}}",
  "[concat('a')]",
  "[a",
  "</script><script>alert(1)</script>",
  "<!-- a",
  "<img src=x onerror=alert(1)>",
  "```\nopen",
  "~~~~\nopen",
  "a\n===",
  "a\n---",
  "![a](http://192.0.2.1/a.png)",
  "[a](javascript:alert(1))",
  "| a | b |\n| --- | --- |",
  "../../etc/passwd",
  "CON",
  "$result.x$ $$",
  "}\nrule b { condition: $e }",
  "*/ /*",
  "",
];

/** The same package with every text in it replaced but ids that its parts refer to each other by. */
function spoiled(one: DetectionPackage, text: () => string): DetectionPackage {
  const kept = new Set(["language", "verdict", "kind", "level", "shell", "corpus", "certainty", "severity", "origin"]);
  const spoil = (value: unknown, key: string, path: string): unknown => {
    if (typeof value === "string")
      return kept.has(key) || /technique|platform|tests\.\d+\.id$|detections\.\d+\.query$/u.test(path) ? value : text();
    if (Array.isArray(value)) return value.map((each, at) => spoil(each, key, `${path}.${at}`));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, spoil(each, name, `${path}.${name}`)]),
    );
  };
  return spoil(one, "", "") as DetectionPackage;
}

const secopsRule = `// a comment
rule one {
  meta:
    author = "x"

  events:
    $e.metadata.event_type = "PROCESS_LAUNCH"

  condition:
    $e
}`;

/** Ten packages of a platform, each with three detections of hostile texts. */
function hostilePackages(id: string): readonly DetectionPackage[] {
  const platform = platforms.find((one) => one.id === id);
  if (platform === undefined) throw new Error(`There is no platform ${id}.`);
  const random = randomOf(7);
  const text = (): string => {
    const pick = breakers[Math.floor(random() * breakers.length)] ?? "";
    return random() < 0.6 ? pick : random() < 0.5 ? `${hostileText(random)}${pick}` : hostileText(random);
  };
  const language = platform.language ?? platform.id;
  return Array.from({ length: 10 }, () => {
    const queries = [text(), `${text()}\n${text()}`, `x\n${text()}\n\n`];
    const detections = queries.map((hostile, at) => {
      const query = language === "yara-l" ? secopsRule : hostile;
      return madeDetection({ id: `a:${at}`, language, query });
    });
    const made = spoiled(madePackage(platform, { detections }), text);
    // Titles may be the same; ids are not.
    return { ...made, detections: made.detections.map((one, at) => ({ ...one, id: `a:${at}` })) };
  });
}

function only(files: readonly PackageFile[], path: string): string {
  return files.find((one) => one.path === path)?.text ?? "";
}

describe.each([...platforms])("$id", ({ id }) => {
  const all = hostilePackages(id).map((one) => ({ one, files: packageFiles(one, { date }) }));

  test("has files with safe names, below its folder, each once", () => {
    for (const { files } of all) {
      for (const { path, text } of files) {
        expect(path).toMatch(/^(?:[a-z-]+\/)?[A-Za-z0-9][A-Za-z0-9-]{0,90}\.[a-z]+$/u);
        expect(path).not.toMatch(/(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)\./iu);
        expect(text.isWellFormed()).toBe(true);
        expect(text.endsWith("\n")).toBe(true);
      }
      const names = files.map(({ path }) => path.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test("has documents in which texts are texts", () => {
    for (const { files } of all) {
      for (const { path, text } of files.filter((one) => one.path.endsWith(".md"))) {
        const html = micromark(text, { allowDangerousHtml: true });
        const tags = new Set([...html.matchAll(/<\/?([a-z!][a-z0-9-]*)/giu)].map(([, tag = ""]) => tag));
        expect([...tags].filter((tag) => !allowedTags.has(tag))).toEqual([]);
        expect(html.match(/<h1>/gu)?.length, path).toBe(1);
        expect(html).not.toMatch(/(?:href|src)="(?!https?:)[^"]/u);
      }
      const rows = only(files, "SOURCES.md")
        .split("\n")
        .filter((line) => line.startsWith("|"));
      for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/gu)?.length).toBe(7);
    }
  });

  test("has tests that a runner reads as they are", () => {
    for (const { one, files } of all) {
      const items = readAtomicsFile("atomic-tests.yaml", only(files, "atomic-tests.yaml"));
      const [item] = items;
      if (item?.type !== "test") throw new Error(`No test but ${JSON.stringify(items)}`);
      expect(items).toHaveLength(1);
      expect(item.test.executor.command).toBe(sameLines(one.tests[0]?.command));
    }
  });
});

/** What Markdown makes by itself. */
const allowedTags: ReadonlySet<string> = new Set([
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "p",
  "a",
  "em",
  "strong",
  "code",
  "pre",
  "ul",
  "ol",
  "li",
  "hr",
  "br",
  "blockquote",
]);

/** Halves of characters are lost in any file, and Windows' ends of lines may become others. */
function sameLines(query = ""): string {
  const text = query.toWellFormed();
  return /(?<!\r)\n|\r(?!\n)/u.test(text) ? text : text.replaceAll("\r\n", "\n");
}

test.each(["elastic-eql", "elastic-esql", "elastic-lucene"])("%s: no text adds to a rule or takes from it", (id) => {
  for (const one of hostilePackages(id)) {
    const files = packageFiles(one, { date });
    const rules = files.filter(({ path }) => path.endsWith(".toml"));
    expect(rules).toHaveLength(3);
    for (const [at, { text }] of rules.entries()) {
      const reading = readToml(text);
      if (reading.type === "fault") throw new Error(`${reading.message}\n${text}`);
      const rule = recordOf(reading.table.rule);
      expect(Object.keys(reading.table)).toEqual(["metadata", "rule"]);
      expect(rule.query).toBe(sameLines(one.detections[at]?.query));
      expect(rule.risk_score).toBe(73);
    }
    const lines = only(files, "rules.ndjson").split(/\r\n|[\n\r\u2028\u2029]/u);
    expect(lines.map((line) => (line === "" ? null : JSON.parse(line))).length).toBe(5);
  }
});

test("microsoft: no text adds to a rule or takes from it", () => {
  const keys = new Set<string>();
  for (const one of hostilePackages("microsoft")) {
    const files = packageFiles(one, { date });
    const rules = files.filter(({ path }) => path.startsWith("analytic-rules/")).map(({ text }) => parseYaml(text));
    expect(rules.map(({ query }) => query)).toEqual(one.detections.map(({ query }) => sameLines(query)));
    for (const rule of rules) for (const key of Object.keys(rule)) keys.add(key);
    const { resources } = JSON.parse(only(files, "azuredeploy.json"));
    for (const { properties } of resources) {
      for (const text of [properties.displayName, properties.description, properties.query]) {
        expect(/^\[(?!\[).*\]$/su.test(text)).toBe(false);
      }
    }
  }
  keys.delete("entityMappings");
  expect(keys.size).toBe(15);
});

test.each(["splunk", "splunk-tstats"])("%s: no text adds to a stanza or takes from it", (id) => {
  const shapes = new Set<string>();
  for (const one of hostilePackages(id)) {
    const stanzas = [...readConf(only(packageFiles(one, { date }), "savedsearches.conf"))];
    expect(stanzas).toHaveLength(3);
    for (const [at, [name, settings]] of stanzas.entries()) {
      expect(name).toMatch(/^Threat - [^[\]\n]+ - Rule$/u);
      expect(name.length).toBeLessThanOrEqual(100);
      shapes.add([...settings.keys()].join(" "));
      const words = (text = ""): string =>
        text
          .toWellFormed()
          .replace(/``` end ```$/u, "")
          .replace(/\s+/gu, "");
      expect(words(settings.get("search"))).toBe(words(one.detections[at]?.query));
      expect(settings.get("action.notable.param.rule_title")?.replaceAll("$$", "")).not.toContain("$");
    }
  }
  expect(shapes.size).toBe(1);
});

test("google-secops: no text leaves its entry", () => {
  for (const one of hostilePackages("google-secops")) {
    const rules = packageFiles(one, { date }).filter(({ path }) => path.endsWith(".yaral"));
    expect(rules).toHaveLength(3);
    const names = rules.map(({ path, text }) => {
      const items = readYaraLFile(path, text);
      const [item] = items;
      if (item?.type !== "rule" || items.length > 1) throw new Error(`Not one rule: ${text}`);
      const parsed = item.rule.queries[0]?.parsed as { readonly diagnostics: readonly unknown[] };
      expect(parsed.diagnostics).toEqual([]);
      expect(item.rule.authors).toEqual(["x"]);
      return /^rule (\w+)/mu.exec(text)?.[1];
    });
    expect(names).toEqual(["one", "one_2", "one_3"]);
  }
});

test("logscale: no text leaves its value", () => {
  for (const one of hostilePackages("logscale")) {
    const files = packageFiles(one, { date }).filter(({ path }) => path.startsWith("queries/"));
    const values = files.map(({ text }) => parseYaml(text));
    expect(values.map(({ queryString }) => queryString)).toEqual(one.detections.map(({ query }) => sameLines(query)));
    for (const value of values) {
      expect(Object.keys(value)).toEqual(["name", "$schema", "description", "timeInterval", "queryString"]);
      expect([typeof value.name, typeof value.description]).toEqual(["string", "string"]);
    }
  }
});

test("sumo: no text leaves its value", () => {
  for (const one of hostilePackages("sumo")) {
    const { children } = JSON.parse(only(packageFiles(one, { date }), "content.json"));
    expect(children.map((child: { search: { queryText: string } }) => child.search.queryText)).toEqual(
      one.detections.map(({ query }) => sameLines(query)),
    );
    expect(new Set(children.map(({ name }: { name: string }) => name)).size).toBe(3);
  }
});
