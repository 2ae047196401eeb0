import { expect, test } from "vitest";
import { events } from "../corpora/content/vocabulary/events.ts";
import { vocabulary } from "../corpora/content/vocabulary/index.ts";
import { readRuleFile } from "../corpora/recognise.ts";
import { analyseRule } from "../languages/analyse.ts";
import { type EventTie, tiesOf } from "../vocabulary/events/ties.ts";
import { nameRule } from "../vocabulary/name-rule.ts";

function tiesOfFile(path: string, text: string): readonly EventTie[] {
  const rule = readRuleFile(path, text)?.flatMap((one) => (one.type === "rule" ? [one.rule] : []))[0];
  if (rule === undefined) throw new Error(`${path} is no rule`);
  return tiesOf(events(), nameRule(vocabulary(), analyseRule(rule, {})));
}

/** `Microsoft-Windows-Sysmon 1 category` a tie. */
function short(ties: readonly EventTie[]): readonly string[] {
  return ties.map((one) => `${one.provider} ${one.eventId} ${one.kind}`);
}

function sigma(logsource: string, detection: string): readonly EventTie[] {
  const text = `title: A rule
id: 7c4f2a4e-0d6f-4c56-9f5f-2f0c8e5f2a11
status: test
level: low
logsource: { ${logsource} }
detection:
${detection}
`;
  return tiesOfFile("rule.yml", text);
}

const selection = (lines: string): string => `  selection:\n    ${lines}\n  condition: selection`;

test.each<readonly [string, string, string, readonly string[]]>([
  [
    "a category",
    "product: windows, category: process_creation",
    selection("Image|endswith: '\\a.exe'"),
    ["Microsoft-Windows-Sysmon 1 category", "Microsoft-Windows-Security-Auditing 4688 category"],
  ],
  [
    "a category with several events",
    "product: windows, category: file_delete",
    selection("TargetFilename|endswith: '.a'"),
    ["Microsoft-Windows-Sysmon 23 category", "Microsoft-Windows-Sysmon 26 category"],
  ],
  [
    "a category without an event id",
    "product: windows, category: file_access",
    selection("FileName|endswith: '.a'"),
    ["Microsoft-Windows-Kernel-File * category"],
  ],
  [
    "a service and its ids",
    "product: windows, service: security",
    selection("EventID: [4624, 4625]"),
    ["Microsoft-Windows-Security-Auditing 4624 stated", "Microsoft-Windows-Security-Auditing 4625 stated"],
  ],
  [
    "an id that another provider writes to the channel",
    "product: windows, service: security",
    selection("EventID: 1102"),
    ["Microsoft-Windows-Eventlog 1102 stated"],
  ],
  [
    "a provider that the rule names",
    "product: windows, service: system",
    "  selection:\n    Provider_Name: Ntfs\n    EventID: 55\n  condition: selection",
    ["Ntfs 55 stated"],
  ],
  [
    "a negated id",
    "product: windows, service: security",
    "  selection:\n    EventID: [4720, 4722]\n  filter:\n    EventID: 4722\n  condition: selection and not filter",
    ["Microsoft-Windows-Security-Auditing 4720 stated"],
  ],
  [
    "a service without an id",
    "product: windows, service: powershell-classic",
    selection("Data|contains: a"),
    ["PowerShell * category"],
  ],
  [
    "an operation of a cloud",
    "product: aws, service: cloudtrail",
    "  selection:\n    eventSource: iam.amazonaws.com\n    eventName: CreateUser\n  condition: selection",
    ["AWS CloudTrail CreateUser stated"],
  ],
  [
    "a log without an operation",
    "category: webserver",
    selection("cs-uri-query|contains: a"),
    ["Web server access log * category"],
  ],
])("Sigma: %s", (_, logsource, detection, expected) => {
  expect(short(sigma(logsource, detection))).toEqual(expected);
});

test("Sigma: what 4688 lacks is named", () => {
  const [sysmon, security] = sigma(
    "product: windows, category: process_creation",
    "  selection:\n    Image|endswith: '\\a.exe'\n    OriginalFileName: a.exe\n    ParentCommandLine|contains: b\n  filter:\n    Description: c\n  condition: selection and not filter",
  );
  expect(sysmon?.missing).toEqual([]);
  expect(security?.missing).toEqual(["OriginalFileName", "ParentCommandLine"]);
  expect(security?.reason).toBe("Sigma category process_creation means it");
});

function elastic(query: string, index: readonly string[], language = "eql"): readonly EventTie[] {
  const text = `[metadata]
creation_date = "2026/01/02"
maturity = "production"
[rule]
name = "A rule"
rule_id = "0d6f7c4f-2a4e-4c56-9f5f-2f0c8e5f2a11"
type = "${language === "eql" ? "eql" : "query"}"
language = "${language}"
risk_score = 21
severity = "low"
index = ${JSON.stringify(index)}
query = '''
${query}
'''
`;
  return tiesOfFile("rule.toml", text);
}

const everywhere = ["logs-windows.sysmon_operational-*", "logs-system.security*", "logs-endpoint.events.process-*"];

test.each<readonly [string, string, readonly string[], string, readonly string[]]>([
  [
    "a category in each of its indices",
    'process where event.type == "start" and process.name == "a.exe"',
    everywhere,
    "eql",
    [
      "Elastic Defend process inferred",
      "Microsoft-Windows-Sysmon 1 inferred",
      "Microsoft-Windows-Security-Auditing 4688 inferred",
    ],
  ],
  [
    "a code in the log that has it",
    'any where event.code == "5136"',
    ["logs-system.security*", "winlogbeat-*"],
    "eql",
    ["Microsoft-Windows-Security-Auditing 5136 stated"],
  ],
  [
    "a code with its provider",
    'event.provider: "Microsoft-Windows-Sysmon" and event.code: "10"',
    ["winlogbeat-*"],
    "kuery",
    ["Microsoft-Windows-Sysmon 10 stated"],
  ],
  [
    "script blocks",
    "event.category: process and powershell.file.script_block_text: Invoke",
    ["winlogbeat-*", "logs-windows.powershell*"],
    "kuery",
    ["Microsoft-Windows-PowerShell 4104 stated"],
  ],
  [
    "an action of the Security log",
    'iam where event.action == "added-user-account"',
    ["logs-system.security*"],
    "eql",
    ["Microsoft-Windows-Security-Auditing 4720 inferred"],
  ],
  [
    "a data set among several indices",
    'data_stream.dataset: "okta.system" and event.action: "user.session.start"',
    ["filebeat-*", "logs-okta*"],
    "kuery",
    ["Okta System Log user.session.start stated"],
  ],
  [
    "a step that must not occur",
    'sequence by host.id with maxspan=1m [library where dll.name == "a.dll"] ![registry where registry.path == "b"]',
    ["logs-windows.sysmon_operational-*"],
    "eql",
    ["Microsoft-Windows-Sysmon 7 inferred"],
  ],
  [
    "an index of Linux in the name of a Windows one",
    "event.category: authentication and event.action: ssh_login",
    ["logs-system.auth-*"],
    "kuery",
    ["Linux system log * category"],
  ],
])("Elastic: %s", (_, query, index, language, expected) => {
  expect(short(elastic(query, index, language)).toSorted()).toEqual(expected.toSorted());
});

function splunk(search: string, dataSources: readonly string[] = []): readonly EventTie[] {
  const text = `name: A rule
id: 7c4f2a4e-0d6f-4c56-9f5f-2f0c8e5f2a22
version: 1
date: "2026-01-02"
author: A
status: production
type: TTP
description: A rule.
data_source: ${JSON.stringify(dataSources)}
search: ${JSON.stringify(search)}
how_to_implement: So.
known_false_positives: None.
references: []
tags: { analytic_story: [], asset_type: Endpoint, mitre_attack_id: [], product: [], security_domain: endpoint }
`;
  return tiesOfFile("rule.yml", text);
}

test.each<readonly [string, string, readonly string[], readonly string[]]>([
  [
    "data sources",
    "| tstats count from datamodel=Endpoint.Processes where Processes.process_name=a.exe",
    ["Sysmon EventID 1", "Windows Event Log Security 4688", "CrowdStrike ProcessRollup2"],
    [
      "CrowdStrike Falcon ProcessRollup2 stated",
      "Microsoft-Windows-Security-Auditing 4688 stated",
      "Microsoft-Windows-Sysmon 1 stated",
    ],
  ],
  [
    "several ids in one data source",
    "`ntlm_audit` a=b",
    ["NTLM Operational 8004,8005,8006"],
    ["Microsoft-Windows-NTLM 8004 stated", "Microsoft-Windows-NTLM 8005 stated", "Microsoft-Windows-NTLM 8006 stated"],
  ],
  [
    "Sysmon for Linux",
    "| tstats count from datamodel=Endpoint.Processes",
    ["Sysmon for Linux EventID 1"],
    ["Sysmon for Linux 1 stated"],
  ],
  [
    "an event code in a log",
    "source=XmlWinEventLog:Security EventCode IN (4720, 4726)",
    [],
    ["Microsoft-Windows-Security-Auditing 4720 stated", "Microsoft-Windows-Security-Auditing 4726 stated"],
  ],
  [
    "a data source that names an operation",
    "`cloudtrail` eventName=DeleteTrail",
    ["AWS CloudTrail DeleteTrail"],
    ["AWS CloudTrail DeleteTrail stated"],
  ],
  [
    "a data model without a data source",
    "| tstats count from datamodel=Endpoint.Registry where Registry.registry_path=a",
    [],
    [
      "Microsoft-Windows-Sysmon 12 inferred",
      "Microsoft-Windows-Sysmon 13 inferred",
      "Microsoft-Windows-Sysmon 14 inferred",
    ],
  ],
])("Splunk: %s", (_, search, dataSources, expected) => {
  expect(short(splunk(search, dataSources)).toSorted()).toEqual(expected);
});

function kusto(query: string): readonly EventTie[] {
  return tiesOfFile("query.md", `# A query\n\n\`\`\`KQL\n${query}\n\`\`\`\n`);
}

test.each<readonly [string, string, readonly string[]]>([
  ["an action type", 'DeviceEvents | where ActionType == "NamedPipeEvent"', ["DeviceEvents NamedPipeEvent stated"]],
  [
    "action types that begin alike",
    'DeviceEvents | where ActionType startswith "AsrLsass"',
    ["DeviceEvents AsrLsassCredentialTheftAudited stated", "DeviceEvents AsrLsassCredentialTheftBlocked stated"],
  ],
  [
    "a table of one kind of events",
    "DeviceProcessEvents | where FileName == 'a.exe'",
    ["DeviceProcessEvents ProcessCreated category"],
  ],
  ["a table of many", "DeviceFileEvents | where FileName == 'a'", ["DeviceFileEvents * category"]],
  ["an event id", "SecurityEvent | where EventID == 4688", ["Microsoft-Windows-Security-Auditing 4688 stated"]],
  [
    "both sides of a join",
    "DeviceImageLoadEvents | join kind=inner (DeviceNetworkEvents | where ActionType == 'ConnectionSuccess') on DeviceId",
    ["DeviceImageLoadEvents ImageLoaded category", "DeviceNetworkEvents ConnectionSuccess stated"],
  ],
  [
    "one of two tables by its action",
    "union DeviceFileEvents, DeviceRegistryEvents | where ActionType == 'FileDeleted'",
    ["DeviceFileEvents FileDeleted stated"],
  ],
])("Kusto: %s", (_, query, expected) => {
  expect(short(kusto(query)).toSorted()).toEqual(expected);
});

function yaraL(events: string, dataSource: string): readonly EventTie[] {
  return tiesOfFile(
    "rule.yaral",
    `rule a_rule {\n  meta:\n    author = "A"\n    data_source = "${dataSource}"\n  events:\n    ${events}\n  condition:\n    $e\n}\n`,
  );
}

test.each<readonly [string, string, string, readonly string[]]>([
  [
    "an event id",
    '$e.metadata.product_event_type = "4624"',
    "microsoft windows events",
    ["Microsoft-Windows-Security-Auditing 4624 stated"],
  ],
  [
    "an id of the sensor that has it",
    '$e.metadata.product_event_type = "18"',
    "sysmon",
    ["Microsoft-Windows-Sysmon 18 stated"],
  ],
  [
    "a kind of UDM events",
    '$e.metadata.event_type = "PROCESS_LAUNCH"',
    "Microsoft Sysmon",
    ["Microsoft-Windows-Sysmon 1 inferred"],
  ],
  [
    "a product and its operation",
    '$e.metadata.product_name = "AWS CloudTrail"\n    $e.metadata.product_event_type = "DeleteTrail"',
    "AWS CloudTrail",
    ["AWS CloudTrail DeleteTrail stated"],
  ],
])("YARA-L: %s", (_, lines, dataSource, expected) => {
  expect(short(yaraL(lines, dataSource))).toEqual(expected);
});

test("a rule that names hundreds of operations needs each of them", () => {
  const names = Array.from({ length: 300 }, (_, index) => `Operation${index}`);
  const ties = sigma("product: aws, service: cloudtrail", selection(`eventName: [${names.join(", ")}]`));
  expect(ties.map((one) => one.eventId)).toEqual(names);
});
