import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildCatalog } from "./build.ts";
import { type Database, openReadOnly } from "./database.ts";
import { corpusDiagnostics } from "./queries/corpora.ts";
import { overview } from "./queries/overview.ts";
import { rule } from "./queries/rule.ts";
import { search } from "./queries/search.ts";
import { technique } from "./queries/technique.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const out = () => join(folder, "out", "catalog.sqlite");

function put(path: string, text: string | Uint8Array): void {
  const file = join(folder, "corpora", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function sigma(id: string, detection: string, tag = "attack.t1133"): string {
  return `title: Rule ${id}
id: 00000000-0000-4000-8000-00000000000${id}
status: test
level: high
tags: [attack.initial-access, ${tag}]
logsource: { category: process_creation, product: windows }
detection:
${detection}
`;
}

const plain = "  selection:\n    Image|endswith: '\\dns.exe'\n  condition: selection";

async function withCatalog<T>(ask: (database: Database) => T): Promise<T> {
  const database = openReadOnly(out());
  try {
    return ask(database);
  } finally {
    database.close();
  }
}

describe("embedded content", () => {
  test("is a catalog worth looking at, without any corpus", async () => {
    const report = await buildCatalog({ out: out() });
    expect(report.corpora.map((one) => one.id)).toEqual(["detectionary"]);
    expect(report.corpora[0]).toMatchObject({ failed: [], opaque: 0, unread: 0 });
    expect(report.corpora[0]?.rules).toBeGreaterThanOrEqual(20);
    expect(report.corpora[0]?.parsed).toBe(report.corpora[0]?.rules);
    const seen = await withCatalog(overview);
    expect(seen).toMatchObject({ embeddedOnly: true, attackVersion: "18.1" });
    expect(seen.counts.techniques).toBeGreaterThanOrEqual(12);
    expect(seen.attackNotice).toContain("The MITRE Corporation");
    expect(await withCatalog((database) => technique(database, "T1133")?.name)).toBe("External Remote Services");
  });

  test("a folder without any corpus is refused, with what is expected in it", async () => {
    mkdirSync(join(folder, "corpora"));
    await expect(buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") })).rejects.toThrow(
      /sigma, elastic, splunk/,
    );
    expect(existsSync(out())).toBe(false);
    expect(readdirSync(dirname(out()))).toEqual([]);
  });
});

describe("what a stranger's checkout may hold", () => {
  test("is counted and shown with path, line and reason, and the build goes on", async () => {
    put("sigma/rules/a.yml", sigma("1", plain));
    put("sigma/rules/b-same-id.yml", sigma("1", plain));
    put("sigma/rules/c-no-id.yml", sigma("2", plain).replace(/^id: .*\n/m, ""));
    put("sigma/rules/d-empty.yml", "");
    put("sigma/rules/e-huge.yml", "a: b\n".repeat(2_200_000));
    put("sigma/rules/f-bomb.yml", bomb());
    put("sigma/rules/g-bytes.yml", new Uint8Array([0x61, 0x3a, 0x0a, 0xff, 0xfe, 0x0a]));
    put("sigma/rules/h-broken.yml", "title: [unclosed\n");
    put("sigma/rules/i-no-rule.yml", "just: data\n");
    put("outside.yml", sigma("9", plain));
    symlinkSync(join(folder, "corpora", "outside.yml"), join(folder, "corpora", "sigma", "rules", "j-link.yml"));
    put("sigma/rules/k-condition.yml", sigma("3", "  selection:\n    Image: a\n  condition: selection and and"));
    put("sigma/rules/z-last.yml", sigma("4", plain));

    const report = await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    const corpus = report.corpora.find((one) => one.id === "sigma");
    expect(corpus).toMatchObject({ files: 12, rules: 5, parsed: 4 });
    const failed = new Map(corpus?.failed.map((one) => [one.path.slice("rules/".length), one]));
    expect([...failed.keys()].sort()).toEqual([
      "d-empty.yml",
      "e-huge.yml",
      "f-bomb.yml",
      "g-bytes.yml",
      "h-broken.yml",
      "i-no-rule.yml",
      "j-link.yml",
      "k-condition.yml",
    ]);
    expect(failed.get("d-empty.yml")?.code).toBe("corpus/empty");
    expect(failed.get("e-huge.yml")?.code).toBe("corpus/too-large");
    expect(failed.get("g-bytes.yml")).toMatchObject({ code: "corpus/invalid-utf8", line: 2 });
    expect(failed.get("j-link.yml")?.code).toBe("corpus/outside");
    expect(failed.get("k-condition.yml")?.line).toBe(10);
    for (const one of failed.values()) expect(one.message, one.path).toMatch(/^[A-Z].*\.$/s);

    const shown = await withCatalog((database) => corpusDiagnostics(database, { corpus: "sigma" }));
    const paths = new Set(shown.items.map((one) => one.path.slice("rules/".length)));
    for (const path of [...failed.keys(), "b-same-id.yml", "c-no-id.yml"]) expect([...paths]).toContain(path);
    const kept = await withCatalog((database) => rule(database, "sigma", "b-same-id"));
    expect(kept?.id).toBe("sigma:00000000-0000-4000-8000-000000000001#2");
  });
});

describe("what could stop the build", () => {
  test("two values that are one in UTF-8", async () => {
    const values = '  selection:\n    Image: ["\\uD800", "\\uD801"]\n  condition: selection';
    put("sigma/rules/a.yml", sigma("1", values));
    const report = await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    expect(report.corpora.find((one) => one.id === "sigma")).toMatchObject({ rules: 1, parsed: 1, predicates: 1 });
    const kept = await withCatalog((database) => rule(database, "sigma", "a")?.indicators.map((one) => one.value));
    expect(kept).toEqual(["\ufffd"]);
  });

  test("names of JavaScript's own where a language or a key is expected", async () => {
    put("elastic/rules/a.toml", '[rule]\nrule_id = "a"\nname = "A"\nlanguage = "constructor"\nquery = "a"\n');
    put(
      "elastic/hunting/x/queries/b.toml",
      '[hunt]\nuuid = "b"\nname = "B"\nlanguage = ["x", "y"]\nquery = ["constructor b", "__proto__"]\n',
    );
    put("sigma/rules/c.yml", `${sigma("1", plain)}__proto__: x\nconstructor: y\n`);
    const report = await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    const languages = report.corpora.find((one) => one.id === "elastic")?.languages;
    expect(languages?.map((one) => [one.language, one.queries])).toEqual([
      ["constructor", 1],
      ["x", 2],
    ]);
    const facts = await withCatalog((database) => rule(database, "sigma", "c")?.document.facts);
    expect(JSON.stringify(facts)).toBe('{"  proto  ":"x","constructor":"y"}');
  });

  test("a rule with very many exclusions is still shown at once", async () => {
    const excluded = Array.from({ length: 20_000 }, (_, index) => `a:${index}`).join(" or ");
    put("elastic/rules/a.toml", `[rule]\nrule_id = "a"\nname = "A"\nlanguage = "kuery"\nquery = "not (${excluded})"\n`);
    await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    const started = performance.now();
    const shown = await withCatalog((database) => rule(database, "elastic", "a"));
    // A look through all exclusions for each of them takes a minute.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(shown?.exclusions).toHaveLength(20_000);
    expect(shown?.exclusions[0]).toMatchObject({ predicates: ["a eq 0"], rules: 1 });
  });

  test("ATT&CK objects that share an id", async () => {
    const pattern = (key: string, name: string, revoked: boolean) => ({
      type: "attack-pattern",
      id: `attack-pattern--${key}`,
      name,
      revoked,
      external_references: [{ source_name: "mitre-attack", external_id: "T1000" }],
    });
    const tactic = (key: string) => ({
      type: "x-mitre-tactic",
      id: `x-mitre-tactic--${key}`,
      name: key,
      x_mitre_shortname: "arrive",
      external_references: [{ source_name: "mitre-attack", external_id: `TA${key}` }],
    });
    const objects = [pattern("1", "Old", true), pattern("2", "New", false), tactic("1"), tactic("2")];
    put("attack/bundle.json", JSON.stringify({ type: "bundle", objects }));
    put("sigma/rules/a.yml", sigma("1", plain));
    const report = await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    expect(report.corpora.find((one) => one.id === "attack")?.failed).toMatchObject([
      { code: "attack/duplicate-id", message: expect.stringContaining("attack-pattern--1") },
      { code: "attack/duplicate-id", message: expect.stringContaining("x-mitre-tactic--2") },
    ]);
    expect(await withCatalog((database) => technique(database, "T1000")?.name)).toBe("New");
  });
});

function bomb(): string {
  const lines = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 12; i++) {
    const name = String.fromCharCode(97 + i);
    const before = String.fromCharCode(96 + i);
    lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
  }
  return `${lines.join("\n")}\n`;
}

describe("one technique page", () => {
  test("counts a rule once a row, keeps exclusions apart and the reach over the whole catalog", async () => {
    const excluding = `  selection:
    Image|endswith: ['\\dns.exe', '\\named.exe']
    EventID: 1
  filter_main_signed:
    CommandLine|contains: 'x'
    User: 'SYSTEM'
  filter_main_other:
    Image: 'C:\\ok.exe'
  condition: selection and not 1 of filter_main_*`;
    put("sigma/rules/a.yml", sigma("1", excluding));
    put("sigma/rules/b.yml", sigma("2", plain));
    put("sigma/rules/c.yml", sigma("3", plain, "attack.t1059"));
    put("sigma/deprecated/d.yml", sigma("4", plain));
    await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    const page = await withCatalog((database) => technique(database, "T1133"));
    const mine = page?.rules.filter((one) => one.corpus === "sigma") ?? [];
    expect(mine.map((one) => [one.slug, one.lifecycle])).toEqual([
      ["a", "active"],
      ["b", "active"],
      ["d", "deprecated"],
    ]);
    expect(mine[0]?.eventIds).toEqual(["1"]);
    expect(
      mine[0]?.predicates.map((one) => [one.field, one.operator, one.values, one.negated, one.exclusionGroup]),
    ).toEqual([
      ["Image", "ends_with", ["\\dns.exe", "\\named.exe"], false, null],
      ["CommandLine", "contains", ["x"], true, 0],
      ["User", "eq", ["SYSTEM"], true, 0],
      ["Image", "eq", ["C:\\ok.exe"], true, 1],
    ]);
    const reach = await withCatalog((database) => rule(database, "sigma", "b")?.indicators);
    expect(reach?.[0]).toMatchObject({
      field: "process.name",
      facet: "process.image",
      operator: "eq",
      value: "dns.exe",
      reach: 3,
      vendors: { sigma: 3 },
    });
    expect(page?.exclusions.map((one) => one.predicates)).toContainEqual([
      "process.command_line contains x",
      "winlog.event_data.User eq SYSTEM",
    ]);
  });

  test("a field that must only be there is no indicator; what several queries leave out is one exclusion", async () => {
    put(
      "kql/a.md",
      [1, 2]
        .map((n) => `## Part ${n}\n\n\`\`\`KQL\nT${n}\n| where isnotnull(F) and A == "x" and not(B == "y")\n\`\`\`\n`)
        .join("\n"),
    );
    await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    const page = await withCatalog((database) => rule(database, "kql", "a"));
    expect(page?.predicates.map((one) => `${one.field} ${one.operator}`)).toContain("F exists");
    expect(page?.indicators.map((one) => `${one.field} ${one.operator} ${one.value}`)).toEqual(["microsoft:A eq x"]);
    expect(page?.exclusions).toMatchObject([{ predicates: ["B eq y"], rules: 1 }]);
    expect(page?.queries.map((one) => one.title)).toEqual(["Part 1", "Part 2"]);
  });

  test("an id that neither ATT&CK nor a rule knows has no page; one that only rules know has", async () => {
    put("sigma/rules/a.yml", sigma("1", plain, "attack.t1999"));
    await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    expect(await withCatalog((database) => technique(database, "T9999"))).toBeNull();
    expect(await withCatalog((database) => technique(database, "T1999")?.counts.rules)).toBe(1);
  });
});

test("what people type finds the rule, and never a syntax error of the database", async () => {
  put(
    "sigma/rules/a.yml",
    sigma(
      "1",
      "  selection:\n    CommandLine|contains: 'C:\\Windows\\Temp\\it''s -EncodedCommand'\n  condition: selection",
    ),
  );
  await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
  for (const query of [
    "C:\\Windows\\Temp",
    "it's",
    "-EncodedCommand",
    "CommandLine|contains",
    "T1133",
    "00000000-0000-4000-8000-000000000001",
  ]) {
    const found = await withCatalog((database) => search(database, { query, corpus: "sigma" }));
    expect(
      found.rules.map((one) => one.slug),
      query,
    ).toEqual(["a"]);
  }
  for (const query of ["", "  ", '"', "NEAR(", "a AND", "*", "\u0000", "col:x", "x".repeat(5000)]) {
    await expect(
      withCatalog((database) => search(database, { query })),
      query,
    ).resolves.toMatchObject({ page: 1 });
  }
});

describe("the old catalog", () => {
  test("of public corpora is not replaced by the embedded rules alone", async () => {
    put("sigma/rules/a.yml", sigma("1", plain));
    await buildCatalog({ out: out(), corporaFolder: join(folder, "corpora") });
    await expect(buildCatalog({ out: out() })).rejects.toThrow(/--corpora/);
    expect(await withCatalog((database) => rule(database, "sigma", "a")?.title)).toBe("Rule 1");
  });

  test("stays whole when a build is stopped, and no file is left behind", async () => {
    await buildCatalog({ out: out() });
    for (let i = 0; i < 200; i++) put(`sigma/rules/r${i}.yml`, sigma("1", plain));
    const controller = new AbortController();
    const stopping = buildCatalog({
      out: out(),
      corporaFolder: join(folder, "corpora"),
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopping).rejects.toMatchObject({ name: "AbortError" });
    expect(readdirSync(dirname(out()))).toEqual(["catalog.sqlite"]);
    expect(await withCatalog((database) => overview(database).embeddedOnly)).toBe(true);
  });

  test("stays whole when the building process is killed, and the next build tidies up", async () => {
    await buildCatalog({ out: out() });
    const child = spawn(process.execPath, ["--input-type=module", "-e", unfinishedBuild()], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resume) => child.stdout.once("data", resume));
    child.kill("SIGKILL");
    await new Promise((resume) => child.once("exit", resume));
    expect(readdirSync(dirname(out())).length).toBe(2);
    expect(await withCatalog((database) => overview(database).counts.rules)).toBeGreaterThan(20);
    await buildCatalog({ out: out() });
    expect(readdirSync(dirname(out()))).toEqual(["catalog.sqlite"]);
  });

  test("is kept by a strict build that reads less than it", async () => {
    put("sigma/rules/a.yml", sigma("1", plain));
    put("sigma/rules/b.yml", sigma("2", plain));
    const options = { out: out(), corporaFolder: join(folder, "corpora"), strict: true };
    expect((await buildCatalog(options)).regressions).toEqual([]);
    put("sigma/rules/b.yml", sigma("2", "  selection:\n    a: b\n  condition: selection or or"));
    expect((await buildCatalog(options)).regressions).toEqual([
      "sigma: 1 rules parsed, 2 before",
      "sigma: 1 failures, 0 before",
      expect.stringMatching(/^sigma: .* % of nodes opaque/),
    ]);
    expect(await withCatalog((database) => rule(database, "sigma", "b")?.outcome)).toBe("parsed");
  });
});

/** A build that stops half way and says so, for being killed. */
function unfinishedBuild(): string {
  const database = JSON.stringify(join(import.meta.dirname, "database.ts"));
  const file = JSON.stringify(out());
  return `const { createForBulk } = await import(${database});
    const database = createForBulk(${file} + ".building-" + process.pid);
    database.execute("CREATE TABLE rule (key INTEGER PRIMARY KEY); BEGIN; INSERT INTO rule VALUES (1)");
    console.log("half way");
    setInterval(() => {}, 1000);`;
}
