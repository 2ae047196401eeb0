import { expect, test } from "vitest";
import { yaraL } from "../../languages/yara-l/index.ts";
import type { RuleHead } from "../head.ts";
import type { LogPlace, LogSource } from "../log-sources/tables.ts";
import { isRefused, type TargetBranch, type TargetField, type TargetQuery, type TargetStep } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { googleSecops } from "./index.ts";
import { eventMark } from "./literals.ts";

const head: RuleHead = {
  id: "1",
  corpus: "own",
  title: 'Sign-ins "fail" \\ 2',
  description: "Line\none }\u2028",
  techniques: ["T1110"],
  authors: ["Somebody"],
  licence: "Apache-2.0",
  severity: "high",
  references: [],
  falsePositives: [],
  tags: [],
  path: "",
};
const logSource: LogSource = { id: "okta.okta", title: "Okta", facts: {}, signs: [] };
const place: LogPlace = {
  from: ["OKTA"],
  where: {},
  context: {},
  unlisted: {},
  has: [],
  lacks: [],
  says: {},
  source: "x",
};
const field = (name: string): TargetField => ({ name, canonical: null, type: "keyword", listed: true });
const branch = (type: string): TargetBranch => ({
  logSource,
  place,
  condition: {
    type: "written",
    written: { text: `${eventMark}.metadata.product_event_type = "${type}"`, binds: "atom" },
  },
  expression: null,
  fields: [],
  context: {},
  show: [],
});
const step = (type: string, more: Partial<TargetStep> = {}): TargetStep => ({
  branches: [branch(type)],
  by: [field("principal.ip")],
  runs: 1,
  missing: false,
  ...more,
});
const minutes = (amount: number) => ({ amount, unit: "minute" }) as const;
const seconds = (amount: number) => ({ amount, unit: "second" }) as const;

type Body<One> = One extends TargetQuery ? Omit<One, "head" | "show"> : never;

/** The rule without its meta, and what it says differently. */
function write(query: Body<TargetQuery>): { readonly text: string; readonly codes: readonly string[] } {
  const written = googleSecops.write({ ...query, head, show: ["principal.hostname"] } as TargetQuery);
  if (isRefused(written)) return { text: `refused: ${written.code}`, codes: [] };
  expect(checkQuery(written.text).problems, written.text).toEqual([]);
  return { text: written.text.slice(written.text.indexOf("  events:")), codes: written.remarks.map((one) => one.code) };
}

const threshold = (more: Partial<Extract<TargetQuery, { type: "threshold" }>> = {}) =>
  write({
    type: "threshold",
    branches: [branch("login")],
    by: [field("target.user.userid")],
    conditions: [{ operator: "ge", count: 10, distinct: null }],
    window: minutes(90),
    ...more,
  });

test("a threshold counts events by the values that make the groups", () => {
  expect(threshold()).toEqual({
    text: `  events:
    $e.metadata.log_type = "OKTA"
    $e.metadata.product_event_type = "login"

    $target_user_userid = $e.target.user.userid

  match:
    $target_user_userid over 90m

  outcome:
    $event_count = count_distinct($e.metadata.id)
    $principal_hostname = array_distinct($e.principal.hostname)

  condition:
    $e and #e >= 10
}`,
    codes: [],
  });
});

test("distinct values have a placeholder of their own", () => {
  const { text } = threshold({ conditions: [{ operator: "gt", count: 5, distinct: field("principal.ip") }] });
  expect(text).toContain("$principal_ip = $e.principal.ip");
  expect(text).toContain("$e and #principal_ip > 5");
});

test.each([
  [{ window: minutes(60) }, "over 1h", []],
  [{ window: { amount: 7, unit: "day" } as const }, "over 2d", ["window"]],
  [{ window: seconds(90) }, "over 1m", ["window"]],
  [{ window: null }, "over 1d", ["window"]],
  [{ by: [] }, "$metadata_log_type over 90m", []],
  [
    { window: seconds(30) },
    "$time_span = math.floor($e.metadata.event_timestamp.seconds / 30)\n\n  match:\n    $target_user_userid, $time_span over 5m",
    ["window"],
  ],
  [{ window: seconds(0.5) }, "refused: window", []],
  [{ window: seconds(30), conditions: [{ operator: "eq", count: 3, distinct: null }] as const }, "refused: window", []],
  [{ window: null, conditions: [{ operator: "lt", count: 3, distinct: null }] as const }, "refused: window", []],
  [{ by: [field("a b")] }, "refused: no-field", []],
])("a threshold with %j", (more, text, codes) => {
  const written = threshold(more);
  expect(written.text).toContain(text);
  expect(written.codes).toEqual(codes);
});

const sequence = (steps: readonly TargetStep[], more: Partial<Extract<TargetQuery, { type: "sequence" }>> = {}) =>
  write({ type: "sequence", ordered: true, maxspan: minutes(5), steps, until: null, ...more });

test("a sequence has a variable for each step, in the order of their times", () => {
  expect(sequence([step("a"), step("b")])).toEqual({
    text: `  events:
    $e1.metadata.log_type = "OKTA"
    $e1.metadata.product_event_type = "a"
    $principal_ip = $e1.principal.ip

    $e2.metadata.log_type = "OKTA"
    $e2.metadata.product_event_type = "b"
    $principal_ip = $e2.principal.ip

    $e1.metadata.event_timestamp.seconds < $e2.metadata.event_timestamp.seconds

  match:
    $principal_ip over 5m after $e1

  outcome:
    $e1_principal_hostname = array_distinct($e1.principal.hostname)
    $e2_principal_hostname = array_distinct($e2.principal.hostname)

  condition:
    $e1 and $e2
}`,
    codes: ["sequence"],
  });
});

test("our own parser reads the sequence back", () => {
  const text = `rule r {\n${sequence([step("a"), step("b")]).text}`;
  const [stage] = yaraL.lower(yaraL.parse(text).ast).stages;
  expect(stage).toMatchObject({ type: "sequence", ordered: true, by: ["principal.ip"], maxspan: "5m after $e1" });
});

test.each([
  [[step("a", { runs: 3 }), step("b")], {}, "#e1 >= 3 and $e2", ["sequence"]],
  [[step("a"), step("b", { missing: true })], {}, "$e1 and !$e2", ["sequence"]],
  [[step("a", { runs: 4 })], {}, "#e1 >= 4", []],
  [[step("a"), step("b")], { until: step("c") }, "$e1 and $e2 and !$e3", ["sequence", "sequence"]],
  [[step("a"), step("b")], { ordered: false }, "$principal_ip over 5m\n", []],
  [[step("a"), step("b")], { maxspan: null }, "over 2d after $e1", ["sequence", "window"]],
  [
    [step("a"), step("b")],
    { maxspan: seconds(5) },
    "$e2.metadata.event_timestamp.seconds - $e1.metadata.event_timestamp.seconds <= 5",
    ["sequence"],
  ],
  [[step("a"), step("b")], { maxspan: seconds(5), ordered: false }, "refused: window", []],
  [[step("a", { by: [] }), step("b", { by: [] })], {}, "$metadata_log_type over 5m", ["sequence"]],
  [
    [
      step("a", { by: [] }),
      { ...step("b", { by: [] }), branches: [{ ...branch("b"), place: { ...place, from: ["DUO_AUTH"] } }] },
    ],
    {},
    "refused: sequence",
    [],
  ],
  [[step("a", { missing: true })], {}, "refused: sequence", []],
])("a sequence, case %#", (steps, more, text, codes) => {
  const written = sequence(steps, more);
  expect(written.text).toContain(text);
  expect(written.codes).toEqual(codes);
});

test("the head stays in its place, whatever it holds", () => {
  const text = write({ type: "selection", branches: [branch("a")] }).text;
  const whole = googleSecops.write({ type: "selection", branches: [branch("a")], head, show: [] });
  expect(text).toContain("condition:\n    $e");
  expect(isRefused(whole) ? "" : whole.text).toContain(`rule sign_ins_fail_2 {
  meta:
    author = "Somebody"
    description = "Line one }"
    rule_id = "own 1"
    technique = "T1110"
    severity = "high"
`);
  expect(googleSecops.comment(["a\u2028rule x {", "b\u0000"])).toBe("// a\n// rule x {\n// b ");
});
