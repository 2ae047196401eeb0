import { describe, expect, test } from "vitest";
import { type ReferenceEvent, selects } from "../../languages/reference-evaluator.ts";
import type { Operator, Predicate, Value } from "../../rule/expression.ts";
import { glob, normalForm } from "../../rule/pattern.ts";
import type { Platform } from "../platform.ts";
import { addressStep } from "./addresses.ts";
import type { Draft, Step } from "./draft.ts";
import { hashesStep } from "./hashes.ts";
import { hexNumberStep, numberStep } from "./numbers.ts";
import { baseNameStep, extensionStep, openDriveStep } from "./paths.ts";
import { plainRegex } from "./plain-regex.ts";

/** The same numbers in every run: a failure can be looked at again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function matches({ field, operator, value }: Draft, event: ReferenceEvent): boolean {
  const predicate: Predicate = {
    type: "predicate",
    field: { raw: field, canonical: null },
    operator,
    values: [value],
    raw: [String(value)],
    quantifier: "any",
    caseSensitive: false,
    span: { start: 0, end: 0 },
  };
  const span = { start: 0, end: 0 };
  return selects({ stages: [{ type: "filter", expression: predicate, span }] }, event);
}

interface Trial {
  readonly step: Step;
  readonly platform?: Platform;
  readonly event: (roll: (sides: number) => number) => ReferenceEvent;
  /** A value for the event or near it. */
  readonly ask: (roll: (sides: number) => number, event: ReferenceEvent) => Omit<Draft, "because">;
}

/** The predicate as asked and what the step makes of it select the same events; how often each of four outcomes came. */
function compare({ step, platform = null, event, ask }: Trial): { moved: number; hits: number; misses: number } {
  const roll = dice(7);
  const seen = { moved: 0, hits: 0, misses: 0 };
  for (let i = 0; i < 6_000; i++) {
    const target = event(roll);
    const asked: Draft = { ...ask(roll, target), because: [] };
    const moved = step(asked, platform);
    if (moved === asked) continue;
    seen.moved++;
    const before = matches(asked, target);
    if (before) seen.hits++;
    else seen.misses++;
    const told = `${JSON.stringify(asked)} became ${JSON.stringify(moved)} for ${JSON.stringify(target)}`;
    expect(matches(moved, target), told).toBe(before);
  }
  return seen;
}

const pick = <T>(roll: (sides: number) => number, list: readonly T[]): T => list[roll(list.length)] as T;

const word = (roll: (sides: number) => number): string =>
  pick(roll, ["a", "b", "ab", "A.b", "a.exe", "x", ".a", "a b", "b.a.exe", "-a"]);

/** A full path with its base name and extension. */
function file(roll: (sides: number) => number, separator: string, root: string): ReferenceEvent {
  const folders = Array.from({ length: roll(3) }, () => word(roll) + separator).join("");
  const name = word(roll);
  const dot = name.lastIndexOf(".");
  return { path: root + folders + name, name, ...(dot === -1 ? {} : { extension: name.slice(dot + 1) }) };
}

/** An end of the path that the event has, of another path, or of no folder at all. */
function end(roll: (sides: number) => number, event: ReferenceEvent, separator: string): string {
  const others = [String(event.path), String(file(roll, separator, separator).path), `${separator}${word(roll)}`];
  const path = pick(roll, others);
  return path.slice(roll(path.length + 1));
}

describe.each([
  ["windows", "\\", "C:\\"],
  ["unix", "/", "/"],
] as const)("of every full path of %s", (platform, separator, root) => {
  test.each<Operator>(["ends_with", "eq", "contains", "starts_with"])(
    "a name says what %s said of the path",
    (operator) => {
      const seen = compare({
        step: baseNameStep("name"),
        platform,
        event: (roll) => file(roll, separator, root),
        ask: (roll, event) => ({ field: "path", operator, value: end(roll, event, separator) }),
      });
      if (operator === "ends_with") {
        expect(seen.hits).toBeGreaterThan(200);
        expect(seen.misses).toBeGreaterThan(200);
      } else expect(seen.moved).toBe(0);
    },
  );

  test("a wildcard never moves to the name", () => {
    const seen = compare({
      step: baseNameStep("name"),
      platform,
      event: (roll) => file(roll, separator, root),
      ask: (roll, event) => {
        const text = end(roll, event, separator).split("");
        text.splice(roll(text.length + 1), roll(2), "?");
        const form = normalForm(glob(`*${text.join("")}`));
        return { field: "path", operator: form.operator, value: form.value ?? "" };
      },
    });
    expect(seen.moved).toBe(0);
  });

  test("the end of a name says what an extension says", () => {
    const seen = compare({
      step: extensionStep("name"),
      platform,
      event: (roll) => file(roll, separator, root),
      ask: (roll, event) => ({
        field: "extension",
        operator: "eq",
        value: pick(roll, ["exe", "b", "a", "a.exe", String(event.extension)]),
      }),
    });
    expect(seen.hits).toBeGreaterThan(200);
    expect(seen.misses).toBeGreaterThan(200);
  });
});

test("an open drive says the same with and without its letter", () => {
  const seen = compare({
    step: openDriveStep,
    platform: "windows",
    event: (roll) => file(roll, "\\", pick(roll, ["C:\\", "d:\\", "\\\\host\\"])),
    ask: (roll, event) => {
      const path = String(event.path).slice(2);
      const form = normalForm(
        glob(`${pick(roll, ["?:", "?:", "?"])}${path.slice(0, roll(path.length + 1))}${pick(roll, ["", "*", "*\\a"])}`),
      );
      return { field: "path", operator: form.operator, value: form.value ?? "" };
    },
  });
  expect(seen.hits).toBeGreaterThan(200);
  expect(seen.misses).toBeGreaterThan(200);
});

test("addresses and networks keep what they select", () => {
  const octet = (roll: (sides: number) => number): string => String(pick(roll, [0, 1, 9, 10, 19, 100, 168, 192, 255]));
  const address = (roll: (sides: number) => number): string => Array.from({ length: 4 }, () => octet(roll)).join(".");
  const seen = compare({
    step: addressStep,
    event: (roll) => ({ ip: address(roll) }),
    ask: (roll, event) => {
      const near = roll(2) === 0 ? address(roll) : String(event.ip);
      const operator = pick<Operator>(roll, ["eq", "cidr_match", "starts_with", "wildcard", "match"]);
      if (operator === "cidr_match") return { field: "ip", operator, value: `${near}/${roll(33)}` };
      if (operator === "eq" || operator === "match") return { field: "ip", operator, value: near };
      const first = near.slice(0, 1 + roll(near.length));
      const form = normalForm(glob(first + pick(roll, ["*", "*.*", "*.*.*", "*.1", "?*"])));
      return { field: "ip", operator: form.operator, value: form.value ?? "" };
    },
  });
  expect(seen.hits).toBeGreaterThan(200);
  expect(seen.misses).toBeGreaterThan(200);
});

test("numbers of every notation keep what they select", () => {
  const numberOf = (text: Value): number => Number(text);
  const roll = dice(3);
  for (let i = 0; i < 5000; i++) {
    const number = roll(0xffffff);
    const zeros = "0".repeat(roll(4));
    const hex = `0x${zeros}${number.toString(16)}`;
    const asked = { field: "n", operator: "eq" as const, because: [] };
    expect(numberStep({ ...asked, value: hex }, null).value).toBe(String(number));
    expect(numberStep({ ...asked, value: zeros + String(number) }, null).value).toBe(String(number));
    expect(hexNumberStep({ ...asked, value: number }, null).value).toBe(`0x${number.toString(16)}`);
    expect(numberOf(hexNumberStep({ ...asked, value: hex }, null).value)).toBe(number);
  }
});

test("one hash of several keeps what it selects", () => {
  const algorithms = [
    { label: "MD5", form: "MD5", digits: 32 },
    { label: "SHA1", form: "SHA1", digits: 40 },
    { label: "IMPHASH", form: "import hash", digits: 32 },
  ];
  const field = (id: string, form: string) =>
    ({
      id,
      title: id,
      facet: "h",
      role: "file",
      form,
      type: "hash",
      case: "ignored",
      ecs: false,
      selects: false,
      note: null,
    }) as const;
  const forms = [field("md5", "MD5"), field("sha1", "SHA1"), field("imphash", "import hash")];
  const hash = (roll: (sides: number) => number, digits: number): string => pick(roll, ["a", "B", "0"]).repeat(digits);
  const seen = compare({
    step: hashesStep(algorithms, forms),
    event: (roll) => {
      const [md5, sha1, imphash] = [hash(roll, 32), hash(roll, 40), hash(roll, 32)];
      return { md5, sha1, imphash, all: `MD5=${md5},SHA1=${sha1},IMPHASH=${imphash}` };
    },
    ask: (roll) => {
      const { label, digits } = pick(roll, algorithms);
      const value = hash(roll, digits - (roll(5) === 0 ? 1 : 0));
      return { field: "all", operator: "contains", value: pick(roll, [`${label}=${value}`, value]) };
    },
  });
  expect(seen.hits).toBeGreaterThan(200);
  expect(seen.misses).toBeGreaterThan(200);
});

test("a regular expression of plain text keeps what it selects", () => {
  const parts = ["a", "b", "\\.", ".", "\\\\", "\\$", "$", "^", ".*", "a*", "[ab]", "\\d", "(a)", "a|b", "/", "\\/"];
  const seen = compare({
    step: (draft) => {
      const plain = plainRegex(String(draft.value));
      return plain === null ? draft : { ...draft, operator: plain.operator, value: plain.text };
    },
    event: (roll) => ({
      text: Array.from({ length: roll(6) }, () => pick(roll, ["a", "b", ".", "\\", "$", "/", "\n"])).join(""),
    }),
    ask: (roll) => {
      const body = Array.from({ length: 1 + roll(3) }, () => pick(roll, parts)).join("");
      const value = pick(roll, [body, `^${body}`, `${body}$`, `^${body}$`, `.*${body}.*`, `(?i)${body}`]);
      return { field: "text", operator: "regex_match", value };
    },
  });
  expect(seen.hits).toBeGreaterThan(100);
  expect(seen.misses).toBeGreaterThan(200);
});

test.each([
  ["^(?:.*\\\\cmd\\.exe)$", { operator: "ends_with", text: "\\cmd.exe", ignoresCase: false }],
  ["^(?:.*Admin.*)$", { operator: "contains", text: "Admin", ignoresCase: false }],
  ["(?i)^urn:a", { operator: "starts_with", text: "urn:a", ignoresCase: true }],
  ["^(?:a|b)$", null],
  ["^(?:a)b(?:c)$", null],
  ["^(?:a#b)$", null],
  ["^(?:a\\#b)$", { operator: "eq", text: "a#b", ignoresCase: false }],
  ["a#b", { operator: "contains", text: "a#b", ignoresCase: false }],
  ["a\\\\.*", { operator: "contains", text: "a\\", ignoresCase: false }],
  ["a\\.*", null],
  ["cmd.exe", null],
  ["\\bcmd", null],
  ["(?i)", null],
])("%s as plain text", (regex, plain) => {
  expect(plainRegex(regex)).toEqual(plain);
});
