import { describe, expect, test } from "vitest";
import { lower, parse } from "../index.ts";
import { lowered } from "./testing.ts";

function last(text: string): string | undefined {
  return lowered(text).at(-1);
}

describe("variables", () => {
  test.each([
    ["let n = 5; T | where a > n", "filter a gt 5 from let n"],
    ["let n = 5; let m = n * 2; T | where a > m", "filter a gt 10 from let n"],
    ['let l = dynamic(["x", "y"]); T | where a in (l)', 'filter a eq "x" "y" from let l'],
    ['let l = pack_array("x", "y"); T | where a has_any (l)', 'filter a match~ "x" "y" from let l'],
    ['let l = dynamic(["x"]); T | where a in (l, "y")', 'filter (or a eq "x" from let l a eq "y")'],
    ['let l = datatable(n:string, m:int)["x", 1, "y", 2]; T | where a in (l)', 'filter a eq "x" "y" from let l'],
    ["let l = dynamic([]); T | where a in (l)", "filter a wildcard %l% from let l"],
    ["let d = 7d; T | where Timestamp > ago(d)", 'filter Timestamp gt "ago(7d)" from let d'],
    ["let s = startofday(now()); T | where Timestamp > s", 'filter Timestamp gt "startofday(now())" from let s'],
    ["declare query_parameters(p:string); T | where a == p", "filter a wildcard %p%"],
    ['declare query_parameters(p:string = "x"); T | where a == p', 'filter a eq "x" from let p'],
    ['T | extend r = "x.*y" | where a matches regex r', 'filter a regex_match "x.*y" from extend r'],
  ])("%s", (text, expected) => {
    expect(last(text)).toBe(expected);
  });

  test("keeps the spelling of the definition and the place of the use", () => {
    const text = "let l = dynamic(['x', \"y\"]); T | where a in (l)";
    const filter = lower(parse(text).ast).stages.at(-1);
    expect(filter?.type === "filter" && filter.expression).toMatchObject({
      raw: ["'x'", '"y"'],
      origin: "let l",
      span: { start: text.indexOf("a in"), end: text.length },
    });
  });
});

describe("tables and functions", () => {
  test("puts a table in where it is used", () => {
    expect(lowered("let A = T | where x == 1; A | where y == 2")).toEqual([
      'source {"kind":"table","names":["T"]}',
      "filter x eq 1",
      "filter y eq 2",
    ]);
  });

  test("reads a name that is defined by itself as what it was before", () => {
    expect(lowered("let T = T | where x == 1; T")).toEqual(['source {"kind":"table","names":["T"]}', "filter x eq 1"]);
  });

  test("says what brought a table into a join, at the place of the join", () => {
    const text = "let A = U | where x == 1; T | join (A) on k";
    const join = lower(parse(text).ast).stages.at(-1);
    const use = { start: text.indexOf("A) on"), end: text.indexOf(") on") };
    expect(join).toMatchObject({
      logic: { stages: [{ span: use }, { span: use, expression: { span: use, origin: "let A" } }] },
    });
  });

  test.each([
    ['let f = (n:string) { T | where a == n }; f("x")', 'filter a eq "x" from argument n'],
    ['let f = (n:string = "x") { T | where a == n }; f()', 'filter a eq "x" from let n'],
    ["let f = (n:string) { T | where a == n };", "filter a wildcard %n%"],
    ['let f = (X:(*), n:string) { X | where a == n }; f(U, "x")', 'filter a eq "x" from argument n'],
    ["let f = (X:(*)) { X | where b == 2 }; T | where a == 1 | invoke f()", "filter b eq 2"],
    ['let f = (s:string) { s has "x" }; T | where f(a)', 'filter a match~ "x" from let f'],
    ['let f = (s:string) { tolower(s) }; T | where f(a) == "x"', 'filter a{resolved a} eq~ "x"'],
    ['let f = (n:string) { table(n) }; f("U")', 'source {"kind":"table","names":["U"]}'],
  ])("%s", (text, expected) => {
    expect(last(text)).toBe(expected);
  });

  test("stops at functions that call each other", () => {
    const text = "let f = () { g() }; let g = () { union f(), f() }; g()";
    expect(lowered(text).length).toBeGreaterThan(0);
    expect(last("let f = (a:long) { f(a) + f(a) }; T | where x == f(1)")).toContain("filter x");
  });

  test("does not grow without bound", () => {
    const doubled = (step: (i: number) => string): string => Array.from({ length: 80 }, (_, i) => step(i)).join("\n");
    const size = (text: string): number => JSON.stringify(lower(parse(text).ast)).length;
    expect(
      size(
        `let a0 = T | where x == 1; ${doubled((i) => `let a${i + 1} = union (a${i} | take 1), (a${i} | take 2);`)} a80`,
      ),
    ).toBeLessThan(5_000_000);
    expect(
      size(`let a0 = "xx"; ${doubled((i) => `let a${i + 1} = strcat(a${i}, a${i});`)} T | where x == a80`),
    ).toBeLessThan(100_000);
    expect(
      size(
        `let a0 = dynamic([1, 2]); ${doubled((i) => `let a${i + 1} = array_concat(a${i}, a${i});`)} T | where x in (a80)`,
      ),
    ).toBeLessThan(100_000);
    expect(
      size(`let q = T | extend ${doubled((i) => `a${i} = b,`)} c = b; union ${doubled(() => "q, ".repeat(50))} q`),
    ).toBeLessThan(2_000_000);
    const members = Array.from({ length: 2000 }, (_, i) => `| extend a${i + 1} = a${i}.b`).join("\n");
    expect(size(`T ${members} | where a2000 == 1`)).toBeLessThan(3_000_000);
    expect(size(`T | where x == 1 ${doubled((i) => `| as A${i} | union A${i}`)}`)).toBeLessThan(5_000_000);
    expect(
      size(`T | extend a0 = x == 1 ${doubled((i) => `| extend a${i + 1} = a${i} or a${i} and y == 1`)} | where a80`),
    ).toBeLessThan(100_000);
  });
});

describe("tables in conditions", () => {
  test.each([
    ["T | where a in ((U | where b == 1))", 'join semi on a [source {"kind":"table","names":["U"]}; filter b eq 1]'],
    [
      "let A = U | project k; T | where a !in (A)",
      'join anti on a [source {"kind":"table","names":["U"]}; project {"mode":"keep","fields":["k"]}]',
    ],
    [
      "T | where not(a in ((U | take 1)))",
      'join anti on a [source {"kind":"table","names":["U"]}; order {"kind":"limit","by":[],"count":1}]',
    ],
    [
      "let s = toscalar(U | summarize make_set(x)); T | where a in (s)",
      'join semi on a [source {"kind":"table","names":["U"]}; aggregate make_set(x) by ]',
    ],
    [
      'let F = externaldata(ip:string)["https://example.org/x"]; T | where a in (F)',
      'join semi on a [source {"kind":"external","names":["https://example.org/x"]}]',
    ],
    [
      'T | where a in (_GetWatchlist("vip"))',
      'join semi on a [source {"kind":"lookup","names":["vip"],"attributes":{"function":"_GetWatchlist"}}]',
    ],
    [
      'let D = datatable(k:string, v:string)["x", "1", "y", "2"]; T | where a in ((D | project v))',
      'filter a eq "1" "2" from let D',
    ],
    [
      'let D = materialize(datatable(k:string)["x"]); T | where a has_any ((D | distinct k)) or b == 1',
      'filter (or a match~ "x" from let D b eq 1)',
    ],
    ['let F = externaldata(d:string)["https://example.org/x"]; T | where a has_any (F)', "filter a match~ %F%"],
    ['T | where a == 1 or b in (_GetWatchlist("vip"))', "filter (or a eq 1 b wildcard %vip%)"],
  ])("%s", (text, expected) => {
    expect(last(text)).toBe(expected);
  });

  test("keeps the other conditions beside it", () => {
    expect(lowered("T | where a == 1 and b in ((U | take 1)) and c == 2").slice(1)).toEqual([
      "filter (and a eq 1 c eq 2)",
      'join semi on b [source {"kind":"table","names":["U"]}; order {"kind":"limit","by":[],"count":1}]',
    ]);
  });
});
