import { expect, test } from "vitest";
import { turnedRules } from "./knobs.ts";
import type { PackageFile } from "./package-file.ts";

const base = `title: Logon refused
name: refused
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4625 }
  condition: selection
`;
const count = `title: Refused again and again
name: again
correlation:
  type: event_count
  rules: [refused]
  group-by: [IpAddress]
  timespan: 10m
  condition: { gte: 30 }
`;
const why = "Some sites have it otherwise.";
const knobs: PackageFile["knobs"] = [
  {
    id: "scan-hosts",
    title: "Scanners",
    why,
    rules: ["refused"],
    exclude: { field: "IpAddress", values: [], example: ["10.0.0.1"] },
  },
  { id: "attempts", title: "Attempts", why, rules: ["again"], threshold: { default: 30, least: 5, most: 100 } },
  { id: "span", title: "Span", why, rules: ["again"], window: { default: "10m", example: ["1h"] } },
];
const authored = {
  file: { knobs } as unknown as PackageFile,
  rules: [
    { path: "packages/T1110/rules/a.yml", text: base },
    { path: "packages/T1110/rules/b.yml", text: count },
  ],
};
const turned = (settings: readonly (readonly [string, readonly (string | number)[]])[]): readonly string[] =>
  turnedRules(authored, new Map(settings)).map((one) => one.text);

test("leave rules letter for letter as they are while nothing is set", () => {
  expect(turned([])).toEqual([base, count]);
});

test("leave values out without changing what the condition means", () => {
  const [text = ""] = turned([["scan-hosts", ["10.0.0.1", "10.0.0.2"]]]);
  expect(text).toContain("_scan_hosts");
  expect(text).toContain("(selection) and not _scan_hosts");
  expect(text).toMatch(/IpAddress:\s+- 10\.0\.0\.1\s+- 10\.0\.0\.2/u);
});

test("set the number and the time span of a correlation", () => {
  const [, text = ""] = turned([
    ["attempts", [5]],
    ["span", ["1h"]],
  ]);
  expect(text).toMatch(/gte: 5/u);
  expect(text).toContain("timespan: 1h");
});

test("change only the rules that they name", () => {
  expect(turned([["attempts", [5]]])[0]).toBe(base);
});

test("leave a file that is no YAML to whoever reads it", () => {
  const broken = { ...authored, rules: [{ path: "packages/T1110/rules/a.yml", text: "a: [" }] };
  expect(turnedRules(broken, new Map([["scan-hosts", ["x"]]]))[0]?.text).toBe("a: [");
});
