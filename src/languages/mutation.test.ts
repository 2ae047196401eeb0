import { expect, test } from "vitest";
import type { Language } from "./language.ts";
import { fuzzLanguage } from "./mutation.ts";

function toy(lower: Language["lower"]): Language {
  return { id: "toy", name: "Toy", parse: () => ({ ast: null, diagnostics: [] }), lower, print: () => "" };
}

/** A clock that stands still: short work takes no time that it could tell. */
const options = { seeds: ["a"], count: 3, seed: 1, now: () => 0 };

test("a text that means something else the second time is a failure, however quick it was", () => {
  let calls = 0;
  const fickle = toy(() => ({
    stages: [{ type: "project", mode: "keep", fields: [`${calls++}`], span: { start: 0, end: 0 } }],
  }));
  expect(fuzzLanguage(fickle, options).failures.map((one) => one.error)).toEqual([
    "The same text meant two things in two runs.",
    "The same text meant two things in two runs.",
    "The same text meant two things in two runs.",
  ]);
});

test("an exception is a failure, and the run goes on; what always means the same is none", () => {
  const broken = toy(() => {
    throw new Error("lost");
  });
  expect(fuzzLanguage(broken, options).failures.map((one) => one.error.split("\n")[0])).toEqual([
    "Error: lost",
    "Error: lost",
    "Error: lost",
  ]);
  expect(
    fuzzLanguage(
      toy(() => ({ stages: [] })),
      options,
    ).failures,
  ).toEqual([]);
});
