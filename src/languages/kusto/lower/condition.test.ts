import { describe, expect, test } from "vitest";
import { lower, parse } from "../index.ts";
import { condition, reasons } from "./testing.ts";

describe("operators", () => {
  test.each([
    ['a == "X"', 'a eq "X"'],
    ['a =~ "X"', 'a eq~ "X"'],
    ['a != "X"', '(not a eq "X")'],
    ['a !~ "X"', '(not a eq~ "X")'],
    ['a has "x"', 'a match~ "x"'],
    ['a !has_cs "x"', '(not a match "x")'],
    ['a hasprefix "x"', "a match~ x*"],
    ['a hassuffix_cs "x"', "a match *x"],
    ['a contains "x"', 'a contains~ "x"'],
    ['a contains_cs "x"', 'a contains "x"'],
    ['a startswith "x"', 'a starts_with~ "x"'],
    ['a endswith_cs "x"', 'a ends_with "x"'],
    ['a matches regex "^x"', 'a regex_match "^x"'],
    ['a matches regex "(?i)x"', 'a regex_match~ "(?i)x"'],
    ['a in ("x", "y")', 'a eq "x" "y"'],
    ['a !in~ ("x", "y")', '(not a eq~ "x" "y")'],
    ['a has_any ("x", "y")', 'a match~ "x" "y"'],
    ['a has_all ("x", 5)', 'a match~ "x" "5"'],
    ["a between (1 .. 5)", "(and a ge 1 a le 5)"],
    ["a !between (1 .. 5)", "(not (and a ge 1 a le 5))"],
    ["a > 5", "a gt 5"],
    ["5 >= a", "a le 5"],
    ["a == b", 'a eq_field "b"'],
    ["a < b", 'a lt_field "b"'],
    ["a =~ b", 'a eq_field~ "b"'],
    ["a contains b", 'a contains_field~ "b"'],
    ["a has b", "a has b{computed a,b} eq true"],
    ['"text" contains a', '"text" contains a{computed a} eq true'],
    ['* has "x"', '* match~ "x"'],
    ["a", "a eq true"],
    ["not(a)", "(not a eq true)"],
    ['a == "x" and (b == 1 or c == 2)', '(and a eq "x" (or b eq 1 c eq 2))'],
    ['(a has "x") == false', '(not a match~ "x")'],
  ])("%s", (text, expected) => {
    expect(condition(text)).toBe(expected);
  });
});

describe("empty and null", () => {
  test.each([
    ["isempty(a)", '(or a is_null a eq "")'],
    ["isnotempty(a)", '(and a exists (not a eq ""))'],
    ["not(isempty(a))", '(and a exists (not a eq ""))'],
    ["not(isnotempty(a))", '(or a is_null a eq "")'],
    ["isnull(a)", "a is_null"],
    ["isnotnull(a)", "a exists"],
    ['a == ""', '(or a is_null a eq "")'],
    ['a != ""', '(and a exists (not a eq ""))'],
    ['a !in ("", "x")', '(not (or a eq "" "x" a is_null))'],
    ['bag_has_key(a, "k")', "a.k{resolved a.k} exists"],
  ])("%s", (text, expected) => {
    expect(condition(text)).toBe(expected);
  });

  test.each([
    ["a > 5", "unknown"],
    ["a > ago(1d)", "unknown"],
    ["a == 5", undefined],
    ['a > "x"', undefined],
    ['ipv4_is_in_range(a, "10.0.0.0/8")', "unknown"],
  ])("%s of a null is %s", (text, expected) => {
    const [, filter] = lower(parse(`T | where ${text}`).ast).stages;
    expect(filter?.type === "filter" && filter.expression.type === "predicate" && filter.expression.missing).toBe(
      expected,
    );
  });
});

describe("functions", () => {
  test.each([
    ["ipv4_is_private(a)", 'a cidr_match "10.0.0.0/8" "172.16.0.0/12" "192.168.0.0/16"'],
    ['ipv4_is_in_any_range(a, dynamic(["10.0.0.0/8"]))', 'a cidr_match "10.0.0.0/8"'],
    ["ipv4_is_in_range(a, b)", "ipv4_is_in_range(a, b){computed a,b} eq true"],
    ['has_any_ipv4(a, "1.2.3.4", "5.6.7.8")', 'a match "1.2.3.4" "5.6.7.8"'],
    ['has_ipv4_prefix(a, "10.")', "a match 10.*"],
    ['set_has_element(a, "x")', 'a eq "x"'],
    ['set_has_element(dynamic(["x", "y"]), a)', 'a eq "x" "y"'],
    ['tolower(a) == "x"', 'a{resolved a} eq~ "x"'],
    ['tostring(a) has "x"', 'a{resolved a} match~ "x"'],
    ['trim(" ", a) == "x"', 'a{resolved a} eq "x"'],
    ['trim("x", a) == "x"', 'trim("x", a){computed a} eq "x"'],
    ['coalesce(a, b, "") == "x"', 'a{resolved a,b} eq "x"'],
    ["coalesce(a > 1, false)", "a gt 1"],
    ['not(coalesce(ipv4_is_in_range(a, "10.0.0.0/8"), false))', '(not a cidr_match "10.0.0.0/8")'],
    ['column_ifexists("a", "") == "x"', 'a{resolved a} eq "x"'],
    ["strlen(a) > 5", "strlen(a){computed a} gt 5"],
    ["iff(a == 1, b == 2, false)", "(and a eq 1 b eq 2)"],
    ['case(a == 1, "x", a == 2, "y", "z") == "y"', "(and (not a eq 1) a eq 2)"],
    ['iff(a > 1, "x", "y") == "y"', "(not a gt 1)"],
    ['iff(not(a < b), "x", "y") == "x"', '(not (or a lt_field "b" a is_null b is_null))'],
  ])("%s", (text, expected) => {
    expect(condition(text)).toBe(expected);
  });
});

test("does not double with every choice in the test of a choice", () => {
  let text = "a == 1";
  for (let depth = 0; depth < 40; depth++) text = `iff(${text}, b == 2, c == 3)`;
  expect(JSON.stringify(lower(parse(`T | where ${text}`).ast)).length).toBeLessThan(10_000);
});

describe("paths", () => {
  test.each([
    ['a.b == "x"', 'a.b eq "x"'],
    ['a["b"].c == "x"', 'a.b.c{resolved a.b.c} eq "x"'],
    ['a[0].b == "x"', 'a.b{resolved a.b} eq "x"'],
    ['tostring(parse_json(tostring(a.b))["c d"]) == "x"', 'a.b.c d{resolved a.b.c d} eq "x"'],
    ['extractjson("$.b.c", a) == "x"', 'a.b.c{resolved a.b.c} eq "x"'],
    ['split(a, ",")[0] == "x"', 'split(a, ",")[0]{computed a} eq "x"'],
    ['a[b] == "x"', 'a[b]{computed a,b} eq "x"'],
  ])("%s", (text, expected) => {
    expect(condition(text)).toBe(expected);
  });
});

describe("times and constants", () => {
  test.each([
    ["Timestamp > ago(7d)", 'Timestamp gt "ago(7d)"'],
    ["Timestamp between (ago(2d) .. 1d)", '(and Timestamp ge "ago(2d)" Timestamp le "ago(2d) + 1d")'],
    ["Timestamp > datetime(2024-01-01)", 'Timestamp gt "2024-01-01"'],
    ["a > 1024 * 2", "a gt 2048"],
    ["a == -1", "a eq -1"],
    ['a == strcat("x", "y")', 'a eq "xy"'],
    ['a in (split("x,y", ","))', 'a eq "x" "y"'],
    ["ingestion_time() > ago(1h)", 'ingestion_time(){computed } gt "ago(1h)"'],
  ])("%s", (text, expected) => {
    expect(condition(text)).toBe(expected);
  });

  test.each([
    ["Timestamp > ago(7d)", true],
    ["Timestamp > datetime(2024-01-01) + 1d", true],
    ["now() > Timestamp", true],
    ["Timestamp in (now())", true],
    ["a == base64_encode_tostring('x')", true],
    ["a > toscalar(U | summarize max(b))", true],
    ["Timestamp > datetime(2024-01-01)", undefined],
    ["Duration > 5m", undefined],
    ["a > 1024 * 2", undefined],
  ])("%s: worked out when the query runs: %s", (text, expected) => {
    const [, filter] = lower(parse(`T | where ${text}`).ast).stages;
    expect(filter?.type === "filter" && filter.expression.type === "predicate" && filter.expression.evaluated).toBe(
      expected,
    );
  });

  test("keeps values as they are spelled", () => {
    const [, filter] = lower(parse(`T | where a in (@'C:\\x', "a\\"b", 0x10)`).ast).stages;
    expect(filter?.type === "filter" && filter.expression).toMatchObject({
      values: ["C:\\x", 'a"b', 16],
      raw: ["@'C:\\x'", '"a\\"b"', "0x10"],
    });
  });
});

test("loses nothing of a chain but the operand that is missing", () => {
  expect(condition('a == "x" or')).toBe('(or a eq "x" <unreadable condition: >)');
  expect(condition('a == "x" and (b == 1 or) or or c == 2')).toBe(
    '(or (and a eq "x" (or b eq 1 <unreadable condition: >)) <unreadable condition: > c eq 2)',
  );
});

describe("what is not understood", () => {
  test.each([
    ["T | where true", "constant as a condition"],
    ['T | where a == "x" and | take 5', "unreadable condition"],
    ["T | where 1 == 1", "comparison of constants"],
    ["T | where a == dynamic(null)", "comparison with null"],
    ['T | where a like "x"', "operator that is not documented"],
    ["T | where a == 1 or b in ((U | project b))", "list from a table inside a condition"],
    ["T | evaluate python(typeof(*), 'x')", "plugin that is not modelled"],
    ["T | invoke f()", "function that is defined elsewhere"],
  ])("%s", (text, reason) => {
    expect(reasons(text)).toEqual([reason]);
  });
});
