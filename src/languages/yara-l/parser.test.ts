import { describe, expect, test } from "vitest";
import { limits } from "../../kit/limits.ts";
import { withoutPlaces } from "../conformance.ts";
import { parse } from "./parser.ts";
import { print, printNode } from "./print.ts";

const events = (text: string): readonly string[] => (parse(text).ast.search?.events ?? []).map(printNode);
const first = (text: string): unknown => withoutPlaces(parse(text).ast.search?.events[0]);
const codes = (text: string): readonly string[] => parse(text).diagnostics.map((one) => one.code);

describe("exports", () => {
  const exporting = (body: string): string =>
    `rule r {\nevents:\n$user = $e.principal.user.userid\nmatch:\n$user over 1h\ncondition:\n$e\nexport:\n${body}\n}`;

  test("write rows to data tables", () => {
    const { ast, diagnostics } = parse(
      exporting("%seen.write_row(\n user: $user,\n limit: $user\n)\n%other.write_row()"),
    );
    expect(diagnostics).toEqual([]);
    const writes = ast.rules[0]?.exports ?? [];
    expect(writes.map((one) => [one.table, one.columns.map((each) => [each.name, printNode(each.value)])])).toEqual([
      [
        "seen",
        [
          ["user", "$user"],
          ["limit", "$user"],
        ],
      ],
      ["other", []],
    ]);
    expect(print(ast)).toContain(
      "  export:\n    %seen.write_row(user: $user, limit: $user)\n    %other.write_row()\n}",
    );
    expect(print(parse(print(ast)).ast)).toBe(print(ast));
  });

  test.each([
    ["%seen.append(user: $user)", ["yara-l/expected-write"]],
    ["%seen.write_row($user)", ["yara-l/expected-column"]],
    ["%seen.write_row(user: $user", ["yara-l/unclosed-group"]],
    ["%seen.write_row(user: $user, )", ["yara-l/expected-column"]],
    ["%seen.write_row(user: $other)", ["yara-l/unknown-variable"]],
  ])("are told what is missing: %s", (body, expected) => {
    const text = exporting(body);
    expect(codes(text)).toEqual(expected);
    expect(print(parse(print(parse(text).ast)).ast)).toBe(print(parse(text).ast));
  });

  test("come last", () => {
    expect(codes('rule r {\nevents:\n$e.a.b = "c"\nexport:\n%t.write_row()\ncondition:\n$e\n}')).toEqual([
      "yara-l/section-order",
    ]);
  });
});

const whole = `// a comment
rule logins {
  meta:
    author = "us"
    version = 2
  events:
    $e.metadata.event_type = "USER_LOGIN"
    $user = $e.target.user.userid
  match:
    $user over 10m
  outcome:
    $risk_score = max(if($e.principal.ip = "192.0.2.1", 10, 0) + 5)
    $label = "login"
  condition:
    #e > 5 and $risk_score > 3
  options:
    allow_zero_values = true
    suppression_window = 5m
}
`;

describe("rules", () => {
  test("have sections", () => {
    const { ast, diagnostics } = parse(whole);
    expect(diagnostics).toEqual([]);
    const [rule] = ast.rules;
    expect(rule?.name).toBe("logins");
    expect(rule?.meta.map((one) => [one.key, one.value, one.text])).toEqual([
      ["author", "us", '"us"'],
      ["version", "2", "2"],
    ]);
    expect(rule?.events.map(printNode)).toEqual([
      '$e.metadata.event_type = "USER_LOGIN"',
      "$user = $e.target.user.userid",
    ]);
    expect(withoutPlaces(rule?.match)).toEqual({
      type: "match",
      keys: [{ type: "variable", name: "user" }],
      window: { type: "window", kind: "over", length: "10m", anchor: null },
    });
    expect(rule?.outcome.map((one) => `${one.name}: ${printNode(one.value)}`)).toEqual([
      'risk_score: max(if($e.principal.ip = "192.0.2.1", 10, 0) + 5)',
      'label: "login"',
    ]);
    expect(rule?.condition === null || rule === undefined ? "" : printNode(rule.condition)).toBe(
      "#e > 5 and $risk_score > 3",
    );
    expect(rule?.options.map((one) => one.value)).toEqual(["true", "5m"]);
  });

  test("keep the place of an entry", () => {
    const entry = parse(whole).ast.rules[0]?.meta[0];
    expect(whole.slice(entry?.span.start, entry?.span.end)).toBe('author = "us"');
  });

  test("may follow each other", () => {
    expect(parse(`${whole}\n${whole.replace("logins", "others")}`).ast.rules.map((one) => one.name)).toEqual([
      "logins",
      "others",
    ]);
  });

  test("are found after an unclosed one", () => {
    const text = `rule a { events: $e.x = 1 condition: $e\n${whole}`;
    expect(parse(text).ast.rules.map((one) => one.name)).toEqual(["a", "logins"]);
    expect(codes(text)).toEqual(["yara-l/unclosed-block"]);
  });

  test.each([
    ["$a over 5m after $e", { kind: "over", length: "5m", anchor: { side: "after", variable: "e" } }],
    ["$a, $b over 1h before $e", { kind: "over", length: "1h", anchor: { side: "before", variable: "e" } }],
    ["$a over every day", { kind: "over every", length: "day", anchor: null }],
    ["target.ip by hour", { kind: "by", length: "hour", anchor: null }],
  ])("group by %s", (text, window) => {
    expect(withoutPlaces(parse(`x = 1\nmatch: ${text}`).ast.search?.match?.window)).toEqual({
      type: "window",
      ...window,
    });
  });
});

describe("searches", () => {
  test("have result sections and stages", () => {
    const text = "stage s { x = 1 match: x by day }\n$s.x > 2\norder: $n desc, y asc\nlimit: 5\nunselect: a, b";
    const { search } = parse(text).ast;
    expect(codes(text)).toEqual([]);
    expect(search?.stages.map((one) => one.name)).toEqual(["s"]);
    expect(
      search?.results.map((one) => [one.kind, one.keys.map((key) => [printNode(key.value), key.direction])]),
    ).toEqual([
      [
        "order",
        [
          ["$n", "desc"],
          ["y", "asc"],
        ],
      ],
      ["limit", [["5", null]]],
      [
        "unselect",
        [
          ["a", null],
          ["b", null],
        ],
      ],
    ]);
  });
});

describe("statements", () => {
  test.each([
    ["a = 1\nb = 2", ["a = 1", "b = 2"]],
    ["a = 1 b = 2", ["a = 1", "b = 2"]],
    ["a = 1\nor b = 2\nc = 3", ["a = 1 or b = 2", "c = 3"]],
    ["a = 1 or\nb = 2", ["a = 1 or b = 2"]],
    ["$x = a\n(b = 1)\nnot c = 2", ["$x = a", "b = 1", "not c = 2"]],
    ["a = b\n(c = 1 or d = 2)", ["a = b", "c = 1 or d = 2"]],
    ["a = 1 or b = 2 and c = 3", ["a = 1 or b = 2 and c = 3"]],
    ["(a = 1 or b = 2) and c = 3", ["(a = 1 or b = 2) and c = 3"]],
    ["NOT a = 1 AND b IN %l NOCASE", ["not a = 1 and b in %l nocase"]],
    ["not (a = 1 and b = 2)", ["not (a = 1 and b = 2)"]],
    ["a - 1 - (2 - 3) > b * (c + d)", ["a - 1 - (2 - 3) > b * (c + d)"]],
    ["a not in regex %l and b in cidr %m.n", ["a not in regex %l and b in cidr %m.n"]],
    ["any a = 1 all $e.b != 2", ["any a = 1", "all $e.b != 2"]],
    ["a is null b is not null", ["a is null", "b is not null"]],
    ['f(a, [1, "x"], true) nocase', ['f(a, [1, "x"], true) nocase']],
    ["5 % 2 = a", ["5 % 2 = a"]],
  ])("%s", (text, expected) => {
    expect(codes(text)).toEqual([]);
    expect(events(text)).toEqual(expected);
    expect(events(print(parse(text).ast))).toEqual(expected);
  });
});

describe("values", () => {
  const right = (text: string): unknown => (first(`a = ${text}`) as { readonly right: unknown }).right;

  test.each([
    ['"a\\tb\\\\c\\"d"', { type: "string", value: 'a\tb\\c"d' }],
    ["`a\\tb`", { type: "string", value: "a\\tb" }],
    ["`two\nlines`", { type: "string", value: "two\nlines" }],
    ['/a\\/b[^"]\\d/', { type: "regex", pattern: 'a/b[^"]\\d' }],
    ["07", { type: "number", value: 7 }],
    ["5.5", { type: "number", value: 5.5 }],
    ["TRUE", { type: "boolean", value: true }],
    ["#e", { type: "count", name: "e" }],
    ["%t.c", { type: "list", name: "t.c" }],
  ])("%s", (text, expected) => {
    expect(right(text)).toMatchObject(expected);
  });

  test("fields have maps, elements and names that are keywords", () => {
    expect(right('$e.fields["a b"].in[3].match')).toEqual({
      type: "field",
      variable: "e",
      path: [
        { type: "name", name: "fields" },
        { type: "key", key: "a b" },
        { type: "name", name: "in" },
        { type: "index", index: 3 },
        { type: "name", name: "match" },
      ],
    });
  });

  test("a URL in quotes holds no comment", () => {
    expect(right('"http://a" // but this is one')).toMatchObject({ value: "http://a" });
  });
});

describe("broken texts", () => {
  test.each([
    ["a = ", ["yara-l/expected-value"]],
    ["a = 1 = 2", ["yara-l/chained-comparison"]],
    ["(a = 1", ["yara-l/unclosed-group"]],
    ['a = "x\nb = 2', ["yara-l/unclosed-string"]],
    ["a = 1 /* b", ["yara-l/unclosed-comment"]],
    ["a = 1 , b = 2", ["yara-l/expected-statement"]],
    ["a = 1 nocase nocase", ["yara-l/misplaced-nocase"]],
    ['a = "\\q"', ["yara-l/unknown-escape"]],
    ["a = -1", ["yara-l/negative-number"]],
    ["", ["yara-l/empty"]],
  ])("%s", (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test("leave the other lines as they are", () => {
    expect(events('a = 1\nb = {{\nc = "open\nd = 4')).toEqual(["a = 1", "b = {{\n", 'c = "open\n', "d = 4"]);
  });

  test("that are too long or too deep are not read", () => {
    expect(codes("a".repeat(limits.length + 1))).toEqual(["yara-l/too-long"]);
    expect(codes("(".repeat(300))).toEqual(["yara-l/too-deep"]);
    expect(codes("a = 1\n".repeat(2001))).toEqual(["yara-l/too-many"]);
    const many = parse("rule a { events: $e.x = 1 condition: $e }\n".repeat(1001));
    expect(many.diagnostics.map((one) => one.code)).toEqual(["yara-l/too-many"]);
    expect([many.ast.rules.length, many.ast.stray.length]).toEqual([1000, 1]);
    expect(codes("a = 1\n, b\n".repeat(200))).toContain("yara-l/more");
  });
});
