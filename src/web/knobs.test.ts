import { describe, expect, test } from "vitest";
import { knobQuery, knobsIn, readKnobs } from "./knobs.ts";

const declared = [
  { id: "hosts", kind: "exclude", paste: null },
  { id: "count", kind: "threshold", paste: null },
  { id: "span", kind: "window", paste: null },
  { id: "others", kind: "exclude", paste: "not a" },
] as const;

test("an address says which knobs are set, and to what", () => {
  const knobs = knobsIn(new URLSearchParams("knob.count=9&names=ecs&knob.hosts=&knob.span= 1h &knob.count=7"));
  expect([...knobs]).toEqual([
    ["count", "7"],
    ["span", "1h"],
  ]);
  expect(knobQuery(knobs)).toEqual({ "knob.count": "7", "knob.span": "1h" });
});

describe("what is set", () => {
  test("is read as its knob asks", () => {
    const knobs = new Map([
      ["hosts", "PAW-01, PAW-02,,"],
      ["count", "12"],
      ["span", "30m"],
    ]);
    const reading = readKnobs(knobs, declared);
    expect(reading.type === "settings" && [...reading.settings]).toEqual([
      ["hosts", ["PAW-01", "PAW-02"]],
      ["count", [12]],
      ["span", ["30m"]],
    ]);
  });

  test.each([
    ["count", "0", "knob.count must be a whole number from 1 to 999999."],
    ["count", "1e3", "knob.count must be a whole number from 1 to 999999."],
    ["span", "soon", "knob.span must be a time span: 30s, 10m, 2h or 1d."],
    ["hosts", ",", "knob.hosts must be a value, or several with commas between them."],
    ["others", "x", "The knobs of this package are hosts, count, span."],
    ["none", "x", "The knobs of this package are hosts, count, span."],
  ])("%s=%s is refused in words", (id, value, why) => {
    expect(readKnobs(new Map([[id, value]]), declared)).toEqual({ type: "invalid", why });
  });

  test("a package without knobs says so", () => {
    expect(readKnobs(new Map([["a", "b"]]), [])).toEqual({ type: "invalid", why: "This package has no knobs." });
  });
});
