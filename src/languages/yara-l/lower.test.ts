import { describe, expect, test } from "vitest";
import type { Expression } from "../../rule/expression.ts";
import type { Logic, Stage } from "../../rule/logic.ts";
import { showValue } from "../../rule/pattern.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { sketch as sketchWith } from "../testing.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";

interface Parts {
  readonly events: string;
  readonly match?: string;
  readonly outcome?: string;
  readonly condition?: string;
  readonly options?: string;
}

function rule(parts: Parts): Logic {
  const { events, match, outcome, condition = "$e", options } = parts;
  const optional = (name: string, body: string | undefined): string =>
    body === undefined ? "" : `${name}:\n${body}\n`;
  const text = `rule r {\nevents:\n${events}\n${optional("match", match)}${optional("outcome", outcome)}condition:\n${condition}\n${optional("options", options)}}`;
  const { ast, diagnostics } = parse(text);
  expect(diagnostics.map((one) => one.code).filter((code) => code !== "yara-l/unknown-variable")).toEqual([]);
  return lower(ast);
}

/** A line for an expression: ~ where case is folded, {…} what a value was made of, * where all values must hold. */
function sketch(one: Expression): string {
  return sketchWith(one, (leaf) => {
    if (leaf.type === "opaque") return `<${leaf.reason}: ${leaf.text}>`;
    const derived = leaf.field?.derivedFrom;
    const from = derived === undefined ? "" : ` ${derived.kind}{${derived.fields.join(",")}}`;
    const marks = `${leaf.caseSensitive ? "" : "~"}${leaf.several === "all" ? "*" : ""}`;
    return `${leaf.field?.raw}${from} ${leaf.operator}${marks} [${leaf.values.map(showValue).join(" | ")}]`;
  });
}

function outline(stage: Stage): string {
  switch (stage.type) {
    case "source":
      return `${stage.kind} ${stage.names.join()}${stage.attributes === undefined ? "" : ` of ${stage.attributes.variable}`}`;
    case "filter":
      return `${stage.origin === undefined ? "" : `(${stage.origin}) `}${sketch(stage.expression)}`;
    case "derive":
      return `${stage.field} := ${stage.text} {${stage.fields.join()}}`;
    case "aggregate": {
      const functions = stage.functions.map((one) => `${one.as}=${one.function}(${one.field ?? ""})`);
      return `by ${stage.by.join()} in ${stage.window ?? "-"}: ${functions.join(" ")}`;
    }
    case "threshold":
      return `${stage.distinct ?? "events"} ${stage.operator} ${stage.count} by ${stage.by.join()} in ${stage.window ?? "-"}`;
    case "project":
      return `${stage.mode} ${stage.fields.join()}`;
    case "order":
      return `${stage.kind} ${stage.by.join()}${stage.count ?? ""}`;
    case "sequence": {
      const steps = stage.steps.map((step) => {
        const by = step.by.length > 0 ? ` by ${step.by.join()}` : "";
        return `${step.missing ? "!" : ""}[${step.logic.stages.map(outline).join("; ")}]${by}`;
      });
      const order = stage.ordered ? "ordered" : "any order";
      return `${order} by ${stage.by.join()} in ${stage.maxspan ?? "-"}: ${steps.join(" ")}`;
    }
    case "union":
      return stage.branches.map((one) => one.stages.map(outline).join("; ")).join(" | ");
    case "opaque":
      return `<${stage.reason}: ${stage.text}>`;
    case "lookup":
      return `${stage.writes ? "writes" : "reads"} ${stage.table}`;
    default:
      return stage.type;
  }
}

const outlines = (parts: Parts): readonly string[] => rule(parts).stages.map(outline);

test("rows that a rule adds to a data table are writes, after all that finds something", () => {
  const stages = outlines({
    events: "$v = $e.a.b\nnot $v in %seen.value",
    match: "$v over 1h",
    options: "allow_zero_values = true\nexport:\n%seen.write_row(value: $v)",
  });
  expect(stages).toEqual([
    "table udm",
    "not a.b resolved{a.b} wildcard* [%seen.value%]",
    "by a.b in 1h: ",
    "writes seen",
  ]);
});

function filterOf(events: string): string {
  const stage = rule({ events }).stages.find((one) => one.type === "filter");
  return stage?.type === "filter" ? sketch(stage.expression) : "";
}

describe("conditions", () => {
  test.each([
    ['$e.a = "x"', "a eq [x]"],
    ['$e.a = "x*" nocase', "a eq~ [x*]"],
    ['$e.a != "x"', "not a eq* [x]"],
    ['$e.principal.hostname != "x"', "not principal.hostname eq [x]"],
    ['$e.principal.ip != "x"', "not principal.ip eq* [x]"],
    ['not $e.additional.fields["k"] = "x"', 'not additional.fields["k"] eq [x]'],
    ['not $e.a != "x"', "not not a eq [x]"],
    ['$e.a = "" and $e.b != ""', "(a is_null [] and b exists [])"],
    ["$e.a = 0", "(a eq [0] or a is_null [])"],
    ["$e.a != 0", "not (a eq* [0] or a is_null [])"],
    ["$e.a < 5 and $e.a > 0", "((a lt [5] or a is_null []) and a gt [0])"],
    ["5 > $e.a", "(a lt [5] or a is_null [])"],
    ["$e.a = true", "a eq [true]"],
    ["$e.a", "a eq [true]"],
    ["$e.a = /x.y/ nocase", "a regex_match~ [x.y]"],
    ["$e.a != /x/", "not a regex_match* [x]"],
    ["re.regex($e.a, `\\\\x`) nocase", "a regex_match~ [\\\\x]"],
    ['strings.contains($e.a, "x")', "a contains [x]"],
    ['strings.starts_with($e.a, "x") or strings.ends_with($e.a, "y")', "(a starts_with [x] or a ends_with [y])"],
    ['not net.ip_in_range_cidr($e.a, "10.0.0.0/8")', "not a cidr_match* [10.0.0.0/8]"],
    ['strings.contains($e.a, "x") = false', "not a contains* [x]"],
    ["$e.a in %l", "a wildcard [%l%]"],
    ["not $e.a in regex %l nocase", "not a regex_match~* [%l%]"],
    ["$e.a not in cidr %t.c", "not a cidr_match* [%t.c%]"],
    ["$e.a is null and $e.b is not null", "(a is_null [] and b exists [])"],
    ['any $e.a = "x"', "a eq [x]"],
    ['all $e.a = "x"', "a eq* [x]"],
    ['arrays.contains($e.a, "x")', "a eq [x]"],
    ['not arrays.contains($e.a, "x")', "not a eq [x]"],
    ["$e.a = /^x?$/", "(a regex_match [^x?$] or a is_null [])"],
    ["$e.a != /.*/", "not (a regex_match* [.*] or a is_null [])"],
    ["not re.regex($e.a, `^$`)", "not (a regex_match* [^$] or a is_null [])"],
    ['strings.contains($e.a, "")', "(a contains [] or a is_null [])"],
    ['all $e.a != "x"', "not a eq [x]"],
    ['not all $e.a = "x"', "not a eq* [x]"],
    ['any $e.a != "x"', "not a eq* [x]"],
    ['$e.udm.a["k"].b[0] = "x"', 'a["k"].b[0] eq [x]'],
  ])("%s", (events, expected) => {
    expect(filterOf(events)).toBe(expected);
  });
});

describe("fields", () => {
  test.each([
    ["$e.a = $e.b", "(a eq_field [b] or (a is_null [] and b is_null []))"],
    ["$e.a != $e.b nocase", "not (a eq_field~* [b] or (a is_null [] and b is_null []))"],
    ["$e.a < $e.b", "a lt_field [b]"],
    ["strings.contains($e.a, $e.b)", "a contains_field [b]"],
    ['strings.to_lower($e.a) = "x"', "a resolved{a} eq~ [x]"],
    ['strings.to_lower($e.a) = "X"', "strings.to_lower($e.a) computed{a} eq [X]"],
    ['strings.to_lower($e.a) = "\\\\X"', "strings.to_lower($e.a) computed{a} eq [\\X]"],
    ["re.regex(strings.to_lower($e.a), `\\\\X`)", "strings.to_lower($e.a) computed{a} regex_match [\\\\X]"],
    ["re.regex(strings.to_lower($e.a), `\\S+x`)", "a resolved{a} regex_match~ [\\S+x]"],
    ['strings.coalesce($e.a, $e.b) = "x"', "a resolved{a,b} eq [x]"],
    ['strings.coalesce($e.a, $e.b) = ""', "(a resolved{a,b} is_null [] and b resolved{a,b} is_null [])"],
    ['strings.coalesce($e.a, $e.b) != ""', "(a resolved{a,b} exists [] or b resolved{a,b} exists [])"],
    ['strings.coalesce($e.a, "-") != "-"', 'not strings.coalesce($e.a, "-") computed{a} eq [-]'],
    ["$e.a < $e.b + 5", "$e.b + 5 computed{b} gt_field [a]"],
    ["$e.a = 10 / 2", "10 / 2 computed{} eq_field [a]"],
    ['re.replace($e.a, "x", "y") = "z"', 're.replace($e.a, "x", "y") computed{a} eq [z]'],
    ["$e.a + 5 > $e.b", "$e.a + 5 computed{a} gt_field [b]"],
    ['if($e.a = 1, "x", "y") = "x"', 'if($e.a = 1, "x", "y") computed{a} eq [x]'],
    ["optimization.sample_rate($e.a, 1, 5)", "optimization.sample_rate($e.a, 1, 5) computed{a} eq [true]"],
    ['$p = $e.a\n$p != "x"', "not a resolved{a} eq* [x]"],
    ["$p = strings.to_lower($e.a)\n$p in %l", "a resolved{a} wildcard~ [%l%]"],
    ['re.capture($e.a, `x`) = $p\n$p = "y"', "p computed{a} eq [y]"],
    ["$p = $e.a\n$p = $e.b", "(a eq_field [b] or (a is_null [] and b is_null []))"],
    ['$p = strings.concat($q, "x")\n$q = $e.a\n$p = "y"', "p computed{a} eq [y]"],
  ])("%s", (events, expected) => {
    expect(filterOf(events)).toBe(expected);
  });

  test("placeholders that lead in a circle end somewhere", () => {
    expect(filterOf('$p = strings.to_lower($q)\n$q = strings.to_lower($p)\n$e.a = "x"')).toContain("a eq [x]");
  });

  test("made lower case are no text with capitals, nor one of several", () => {
    const [, filter] = lower(parse('strings.to_lower(a) in ["x", "X"]').ast).stages;
    expect(filter === undefined ? "" : outline(filter)).toBe("strings.to_lower(a) computed{a} eq [x | X]");
  });

  test("keep their spelling and values", () => {
    const [use] = predicatesOf(rule({ events: '$e.a = "x\\\\y"' })).uses;
    expect(use?.predicate).toMatchObject({ values: ["x\\y"], raw: ['"x\\\\y"'] });
  });

  test.each([
    ['"a" = "b"', '<a comparison of constants: "a" = "b">'],
    ["true", "<a constant where a condition belongs: true>"],
    ["5 + 3", "<a number where a condition belongs: 5 + 3>"],
  ])("%s is kept as text", (events, expected) => {
    expect(filterOf(`${events}\n$e.a = 1`)).toBe(`(${expected} and a eq [1])`);
  });
});

describe("one event variable", () => {
  test("with a threshold", () => {
    expect(
      outlines({
        events: '$e.metadata.event_type = "USER_LOGIN"\n$user = $e.target.user.userid\n$ip = $e.principal.ip',
        match: "$user over 10m",
        outcome: "$risk_score = max(35)\n$n = count_distinct($e.metadata.id)\n$double = $n * 2",
        condition: "#e > 5 and #ip >= 2 and $n >= 3",
      }),
    ).toEqual([
      "category USER_LOGIN",
      "metadata.event_type eq [USER_LOGIN]",
      "(match section) target.user.userid resolved{target.user.userid} exists []",
      "events gt 5 by target.user.userid in 10m",
      "by target.user.userid in 10m: risk_score=max(35) n=count_distinct(metadata.id)",
      "double := $n * 2 {metadata.id}",
      "principal.ip ge 2 by target.user.userid in 10m",
      "n computed{metadata.id} ge [3]",
      "keep target.user.userid,risk_score,n,double",
    ]);
  });

  test("without a match section has outcomes of its own", () => {
    expect(outlines({ events: "$e.a = 1", outcome: "$risk_score = max(35)\n$who = array($e.principal.ip)" })).toEqual([
      "table udm",
      "a eq [1]",
      "risk_score := max(35) {}",
      "who := array($e.principal.ip) {principal.ip}",
      "keep risk_score,who",
    ]);
  });

  test.each([
    ["#e > 0", []],
    ["#e >= 1", []],
    ["0 < #e", []],
    ["#e = 4", ["events eq 4 by  in -"]],
    ["#e != 4", ["not #e computed{} eq [4]"]],
    ["(#e > 3 or #e < 1)", ["(#e computed{} gt [3] or #e computed{} lt [1])"]],
    ["$unknown", ["<a variable that the rule does not define: $unknown>"]],
  ])("%s", (condition, expected) => {
    const found = outlines({ events: "$e.a = 1", condition: `$e and ${condition}` });
    expect(found.slice(0, 2)).toEqual(["table udm", "a eq [1]"]);
    expect(found.slice(2)).toEqual(expected);
  });

  test("functions bound to placeholders are derived, and keep events without a value", () => {
    expect(outlines({ events: "$n = re.capture($e.a, `x(.*)`)\n$e.b = 1", match: "$n over 5m" })).toEqual([
      "table udm",
      "b eq [1]",
      "n := re.capture($e.a, `x(.*)`) {a}",
      "by n in 5m: ",
    ]);
  });

  test("a match variable of other letters, or of the first that is there, must have a value", () => {
    const events = "$n = strings.to_lower($e.a)\n$m = strings.coalesce($e.b, $e.c)";
    expect(outlines({ events, match: "$n, $m over 5m" })[1]).toBe("(match section) a resolved{a} exists []");
    expect(outlines({ events, match: "$m over 5m" })[1]).toBe(
      "(match section) (b resolved{b,c} exists [] or c resolved{b,c} exists [])",
    );
  });

  test("aggregates the fields of placeholders", () => {
    const outcome = "$x = count_distinct($p)\n$y = array($q)\n$z = sum($e.c + 1)";
    const events = "$p = $e.a\n$q = re.capture($e.b, `x`)";
    expect(outlines({ events, match: "$p over 5m", outcome })[3]).toBe(
      "by a in 5m: x=count_distinct(a) y=array(q) z=sum($e.c + 1)",
    );
  });
});

describe("several event variables", () => {
  test("are joined in any order", () => {
    expect(
      outlines({
        events: '$a.x = "1"\n$b.y = "2"\n$a.host = $h\nstrings.to_lower($b.name) = $h\n$a.ip != $b.ip',
        match: "$h over 1h",
        condition: "$a and $b",
      }),
    ).toEqual([
      "any order by  in 1h: [table udm of a; x eq [1]; (match section) host resolved{host} exists []] by host [table udm of b; y eq [2]; (match section) name resolved{name} exists []; h := strings.to_lower($b.name) {name}] by strings.to_lower($b.name)",
      "not $a.ip computed{ip} eq_field [$b.ip]",
      "by host in 1h: ",
    ]);
  });

  const joined = (events: string): readonly string[] => outlines({ events, condition: "$a and $b" });

  test("are joined by names that stand at the same place", () => {
    expect(joined("$a.x = $b.y\n$a.h = $p\n$c.w = $b.y\n$b.h = $p\n$c.g = $p")).toEqual([
      "any order by  in -: [table udm of a] by x,h [table udm of b] by y,h [table udm of c] by w,g",
    ]);
  });

  test("are not joined by what only some of them share", () => {
    expect(joined("$a.x = $b.x\n$b.y = $c.y\n$a.h = $p\n$c.h = $p")).toEqual([
      "any order by  in -: [table udm of a] [table udm of b] [table udm of c]",
      "($a.x computed{x} eq_field [$b.x] and $b.y computed{y} eq_field [$c.y] and $c.h computed{h} eq_field [$a.h])",
    ]);
  });

  test("compare a second value of one of them by itself", () => {
    expect(joined("$a.x = $b.y\n$a.z = $b.y")).toEqual([
      "any order by  in -: [table udm of a] by x [table udm of b] by y",
      "$a.z computed{z} eq_field [$b.y]",
    ]);
  });

  test("keep a comparison that ignores case", () => {
    expect(joined("$a.x = $b.y nocase")).toEqual([
      "any order by  in -: [table udm of a] [table udm of b]",
      "$a.x computed{x} eq_field~ [$b.y]",
    ]);
  });

  test("are in order where their times are compared", () => {
    expect(
      outlines({
        events:
          "$b.y = 2\n$a.x = 1\n$a.host = $b.host\n$a.metadata.event_timestamp.seconds < $b.metadata.event_timestamp.seconds",
        condition: "$a and $b",
      }),
    ).toEqual(["ordered by host in -: [table udm of a; x eq [1]] [table udm of b; y eq [2]]"]);
  });

  test("are in order around the pivot of a sliding window", () => {
    const events = "$a.x = 1\n$a.host = $h\n$b.host = $h";
    expect(
      outlines({ events, match: "$h over 5m before $a", condition: "$a and !$b", options: "allow_zero_values = true" }),
    ).toEqual([
      "ordered by host in 5m before $a: ![table udm of b] [table udm of a; x eq [1]]",
      "by host in 5m before $a: ",
    ]);
  });

  test("keep a comparison of times that does not order all", () => {
    const times = "$a.metadata.event_timestamp.seconds < $b.metadata.event_timestamp.seconds";
    const [stage, filter] = outlines({
      events: `$a.x = $b.x\n$b.x = $g.graph.entity.ip\n${times}`,
      condition: "$a and $b and $g",
    });
    expect(stage).toBe(
      "any order by  in -: [table udm of a] by x [table udm of b] by x [table graph of g] by graph.entity.ip",
    );
    expect(filter).toContain("lt_field [$b.metadata.event_timestamp.seconds]");
  });

  test("count for themselves", () => {
    expect(
      outlines({
        events: "$a.x = $b.x\n$d.detection.detection.rule_id = $b.x",
        match: "$a over 5m",
        condition: "#a > 3 and $b and #d = 0",
      })[0],
    ).toBe(
      "any order by  in 5m: [table udm of a; events gt 3 by $a in 5m] by x [table udm of b] by x ![table detection of d] by detection.detection.rule_id",
    );
  });

  test("joined in an or stay one condition", () => {
    expect(outlines({ events: "$a.x = $b.x or $a.y = $b.y", condition: "$a and $b" }).at(-1)).toBe(
      "($a.x computed{x} eq_field [$b.x] or $a.y computed{y} eq_field [$b.y])",
    );
  });
});

describe("other texts", () => {
  const stages = (text: string): readonly string[] => lower(parse(text).ast).stages.map(outline);

  test("searches end in result stages", () => {
    expect(
      stages(
        'a = "x"\n$u = b\nmatch: $u by day\noutcome: $n = count(c)\norder: $n desc\nlimit: 5\ndedup: d\nselect: e\nunselect: f',
      ),
    ).toEqual([
      "table udm",
      "a eq [x]",
      "(match section) b resolved{b} exists []",
      "by b in by day: n=count(c)",
      "keep b,n",
      "sort n",
      "limit 5",
      "deduplicate d",
      "keep e",
      "drop f",
    ]);
  });

  test("a stage stands where it is named", () => {
    expect(stages("stage s { a = 1 match: a by day }\n$s.a > 2")).toEqual([
      "table udm",
      "a eq [1]",
      "by a in by day: ",
      "a gt [2]",
    ]);
  });

  test("several rules are branches", () => {
    expect(stages("rule a { events: $e.x = 1 condition: $e } rule b { events: $e.y = 2 condition: $e }")).toEqual([
      "table udm; x eq [1] | table udm; y eq [2]",
    ]);
  });

  test("what is not read is kept", () => {
    expect(stages("rule a { nothing\n events: $e.x = 1\n $e.y = \n condition: $e }\nrest")).toEqual([
      "table udm",
      "(x eq [1] and <unreadable condition: $e.y = \n>)",
      "<a part that belongs to no section: nothing>",
      "<a part outside of any rule: rest>",
    ]);
  });
});
