import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RuleDocument } from "../../rule/document.ts";
import { readSentinelFile, sentinelReader } from "./index.ts";

function rule(text: string, path = "Detections/a.yaml"): RuleDocument {
  const item = readSentinelFile(path, text);
  if (item.type !== "rule") throw new Error(`no rule but ${JSON.stringify(item)}`);
  return item.rule;
}

const scheduled = `id: 5b0c1f0e-1d1a-4c59-9a57-0c9b54a4c201
name: Many failed sign-ins for CVE-2024-1234
description: |
  'Somebody guesses passwords.
  See https://example.org/guessing.'
severity: Medium
status: Available
kind: Scheduled
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - SigninLogs
      - AuditLogs
  - connectorId: Okta
queryFrequency: 1h
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 5
tactics:
  - CredentialAccess
  - CommandAndControl
relevantTechniques:
  - T1110
  - T1110.003
tags:
  - Schema: SignIn
    SchemaVersion: 0.1
  - passwords
query: |

  SigninLogs
  | where ResultType == "50126"
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: UserPrincipalName
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: IPAddress
customDetails:
  Application: AppDisplayName
alertDetailsOverride:
  alertDisplayNameFormat: Guessing at {{UserPrincipalName}} with {{ClientApp}}
  alertSeverityColumnName: Level
eventGroupingSettings:
  aggregationKind: AlertPerResult
incidentConfiguration:
  createIncident: true
  groupingConfiguration:
    enabled: true
    lookbackDuration: PT5H
    matchingMethod: AllEntities
suppressionEnabled: true
suppressionDuration: PT5H
version: 1.0.2
metadata:
  source:
    kind: Community
  author:
    name: Ann
  support:
    tier: Community
  categories:
    domains: [ "Security - Others", Identity ]
`;

describe("a scheduled rule", () => {
  test("keeps its metadata", () => {
    const read = rule(scheduled, "Solutions/Sign In/Analytic Rules/guess.yaml");
    expect(read).toMatchObject({
      corpus: "sentinel",
      id: "5b0c1f0e-1d1a-4c59-9a57-0c9b54a4c201",
      path: "Solutions/Sign In/Analytic Rules/guess.yaml",
      title: "Many failed sign-ins for CVE-2024-1234",
      description: "Somebody guesses passwords.\nSee https://example.org/guessing.",
      kind: "rule",
      status: "Available",
      lifecycle: "active",
      severity: "medium",
      authors: ["Ann"],
      licence: "MIT",
      references: ["https://example.org/guessing"],
      tags: ["Schema: SignIn", "SchemaVersion: 0.1", "passwords"],
      cves: ["CVE-2024-1234"],
      queryless: false,
      diagnostics: [],
    });
    expect(read.attack).toEqual([
      { kind: "tactic", id: "credential-access", written: "CredentialAccess" },
      { kind: "tactic", id: "command-and-control", written: "CommandAndControl" },
      { kind: "technique", id: "T1110", written: "T1110" },
      { kind: "technique", id: "T1110.003", written: "T1110.003" },
    ]);
    expect(read.logSources).toEqual([
      { kind: "connector", name: "AzureActiveDirectory", attributes: { tables: "SigninLogs, AuditLogs" } },
      { kind: "connector", name: "Okta" },
    ]);
  });

  test("says which columns its alerts use", () => {
    expect(rule(scheduled).outputFields).toEqual([
      "UserPrincipalName",
      "IPAddress",
      "AppDisplayName",
      "ClientApp",
      "Level",
    ]);
  });

  test("keeps how it runs and what it raises as facts", () => {
    expect(rule(scheduled, "Solutions/Sign In/Analytic Rules/guess.yaml").facts).toEqual({
      "Rule type": "Scheduled",
      Solution: "Sign In",
      "Runs every": "1h",
      "Looks back over": "1d",
      "Alerts on": "more than 5 results",
      "Event grouping": "AlertPerResult",
      Entities: "Account: FullName = UserPrincipalName; IP: Address = IPAddress",
      "Custom details": "Application = AppDisplayName",
      "Alert name": "Guessing at {{UserPrincipalName}} with {{ClientApp}}",
      "Severity from column": "Level",
      Incident: "created, alerts grouped by AllEntities within PT5H",
      Suppression: "for PT5H",
      Version: "1.0.2",
      Source: "Community",
      Support: "Community",
      Domains: "Security - Others, Identity",
    });
  });

  test("has its query, with the line on which its block begins", () => {
    expect(rule(scheduled).queries).toEqual([
      {
        role: "main",
        language: "kusto",
        text: '\nSigninLogs\n| where ResultType == "50126"\n',
        offset: null,
        line: 30,
      },
    ]);
    const short = "id: x\nname: X\nseverity: Low\nquery: T | count\n";
    expect(rule(short).queries).toMatchObject([{ text: "T | count", offset: short.indexOf("T |"), line: 4 }]);
  });
});

describe("the trigger", () => {
  const nowhere = { start: 0, end: 0 };
  const stages = (lines: string) => rule(`id: x\nname: X\nquery: T\nqueryPeriod: 2h\n${lines}`).stages;

  test("of one result or more is no stage", () => {
    expect(stages("triggerOperator: gt\ntriggerThreshold: 0\n")).toEqual([]);
    expect(stages("triggerOperator: NotEqual\ntriggerThreshold: 0\n")).toEqual([]);
    expect(stages("kind: NRT\n")).toEqual([]);
  });

  test.each([
    ["gt", "gt"],
    ["GreaterThan", "gt"],
    ["lt", "lt"],
    ["LessThan", "lt"],
    ["eq", "eq"],
    ["Equal", "eq"],
  ])("%s is a threshold over the period", (written, operator) => {
    expect(stages(`triggerOperator: ${written}\ntriggerThreshold: 10\n`)).toEqual([
      { type: "threshold", by: [], operator, count: 10, window: "2h", span: nowhere },
    ]);
  });

  test("of any number but one stays opaque", () => {
    expect(stages("triggerOperator: ne\ntriggerThreshold: 3\n")).toEqual([
      { type: "opaque", text: "not 3 results", reason: "a trigger on any number of results but one", span: nowhere },
    ]);
  });

  test.each([
    "triggerOperator: about\ntriggerThreshold: 3\n",
    "triggerOperator: gt\n",
    "triggerOperator: constructor\ntriggerThreshold: 3\n",
  ])("that nobody knows is a warning: %j", (lines) => {
    const read = rule(`id: x\nname: X\nquery: T\n${lines}`);
    expect(read.stages).toEqual([]);
    expect(read.diagnostics.map((one) => one.code)).toEqual(["sentinel/unknown-trigger"]);
  });
});

describe("a file", () => {
  test("with a query and metadata alone is a hunt", () => {
    const read = rule("id: x\nname: X\ndescription-detailed: More.\ntactics: [Persistence]\nquery: T\n");
    expect(read).toMatchObject({
      kind: "hunt",
      severity: null,
      sections: [{ title: "Detailed description", markdown: "More." }],
    });
  });

  test("of a kind that Microsoft's own logic runs has no query and no fault", () => {
    expect(rule("id: x\nname: X\nkind: Fusion\n")).toMatchObject({ queryless: true, queries: [], diagnostics: [] });
  });

  test.each([
    ["name: X\nquery: T\n", ["sentinel/missing-id"]],
    ["id: x\nname: X\nkind: Scheduled\n", ["sentinel/missing-query"]],
    ["id: x\nname: X\nquery: [a]\n", ["sentinel/query-not-text"]],
    ["id: x\nname: X\nquery: T\n---\nid: y\n", ["sentinel/more-documents"]],
  ])("with a fault says so: %j", (text, codes) => {
    expect(rule(text).diagnostics.map((one) => one.code)).toEqual(codes);
  });

  test.each([
    ["[]", "sentinel/not-a-map"],
    ["name: X\n", "sentinel/not-a-rule"],
    ["query: T\n", "sentinel/not-a-rule"],
    ["name: 'X\n", "yaml/syntax"],
  ])("that is no rule is a failure: %j", (text, code) => {
    expect(readSentinelFile("a.yaml", text)).toMatchObject({ type: "failure", failure: { path: "a.yaml", code } });
  });

  test.each([
    ["Detections/a.yaml", "[Deprecated] X", "", "deprecated"],
    ["Solutions/A/Analytic Rules/Deprecated/a.yaml", "X", "", "deprecated"],
    ["Detections/a.yaml", "X", "Deprecated", "deprecated"],
    ["Detections/a.yaml", "Deprecated protocol in use", "Available", "active"],
  ])("%s named %s is %s %s", (path, name, status, lifecycle) => {
    expect(rule(`id: x\nname: "${name}"\nstatus: "${status}"\nquery: T\n`, path).lifecycle).toBe(lifecycle);
  });

  test("of nonsense is kept without throwing", () => {
    const text =
      "id: [1]\nname: 5\nquery: T\ntactics: {a: b}\nentityMappings: x\ncustomDetails: [1]\nrequiredDataConnectors: [1, {connectorId: }]\nmetadata: 7\nalertDetailsOverride: []\ntags: {a: }\n";
    expect(rule(text)).toMatchObject({ title: "5", attack: [], logSources: [], outputFields: [] });
  });
});

describe("a checkout", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sentinel-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("holds notes of rules that have moved, which are passed over", () => {
    mkdirSync(join(folder, "Detections"));
    writeFileSync(
      join(folder, "Detections/a.yaml"),
      "id: x\nname: X\ndescription: It has moved to a solution.\nversion: 1.0.1\n",
    );
    writeFileSync(join(folder, "Detections/b.yaml"), "id: x\nname: X\ndescription: Somebody moved to it.\nquery: T\n");
    writeFileSync(join(folder, "Detections/c.yaml"), "id: x\nname: X\ndescription: Nothing.\n");
    expect([...sentinelReader.read(folder).items].map((one) => one.type)).toEqual(["rule", "failure"]);
  });

  test("holds rules in some of its folders", () => {
    for (const path of [
      "Detections/SigninLogs/a.yaml",
      "Hunting Queries/Microsoft 365 Defender/Email/b.yaml",
      "Solutions/Okta/Analytic Rules/c.yml",
      "Solutions/Okta/Hunting Queries/d.yaml",
      "Solutions/Okta/Parsers/e.yaml",
      "Parsers/f.yaml",
      "Detections/notes.md",
    ]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `id: ${path}\nname: X\nquery: T\n`);
    }
    const reading = sentinelReader.read(folder);
    expect(reading.files).toBe(4);
    expect([...reading.items].map((one) => one.type === "rule" && one.rule.path)).toEqual([
      "Detections/SigninLogs/a.yaml",
      "Hunting Queries/Microsoft 365 Defender/Email/b.yaml",
      "Solutions/Okta/Analytic Rules/c.yml",
      "Solutions/Okta/Hunting Queries/d.yaml",
    ]);
  });
});
