import { describe, expect, test } from "vitest";
import { withoutPlaces } from "../conformance.ts";
import { effectiveDocument, parse, print, ruleIndexes } from "./index.ts";
import { complaints, ruleOf } from "./testing.ts";

describe("a rule", () => {
  const text = `title: Sample
date: 2026/01/02
tags: [attack.t1000]
logsource: {product: linux}
detection:
    sel:
        Image|endswith: ['\\a', 5, true, null]
    condition: sel
level: low
`;

  test("is kept as data, each part with its place", () => {
    const { ast, diagnostics } = parse(text);
    expect(diagnostics.map((one) => one.code)).toEqual(["sigma/modifier-value", "sigma/modifier-value"]);
    const [rule] = ast.documents;
    if (rule?.type !== "rule") throw new Error(rule?.type);
    expect(rule.metadata).toEqual({ title: "Sample", date: "2026/01/02", tags: ["attack.t1000"], level: "low" });
    expect(rule.logsource?.entries).toEqual({ product: "linux" });
    const identifier = rule.detection?.identifiers[0];
    expect(withoutPlaces(identifier)).toEqual({
      type: "identifier",
      name: "sel",
      search: {
        type: "map",
        items: [
          {
            type: "item",
            field: "Image",
            modifiers: ["endswith"],
            list: true,
            values: [
              { type: "string", text: "\\a" },
              { type: "number", value: 5, text: "5" },
              { type: "boolean", value: true, text: "true" },
              { type: "null" },
            ],
          },
        ],
      },
    });
    const condition = rule.detection?.conditions[0];
    expect(text.slice(condition?.span.start, condition?.span.end)).toBe("sel");
  });

  test("conditions in quotes and blocks keep places that can be pointed at", () => {
    for (const written of ["sel and nix", "'sel and nix'", '"sel and nix"']) {
      expect(complaints(ruleOf("sel: {F: 1}", `condition: ${written}`))).toEqual([
        ["sigma/undefined-identifier", "nix"],
      ]);
    }
    expect(complaints(ruleOf("sel: {F: 1}", "condition: >-", "    sel", "    and nix"))).toEqual([
      ["sigma/undefined-identifier", ">-\n        sel\n        and nix"],
    ]);
  });
});

describe("diagnostics", () => {
  test.each([
    ["an unknown modifier", ["s: {F|contain: x}", "condition: s"], [["sigma/unknown-modifier", "F|contain"]]],
    ["a chain without meaning", ["s: {F|re|contains: x}", "condition: s"], [["sigma/modifier-chain", "F|re|contains"]]],
    [
      "a modifier that stands twice",
      ["s: {F|cased|cased: x}", "condition: s"],
      [["sigma/repeated-modifier", "F|cased|cased"]],
    ],
    ["a value of the wrong type", ["s: {F|exists: maybe}", "condition: s"], [["sigma/modifier-value", "maybe"]]],
    ["all of one value", ["s: {F|contains|all: x}", "condition: s"], [["sigma/all-of-one", "F|contains|all"]]],
    ["an empty list", ["s: {F: []}", "condition: s"], [["sigma/empty-value", "F: []"]]],
    ["a map as value", ["s: {F: {G: 1}}", "condition: s"], [["sigma/nested-value", "{G: 1}"]]],
    ["an empty identifier", ["s: {}", "condition: s"], [["sigma/empty-value", "{}"]]],
    ["a key that stands twice", ["s:", "    F: 1", "    F: 2", "condition: s"], [["sigma/duplicate-key", "F"]]],
    ["a key that is a list", ["s: {[a]: 1}", "condition: s"], [["sigma/complex-key", "[a]"]]],
    ["an unused identifier", ["s: {F: 1}", "t: {F: 2}", "condition: s"], [["sigma/unused-identifier", "t: {F: 2}"]]],
    ["an undefined identifier", ["s: {F: 1}", "condition: s or t"], [["sigma/undefined-identifier", "t"]]],
    ["a pattern without match", ["s: {F: 1}", "condition: s or 1 of t*"], [["sigma/undefined-identifier", "1 of t*"]]],
    ["prose", ["s: {F: 1}", "condition: s then t"], [["sigma/condition-syntax", "then"]]],
    ["no condition", ["s: {F: 1}"], [["sigma/no-condition", "detection:\n    s: {F: 1}"]]],
    [
      "an empty condition",
      ["s: {F: 1}", "condition: ''"],
      [
        ["sigma/no-condition", "condition: ''"],
        ["sigma/no-condition", "detection:\n    s: {F: 1}\n    condition: ''"],
      ],
    ],
    ["an aggregation", ["s: {F: 1}", "condition: s | count() > 1"], [["sigma/legacy-aggregation", "| count() > 1"]]],
    ["an unknown alias", ["s: {F: *nix}", "condition: s"], [["yaml/alias", "*nix"]]],
  ])("%s", (_name, detection, expected) => {
    expect(complaints(ruleOf(...detection))).toEqual(expected);
  });

  test.each([
    ["no detection", "title: x\nlogsource: {product: linux}\n", ["sigma/no-detection"]],
    ["no log source", "title: x\ndetection: {a: {F: 1}, condition: a}\n", ["sigma/no-logsource"]],
    ["a list", "- a\n", ["sigma/not-a-rule"]],
    ["nothing", "", ["sigma/not-a-rule"]],
    [
      "a detection that is a list",
      "logsource: {product: linux}\ndetection: [a]\n",
      ["sigma/not-a-map", "sigma/no-detection"],
    ],
    [
      "an unknown action",
      "action: merge\nlogsource: {product: linux}\ndetection: {a: {F: 1}, condition: a}\n",
      ["sigma/action"],
    ],
    ["a filter without rules", "filter: {a: {F: 1}, condition: a}\n", ["sigma/no-rules"]],
  ])("%s", (_name, text, codes) => {
    expect(parse(text).diagnostics.map((one) => one.code)).toEqual(codes);
  });

  test("hints name what was probably meant", () => {
    const hints = parse(ruleOf("sel: {F|regex: x, G|Contains: y}", "condition: Sel")).diagnostics.map(
      (one) => one.hint,
    );
    expect(hints).toEqual(["Did you mean re?", "Did you mean contains?", "Did you mean sel?"]);
  });

  test("are at most a hundred", () => {
    const items = Array.from({ length: 500 }, (_, i) => `    F${i}|nix: 1`);
    expect(parse(ruleOf("s:", ...items, "condition: s")).diagnostics).toHaveLength(100);
  });
});

describe("several documents", () => {
  const text = `action: global
title: Both
tags: [a]
detection:
    one: {F: 1}
    condition: one and two
---
logsource: {product: windows}
detection:
    two: {G: 1}
---
id: own
tags: [b]
logsource: {product: linux}
detection:
    one: {F: 9}
    two: {G: 2}
---
action: reset
---
title: Alone
logsource: {product: macos}
detection: {three: {H: 1}, condition: three}
---
action: repeat
title: Again
detection: {three: {H: 2}}
`;

  test("are merged as Sigma 1 says", () => {
    const { ast, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(ruleIndexes(ast)).toEqual([1, 2, 4, 5]);
    const printed = ruleIndexes(ast).map((index) =>
      print({ type: "sigma", documents: [effectiveDocument(ast, index)] }),
    );
    expect(printed).toEqual([
      "title: Both\ntags:\n  - a\nlogsource:\n    product: windows\ndetection:\n    one:\n        F: 1\n    two:\n        G: 1\n    condition: one and two\n",
      "title: Both\ntags:\n  - b\nid: own\nlogsource:\n    product: linux\ndetection:\n    one:\n        F: 9\n    two:\n        G: 2\n    condition: one and two\n",
      "title: Alone\nlogsource:\n    product: macos\ndetection:\n    three:\n        H: 1\n    condition: three\n",
      "title: Again\nlogsource:\n    product: macos\ndetection:\n    three:\n        H: 2\n    condition: three\n",
    ]);
  });
});

describe("print", () => {
  test("writes what reads back the same", () => {
    const { ast } = parse(
      ruleOf(
        "'q''s': {'a: b|contains|all': ['#', \"tab\\t\", yes, '1', 1, ' x ']}",
        'condition: not ("q\'s" or 1 of q*)',
      ),
    );
    const printed = print(ast);
    expect(printed).toBe(`title: Sample
logsource:
    product: windows
detection:
    'q''s':
        'a: b|contains|all':
            - '#'
            - "tab\\t"
            - 'yes'
            - '1'
            - 1
            - ' x '
    condition: 'not ("q''s" or 1 of q*)'
`);
    expect(withoutPlaces(parse(printed).ast)).toEqual(withoutPlaces(ast));
  });

  test("aliases and merge keys are written out", () => {
    const { ast } = parse(
      ruleOf("a: &x", "    F: 1", "b: *x", "c:", "    <<: *x", "    G: 2", "condition: all of them"),
    );
    expect(print(ast)).toContain("    b:\n        F: 1\n    c:\n        F: 1\n        G: 2\n");
  });

  test("an alias bomb is cut, with an error", () => {
    const levels = ["ab", "bc", "cd", "de", "ef"].map(
      ([from, to]) => `${to}: &${to} [${Array(9).fill(`*${from}`).join(", ")}]`,
    );
    const { diagnostics } = parse(`a: &a [x, x, x, x]\n${levels.join("\n")}\n${ruleOf("s: {F: 1}", "condition: s")}`);
    expect(diagnostics.map((one) => one.code)).toContain("yaml/aliases");
  });
});
