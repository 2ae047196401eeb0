import { expect, test } from "vitest";
import { condition } from "./testing.ts";

test.each([
  ["a=1 b=2 OR c=3", "(and a eq~ 1 (or b eq~ 2 c eq~ 3))"],
  ["a=1 AND b=2 OR c=3 d=4", "(and a eq~ 1 (or b eq~ 2 c eq~ 3) d eq~ 4)"],
  ["NOT a=1 OR b=2", "(or (not a eq~ 1) b eq~ 2)"],
  ["NOT (a=1 b=2)", "(not (and a eq~ 1 b eq~ 2))"],
  ["(a=1 b=2) OR c=3", "(or (and a eq~ 1 b eq~ 2) c eq~ 3)"],
  ["a=*x*", 'a contains~ "x"'],
  ['a="x*"', 'a starts_with~ "x"'],
  ["a=*x", 'a ends_with~ "x"'],
  ["a=x*y", "a wildcard~ x*y"],
  ["a=*", "a exists~"],
  ['a="*"', "a exists~"],
  ["a!=*", "(and a exists~ (not a exists~))"],
  ["NOT (a!=x OR b=y)", '(not (or (and a exists~ (not a eq~ "x")) b eq~ "y"))'],
  ["a=x?z", 'a eq~ "x?z"'],
  ["a!=x", '(not a eq~ "x")'],
  ['a=""', 'a eq~ ""'],
  ['a=42 b="42" c=042 d=1.50', '(and a eq~ 42 b eq~ "42" c eq~ "042" d eq~ "1.50")'],
  [
    'a="C:\\\\Win\\\\x" b="say \\"hi\\"" c="\\d+\\*"',
    '(and a eq~ "C:\\\\Win\\\\x" b eq~ "say \\"hi\\"" c starts_with~ "\\\\d+\\\\")',
  ],
  ["a=*\\\\Windows\\\\System32\\\\x.exe", 'a ends_with~ "\\\\Windows\\\\System32\\\\x.exe"'],
  ['a IN (x, "y z", *w*, 4)', '(or a eq~ "x" "y z" 4 a contains~ "w")'],
  ["a<5 b<=5 c>x d>=1.5", '(and a lt~ 5 b le~ 5 c gt~ "x" d ge~ 1.5)'],
  ['error "two words" *part*', '(and * match~ "error" * match~ "two words" * contains~ "part")'],
  ["TERM(10.0.0.1) CASE(Err) f=TERM(x)", '(and * match~ "10.0.0.1" * match "Err" f eq~ "x")'],
  [
    'a=10.0.0.0/8 b IN (10.0.0.0/8, 1.2.3.4, "fe80::/10") 10.0.0.0/8 c!=1.2.3/8',
    '(and a cidr_match~ "10.0.0.0/8" (or b cidr_match~ "10.0.0.0/8" "fe80::/10" b eq~ "1.2.3.4") * match~ "10.0.0.0/8" (not c eq~ "1.2.3/8"))',
  ],
  [
    'host::web* source::"a b" tag::host=x "p::q" r::',
    '(and host starts_with~ "web" source eq~ "a b" tag::host eq~ "x" * match~ "p::q" * match~ "r::")',
  ],
  ["CASE(Err*) f=CASE(X)", '(and * match Err* f eq "X")'],
  ['"my field"=1 a{}.b=2', "(and my field eq~ 1 a{}.b eq~ 2)"],
  ["a=1 *", "a eq~ 1"],
  ["* OR a=1", "no filter"],
  ["NOT *", "<a condition that never holds: NOT *>"],
  ["a=1 and b=2", '(and a eq~ 1 * match~ "and" b eq~ 2)'],
])("search %s", (text, expected) => {
  expect(condition(text)).toBe(expected);
});
