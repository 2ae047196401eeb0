import type { Operator, Value } from "../../rule/expression.ts";
import type { TargetField, Test } from "../platform.ts";

/** For tests of dialects: a field of the platform. */
export const field = (name: string, type: TargetField["type"] = "keyword"): TargetField => ({
  name,
  canonical: null,
  type,
  listed: true,
});

/** Fields of every kind that a dialect treats in its own way. */
export const fields = {
  ip: field("source.ip", "ip"),
  port: field("destination.port", "number"),
  logon: field("winlog.event_data.LogonType", "number"),
  flag: field("process.interactive", "boolean"),
  category: field("event.category"),
  message: field("message", "text"),
  odd: field("cs-uri query`'\""),
};
export const other = field("a.b");
export const cased = { caseSensitive: true };
export const wild: Value = {
  type: "pattern",
  tokens: [{ type: "any" }, { type: "literal", text: "a" }, { type: "any" }, { type: "literal", text: "B" }],
};
export const single: Value = { type: "pattern", tokens: [{ type: "literal", text: "v" }, { type: "one" }] };

/** A test of the command line of a process, unless said otherwise. */
export function testOf(operator: Operator, values: readonly Value[], more: Partial<Test>): Test {
  return {
    field: field("process.command_line"),
    operator,
    values,
    others: [],
    quantifier: "any",
    caseSensitive: false,
    several: "any",
    guarded: false,
    regex: "pcre",
    ...more,
  };
}
