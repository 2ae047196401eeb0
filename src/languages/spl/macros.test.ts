import { expect, test } from "vitest";
import { parse, print } from "./index.ts";
import { complaints, environment, logicOf, lowered } from "./testing.ts";

const macros = environment({
  audit: 'sourcetype=audit OR source="x:Audit"',
  tool: "(P.name=tool.exe OR P.orig=Tool.EXE)",
  open: "a=1 OR b=2",
  neg: "a=1 b=2",
  list: 'one.exe,"two three",*four*',
  value: '"-7d@d"',
  "ctime/field": "convert ctime($field$)",
  "twice/a,b": "search x=$a$ y=$b$ z=$other$",
  tail: "OR c=3",
  head: "b=2 OR",
  whole: '| inputlookup hosts | eval h="x"',
  pipe: "type=E | eval n=lower(n) | search n=q",
  loop: "`loop2`",
  loop2: "a=1 `loop`",
  nested: "`tool` OR `open`",
  prefix: "stats count",
  big: "`b2` `b2` `b2` `b2` `b2` `b2` `b2` `b2`",
  b2: "`b3` `b3` `b3` `b3` `b3` `b3` `b3` `b3`",
  b3: "`b4` `b4` `b4` `b4` `b4` `b4` `b4` `b4`",
  b4: "`b5` `b5` `b5` `b5` `b5` `b5` `b5` `b5`",
  b5: "x=0123456789012345678901234567890123456789 x=0123456789012345678901234567890123456789",
});

test.each<[string, readonly string[]]>([
  [
    "`audit` EventCode=1",
    [
      'source {"kind":"macro","names":["audit"]}',
      'filter (and (or sourcetype eq~ "audit" from macro audit source eq~ "x:Audit" from macro audit) EventCode eq~ 1)',
    ],
  ],
  [
    "k=1 `tool`",
    ['filter (and k eq~ 1 (or P.name eq~ "tool.exe" from macro tool P.orig eq~ "Tool.EXE" from macro tool))'],
  ],
  ["a=1 `tail` d=4", ["filter (and (or a eq~ 1 c eq~ 3 from macro tail) d eq~ 4)"]],
  ["a=1 `head` d=4", ["filter (and a eq~ 1 (or b eq~ 2 from macro head d eq~ 4))"]],
  ["NOT `open`", ["filter (or (not a eq~ 1 from macro open) b eq~ 2 from macro open)"]],
  ["NOT `tool`", ['filter (not (or P.name eq~ "tool.exe" from macro tool P.orig eq~ "Tool.EXE" from macro tool))']],
  ["c=3 OR `neg`", ["filter (and (or c eq~ 3 a eq~ 1 from macro neg) b eq~ 2 from macro neg)"]],
  [
    "`nested` c=3",
    [
      'filter (and (or P.name eq~ "tool.exe" from macro nested P.orig eq~ "Tool.EXE" from macro nested a eq~ 1 from macro nested b eq~ 2 from macro nested) c eq~ 3)',
    ],
  ],
  [
    "f IN (`list`, five)",
    ['filter (or f eq~ "five" f eq~ "one.exe" "two three" from macro list f contains~ "four" from macro list)'],
  ],
  ["d>`value`", ['filter d gt~ "-7d@d" from macro value']],
  ["where x>`value`", ['filter (and * match~ "where" x gt~ "-7d@d" from macro value)']],
  ["k=1 | where t>`value`", ["filter k eq~ 1", 'filter t gt "-7d@d"']],
  [
    'k=1 | `ctime(when)` | `ctime("and then")`',
    [
      "filter k eq~ 1",
      'derive {"field":"when","text":"convert ctime(when)","fields":["when"]}',
      'derive {"field":"and then","text":"convert ctime(and then)","fields":["and then"]}',
    ],
  ],
  [
    'k=1 | `twice("p q", r)`',
    [
      "filter k eq~ 1",
      'filter (and x eq~ "p" from macro twice * match~ "q" from macro twice y eq~ "r" from macro twice z eq~ "$other$" from macro twice)',
    ],
  ],
  ["| `whole`", ['source {"kind":"lookup","names":["hosts"]}', 'derive {"field":"h","text":"\\"x\\"","fields":[]}']],
  [
    '`pipe` m=2 | where n="A"',
    [
      'filter (and type eq~ "E" from macro pipe m eq~ 2)',
      'derive {"field":"n","text":"lower(n)","fields":["n"]}',
      'filter n{resolved n} eq~ "q" from macro pipe',
      'filter n{resolved n} eq~ "A"',
    ],
  ],
  ["`loop`", ["filter (and a eq~ 1 from macro loop <macro that contains itself: `loop`>)"]],
  ["k=1 | `loop`", ["filter k eq~ 1", 'opaque {"text":"a=1 `loop`","reason":"unreadable command"}']],
  ["k=1 `unknown`", ["filter (and k eq~ 1 <unresolved macro: `unknown`>)"]],
  ["k=1 | `unknown(x)`", ["filter k eq~ 1", 'opaque {"text":"`unknown(x)`","reason":"unresolved macro"}']],
  [
    '`audit` `my_rule_filter` | `my_rule_filter` | `drop_dm_object_name("P")`',
    [
      'source {"kind":"macro","names":["audit"]}',
      'filter (or sourcetype eq~ "audit" from macro audit source eq~ "x:Audit" from macro audit)',
    ],
  ],
  ["k=1 | `prefix` by host", ["filter k eq~ 1", "aggregate count() by host"]],
  ["k=1 NOT `my_filter`", ["filter k eq~ 1"]],
  ["f IN (`unknown`)", ["filter <unresolved macro: `unknown`>"]],
  ["a=`unknown`", ["filter <unresolved macro: a=`unknown`>"]],
])("expands %s", (text, expected) => {
  expect(lowered(text, macros)).toEqual(expected);
});

test("keeps calls as written in the tree, with or without an environment", () => {
  const text = '`audit` `twice("p q", r)` | `tool`';
  expect(parse(text, macros).ast).toEqual(parse(text).ast);
  expect(print(parse(text, macros).ast)).toBe(text);
  expect(lowered("`tool`")).toEqual(["filter <unresolved macro: `tool`>"]);
});

test("leaves a macro closed whose text an expression makes", () => {
  const evaluated = { macros: new Map([["m", { definition: '"a=" . 1', arguments: [], isEval: true }]]) };
  expect(lowered("k=1 `m`", evaluated)).toEqual(["filter (and k eq~ 1 <macro that is evaluated: `m`>)"]);
  expect(complaints("k=1 `m`", evaluated)).toEqual([]);
});

test("gives everything that a macro brings in the place of its call", () => {
  const [stage] = logicOf("k=1 `nested`", macros).stages;
  const expression = stage?.type === "filter" ? stage.expression : null;
  const inner = expression?.type === "and" ? expression.operands[1] : null;
  expect(inner?.type === "or" ? inner.operands.map((one) => one.span) : []).toEqual([
    { start: 4, end: 12 },
    { start: 4, end: 12 },
    { start: 4, end: 12 },
    { start: 4, end: 12 },
  ]);
});

test("says what is unknown, generated or circular", () => {
  expect(complaints('`loop` `unknown` | `x_filter` | `drop_dm_object_name("P")`', macros)).toEqual([
    'error spl/macro-cycle "`loop`"',
    'warning spl/unresolved-macro "`unknown`"',
    'info spl/generated-macro "`x_filter`"',
  ]);
  expect(complaints("`unknown`")).toEqual([]);
});

test("stops where macros bring in too much", () => {
  expect(lowered("`big`", macros).join()).toContain("<macros bring in too much text: ");
});
