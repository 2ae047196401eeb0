import { expect, test } from "vitest";
import { bareDocument } from "../../../rule/bare-document.ts";
import { fieldRef, negate } from "../../../rule/build.ts";
import type { RuleDocument } from "../../../rule/document.ts";
import type { Expression, Predicate } from "../../../rule/expression.ts";
import type { Logic, SourceStage } from "../../../rule/logic.ts";
import { platformOf } from "../../../vocabulary/platform.ts";
import { values } from "./value-files.ts";

const span = { start: 0, end: 0 };

function rule(more: Partial<RuleDocument>): RuleDocument {
  return bareDocument({ corpus: "c", id: "1", path: "a", title: "A", status: "test", ...more });
}

function from(
  kind: SourceStage["kind"],
  names: readonly string[],
  attributes?: Readonly<Record<string, string>>,
): Logic {
  return { stages: [{ type: "source", kind, names, span, ...(attributes === undefined ? {} : { attributes }) }] };
}

function asking(...all: readonly Expression[]): Logic {
  return { stages: all.map((expression) => ({ type: "filter", expression, span })) };
}

function equals(field: string, ...wanted: readonly string[]): Predicate {
  return {
    type: "predicate",
    field: fieldRef(field),
    operator: "eq",
    values: wanted,
    raw: wanted,
    quantifier: "any",
    caseSensitive: false,
    span,
  };
}

const source = (kind: string, name: string) => ({ logSources: [{ kind, name }] });

test.each<[string, Partial<RuleDocument>, Logic]>([
  ["a Sigma log source", source("logsource", "windows/process_creation"), asking()],
  ["a Sigma stage", {}, from("logsource", ["process_creation", "windows"], { product: "windows" })],
  ["an Elastic tag", { tags: ["OS: Windows"] }, asking()],
  ["an Elastic filter", {}, asking(equals("host.os.type", "windows"))],
  ["an EQL category that only Windows has", {}, from("category", ["registry"])],
  ["a Splunk data source", source("data_source", "Windows Event Log Security 4688"), asking()],
  [
    "a Splunk data source beside one of all systems",
    {
      logSources: [
        { kind: "data_source", name: "Sysmon EventID 1" },
        { kind: "data_source", name: "CrowdStrike ProcessRollup2" },
      ],
    },
    asking(),
  ],
  ["a Splunk macro", {}, from("macro", ["wineventlog_security"])],
  ["a Sentinel table", {}, from("table", ["SecurityEvent"])],
  ["a table inside a union", {}, { stages: [{ type: "union", branches: [from("table", ["SecurityEvent"])], span }] }],
  ["a YARA-L fact", { facts: { Platform: "Windows" } }, asking()],
  ["a YARA-L filter", {}, asking(equals("metadata.product_name", "Microsoft-Windows-Sysmon"))],
])("%s says Windows", (_, document, logic) => {
  expect(platformOf(values(), rule(document), logic)).toBe("windows");
});

test.each<[string, Partial<RuleDocument>, Logic]>([
  ["a Sigma log source", source("logsource", "macos/file_event"), asking()],
  ["two tags of one family", { tags: ["OS: Linux", "OS: macOS"] }, asking()],
  ["Sysmon of Linux", source("data_source", "Sysmon for Linux EventID 1"), asking()],
  ["a filter on several systems of the family", {}, asking(equals("host.os.type", "linux", "macos"))],
  ["a Sentinel table", {}, from("table", ["Syslog"])],
])("%s says Unix", (_, document, logic) => {
  expect(platformOf(values(), rule(document), logic)).toBe("unix");
});

test.each<[string, Partial<RuleDocument>, Logic]>([
  ["nothing", {}, asking()],
  ["tags of both", { tags: ["OS: Windows", "OS: Linux"] }, asking()],
  ["a filter on both", {}, asking(equals("host.os.type", "windows", "linux"))],
  ["a filter that takes Windows out", {}, asking(negate(equals("host.os.type", "windows"), span))],
  ["a cloud log", source("logsource", "aws/cloudtrail"), asking()],
  ["a table of all systems", {}, from("table", ["DeviceProcessEvents"])],
  ["another field with the name of a system", {}, asking(equals("process.name", "windows"))],
  ["a word that begins like a log source", source("logsource", "windowsill/x"), asking()],
])("%s says nothing", (_, document, logic) => {
  expect(platformOf(values(), rule(document), logic)).toBe(null);
});
