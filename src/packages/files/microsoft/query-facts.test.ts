import { expect, test } from "vitest";
import { connectorsOf } from "./connectors.ts";
import { entityMappings } from "./entities.ts";
import { queryFacts } from "./query-facts.ts";

test.each([
  ["T | where a == 1 | project A, b = C", ["T"], ["A", "b"]],
  ["// a\nT\n| summarize n = count() by DeviceName, bin(Timestamp, 1h)", ["T"], ["DeviceName", "n"]],
  ["T | project A, B | extend C = 1 | where C > 0 | sort by A | take 5", ["T"], ["A", "B", "C"]],
  ["T | where a == 1", ["T"], []],
  ["T | project A | join kind=inner (U | project A, B) on A", ["T", "U"], []],
  ["let x = T | where a == 1; x | project A", ["T"], ["A"]],
  ["union (T | project A, B), (U | project A)", ["T", "U"], ["A"]],
  ["union T, U | project A", ["T", "U"], ["A"]],
  ["T | project A | project-away A", ["T"], []],
  ["T | distinct A, B", ["T"], ["A", "B"]],
  ["| where (", [], []],
  ["", [], []],
])("%j reads and shows what it says", (query, tables, columns) => {
  const facts = queryFacts(query);
  expect([...facts.tables].sort()).toEqual(tables);
  expect(facts.columns).toEqual(columns);
});

test("connectors are those of the tables, each once", () => {
  expect(connectorsOf(["DeviceEvents", "SigninLogs", "DeviceProcessEvents", "Unknown", "DeviceEvents"])).toEqual([
    { connectorId: "MicrosoftThreatProtection", dataTypes: ["DeviceEvents", "DeviceProcessEvents"] },
    { connectorId: "AzureActiveDirectory", dataTypes: ["SigninLogs"] },
  ]);
});

test("an entity is of the best column that is there", () => {
  expect(entityMappings(["AccountName", "AccountUpn", "DeviceName1", "DeviceName2"])).toEqual([
    { entityType: "Account", fieldMappings: [{ identifier: "FullName", columnName: "AccountUpn" }] },
    { entityType: "Host", fieldMappings: [{ identifier: "FullName", columnName: "DeviceName1" }] },
  ]);
  expect(entityMappings(["x"])).toEqual([]);
});
