import { describe, expect, test } from "vitest";
import { guidesIn } from "./guides.ts";

const source = {
  corpus: "elastic",
  rule: "elastic:1",
  title: "A rule",
  authors: [],
  licence: "Elastic-2.0",
  url: null,
};
const of = (title: string, markdown: string) => {
  const { setup, investigation, response } = guidesIn([{ title, markdown }], source);
  const short = (all: typeof setup) => all.map((one) => [one.title, one.text]);
  return { setup: short(setup), investigation: short(investigation), response: short(response) };
};

describe("guides of a rule", () => {
  test("are cut where a heading is about something else", () => {
    const markdown = [
      "> Made by a model.",
      "### Investigating it",
      "What it is.",
      "#### Possible investigation steps",
      "- Look.",
      "### False positive analysis",
      "- Nobody.",
      "### Response and remediation",
      "- Isolate.",
      "### Related rules",
      "- Another.",
    ].join("\n\n");
    expect(of("Triage and analysis", markdown)).toEqual({
      setup: [],
      investigation: [
        [
          "Triage and analysis",
          "> Made by a model.\n\n### Investigating it\n\nWhat it is.\n\n#### Possible investigation steps\n\n- Look.",
        ],
      ],
      response: [["Response and remediation", "- Isolate."]],
    });
  });

  test("a section of its own is one", () => {
    expect(of("How to implement", "Bring in the log.").setup).toEqual([["How to implement", "Bring in the log."]]);
    expect(of("Response and remediation", "- Isolate.").response).toEqual([["Response and remediation", "- Isolate."]]);
  });

  test("what is about neither is left out", () => {
    expect(of("Threat intel", "- Somebody.")).toEqual({ setup: [], investigation: [], response: [] });
    expect(of("False positive analysis", "- Nobody.").investigation).toEqual([]);
  });

  test("name their source", () => {
    expect(guidesIn([{ title: "Setup", markdown: "x" }], source).setup[0]?.source).toBe(source);
  });
});
