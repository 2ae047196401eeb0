import { expect, test } from "vitest";
import { parse } from "./parser.ts";

interface Parts {
  readonly meta?: string;
  readonly header?: string;
  readonly events?: string;
  readonly after?: string;
  readonly condition?: string;
}

/** What is said of a rule in which one thing is out of order: code, the text that it points at, hint. */
function slips({ meta = "", header = "events:", events = "", after = "", condition = "$e" }: Parts): readonly string[] {
  const text = `rule r {
  meta:
    author = "us"
    ${meta}
  ${header}
    $e.principal.hostname = $host
    ${events}
  ${after}
  condition:
    ${condition}
}`;
  return parse(text).diagnostics.map(({ code, span, hint }) =>
    `${code.slice("yara-l/".length)} ${text.slice(span.start, span.end)} ${hint ?? ""}`.trim(),
  );
}

test("one slip is one message, where it was made", () => {
  expect(slips({})).toEqual([]);
  expect(slips({ header: "event:" })).toEqual(["unknown-section event: Did you mean events?"]);
  expect(slips({ after: "mtach:\n    $host over 5m" })).toEqual(["unknown-section mtach: Did you mean match?"]);
  expect(slips({ meta: 'severity = "High' })).toEqual(['unclosed-string "High']);
  expect(slips({ meta: "severity = 'High'" })).toEqual(["expected-entry severity Text stands in double quotes."]);
  expect(slips({ after: "match:\n    $host over 5 minutes" })).toEqual(["expected-duration 5"]);
  expect(slips({ condition: "$e && $host" })).toEqual(["expected-operator &"]);
});

test("in a rule a field without an event variable is not read in silence", () => {
  expect(slips({ events: 'e.principal.ip = "192.0.2.1"' })).toEqual([
    "expected-variable e.principal.ip Write $e. before it, or $ where e is the variable.",
  ]);
  expect(slips({ events: '$e.principal.hostname contains "dc"' })).toEqual(["expected-variable contains"]);
  expect(parse('principal.ip = "192.0.2.1"').diagnostics).toEqual([]);
});

test("a variable that no event has is found, wherever it is used", () => {
  expect(slips({ condition: "$e and #f > 2" })).toEqual(["unknown-variable #f Did you mean #e?"]);
  expect(slips({ after: "match:\n    $hots over 5m" })).toEqual(["unknown-variable $hots Did you mean $host?"]);
  expect(slips({ after: "outcome:\n    $score = max(10)", condition: "$e and $score > 5" })).toEqual([]);
  expect(slips({ after: "match:\n    $ip = $e.principal.ip over 5m", condition: "$ip" })).toEqual([]);
});
