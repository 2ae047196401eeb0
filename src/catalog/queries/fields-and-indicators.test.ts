import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCatalog } from "../build.ts";
import { type Database, openReadOnly } from "../database.ts";
import { field } from "./field.ts";
import { fieldList } from "./field-list.ts";
import { fieldMeant } from "./field-lookup.ts";
import { indicator } from "./indicator.ts";
import { indicatorList } from "./indicator-list.ts";
import { indicatorMeant } from "./indicator-lookup.ts";

let folder = "";
let database: Database;

function put(path: string, text: string): void {
  const file = join(folder, "corpora", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A log source that no table knows, so that its names stay as they are. */
const unknown = "{ product: oddware }";

function sigma(
  id: string,
  detection: readonly string[],
  { status = "test", source = "{ category: process_creation, product: windows }" } = {},
): string {
  return `title: Rule ${id}
id: 00000000-0000-4000-8000-00000000000${id}
status: ${status}
level: high
tags: [attack.t1133]
logsource: ${source}
detection:
${detection.map((line) => `  ${line}`).join("\n")}
`;
}

function elastic(id: string, query: string): string {
  return `[rule]\nrule_id = "${id}"\nname = "${id}"\ntype = "query"\nlanguage = "kuery"\nquery = '''${query}'''\n`;
}

/** Values in which signs of LIKE and of a tag stand: the rule that uses them looks for nothing else. */
const hostile = "100%_<b>x</b>";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary fields "));
  const looking = ["selection:", "  Image|endswith: '\\odd.exe'", "condition: selection"];
  put("sigma/rules/a.yml", sigma("1", looking));
  put("sigma/rules/b.yml", sigma("2", looking));
  put(
    "sigma/rules/c.yml",
    sigma("3", [
      "selection:",
      `  CommandLine|contains: '${hostile}'`,
      "filter:",
      "  Image|endswith: '\\odd.exe'",
      "condition: selection and not filter",
    ]),
  );
  put("sigma/deprecated/d.yml", sigma("4", looking, { status: "deprecated" }));
  const odd = (values: string) => ["selection:", `  QuiteUnknown: ${values}`, "condition: selection"];
  put("sigma/rules/e.yml", sigma("5", odd("['a', 'b']"), { source: unknown }));
  put("sigma/rules/f.yml", sigma("6", odd("a"), { source: unknown }));
  put("elastic/rules/e.toml", elastic("e", "process.name: odd.exe and process.executable: *odd.exe*"));
  put("elastic/rules/g.toml", elastic("g", "process.executable: *odd.exe*"));
  await buildCatalog({ out: join(folder, "catalog.sqlite"), corporaFolder: join(folder, "corpora") });
  database = openReadOnly(join(folder, "catalog.sqlite"));
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the list of fields", () => {
  test("has the forms of one facet together, and counts a rule once", () => {
    const { facets } = fieldList(database, { text: "process.executable" });
    const image = facets.find((one) => one.facet === "process.image");
    const rules = new Map(image?.fields.map((one) => [one.field, one.rules]));
    expect([...rules.keys()]).toEqual(expect.arrayContaining(["process.executable", "process.name"]));
    const sum = rules.values().reduce((all, one) => all + one, 0);
    expect(image?.rules).toBeLessThan(sum);
  });

  test("finds fields by a name of any schema, by role, type and schema", () => {
    expect(fieldList(database, { text: "Image" }).facets.map((one) => one.facet)).toContain("process.image");
    expect(fieldList(database, { text: "no-such-%" })).toMatchObject({ total: 0, facets: [] });
    for (const one of fieldList(database, { role: "process", type: "path" }).facets) {
      expect([one.role, one.fields.some((form) => form.type === "path")]).toEqual(["process", true]);
    }
    const grouped = fieldList(database, { sort: "role" }).facets.map((one) => one.role);
    expect(grouped).toEqual(grouped.toSorted());
    expect(fieldList(database, { schema: "udm" }).total).toBeLessThan(fieldList(database, {}).total);
  });

  test("tells raw names that no table maps by frequency, each with a rule", () => {
    const { unmapped, facets, coverage } = fieldList(database, { mapped: false, text: "quite" });
    expect(facets).toEqual([]);
    expect(unmapped).toMatchObject({ total: 1, predicates: 2 });
    expect(unmapped.shown[0]).toMatchObject({
      field: "sigma:QuiteUnknown",
      name: "QuiteUnknown",
      schema: "sigma",
      predicates: 2,
      rules: 2,
      example: { corpus: "sigma", lifecycle: "active" },
    });
    expect(coverage.map((one) => one.corpus)).toEqual(expect.arrayContaining(["sigma", "elastic", "detectionary"]));
    expect(fieldList(database, { mapped: true }).unmapped.total).toBe(0);
    expect(fieldList(database, { role: "process" }).unmapped.total).toBe(0);
  });
});

describe("what people mean by the name of a field", () => {
  test.each([
    ["process.executable", { type: "field", fields: ["process.executable"] }],
    ["process.image", { type: "facet", fields: expect.arrayContaining(["process.name", "process.executable"]) }],
    ["file.path", { type: "field", fields: ["file.path"] }],
    ["image", { type: "name", fields: expect.arrayContaining(["process.executable"]) }],
    ["quiteunknown", { type: "name", fields: ["sigma:QuiteUnknown"] }],
    ["proces.name", { type: "unknown", near: expect.arrayContaining(["process.name"]) }],
    ["CommandLin", { type: "unknown", near: expect.arrayContaining(["CommandLine"]) }],
    ["nothing.of.the.kind", { type: "unknown", near: [] }],
  ])("%s", (text, meaning) => {
    expect(fieldMeant(database, text)).toEqual(meaning);
  });
});

describe("one field", () => {
  test("counts active rules, operators, values and spellings", () => {
    const answer = field(database, "process.executable");
    expect(answer).toMatchObject({
      allForms: false,
      facet: { id: "process.image" },
      role: "process",
      letterCase: "by_platform",
      mapped: true,
      selects: false,
    });
    const counts = new Map(answer?.corpora.map((one) => [one.corpus, one.rules]));
    expect([counts.get("sigma"), counts.get("elastic")]).toEqual([3, 2]);
    const shown = answer?.indicators.shown.find((one) => one.value === "odd.exe");
    expect(shown).toMatchObject({ operator: "contains", reach: 2, excludedBy: 0, rulesHere: 2 });
    expect(answer?.techniques.shown.find((one) => one.id === "T1133")?.rulesHere).toBeGreaterThanOrEqual(3);
    expect(answer?.spellings.shown.map((one) => one.name)).toContain("Image");
    expect(answer?.names.find((one) => one.schema === "sigma")).toMatchObject({ name: "Image", shown: true });
  });

  test("has the values that ask for its form, whichever form the rule names", () => {
    const answer = field(database, "process.name");
    const shown = answer?.indicators.shown.find((one) => one.value === "odd.exe");
    expect(shown).toMatchObject({ operator: "eq", reach: 3, excludedBy: 1, rulesHere: 3 });
    expect(answer?.excluded.shown.find((one) => one.value === "odd.exe")?.rulesHere).toBe(1);
  });

  test("a facet is all of its forms together, under its own id or that of a form", () => {
    const facet = field(database, "process.image");
    expect(facet).toMatchObject({ id: "process.image", allForms: true, title: expect.stringMatching(/image/i) });
    expect(facet?.forms.map((one) => one.field)).toEqual(
      expect.arrayContaining(["process.name", "process.executable"]),
    );
    expect(field(database, "process.name", { allForms: true })).toEqual(facet);
    expect(facet?.rules).toBe(
      fieldList(database, { text: "process.image" }).facets.find((one) => one.facet === "process.image")?.rules,
    );
  });

  test("a raw name that no table maps, and what nobody knows", () => {
    const raw = field(database, "sigma:QuiteUnknown");
    expect(raw).toMatchObject({ mapped: false, facet: null, rules: 2, predicates: 2, events: { total: 0 } });
    expect(raw?.indicators.shown.map((one) => [one.value, one.reach])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    expect(field(database, "nothing.of.the.kind")).toBeNull();
  });
});

describe("the list of indicators", () => {
  test("by field, facet and name", () => {
    const fieldsOf = (question: Parameters<typeof indicatorList>[1]) =>
      new Set(indicatorList(database, question).indicators.map((one) => one.field));
    expect(fieldsOf({ field: "process.name" })).toEqual(new Set(["process.name"]));
    expect([...fieldsOf({ field: "process.image" })]).toEqual(
      expect.arrayContaining(["process.name", "process.executable"]),
    );
    expect(fieldsOf({ facet: "process.image", text: "ODD" })).toEqual(new Set(["process.name", "process.executable"]));
    expect(fieldsOf({ field: "image", text: "odd" })).toEqual(new Set(["process.name", "process.executable"]));
    expect(indicatorList(database, { field: "no.such" })).toMatchObject({ total: 0, meant: { type: "unknown" } });
  });

  test("by part of a value, in which signs of LIKE mean themselves", () => {
    const values = (text: string) => indicatorList(database, { text }).indicators.map((one) => one.value);
    expect(values("100%_")).toEqual([hostile]);
    expect(values("1%x</b>")).toEqual([]);
    expect(values("00!%")).toEqual([]);
    expect(values("\\ODD.exe")).toEqual(["odd.exe"]);
    expect(values("\\")).not.toContain("odd.exe");
  });

  test("by operator and corpus, sorted and paged", () => {
    const { indicators } = indicatorList(database, { operator: "eq", corpus: "sigma", text: "odd" });
    expect(indicators.map((one) => [one.value, one.vendors])).toEqual([["odd.exe", { sigma: 2, elastic: 1 }]]);
    const excluded = indicatorList(database, { sort: "excluded" }).indicators.map((one) => one.excludedBy);
    expect(excluded).toEqual(excluded.toSorted((a, b) => b - a));
    const vendors = indicatorList(database, { sort: "vendors" }).indicators.map(
      (one) => Object.keys(one.vendors).length,
    );
    expect(vendors).toEqual(vendors.toSorted((a, b) => b - a));
    const all = indicatorList(database, {});
    expect(all.total).toBeGreaterThan(all.pageSize);
    const second = indicatorList(database, { page: 2 }).indicators;
    expect(second.length).toBe(Math.min(all.pageSize, all.total - all.pageSize));
    expect(all.indicators.map((one) => one.id)).not.toContain(second[0]?.id);
  });
});

describe("one indicator", () => {
  const named = (value: string, name: string) =>
    indicatorList(database, { field: name, text: value }).indicators.find((one) => one.value === value)?.id ?? "";

  test("tells who looks for it, who leaves it out, and the same value in other forms", () => {
    const answer = indicator(database, named("odd.exe", "process.name"));
    expect(answer).toMatchObject({
      field: "process.name",
      operator: "eq",
      reach: 3,
      excludedBy: 1,
      vendors: { sigma: 2, elastic: 1 },
      sameValue: { reach: 4, excludedBy: 1, corpora: 2 },
      noise: { type: "mixed" },
    });
    expect(answer?.lookedFor.shown.map((one) => [one.slug, one.lifecycle])).toEqual([
      ["e", "active"],
      ["a", "active"],
      ["b", "active"],
      ["d", "deprecated"],
    ]);
    expect(answer?.leftOut.shown.map((one) => one.slug)).toEqual(["c"]);
    const near = answer?.near.map((one) => `${one.field} ${one.operator} ${one.value}`);
    expect(near).toContain("process.executable contains odd.exe");
    expect(answer?.techniques).toMatchObject({ total: 1, shown: [{ id: "T1133", rulesHere: 2 }] });
    expect(answer?.spellings.shown).toEqual([
      { name: "Image", raw: "\\odd.exe", rules: 4 },
      { name: "process.name", raw: "odd.exe", rules: 1 },
    ]);
  });

  test("one that stands alone, and none", () => {
    const answer = indicator(database, named("b", "sigma:QuiteUnknown"));
    expect(answer).toMatchObject({ near: [], noise: { type: "rare" }, leftOut: { total: 0 } });
    expect(indicator(database, "0000000000000000")).toBeNull();
  });
});

describe("what people mean by an indicator", () => {
  const id = () => indicatorList(database, { field: "process.name", text: "odd.exe" }).indicators[0]?.id ?? "";

  test.each([
    "process.name eq odd.exe",
    "process.executable ends_with \\odd.exe",
    "process.executable ends with \\ODD.exe",
    "image ends_with \\odd.exe",
  ])("%s", (text) => {
    expect(indicatorMeant(database, text)).toEqual({ type: "indicator", id: id() });
  });

  test("its id, and what is neither", () => {
    expect(indicatorMeant(database, id())).toEqual({ type: "indicator", id: id() });
    expect(indicatorMeant(database, "odd.exe")).toEqual({ type: "unread" });
    expect(indicatorMeant(database, "process.name resembles odd.exe")).toEqual({ type: "unread" });
    expect(indicatorMeant(database, "no.such.field eq odd.exe")).toEqual({ type: "unknown", near: [] });
    expect(indicatorMeant(database, "process.executable eq odd.ex")).toEqual({
      type: "unknown",
      near: [
        { id: id(), field: "process.name", operator: "eq", value: "odd.exe" },
        { id: expect.any(String), field: "process.executable", operator: "contains", value: "odd.exe" },
      ],
    });
  });
});
