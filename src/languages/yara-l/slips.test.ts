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

test("an address without quotes is one thing", () => {
  const hint = "An address stands in double quotes.";
  expect(slips({ events: "$e.principal.ip = 192.0.2.1" })).toEqual([`expected-value 192.0.2.1 ${hint}`]);
  expect(slips({ events: "$e.principal.ip != 192.0.2.0/24" })).toEqual([`expected-value 192.0.2.0/24 ${hint}`]);
  expect(slips({ condition: "$e and #e > 1.5" })).toEqual([]);
});

test.each([
  ["rule typo-name {", "- at 9"],
  ["rule a-b-2c {", "- at 6"],
  ["rule 4688_logon {", "4688 at 5"],
  ['rule "quoted" {', '"quoted" at 5'],
])("a name with other signs is still the name of a rule: %s", (header, expected) => {
  const { ast, diagnostics } = parse(`${header}\n events:\n $e.principal.ip = "a"\n condition:\n $e\n}`);
  expect(diagnostics.map(({ code, span }) => [code, `${header.slice(span.start, span.end)} at ${span.start}`])).toEqual(
    [["yara-l/expected-name", expected]],
  );
  expect(diagnostics[0]?.hint).toBe("A name holds letters, digits and underscores, and begins with no digit.");
  expect(ast.rules.map(({ name }) => name)).toEqual([header.slice(5, -2)]);
});
