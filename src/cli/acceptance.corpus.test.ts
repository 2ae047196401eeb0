import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PredicateAnswer, TechniqueAnswer } from "../catalog/queries/answers.ts";
import type { BuildReport } from "../catalog/report.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../corpora/testing.ts";
import type { DetectionPackage } from "../packages/detection-package.ts";
import type { PackageOverview } from "../packages/overview.ts";
import { type Captured, capture } from "./testing.ts";

/** What a user of the command line gets from the real corpora: the build's table, and one technique in full. */
describe.skipIf(!corporaPresent)(corpusTitle("the public corpora on the command line"), () => {
  let folder = "";
  let catalog = "";
  let built: Captured;
  let report: BuildReport;
  let technique: TechniqueAnswer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "detectionary corpora "));
    catalog = join(folder, "catalog.sqlite");
    built = await capture(["build", "--corpora", dirname(corpusFolder("sigma")), "--out", catalog, "--json"]);
    report = JSON.parse(built.output);
    technique = JSON.parse((await capture(["show", "technique", "T1133", "--catalog", catalog, "--json"])).output);
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const counts = (id: string) => {
    const { files, rules, active, parsed, queryless, unread } = corpus(id);
    return { files, rules, active, parsed, queryless, unread };
  };
  const corpus = (id: string) => {
    const found = report.corpora.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no corpus ${id}`);
    return found;
  };
  const language = (id: string) => {
    const found = report.corpora
      .flatMap((one) => (one.id === "detectionary" ? [] : one.languages))
      .find((one) => one.language === id);
    if (found === undefined) throw new Error(`no language ${id}`);
    return found;
  };

  test("the build ends with 0 and says nothing else", () => {
    expect({ code: built.code, messages: built.messages }).toEqual({ code: 0, messages: "" });
  });

  /** Share of the rules of some kinds that a platform can be asked, of those whose log it holds. */
  const said = (platform: string, kinds: readonly string[]): number => {
    const own = report.translations.filter((one) => one.platform === platform && kinds.includes(one.kind));
    const good = own.reduce((sum, one) => sum + one.exact + one.approximated, 0);
    return good / (good + own.reduce((sum, one) => sum + one.notExpressible, 0));
  };

  test.each(
    [
      ["microsoft", "splunk", "elastic-eql", "elastic-esql", "google-secops", "logscale", "qradar", "sumo", "sigma"],
      ["clickhouse", "clickhouse-old", "postgresql", "duckdb"],
    ].flat(),
  )("98 of 100 plain filters can be said on %s", (platform) => {
    expect(said(platform, ["filter"])).toBeGreaterThanOrEqual(0.98);
  });

  test.each(["microsoft", "splunk", "elastic-esql", "google-secops"])(
    "8 of 10 sequences, counts and searches for new values can be said on %s",
    (platform) => {
      expect(said(platform, ["sequence", "count", "new_terms"])).toBeGreaterThanOrEqual(0.8);
    },
  );

  test("500 techniques have a package, and 400 on each of three platforms", async () => {
    const { packages } = report as BuildReport & { readonly packages: Omit<PackageOverview, "techniques"> };
    expect(packages.packages).toBeGreaterThanOrEqual(500);
    for (const id of ["elastic", "splunk", "sentinel"])
      expect(packages.platforms.find((one) => one.id === id)?.packages).toBeGreaterThanOrEqual(400);
    const shown = await capture([
      "show",
      "package",
      "T1003.001",
      "--platform",
      "splunk",
      "--catalog",
      catalog,
      "--json",
    ]);
    const one = JSON.parse(shown.output) as DetectionPackage;
    expect(one.candidates).toBeGreaterThan(100);
    expect(one.detections.some((each) => each.native && each.firesOn.length > 0)).toBe(true);
    expect(one.knobs.some((each) => each.rules > 1 && each.paste !== null)).toBe(true);
    for (const part of [one.needs, one.falsePositives, one.tests, one.investigation, one.response, one.references])
      expect(part.length).toBeGreaterThan(0);
  });

  test("every rule is counted once", () => {
    expect(counts("sigma")).toEqual({ files: 4039, rules: 4041, active: 3780, parsed: 4037, queryless: 0, unread: 0 });
    expect(counts("elastic")).toEqual({
      files: 2332,
      rules: 2332,
      active: 2208,
      parsed: 2200,
      queryless: 106,
      unread: 26,
    });
    expect(counts("splunk")).toEqual({ files: 2445, rules: 1711, active: 1613, parsed: 1710, queryless: 0, unread: 0 });
    expect(counts("chronicle")).toEqual({ files: 348, rules: 348, active: 348, parsed: 348, queryless: 0, unread: 0 });
    expect(counts("kql")).toEqual({ files: 447, rules: 447, active: 446, parsed: 442, queryless: 0, unread: 0 });
  });

  test("what fails is what is broken upstream", () => {
    expect(report.corpora.flatMap((one) => one.failed.map(({ path, code }) => `${one.id} ${code} ${path}`))).toEqual([
      "sigma sigma/condition-syntax unsupported/network/net_dns_high_subdomain_rate.yml",
      "sigma sigma/condition-syntax unsupported/windows/sysmon_always_install_elevated_parent_child_correlated.yml",
      "sigma sigma/condition-syntax unsupported/windows/win_dumping_ntdsdit_via_dcsync.yml",
      "sigma sigma/condition-syntax unsupported/windows/win_dumping_ntdsdit_via_netsync.yml",
      "splunk spl/list-separator detections/endpoint/linux_curl_upload_file.yml",
      "kql kusto/missing-semicolon Defender For Endpoint/LocalAccountCreated.md",
      "kql kusto/missing-semicolon Defender For Endpoint/RareISOFile.md",
      "kql kusto/unexpected Defender For Endpoint/ttp_t1219_netsupportrat_fin7.md",
      "kql kusto/unexpected KQL Regex/RegexExamples.md",
      "kql kusto/expected Threat Hunting/Ransomware - LeaksiteMontitoring.md",
    ]);
  });

  test.each([
    ["eql", 1094],
    ["kuery", 801],
    ["esql", 377],
    ["lucene", 1],
    ["yara-l", 348],
  ])("every query in %s is parsed", (id, queries) => {
    expect(language(id)).toMatchObject({ queries, parsed: queries, failed: 0, unread: 0 });
  });

  test.each([["sigma"], ["eql"], ["kuery"], ["query-dsl"], ["esql"], ["lucene"], ["spl"], ["kusto"], ["yara-l"]])(
    "less than 1 %% of the parts in %s is not understood",
    (id) => {
      const { nodes, opaque } = language(id);
      expect(opaque / nodes).toBeLessThan(0.01);
    },
  );

  test("the memory of the build stays below 1500 MB, translation and proof beside it included", () => {
    expect(report.peakMemoryMb).toBeLessThan(1500);
  });

  test("T1133 has the eleven Sigma rules of rules/windows, with 154 triples in 7 fields", () => {
    const rules = technique.rules.filter((one) => one.corpus === "sigma" && one.path.startsWith("rules/windows/"));
    expect(rules).toHaveLength(11);
    const found = rules.flatMap((one) => one.predicates).flatMap((one) => triples(one, one.operator));
    expect(new Set(found).size).toBe(154);
    expect([...new Set(rules.flatMap((one) => one.predicates.map((each) => each.field)))].sort()).toEqual([
      "CommandLine",
      "Image",
      "IpAddress",
      "LogonType",
      "ParentImage",
      "TargetFilename",
      "TargetObject",
    ]);
  });

  /**
   * The seven Splunk rules that name a Windows event. The measured count tells a list (`IN`) from a single value, reads
   * the latter without its quotes, and puts Splunk's `file_path` with Sigma's `TargetFilename`.
   */
  test("with the Splunk rules on Windows events they add up to 193 triples in 12 fields", () => {
    const windows = [
      "detect_exchange_web_shell",
      "java_writing_jsp_file",
      "ms_exchange_mailbox_replication_service_writing_active_server_pages",
      "outbound_network_connection_from_java_using_default_ports",
      "windows_java_spawning_shells",
      "windows_moveit_transfer_writing_aspx",
      "windows_papercut_ng_spawn_shell",
    ];
    const rules = technique.rules.filter((one) =>
      one.corpus === "splunk"
        ? windows.includes(one.slug)
        : one.corpus === "sigma" && one.path.startsWith("rules/windows/"),
    );
    expect(rules).toHaveLength(18);
    const predicates = rules.flatMap((one) => one.predicates.map((each) => ({ corpus: one.corpus, predicate: each })));
    const found = predicates.flatMap(({ corpus: from, predicate }) => {
      if (from !== "splunk") return triples(predicate, predicate.operator);
      if (predicate.values.length > 1) return triples(predicate, `${predicate.operator} in`);
      const unquoted = predicate.values.map((value) => value.replace(/^"(.*)"$/, "$1"));
      return triples({ ...predicate, values: unquoted }, predicate.operator);
    });
    expect(new Set(found).size).toBe(193);
    const fields = predicates.map(({ predicate }) =>
      predicate.field === "file_path" ? "TargetFilename" : predicate.field,
    );
    expect(new Set(fields).size).toBe(12);
  });
});

function triples(predicate: PredicateAnswer, operator: string): readonly string[] {
  return predicate.values.map((value) => JSON.stringify([predicate.field, operator, value]));
}
