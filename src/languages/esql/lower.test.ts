import { describe, expect, test } from "vitest";
import { conditionOf, filterOf } from "./testing.ts";

describe("comparisons", () => {
  test.each([
    ['a == "x"', 'a eq? "x"'],
    ['a != "x"', 'not a eq? "x"'],
    ['"x" == a', 'a eq? "x"'],
    ["5 < a", "a gt? 5"],
    ["a >= 5 and a <= 6", "(a ge? 5 and a le? 6)"],
    ['a in ("x", "y")', 'a eq? "x","y"'],
    ['a not in ("x", "y")', 'not a eq? "x","y"'],
    ['a in ("x", b, null)', '(a eq? "x" or a eq_field? "b" or <a comparison with null, which is never true>)'],
    ['"x" in (a, b)', '(a eq? "x" or b eq? "x")'],
    ["a is null and b is not null", "(a is_null and b exists)"],
    [
      "coalesce(a, b) is null or coalesce(c, d) is not null",
      "((~>a is_null and ~>b is_null) or ~>c exists or ~>d exists)",
    ],
    ["a == b and a != c", '(a eq_field? "b" and not a eq_field? "c")'],
    ["a < b and a >= c", '(a lt_field? "b" and a ge_field? "c")'],
    ["is_admin and not is_service", "(is_admin eq? true and not is_service eq? true)"],
    ["(a == 1) == false", "not a eq? 1"],
    ['starts_with(a, "x") != true', 'not a starts_with? "x"'],
    ["@timestamp >= now() - 30 days", '@timestamp ge? "now() - 30 days"'],
    ["now() - 5m > @timestamp", '@timestamp lt? "now() - 5m"'],
    ["@timestamp > ?_tstart", '@timestamp gt? "?_tstart"'],
    ['a == "10.0.0.1"::ip', 'a eq? "10.0.0.1"'],
    ['@timestamp > to_datetime("2026-01-01")', '@timestamp gt? "2026-01-01"'],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });
});

describe("patterns", () => {
  test.each([
    ['a like "x*"', 'a starts_with? "x"'],
    ['a not like "*x"', 'not a ends_with? "x"'],
    ['a like "*x*"', 'a contains? "x"'],
    ['a like "x?y*"', "a wildcard? /x?y*/"],
    ['a like "*"', "a wildcard? /*/"],
    ['a like """a\\*b\\\\"""', 'a eq? "a*b\\\\"'],
    ['a like ("x*", "y*", "z")', '(a starts_with? "x","y" or a eq? "z")'],
    ["a like ?p", "a wildcard? /%p%/"],
    ['a rlike "x.*"', 'a regex_match? "^(?:x.*)$"'],
    ['a not rlike ("x", "y|z")', 'not a regex_match? "^(?:x)$","^(?:y|z)$"'],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });
});

describe("functions", () => {
  test.each([
    ['starts_with(a, "x")', 'a starts_with? "x"'],
    ['ENDS_WITH(a, "x")', 'a ends_with? "x"'],
    ['contains(a, "x")', 'a contains? "x"'],
    ["starts_with(a, b)", 'a starts_with_field? "b"'],
    ['cidr_match(a, "10.0.0.0/8", "::1/128")', 'a cidr_match? "10.0.0.0/8","::1/128"'],
    ['cidr_match(to_ip(a), "10.0.0.0/8", ?n)', '(~>a cidr_match? "10.0.0.0/8" or ~>a wildcard? /%n%/)'],
    ['mv_contains(a, "x")', 'a eq "x"'],
    ['mv_contains(a, ["x", "y"])', 'a eq all "x","y"'],
    ['mv_intersects(a, ["x", "y"])', 'a eq "x","y"'],
    ['mv_like(a, "x*")', 'a starts_with "x"'],
    ['mv_rlike(a, "x.")', 'a regex_match "^(?:x.)$"'],
    ['match(message, "one two")', 'message match~ "one","two"'],
    ['match(message, "one two", {"operator": "and"})', 'message match~ all "one","two"'],
    ['match_phrase(message, "one two")', 'message match~ "one two"'],
    ['match(a, "x", {"fuzziness": 1})', "<a fuzzy match>"],
    ['match(a, "x", {"minimum_should_match": 2})', "<a match of some of its words>"],
    [
      'a : "x" and b : "10.0.0.0/8" and message : "y"',
      '(a eq "x" and b cidr_match "10.0.0.0/8" and message match~ "y")',
    ],
    ["length(a) > 5", "=>length(a) gt? 5"],
    ["case(a == 1, true, false)", "=>case(a == 1, true, false) eq? true"],
    ["unheard_of(a)", "=>unheard_of(a) eq? true"],
    ["starts_with(a, ?p)", "=>starts_with(a, ?p) eq? true"],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });
});

describe("values that stay what they were", () => {
  test.each([
    ['to_lower(a) == "x"', '~>a eq~? "x"'],
    ['to_upper(a) like "X*"', '~>a starts_with~? "X"'],
    ['to_lower(a) == "X"', '=>a eq? "X"'],
    ['to_lower(a) like "*X*"', '=>a contains? "X"'],
    ['to_lower(a) rlike ".*\\\\S+x"', '~>a regex_match~? "^(?:.*\\\\S+x)$"'],
    ["to_lower(a) == to_lower(b)", '~>a eq_field~? "b"'],
    ["to_lower(a) == b or a == to_upper(b)", '(=>a eq_field? "b" or =>a eq_field? "b")'],
    ["starts_with(to_lower(a), b)", '=>a starts_with_field? "b"'],
    ["to_lower(a) == ?p or to_lower(a) in (?q)", "(~>a wildcard~? /%p%/ or ~>a wildcard~? /%q%/)"],
    ["a::string == b::string", '~>a eq_field? "b"'],
    ['trim(to_string(a)) == "x"', '~>a eq? "x"'],
    ['coalesce(a, b) == "x"', '~>a eq? "x"'],
    ['coalesce(a, "y") == "x"', '=>coalesce(a, "y") eq? "x"'],
    ['to_lower(coalesce(a, b)) == "x"', '~>a eq~? "x"'],
    ['mv_first(a) == "x"', '=>mv_first(a) eq? "x"'],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });

  test.each([
    ['from l | eval x = to_lower(a), y = x | where y == "v"', '~>a eq~? "v"'],
    ['from l | eval x = concat(a, b) | where x == "v"', '=>x eq? "v"'],
    ['from l | eval a = replace(a, "b", "c") | where a == "v"', '=>a eq? "v"'],
    ['from l | rename a as b, c = b | where c == "v"', '~>a eq? "v"'],
    ["from l | stats c = count(*), v = values(b) by a | where c > 5 and v is not null", "(=>c gt? 5 and =>v exists)"],
    ["from l | stats count(*), max(a) by b | where `COUNT( * )` > 5", "=>count(*) gt? 5"],
    ["from l | stats c = count(*), d = by a | where c > 5 and d > 15", "(=>c gt? 5 and =>d gt? 15)"],
    ['from l | stats by a, k = to_lower(b) | where a == "v" and k == "w"', '(a eq?1 "v" and ~>b eq~?1 "w")'],
    ['from l | mv_expand a | where a == "v"', 'a eq?1 "v"'],
    ['from l | inline stats c = count(*) by a | where a == "v" and c == 1', '(a eq? "v" and =>c eq? 1)'],
    ['from l | grok a "%{WORD:w}" | where w == "v"', '=>w eq? "v"'],
    ['from l | where to_lower(a.`(?i)b`) == "v"', '~>a.(?i)b eq~? "v"'],
    ['from l | keep a | enrich p | where a == "v" and b == "w"', '(a eq? "v" and =>b eq? "w")'],
    ['from l | enrich p | where b == "w"', 'b eq? "w"'],
    ['row a = "x" | where a == "x"', '=>a eq? "x"'],
    ['from l | uri_parts u = url | where u.domain == "v" and url == "w"', '(=>u.domain eq? "v" and url eq? "w")'],
  ])("%s", (text, expected) => {
    expect(filterOf(text)).toBe(expected);
  });
});

describe("conditions that say nothing about an event", () => {
  test.each([
    ["true", "<a constant condition>"],
    ["1 == 1", "<a comparison of two constants>"],
    ["a == null", "<a comparison with null, which is never true>"],
    ['"x" like "y"', "<a pattern on a constant>"],
    ["?p", "<a parameter as a condition>"],
    ["a == [1, 2]", "<a comparison with a list>"],
    ['a == concat("x", "y")', "<a comparison with a computed constant>"],
    ["a == 1 or b in (from c)", "(a eq? 1 or <a subquery inside a condition>)"],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });
});
