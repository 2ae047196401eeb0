import { describe, expect, test } from "vitest";
import { withThresholds } from "../../../rule/thresholds.ts";
import { lower, parse } from "../index.ts";
import { lowered } from "./testing.ts";

function stages(text: string): readonly string[] {
  return lowered(text).slice(1);
}

describe("sources", () => {
  test.each([
    ["DeviceEvents | take 1", 'source {"kind":"table","names":["DeviceEvents"]}'],
    ["union DeviceEvents, DeviceFileEvents", 'source {"kind":"table","names":["DeviceEvents","DeviceFileEvents"]}'],
    ["union Device*", 'source {"kind":"table","names":["Device*"]}'],
    ['arg("").Resources | take 1', 'source {"kind":"table","names":["Resources"],"attributes":{"arg":""}}'],
    [
      'cluster("c").database("d").T | take 1',
      'source {"kind":"table","names":["T"],"attributes":{"cluster":"c","database":"d"}}',
    ],
    ['workspace("w").T | take 1', 'source {"kind":"table","names":["T"],"attributes":{"workspace":"w"}}'],
    ["imDns | take 1", 'source {"kind":"function","names":["imDns"]}'],
    ["imProcessCreate() | take 1", 'source {"kind":"function","names":["imProcessCreate"]}'],
    [
      "_Im_Dns(responsecodename='NX') | take 1",
      `source {"kind":"function","names":["_Im_Dns"],"attributes":{"responsecodename":"'NX'"}}`,
    ],
    [
      'externaldata(a:string)["https://example.org/x"] | take 1',
      'source {"kind":"external","names":["https://example.org/x"]}',
    ],
    ['datatable(a:string, b:int)["x", 1] | take 1', 'source {"kind":"rows","names":["a","b"]}'],
    ["print a = 1", 'source {"kind":"rows","names":["a"]}'],
    ["range n from 1 to 5 step 1", 'source {"kind":"rows","names":["n"]}'],
    ['search "x"', 'source {"kind":"table","names":["*"]}'],
    ["find in (A, B) where x == 1", 'source {"kind":"table","names":["A","B"]}'],
  ])("%s", (text, expected) => {
    expect(lowered(text)[0]).toBe(expected);
  });

  test("begins at the first operator of a fragment", () => {
    expect(lowered("| where a == 1")).toEqual(["filter a eq 1"]);
  });

  test("makes a union of several results", () => {
    expect(lowered("A | where x == 1; B | where x == 2")).toEqual([
      'union [source {"kind":"table","names":["A"]}; filter x eq 1] [source {"kind":"table","names":["B"]}; filter x eq 2]',
    ]);
  });
});

describe("columns", () => {
  test.each([
    ['T | extend b = tolower(a) | where b == "x"', 'filter a{resolved a} eq~ "x"'],
    ["T | extend b = strlen(a) | where b > 5", "filter b{computed a} gt 5"],
    ['T | extend b = parse_json(a) | where b.c == "x"', 'filter a.c{resolved a.c} eq "x"'],
    ['T | extend b = a.c | project-rename d = b | where d == "x"', 'filter a.c{resolved a.c} eq "x"'],
    ['T | project b = a, a = b | where a == "x"', 'filter b{resolved b} eq "x"'],
    ['T | extend b = a has "x" | where b', 'filter a match~ "x" from extend b'],
    ['T | extend b = iff(a == "x", 1, 0) | where b == 1', 'filter a eq "x" from extend b'],
    [
      'T | extend b = case(a == "x", 1, c == "y", 2, 0) | where b != 0',
      'filter (or a eq "x" from extend b c eq "y" from extend b)',
    ],
    ['T | extend b = iff(a == "x", 1, 0) | where b == 0', 'filter (not a eq "x" from extend b)'],
    [
      'T | summarize n = count() by b = tolower(a) | where n > 5 and b == "x"',
      'filter (and n{computed } gt 5 a{resolved a} eq~ "x")',
    ],
    ["T | summarize dcount(a) by b | where dcount_a > 5", "filter dcount_a{computed a} gt 5"],
    ["T | summarize dcount(tostring(a), 4) by b | where dcount_a > 5", "filter dcount_a{computed a} gt 5"],
    [
      "T | extend b = ipv4_is_private(a) | where b == 0",
      'filter (not a cidr_match "10.0.0.0/8" "172.16.0.0/12" "192.168.0.0/16" from extend b)',
    ],
    ['T | summarize arg_max(Timestamp, *) by a | where b == "x"', 'filter b eq "x"'],
    ['T | summarize arg_max(Timestamp, b) by a | where b == "x"', 'filter b{resolved b} eq "x"'],
    ["T | summarize percentile(a, 95) by b | where percentile_a_95 > 5", "filter percentile_a_95{computed } gt 5"],
    ['T | parse a with * "x=" b ";" * | where b == "y"', 'filter b{computed a} eq "y"'],
    ['T | mv-expand a | where a.b == "x"', 'filter a.b eq "x"'],
    ['T | mv-expand c = parse_json(a).b | where c == "x"', 'filter a.b{resolved a.b} eq "x"'],
    ['T | mv-apply e = a on (where e.k == "x")', 'filter a.k{resolved a.k} eq "x"'],
    ['T | join (U | extend r = tolower(q)) on k | where r == "x"', 'filter q{resolved q} eq~ "x"'],
    ["T | join (U | project a, k) on k | where a == a1", "filter a == a1{computed a} eq true"],
    ["T | project k, b = a | join (U) on k | where b != a", "filter (not b == a{computed a} eq true)"],
    ["T | where a == tolower(a)", "filter a == tolower(a){computed a} eq true"],
    ["T | extend n = strlen(a) | join (U | project n, k) on k | where n1 == 5", "filter n{resolved n} eq 5"],
    ['T | mv-apply e = a on (summarize n = count() | project n) | where b == "x"', 'filter b eq "x"'],
    ["T | mv-apply e = a on (summarize sum(e)) | where sum_e > 5", "filter sum_e{computed a} gt 5"],
    ["T | invoke FileProfile(SHA1, 500) | where GlobalPrevalence < 50", "filter GlobalPrevalence{computed SHA1} lt 50"],
    ['union (A | extend x = a), (B | extend x = b) | where x == "v"', 'filter a{resolved a,b} eq "v"'],
  ])("%s", (text, expected) => {
    expect(lowered(text).at(-1)).toBe(expected);
  });
});

describe("aggregation", () => {
  test.each([
    ["T | summarize count() by a, bin(Timestamp, 5m)", ["aggregate count() by a window 5m"]],
    ["let w = 1h; T | summarize n = count() by bin(Timestamp, w)", ["aggregate count() as n by  window 1h"]],
    [
      "T | extend b = bin(Timestamp, 1h) | summarize count() by b",
      ['derive {"field":"b","text":"bin(Timestamp, 1h)","fields":["Timestamp"]}', "aggregate count() by  window 1h"],
    ],
    [
      "T | make-series n = count() on Timestamp from ago(1d) to now() step 1h by a",
      ["aggregate count() as n by a window 1h"],
    ],
    ["T | count", ["aggregate count() as Count by "]],
    ["T | distinct a, b", ['order {"kind":"deduplicate","by":["a","b"]}']],
    ["T | top-hitters 5 of a", ["aggregate top-hitters() by a"]],
    ["T | reduce by a", ["aggregate reduce() by a"]],
    ["T | evaluate pivot(a)", ["aggregate pivot(a) by "]],
  ])("%s", (text, expected) => {
    expect(stages(text)).toEqual(expected);
  });

  test("keeps the condition of an aggregation", () => {
    expect(stages('T | summarize n = countif(a == "x"), dcountif(b, c has "y")')).toEqual([
      'aggregate countif() as n where a eq "x", dcountif(b) where c match~ "y" by ',
    ]);
  });
});

describe("thresholds", () => {
  test.each([
    ["T | summarize count() by x | where count_ > 5", "gt 5 by x"],
    ["T | summarize Total = dcount(y) by x, bin(t, 5m) | where Total >= 5", "ge 5 of y by x in 5m"],
    ["T | summarize dcount(tostring(y), 4) by x | where dcount_y > 5", "gt 5 of tostring(y), 4 by x"],
    ["T | summarize n = count_distinctif(y, z == 1) by x | where n > 5", "gt 5 of y by x"],
    ["T | summarize countif(z == 1) by x | where 5 < countif_", "gt 5 by x"],
    ["let Limit = 5; T | count | where Count > Limit", "gt 5 by "],
  ])("%s", (text, expected) => {
    const found = withThresholds(lower(parse(text).ast)).stages.findLast((one) => one.type === "threshold");
    const { operator, count, distinct, by = [], window } = found ?? {};
    const parts = [operator, count, ...(distinct === undefined ? [] : ["of", distinct]), "by", by.join(",")];
    expect([...parts, ...(window === undefined ? [] : ["in", window])].join(" ")).toBe(expected);
  });
});

describe("other operators", () => {
  test.each([
    ["T | top 5 by a desc", ['order {"kind":"sort","by":["a"],"count":5}']],
    ["T | limit 5", ['order {"kind":"limit","by":[],"count":5}']],
    ["T | sort by a, b", ['order {"kind":"sort","by":["a","b"]}']],
    ["T | sample 5", ['order {"kind":"sample","by":[],"count":5}']],
    ["T | sample-distinct 5 of a", ['order {"kind":"sample","by":["a"],"count":5}']],
    ["T | project-away a, b*", ['project {"mode":"drop","fields":["a","b*"]}']],
    ["T | project-rename b = a", ['project {"mode":"rename","fields":[],"renames":[{"from":"a","to":"b"}]}']],
    [
      "T | project a, b = c",
      [
        'project {"mode":"rename","fields":[],"renames":[{"from":"c","to":"b"}]}',
        'project {"mode":"keep","fields":["a","c"]}',
      ],
    ],
    ["T | render timechart | project-reorder a | consume | getschema", []],
    ["T | lookup (Watch) on a", ['lookup {"table":"Watch","on":["a"],"outputs":[]}']],
    ["T | lookup kind=inner (Watch) on a", ['join inner on a [source {"kind":"table","names":["Watch"]}]']],
    ["T | evaluate ipv4_lookup(Ranges, a, range)", ['lookup {"table":"Ranges","on":["a"],"outputs":[]}']],
    [
      "T | join kind=leftanti (U) on $left.a == $right.b",
      ['join anti on a == b [source {"kind":"table","names":["U"]}]'],
    ],
    ["T | join kind=leftsemi (U) on a", ['join semi on a [source {"kind":"table","names":["U"]}]']],
    ["T | join (U) on a", ['join innerunique on a [source {"kind":"table","names":["U"]}]']],
    [
      "T | where a == 1 | union (U | where b == 2)",
      ["filter a eq 1", 'union [source {"kind":"table","names":["U"]}; filter b eq 2]'],
    ],
    ["T | fork (where a == 1) (where a == 2)", ["union [filter a eq 1] [filter a eq 2]"]],
    [
      'T | mv-apply e = a on (where e has "x" | top 2 by e | summarize n = max(e) | project n)',
      [
        'derive {"field":"e","text":"mv-apply a","fields":["a"]}',
        'filter a{resolved a} match~ "x"',
        'derive {"field":"n","text":"max(e)","fields":["a"]}',
      ],
    ],
    ["T | partition by a (top 3 by b)", ['order {"kind":"sort","by":["b"],"count":3}']],
    [
      'T | parse-where a with "x=" b ";"',
      ["filter a wildcard x=*;", 'derive {"field":"b","text":"parse-where a with \\"x=\\" b \\";\\"","fields":["a"]}'],
    ],
  ])("%s", (text, expected) => {
    expect(stages(text)).toEqual(expected);
  });

  test("keeps the right side of a right anti join, less what the left side has", () => {
    expect(lowered("T | where a == 1 | join kind=rightanti (U | where b == 2) on k")).toEqual([
      'source {"kind":"table","names":["U"]}',
      "filter b eq 2",
      'join anti on k [source {"kind":"table","names":["T"]}; filter a eq 1]',
    ]);
  });

  test("makes a sequence of scan, by the fields that its steps share", () => {
    const text =
      'T | scan declare (s:string) with (step one: a == 1; step two: a == 2 and h == one.h => s = "x";) | where s == "x"';
    expect(stages(text)).toEqual([
      "sequence by h in undefined [filter a eq 1] [filter a eq 2]",
      'filter s{computed } eq "x"',
    ]);
  });

  test("looks for words in all columns", () => {
    expect(lowered('search in (A, B) "x" and c:"y*" and not("*z*")')).toEqual([
      'source {"kind":"table","names":["A","B"]}',
      'filter (and * match~ "x" c match~ y* (not * contains~ "z"))',
    ]);
  });
});
