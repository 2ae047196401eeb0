import { describe, expect, test } from "vitest";
import type { Stage } from "../../rule/logic.ts";
import { stagesOf } from "./testing.ts";

/** A stage without its place and its conditions. */
function outline(stage: Stage): unknown {
  const { span: _, ...rest } = stage as Stage & Record<string, unknown>;
  if (stage.type === "filter") return "filter";
  if (stage.type === "union") return { type: "union", branches: stage.branches.map((one) => one.stages.map(outline)) };
  if (stage.type === "join") return { ...rest, logic: stage.logic.stages.map(outline) };
  return rest;
}

const outlines = (text: string): readonly unknown[] => stagesOf(text).map(outline);
/** What a command behind `from` becomes. */
const behind = (command: string): readonly unknown[] => outlines(`from l | ${command}`).slice(1);

describe("sources", () => {
  test("index patterns keep their clusters, exclusions and selectors, and lose their quotes", () => {
    expect(outlines('from logs-*, -logs-old-*, eu:web-*, "a b", <x-{now/d}>, y::failures metadata _id')).toEqual([
      {
        type: "source",
        kind: "index",
        names: ["logs-*", "-logs-old-*", "eu:web-*", "a b", "<x-{now/d}>", "y::failures"],
      },
    ]);
  });

  test("subqueries stand beside the indices", () => {
    const index = (name: string) => ({ type: "source", kind: "index", names: [name] });
    expect(outlines("from a, (from b | where c == 1), (from d)")).toEqual([
      { type: "union", branches: [[index("a")], [index("b"), "filter"], [index("d")]] },
    ]);
  });

  test("row, ts and show", () => {
    expect(outlines("row a = 1, b = a")).toEqual([
      { type: "source", kind: "rows", names: ["a", "b"] },
      { type: "derive", field: "a", text: "1", fields: [] },
      { type: "derive", field: "b", text: "a", fields: [] },
    ]);
    expect(outlines("ts m-*")).toEqual([{ type: "source", kind: "index", names: ["m-*"] }]);
    expect(outlines("show INFO")).toEqual([{ type: "source", kind: "rows", names: ["info"] }]);
  });
});

describe("columns", () => {
  test("eval makes one stage for each column, with the fields of the events behind it", () => {
    expect(behind("eval x = concat(a, b), y = x, length(c)")).toEqual([
      { type: "derive", field: "x", text: "concat(a, b)", fields: ["a", "b"] },
      { type: "derive", field: "y", text: "x", fields: ["a", "b"] },
      { type: "derive", field: "length(c)", text: "length(c)", fields: ["c"] },
    ]);
  });

  test("grok and dissect name the columns that their patterns name", () => {
    const columns = (command: string) => behind(command).map((one) => (one as { field: string }).field);
    expect(columns('grok a "%{IP:x.y} %{WORD:z:int} (?<p.q>.*) %{DATA} %{IP:x.y}"')).toEqual(["x.y", "z", "p.q"]);
    expect(columns('grok a "%{WORD:b}", "%{INT:c}"')).toEqual(["b", "c"]);
    expect(columns('dissect a "%{b} %{?c} %{} %{+d} %{e->} %{+f/2}"')).toEqual(["b", "d", "e", "f"]);
    expect(columns('grok a "no names"')).toEqual(["*"]);
    expect(behind('dissect a "%{b}" append_separator = ","')[0]).toMatchObject({ fields: ["a"] });
  });

  test("keep, drop and rename", () => {
    expect(behind("keep a, b.*, `c d` | drop *e | rename a as f, g = h")).toEqual([
      { type: "project", mode: "keep", fields: ["a", "b.*", "c d"] },
      { type: "project", mode: "drop", fields: ["*e"] },
      {
        type: "project",
        mode: "rename",
        fields: [],
        renames: [
          { from: "a", to: "f" },
          { from: "h", to: "g" },
        ],
      },
    ]);
  });

  test("commands that enrich rows", () => {
    expect(behind("enrich p on a with b, c = d | lookup join t on e, f == g")).toEqual([
      { type: "lookup", table: "p", on: ["a"], outputs: ["b", "c"] },
      { type: "lookup", table: "t", on: ["e", "f", "g"], outputs: [] },
    ]);
    expect(
      behind('completion x = concat(a, b) with {"inference_id": "m"} | rerank "q" on c | change_point d on e as f, g'),
    ).toEqual([
      {
        type: "derive",
        field: "x",
        text: 'completion x = concat(a, b) with {"inference_id": "m"}',
        fields: ["a", "b"],
      },
      { type: "derive", field: "_score", text: 'rerank "q" on c', fields: ["c"] },
      { type: "derive", field: "f", text: "change_point d on e as f, g", fields: ["d"] },
      { type: "derive", field: "g", text: "change_point d on e as f, g", fields: ["d"] },
    ]);
    expect(behind("mv_expand a | ip_location geo = source.ip")).toEqual([
      { type: "derive", field: "a", text: "mv_expand a", fields: ["a"] },
      { type: "derive", field: "geo.*", text: "ip_location geo = source.ip", fields: ["source.ip"] },
    ]);
  });
});

describe("stats", () => {
  test("aggregates with their names and conditions, groups, and the window of time", () => {
    const [, stage] = stagesOf(
      'from l | stats c = COUNT(*), u = count_distinct(user.name) where a == "x", values(b) by h, t = bucket(@timestamp, 5 minutes)',
    );
    expect(outline(stage as Stage)).toEqual({
      type: "derive",
      field: "t",
      text: "bucket(@timestamp, 5 minutes)",
      fields: ["@timestamp"],
    });
    expect(
      stagesOf(
        'from l | stats c = COUNT(*), u = count_distinct(user.name) where a == "x", values(b) by h, t = bucket(@timestamp, 5 minutes)',
      )[2],
    ).toMatchObject({
      type: "aggregate",
      functions: [
        { function: "count", field: null, as: "c" },
        { function: "count_distinct", field: "user.name", as: "u", filter: { type: "predicate", operator: "eq" } },
        { function: "values", field: "b", as: null },
      ],
      by: ["h", "t"],
      window: "5 minutes",
    });
  });

  test("a window that eval made, and none where numbers are put into buckets", () => {
    expect(stagesOf("from l | eval t = date_trunc(1 hour, @timestamp) | stats c = count() by t")[2]).toMatchObject({
      by: ["t"],
      window: "1 hour",
    });
    expect(stagesOf("from l | stats c = count() by b = bucket(bytes, 100)")[2]).not.toHaveProperty("window");
  });

  test("groups and arguments are told by the fields of the events", () => {
    expect(stagesOf("from l | rename a as b | stats sum(b) by c = to_lower(d), b")[3]).toMatchObject({
      functions: [{ function: "sum", field: "a" }],
      by: ["d", "a"],
    });
  });

  test("a computation over aggregates follows them", () => {
    expect(behind("stats r = round(sum(a) / count(*), 2)")).toEqual([
      {
        type: "aggregate",
        functions: [
          { function: "sum", field: "a", as: null },
          { function: "count", field: null, as: null },
        ],
        by: [],
      },
      { type: "derive", field: "r", text: "round(sum(a) / count(*), 2)", fields: ["a"] },
    ]);
  });
});

test("subqueries in subqueries are lowered once each", () => {
  const depth = 60;
  const text = `${"from l | where a in (".repeat(depth)}from m${")".repeat(depth)}`;
  let stages = stagesOf(text);
  for (let level = 0; level < depth; level++) {
    const join = stages[1];
    stages = join?.type === "join" ? join.logic.stages : [];
  }
  expect(stages).toMatchObject([{ type: "source", names: ["m"] }]);
});

describe("order and branches", () => {
  test("sort, limit, sample, dedup", () => {
    expect(behind("sort a desc nulls last, length(b) | limit 5 by c | limit 3 | sample 0.1 | dedup")).toEqual([
      { type: "order", kind: "sort", by: ["a", "length(b)"] },
      { type: "order", kind: "limit", by: ["c"], count: 5 },
      { type: "order", kind: "limit", by: [], count: 3 },
      { type: "order", kind: "sample", by: [] },
      { type: "order", kind: "deduplicate", by: [] },
    ]);
  });

  test("fork has a branch for each pair of brackets, and what they make is known behind them", () => {
    expect(behind("fork (where a == 1 | limit 2) (eval b = a * 2) | where b > 1")).toEqual([
      {
        type: "union",
        branches: [
          ["filter", { type: "order", kind: "limit", by: [], count: 2 }],
          [{ type: "derive", field: "b", text: "a * 2", fields: ["a"] }],
        ],
      },
      "filter",
    ]);
  });

  test("a subquery beside other conditions is a join", () => {
    const logic = [{ type: "source", kind: "index", names: ["c"] }];
    expect(behind("where a == 1 and b in (from c) and d not in (from c) and not e in (from c)")).toEqual([
      "filter",
      { type: "join", kind: "semi", on: ["b"], logic },
      { type: "join", kind: "anti", on: ["d"], logic },
      { type: "join", kind: "anti", on: ["e"], logic },
    ]);
    expect(behind("where not not b in (from c)")).toEqual([{ type: "join", kind: "semi", on: ["b"], logic }]);
  });
});
