import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { ExtentDiagnostic } from "../../catalog/placing.ts";
import { sarifLog } from "./sarif.ts";

const text = z.strictObject({ text: z.string().min(1) });
const position = z.int().min(1);

/** What the SARIF 2.1.0 schema says of the parts that are written here; nothing else may stand in them. */
const schema = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string().min(1),
            version: z.string().min(1),
            rules: z.array(
              z.strictObject({ id: z.string().min(1), shortDescription: text.optional(), help: text.optional() }),
            ),
          }),
        }),
        columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level: z.enum(["none", "note", "warning", "error"]),
            message: text,
            locations: z
              .array(
                z.strictObject({
                  physicalLocation: z.strictObject({
                    artifactLocation: z.union([
                      z.strictObject({ uri: z.string().regex(/^(?:file:\/\/|[^/:\\][^:\\]*$)/) }),
                      z.strictObject({ description: text }),
                    ]),
                    region: z.strictObject({
                      startLine: position,
                      startColumn: position,
                      endLine: position,
                      endColumn: position,
                    }),
                  }),
                }),
              )
              .length(1),
          }),
        ),
      }),
    )
    .length(1),
});

function found(path: string, code = "eql/operand", severity: "error" | "warning" | "info" = "error"): ExtentDiagnostic {
  return { path, line: 2, column: 3, endLine: 2, endColumn: 7, code, severity, message: "A.", hint: null };
}

const guide = new Map([
  ["eql/operand", { code: "eql/operand", meaning: "An operand is missing.", remedy: "Write it.\n", example: "" }],
]);

function logOf(...diagnostics: readonly ExtentDiagnostic[]) {
  const log = sarifLog(diagnostics, guide, { version: "1.2.3", folder: "/home/me/rules" });
  const run = schema.parse(JSON.parse(JSON.stringify(log))).runs[0];
  if (run === undefined) throw new Error("no run");
  return run;
}

describe("a SARIF log", () => {
  test("tells each code once, with what the guide says of it", () => {
    const { tool, results } = logOf(
      found("a.eql", "eql/zebra", "warning"),
      found("a.eql"),
      found("b.eql", "eql/zebra", "info"),
    );
    expect(tool.driver).toEqual({
      name: "Detectionary",
      version: "1.2.3",
      rules: [
        { id: "eql/operand", shortDescription: { text: "An operand is missing." }, help: { text: "Write it." } },
        { id: "eql/zebra" },
      ],
    });
    expect(results.map((one) => [one.ruleId, one.ruleIndex, one.level])).toEqual([
      ["eql/zebra", 1, "warning"],
      ["eql/operand", 0, "error"],
      ["eql/zebra", 1, "note"],
    ]);
  });

  test("counts places from one, and says what a hint says", () => {
    const [result] = logOf({ ...found("a.eql"), hint: "B." }).results;
    expect(result?.message.text).toBe("A. B.");
    expect(result?.locations[0]?.physicalLocation.region).toEqual({
      startLine: 2,
      startColumn: 3,
      endLine: 2,
      endColumn: 7,
    });
  });

  test.each([
    ["rules/a.yml", { uri: "rules/a.yml" }],
    ["./rules/../a.yml", { uri: "a.yml" }],
    ["/home/me/rules/win/a.yml", { uri: "win/a.yml" }],
    ["my rules/50% #1?.yml", { uri: "my%20rules/50%25%20%231%3F.yml" }],
    ["c:a.yml", { uri: "c%3Aa.yml" }],
    ["ä/\u{1f600}.yml", { uri: "%C3%A4/%F0%9F%98%80.yml" }],
    ["\ud800.yml", { uri: "%EF%BF%BD.yml" }],
    ["..rules/a.yml", { uri: "..rules/a.yml" }],
    ["../other/a b.yml", { uri: pathToFileURL("/home/me/other/a b.yml").href }],
    ["/etc/a.yml", { uri: pathToFileURL("/etc/a.yml").href }],
    ["-", { description: { text: "standard input" } }],
  ])("names %j", (path, expected) => {
    expect(logOf(found(path)).results[0]?.locations[0]?.physicalLocation.artifactLocation).toEqual(expected);
  });

  test("without diagnostics has no results", () => {
    expect(logOf()).toMatchObject({ tool: { driver: { rules: [] } }, results: [] });
  });
});
