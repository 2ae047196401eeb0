import { expect, test } from "vitest";
import { condition } from "./testing.ts";

test.each([
  ["x=1 AND y=2 OR z=3", "(or (and x eq 1 y eq 2) z eq 3)"],
  ["x=1 OR y=2 AND z=3", "(or x eq 1 (and y eq 2 z eq 3))"],
  ["x=1 XOR y=2", "(or (and x eq 1 (not y eq 2)) (and (not x eq 1) y eq 2))"],
  ["NOT x=1 AND y=2", "(and (not x eq 1) y eq 2)"],
  ["not (x=1 or y=2)", "(not (or x eq 1 y eq 2))"],
  ['x="A*"', 'x eq "A*"'],
  ['x=="a" OR x!="b"', '(or x eq "a" (not x eq "b"))'],
  ['like(x,"%a_b%") OR x LIKE "y%"', '(or x wildcard *a?b* x starts_with "y")'],
  ["like(x, y)", "like(x, y){computed x,y} eq true"],
  ['match(x,"(?i)\\\\bfoo") OR match(y,"bar$")', '(or x regex_match~ "(?i)\\\\bfoo" y regex_match "bar$")'],
  ['cidrmatch("10.0.0.0/8",ip)', 'ip cidr_match "10.0.0.0/8"'],
  ["isnull(x) OR isnotnull('y.z')", "(or x is_null y.z exists)"],
  ['x IN ("a", 3) OR in(y, "b")', '(or x eq "a" 3 y eq "b")'],
  ['x IN (y, "b")', '(or x eq_field "y" x eq "b")'],
  ["5 < x", "x gt 5"],
  ['"a"=x', 'x eq "a"'],
  ["x=y", 'x eq_field "y"'],
  ["x>y", 'x gt_field "y"'],
  ["x=null() OR y=true", "(or x is_null y eq true)"],
  ["len(x)>5", "len(x){computed x} gt 5"],
  ['lower(x)="a" AND upper(y)=="B"', '(and x{resolved x} eq~ "a" y{resolved y} eq~ "B")'],
  ['coalesce(x,y)="a"', 'x{resolved x,y} eq "a"'],
  ["x+1>2", "x + 1{computed x} gt 2"],
  ['if(x=1,"a","b")="a"', 'if(x = 1, "a", "b"){computed x} eq "a"'],
  ["1=1", "<comparison of two constants: 1 = 1>"],
  ["x", "x eq true"],
  ["isnum(x) AND NOT isstr(y)", "(and isnum(x){computed x} eq true (not isstr(y){computed y} eq true))"],
  ['x IN ("10.0.0.0/8")', 'x eq "10.0.0.0/8"'],
  ["true()", "<constant as a condition: true()>"],
  ['searchmatch("a=1 foo*")', "(and a eq~ 1 * match~ foo*)"],
  ["'a b'=-3", "a b eq -3"],
  ['x . y = "ab"', 'x . y{computed x,y} eq "ab"'],
])("where %s", (text, expected) => {
  expect(condition(`k=1 | where ${text}`)).toBe(expected);
});
