import { describe, expect, test } from "vitest";
import { withoutPlaces } from "../conformance.ts";
import { parse, print } from "./index.ts";

function commands(text: string): unknown {
  return withoutPlaces(parse(text).ast.pipeline.commands);
}

const term = (text: string) => ({ type: "term", text });
const option = (name: string, value: string) => ({ type: "option", name, operator: "=", value: term(value) });
const field = (text: string) => ({ type: "field", text });
const string = (text: string) => ({ type: "string", text });

test("gives every node its place", () => {
  expect(parse("a=1 | `m(x)`").ast).toEqual({
    type: "spl",
    span: { start: 0, end: 12 },
    pipeline: {
      type: "pipeline",
      leadingPipe: false,
      span: { start: 0, end: 12 },
      commands: [
        {
          type: "search",
          implicit: true,
          expression: {
            type: "comparison",
            field: "a",
            operator: "=",
            value: { type: "term", text: "1", span: { start: 2, end: 3 } },
            span: { start: 0, end: 3 },
          },
          span: { start: 0, end: 3 },
        },
        {
          type: "macro_command",
          call: { type: "macro", name: "m", arguments: ["x"], text: "m(x)", span: { start: 6, end: 12 } },
          rest: "",
          span: { start: 6, end: 12 },
        },
      ],
    },
  });
});

describe("splits at pipes", () => {
  test.each([
    ['a="x|y" | head', 'a="x|y" | head'],
    ["a=1 ```no | pipe``` | head", "a=1 | head"],
    ["`m(a|b)` | head", "`m(a|b)` | head"],
    ["a=1 [search b=2 | head] | tail", "a=1 [search b=2 | head] | tail"],
    ['a="q\\"|" | head', 'a="q\\"|" | head'],
    ["| makeresults|head", "| makeresults | head"],
    ["a=x\\|y | head", "a=x\\|y | head"],
  ])("%s", (text, printed) => {
    expect(print(parse(text).ast)).toBe(printed);
    expect(parse(text).diagnostics).toEqual([]);
  });
});

describe("prints in one form", () => {
  test.each([
    ["a = 1 AND  ( b=2 )", "a=1 b=2"],
    ["(a=1 b=2) OR c=3", "(a=1 b=2) OR c=3"],
    ["a=1 (b=2 OR c=3)", "a=1 b=2 OR c=3"],
    ["NOT(a=1 OR b=2)", "NOT (a=1 OR b=2)"],
    ["f in(a,b c)", "f IN (a, b, c)"],
    ["x=1 | where (a=1 or b=2) and (c=3)", "x=1 | where (a = 1 OR b = 2) AND c = 3"],
    ["x=1 | where not (a+1)*2>3", "x=1 | where NOT (a + 1) * 2 > 3"],
    ["x=1 | eval a=1-(2-3), b=-(c.d)", "x=1 | eval a=1 - (2 - 3), b=-(c . d)"],
    ["x=1 | STATS count BY a", "x=1 | stats count BY a"],
    ["x=1 | rename a AS b c as d", "x=1 | rename a as b, c as d"],
    ["x=1 | lookup t a AS b output c as d", "x=1 | lookup t a as b OUTPUT c as d"],
  ])("%s", (text, printed) => {
    expect(print(parse(text).ast)).toBe(printed);
  });
});

describe("reads commands", () => {
  test.each<[string, unknown]>([
    [
      'x | eval a=lower(b), c.d="e"',
      [
        { type: "assignment", field: "a", expression: { type: "call", name: "lower", arguments: [field("b")] } },
        { type: "assignment", field: "c.d", expression: string('"e"') },
      ],
    ],
  ])("%s", (text, assignments) => {
    expect(commands(text)).toEqual([
      { type: "search", implicit: true, expression: term("x") },
      { type: "eval", assignments },
    ]);
  });

  test.each<[string, unknown]>([
    [
      'stats count dc(a) as n values(eval(if(b,c,d))) as "long name" by e, f',
      {
        type: "stats",
        name: "stats",
        items: [
          { type: "function", name: "count", argument: null, expression: null, as: null },
          { type: "function", name: "dc", argument: "a", expression: null, as: "n" },
          {
            type: "function",
            name: "values",
            argument: "eval(if(b,c,d))",
            expression: { type: "call", name: "if", arguments: [field("b"), field("c"), field("d")] },
            as: '"long name"',
          },
        ],
        by: [{ type: "keyword", text: "by" }, term("e"), { type: "keyword", text: "," }, term("f")],
      },
    ],
    [
      "tstats `s` count from datamodel=A.B where B.x=1 by _time span=1h B.y",
      {
        type: "tstats",
        name: "tstats",
        items: [
          { type: "macro", name: "s", arguments: [], text: "s" },
          { type: "function", name: "count", argument: null, expression: null, as: null },
        ],
        from: [option("datamodel", "A.B")],
        where: { type: "comparison", field: "B.x", operator: "=", value: term("1") },
        by: [term("_time"), option("span", "1h"), term("B.y")],
      },
    ],
    ['rename a as "b c"', { type: "rename", pairs: [{ type: "pair", from: "a", to: '"b c"' }] }],
    [
      "lookup update=t tab a as b, c OUTPUTNEW d as e",
      {
        type: "lookup",
        options: [option("update", "t")],
        table: "tab",
        on: [
          { type: "pair", from: "a", to: "b" },
          { type: "pair", from: "c", to: "c" },
        ],
        mode: "outputnew",
        outputs: [{ type: "pair", from: "d", to: "e" }],
      },
    ],
    ["convert ctime(first time)", { type: "command", name: "convert", arguments: [term("ctime(first time)")] }],
    [
      "transaction u startswith=(a=1) maxspan=2m",
      {
        type: "command",
        name: "transaction",
        arguments: [
          term("u"),
          {
            type: "option",
            name: "startswith",
            operator: "=",
            value: { type: "clause", expression: { type: "comparison", field: "a", operator: "=", value: term("1") } },
          },
          option("maxspan", "2m"),
        ],
      },
    ],
    [
      "join type=left a [inputlookup t]",
      {
        type: "command",
        name: "join",
        arguments: [
          option("type", "left"),
          term("a"),
          {
            type: "subsearch",
            pipeline: {
              type: "pipeline",
              leadingPipe: false,
              commands: [{ type: "command", name: "inputlookup", arguments: [term("t")] }],
            },
          },
        ],
      },
    ],
    [
      "where a IN (1, b)",
      {
        type: "where",
        expression: { type: "in", left: field("a"), values: [{ type: "number", text: "1" }, field("b")] },
      },
    ],
    [
      "where NOT 'a b'==\"c\"",
      {
        type: "where",
        expression: {
          type: "not",
          operand: { type: "binary", operator: "==", left: field("'a b'"), right: string('"c"') },
        },
      },
    ],
    ["frobnicate a=b c", { type: "command", name: "frobnicate", arguments: [option("a", "b"), term("c")] }],
  ])("%s", (text, command) => {
    expect(commands(`x | ${text}`)).toEqual([{ type: "search", implicit: true, expression: term("x") }, command]);
    expect(parse(`x | ${text}`).diagnostics).toEqual([]);
  });
});

describe("knows a search from a command at the start", () => {
  test.each([
    ["stats", true],
    ["search a=1", false],
    ["head=5", true],
    ["inputlookup=x", true],
    ["(a=1)", true],
    ['"inputlookup t"', true],
  ])("%s", (text, implicit) => {
    const [first] = parse(text).ast.pipeline.commands;
    expect(first?.type === "search" && first.implicit).toBe(implicit);
  });
});
