import { describe, expect, test } from "vitest";
import { span } from "../../kit/span.ts";
import { describeExpression, describePredicate } from "../../rule/describe.ts";
import type { Expression, Predicate, Value } from "../../rule/expression.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import { openLogSources } from "./choose.ts";
import type { LogSource, LogSourceSign } from "./tables.ts";

const at = span(0, 0);

function is(canonical: string, ...values: readonly Value[]): Predicate {
  return {
    type: "predicate",
    field: { raw: canonical, canonical },
    operator: values.length === 0 ? "exists" : "eq",
    values,
    raw: values.map(String),
    quantifier: "any",
    caseSensitive: false,
    span: at,
  };
}

const all = (...operands: readonly Expression[]): Expression => ({ type: "and", operands, span: at });
const any = (...operands: readonly Expression[]): Expression => ({ type: "or", operands, span: at });
const not = (operand: Expression): Expression => ({ type: "not", operand, span: at });
const from = (macro: string, one: Predicate): Predicate => ({ ...one, origin: `macro ${macro}` });

const sign = (one: Partial<LogSourceSign>): LogSourceSign => ({ when: {}, asks: {}, ...one });
const log = (id: string, rest: Partial<LogSource> = {}): LogSource => ({
  id,
  title: id,
  facts: {},
  signs: [],
  ...rest,
});

const onWindows = { "host.os.type": ["windows"] };
const sources = openLogSources([
  log("windows.process_creation", {
    sigma: { product: "windows", category: "process_creation" },
    facts: { ...onWindows, "event.category": ["process"], "event.type": ["start"], "event.code": ["1", "4688"] },
    signs: [
      sign({ asks: { ...onWindows, "event.category": ["process"], "event.type": ["start"] } }),
      sign({ asks: { ...onWindows, "event.category": ["process"] }, differs: "only starts" }),
      sign({ when: { macro: ["sysmon"] }, asks: { "event.code": ["1"] } }),
      sign({ when: { datamodel: ["Endpoint.Processes"], data_source: ["Windows*"] } }),
    ],
  }),
  log("linux.process_creation", {
    facts: { "host.os.type": ["linux"], "event.category": ["process"], "event.type": ["start"] },
    signs: [
      sign({ asks: { "host.os.type": ["linux"], "event.category": ["process"] } }),
      sign({ when: { datamodel: ["Endpoint.Processes"], data_source: ["Linux*"] } }),
    ],
  }),
  log("process_creation", { signs: [sign({ when: { datamodel: ["Endpoint.Processes"] }, general: true })] }),
  log("windows.network_connection", {
    facts: { ...onWindows, "event.category": ["network"] },
    signs: [sign({ asks: { ...onWindows, "event.category": ["network"] } })],
  }),
  log("windows.security", {
    sigma: { product: "windows", service: "security" },
    facts: { ...onWindows, "winlog.channel": ["Security"] },
    signs: [sign({ when: { macro: ["security"] } }), sign({ when: { table: ["SecurityEvent"] } })],
  }),
  log("windows.system", { signs: [sign({ when: { macro: ["system"] } })] }),
  log("okta.okta", {
    facts: { "data_stream.dataset": ["okta.system"], "event.dataset": ["okta.system"] },
    among: { "event.kind": ["event"] },
    follows: { "event.type": ["event.action"] },
    signs: [sign({ asks: { "data_stream.dataset": ["okta.system"] } }), sign({ when: { index: ["*logs-okta*"] } })],
  }),
]);

/** `windows.security: rest`, one alternative each; or why it is not known. */
function choose(context: SourceContext, expression: Expression | null): readonly string[] {
  const choice = sources.choose(context, expression);
  if (choice.type === "unknown") return [choice.why];
  return choice.alternatives.map(({ source, rest, differs }) => {
    const left = rest === null ? "all" : describeExpression(rest);
    return `${source.id}: ${left}${differs === undefined ? "" : ` (${differs})`}`;
  });
}

const name = is("process.name", "a.exe");

describe("Sigma", () => {
  test("names its log by product, category and service", () => {
    expect(choose({ corpus: ["sigma"], product: ["windows"], category: ["process_creation"] }, name)).toEqual([
      "windows.process_creation: process.name eq a.exe",
    ]);
    expect(choose({ product: ["windows"], service: ["security"] }, is("event.code", 4624))).toEqual([
      "windows.security: event.code eq 4624",
    ]);
  });

  test("is told exactly, or not at all", () => {
    expect(choose({ corpus: ["sigma"], product: ["windows"] }, name)).toEqual([
      "No log source is known for Sigma's product windows.",
    ]);
    expect(choose({ corpus: ["sigma"] }, name)).toEqual(["No log source is known for Sigma's empty log source."]);
  });

  test("asks for nothing that its log does not have", () => {
    const context = { product: ["windows"], service: ["security"] };
    expect(choose(context, is("winlog.channel", "System"))).toEqual([
      "The filters ask for what no event of the log source has.",
    ]);
  });
});

describe("what the log answers", () => {
  const start = [is("event.category", "process"), is("event.type", "start"), is("host.os.type", "windows")];

  test("disappears from the filters", () => {
    expect(choose({}, all(...start, name))).toEqual(["windows.process_creation: process.name eq a.exe"]);
    expect(choose({}, all(...start))).toEqual(["windows.process_creation: all"]);
    const choice = sources.choose({}, all(...start, not(is("event.type", "end")), name));
    expect(choice.type === "chosen" && choice.alternatives[0]?.absorbed.map(describePredicate)).toEqual([
      "event.category eq process",
      "event.type eq start",
      "host.os.type eq windows",
      "event.type eq end",
    ]);
  });

  test("makes the branches disappear that it contradicts", () => {
    const branches = any(
      all(is("event.category", "process"), is("event.type", "start"), name),
      all(is("event.category", "network"), is("destination.port", 22)),
    );
    expect(choose({}, all(is("host.os.type", "windows"), branches))).toEqual([
      "windows.process_creation: process.name eq a.exe",
      "windows.network_connection: destination.port eq 22",
    ]);
  });

  test("stays where the log does not say", () => {
    expect(choose({ index: ["logs-okta*"] }, all(is("event.kind", "event"), name))).toEqual([
      "okta.okta: process.name eq a.exe",
    ]);
    expect(choose({ index: ["logs-okta*"] }, is("event.kind", "alert"))).toEqual(["okta.okta: event.kind eq alert"]);
    expect(choose({ index: ["logs-okta*"] }, is("event.code", 1))).toEqual(["okta.okta: event.code eq 1"]);
  });

  test("is what another filter beside it tells", () => {
    const context = { index: ["logs-okta*"] };
    const twice = all(is("event.type", "start"), is("event.action", "logon"));
    expect(choose(context, twice)).toEqual(["okta.okta: event.action eq logon"]);
    expect(choose(context, any(is("event.type", "start"), is("event.action", "logon")))).toEqual([
      "okta.okta: event.type eq start or event.action eq logon",
    ]);
  });

  test("is said with what the log leaves out", () => {
    expect(choose({ category: ["process"] }, all(is("host.os.type", "windows"), name))).toEqual([
      "windows.process_creation: process.name eq a.exe (only starts)",
    ]);
  });
});

describe("signs", () => {
  test("may be spelled in two fields", () => {
    expect(choose({}, all(is("event.dataset", "okta.system"), name))).toEqual(["okta.okta: process.name eq a.exe"]);
    expect(choose({}, all(is("event.category", "process"), is("host.os.family", "linux")))).toEqual([
      "linux.process_creation: host.os.family eq linux",
    ]);
  });

  test("of several values lead to several logs", () => {
    expect(choose({}, all(is("event.category", "process"), is("host.os.type", "windows", "linux"), name))).toEqual([
      "windows.process_creation: process.name eq a.exe (only starts)",
      "linux.process_creation: process.name eq a.exe",
    ]);
  });

  test("of a macro answer whatever the macro asks for", () => {
    const sysmon = from("sysmon", is("splunk.source", "Sysmon"));
    expect(choose({ macro: ["sysmon"] }, all(sysmon, is("event.code", 1), name))).toEqual([
      "windows.process_creation: process.name eq a.exe",
    ]);
  });

  test("of several macros choose a log each", () => {
    const security = all(from("security", is("splunk.source", "Security")), is("event.code", 1102));
    const system = all(from("system", is("splunk.source", "System")), is("event.code", 104));
    expect(choose({ macro: ["security", "system"] }, any(security, system))).toEqual([
      "windows.security: event.code eq 1102",
      "windows.system: event.code eq 104",
    ]);
  });

  test("of one kind of log on several systems are one log", () => {
    const context = { datamodel: ["Endpoint.Processes"] };
    expect(choose({ ...context, data_source: ["Windows 4688"] }, name)).toEqual([
      "windows.process_creation: process.name eq a.exe",
    ]);
    expect(choose({ ...context, data_source: ["Windows 4688", "Linux 1"] }, name)).toEqual([
      "process_creation: process.name eq a.exe",
    ]);
    expect(choose(context, name)).toEqual(["process_creation: process.name eq a.exe"]);
  });

  test("must hold of every table", () => {
    expect(choose({ table: ["SecurityEvent", "Unheard"] }, name)).toEqual([
      "No log source is known for table SecurityEvent, Unheard.",
    ]);
  });

  test("that are missing are told by what the rule asks for", () => {
    expect(choose({ index: ["filebeat-*"] }, is("event.category", "network"))).toEqual([
      "No log source is known for index filebeat-* with event.category network.",
    ]);
  });
});
