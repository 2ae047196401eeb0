import { describe, expect, test } from "vitest";
import { limits } from "../../kit/limits.ts";
import { withoutPlaces } from "../conformance.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

const body = (text: string): unknown => withoutPlaces(parse(text).ast.body);
const codes = (text: string): readonly string[] => parse(text).diagnostics.map((one) => one.code);
const yes = { type: "boolean", value: true };

describe("event queries", () => {
  test.each([
    ["process where true", "process"],
    ["any where true", null],
    ['"any" where true', "any"],
    ['"my-category" where true', "my-category"],
    ['"""raw"category""" where true', 'raw"category'],
    ["`tick` where true", "tick"],
    ["sequence where true", "sequence"],
  ])("%s", (text, category) => {
    expect(body(text)).toEqual({ type: "event", category, condition: yes });
    expect(body(print(parse(text).ast))).toEqual(body(text));
  });

  test.each([
    ["", 0, 0],
    ["process", 0, 7],
    ['process name == "a"', 0, 7],
    ["where a == 1", 0, 5],
  ])("%j is none", (text, start, end) => {
    expect(parse(text).ast.body).toMatchObject({ type: "error", text });
    expect(parse(text).diagnostics).toMatchObject([{ code: "eql/expected-event", span: { start, end } }]);
  });
});

describe("sequences", () => {
  test("have keys, a span, runs, missing events and an end", () => {
    const text = `sequence by host.id, ?user.id with maxspan = 5 m
      [process where true] by a with runs = 3
      ![file where true]
      until [any where true] by b`;
    const key = (...path: string[]) => ({ type: "field", path, optional: false });
    const query = (category: string | null) => ({ type: "event", category, condition: yes });
    expect(body(text)).toEqual({
      type: "sequence",
      kind: "sequence",
      by: [key("host", "id"), { ...key("user", "id"), optional: true }],
      maxspan: "5m",
      steps: [
        { type: "step", missing: false, query: query("process"), by: [key("a")], runs: 3 },
        { type: "step", missing: true, query: query("file"), by: [], runs: 1 },
      ],
      until: { type: "step", missing: false, query: query(null), by: [key("b")], runs: 1 },
    });
    expect(codes(text)).toEqual([]);
    expect(body(print(parse(text).ast))).toEqual(body(text));
  });

  test.each(["sequence", "sample", "join"])("%s is a kind", (kind) => {
    expect(body(`${kind} by a [any where true] [any where true]`)).toMatchObject({ kind, by: [{ path: ["a"] }] });
  });

  test.each([
    ["sequence by a", "expected-step"],
    ["sequence [any where true] nonsense [any where true]", "expected-step"],
    ["sequence [any where true [any where true]", "unclosed-step"],
    ["sequence with maxspan=5 [any where true] [any where true]", "time-unit"],
    ["sequence with maxspan=5 weeks [any where true] [any where true]", "time-unit"],
    ["sequence with nothing=5s [any where true] [any where true]", "malformed-with"],
    ["sequence by [any where true] [any where true]", "expected-value"],
    ["sequence [any where true] with runs=0 [any where true]", "runs-range"],
    ["sequence [any where true] with runs=101 [any where true]", "runs-range"],
    ["sequence [any where true] ![any where true]", "missing-needs-maxspan"],
    ["sample [any where true] [any where true]", "sample-needs-by"],
    ["sequence [a == 1] [any where true]", "expected-event"],
  ])("%s: %s", (text, code) => {
    expect(codes(text)).toEqual([`eql/${code}`]);
  });

  test("a bad step does not cost the others", () => {
    expect(body("sequence [process where a == ] oops [] [file where true]")).toMatchObject({
      steps: [
        { query: { type: "event", category: "process" } },
        { type: "error", text: "oops" },
        { query: { type: "error", text: "" } },
        { query: { type: "event", category: "file" } },
      ],
    });
  });
});

describe("pipes", () => {
  test("follow events and sequences", () => {
    const { ast } = parse("sequence [any where true] [any where true] | head 3 | unique a, b.c");
    expect(withoutPlaces(ast.pipes)).toEqual([
      { type: "pipe", name: "head", arguments: [{ type: "number", value: 3, text: "3" }] },
      {
        type: "pipe",
        name: "unique",
        arguments: [
          { type: "field", path: ["a"], optional: false },
          { type: "field", path: ["b", "c"], optional: false },
        ],
      },
    ]);
  });

  test.each([
    ["any where true | tail 1", []],
    ["any where true | count", ["eql/legacy-pipe"]],
    ["any where true | window 5", ["eql/unknown-pipe"]],
    ["any where true | | head 1", ["eql/expected-pipe"]],
    ["any where true |", ["eql/expected-pipe"]],
  ])("%s", (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});

describe("caps", () => {
  test("a text beyond the length is refused whole", () => {
    const text = "a".repeat(limits.length + 1);
    expect(parse(text).ast.body).toMatchObject({ type: "error", text });
    expect(codes(text)).toEqual(["eql/too-long"]);
  });

  test.each(["(", "not ", "-", "f(", "a in (", "a + ", "a == ("])("%j ten thousand times is cut off", (piece) => {
    const text = `any where ${piece.repeat(10_000)}`;
    expect(codes(text)).toEqual(["eql/too-deep"]);
  });

  test("a long flat chain is no depth", () => {
    const { ast, diagnostics } = parse(`any where ${"a or b and c or ".repeat(10_000)}d`);
    expect(diagnostics).toEqual([]);
    expect(ast.body).toMatchObject({ condition: { type: "or", operands: { length: 30_001 - 10_000 } } });
  });

  test("of many diagnostics the first are kept and the rest counted", () => {
    const found = parse(`any where ${'"\\q" == a and '.repeat(500)}b`).diagnostics;
    expect(found).toHaveLength(limits.diagnostics);
    expect(found.at(-1)).toMatchObject({
      code: "eql/more",
      severity: "error",
      message: "There are 401 further problems.",
    });
  });

  test.each(["(", "not ", "a and ", '"', '"\n', "[", "sequence by ", "[a where ", "|x ", "until ", "/*", "a."])(
    "%j repeated costs linear time",
    (piece) => {
      const text = `sequence [any where ${piece.repeat(10_000)}`.slice(0, 64 * 1024);
      const best = Math.min(
        ...[1, 2, 3, 4].map(() => {
          const start = performance.now();
          parse(text);
          return performance.now() - start;
        }),
      );
      expect(best).toBeLessThan(150);
    },
  );
});
