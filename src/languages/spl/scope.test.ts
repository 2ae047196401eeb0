import { expect, test } from "vitest";
import type { Environment } from "../language.ts";
import { show } from "../testing.ts";
import { condition, logicOf } from "./testing.ts";

const lookups: Environment = {
  lookups: new Map([
    ["known", { fields: ["ip", "kind", "score"], wildcardFields: [], caseSensitive: true }],
    ["model", { fields: [], wildcardFields: [], caseSensitive: true }],
  ]),
};

test.each([
  // A lookup without OUTPUT gives all columns but the keys.
  [
    'a=1 | lookup known ip as src | where kind="x" AND src="y" AND ip="z"',
    '(and kind{computed src} eq "x" src eq "y" ip eq "z")',
  ],
  ["a=1 | lookup known.csv ip | where score>5", "score{computed ip} gt 5"],
  ['a=1 | lookup known ip OUTPUT score | where kind="x"', 'kind eq "x"'],
  // Where columns are not known, a name that nothing else has made is one of them, if events have no other fields.
  [
    'a=1 | stats count by src | lookup model word as src | where score>5 AND src="y"',
    '(and score{computed } gt 5 src eq "y")',
  ],
  ["a=1 | lookup model word as src | where score>5", "score gt 5"],
  // Only what could be the call of a function is the result of one.
  ['"a-b(c)"=1 "max(a)"=2', "(and a-b(c) eq~ 1 max(a){computed a} eq~ 2)"],
  ["a=1 | stats count by src | apply m | where p>5 AND count>1", "(and p{computed } gt 5 count{computed } gt 1)"],
  [
    "a=1 | stats count by src | apply m | stats max(p) as q by src | where q>5 AND r=1",
    "(and q{computed } gt 5 r eq 1)",
  ],
  ["a=1 | stats count by src | apply m | xmlkv | where p>5", "p gt 5"],
  ["a=1 | stats values(*) as * by src | apply m | where p>5", "p gt 5"],
  ["a=1 | stats count by src | join src [summary m] | where n>5", "n{computed } gt 5"],
  ["a=1 | delta x as y | where y>5 AND x>1", "(and y{computed x} gt 5 x gt 1)"],
  // Names that follow patterns.
  [
    "| tstats dc(Processes.process) as Processes.n values(Processes.user) from datamodel=Endpoint.Processes by Processes.dest | rename Processes.* as p.* | where 'p.n'>5 AND 'p.dest'=\"x\"",
    '(and p.n{computed process} gt 5 dest{resolved dest} eq "x")',
  ],
  ["| tstats count from datamodel=My.Own where Own.x=1 by Own.y", "x{resolved x} eq~ 1"],
  ["| tstats count where Processes.x=1 from datamodel=Endpoint.Processes by Processes.y", "x{resolved x} eq~ 1"],
  ["| tstats count where from=1 by y", "from eq~ 1"],
  ['a=1 | bin size as step | where step="0-10"', 'step{computed size} eq "0-10"'],
  // The key of a join keeps its meaning; other fields of the sub-search replace those outside.
  [
    'a=1 | eval n=lower(m) | join h [search b=2 | stats count as n by k | rename k as h] | where n>1 AND h="x"',
    '(and n{computed } gt 1 h eq "x")',
  ],
  ['a=1 | eval n=lower(m) | join overwrite=false h [search b=2 | eval n=1] | where n="x"', 'm{resolved m} eq~ "x"'],
  // A value that may be a computed one.
  ['a=1 | rex field=x "(?<y>.)" | eval z=coalesce(y, w) | where z="a"', 'z{computed x,w} eq "a"'],
])("%s", (text, expected) => {
  expect(condition(text, lookups)).toBe(expected);
});

test("keeps the sources of a long chain of computations few", () => {
  const steps = Array.from({ length: 200 }, (_one, index) => `eval x${index + 1}=x${index}.y${index}`);
  const last = logicOf(`a=1 | ${steps.join(" | ")}`).stages.at(-1);
  expect(last?.type === "derive" ? last.fields.length : 0).toBe(64);
});

test("lets an inner pipeline see the names outside and keep its own", () => {
  const text = 'a=1 | eval n=lower(m) | appendpipe [eval k=n | eval n=1 | where n=1 AND k="x"] | where n="y"';
  expect(condition(text)).toBe('m{resolved m} eq~ "y"');
  const union = logicOf(text).stages.find((one) => one.type === "union");
  const inner = union?.type === "union" ? union.branches[0]?.stages.at(-1) : undefined;
  expect(inner?.type === "filter" ? show(inner.expression) : "").toBe('(and n{computed } eq 1 m{resolved m} eq~ "x")');
});
