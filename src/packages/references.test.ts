import { describe, expect, test } from "vitest";
import { attackAddress, mergedReferences, sameAddress } from "./references.ts";

const source = (rule: string) => ({ corpus: "sigma", rule, title: rule, authors: [], licence: "DRL-1.1", url: null });

describe("references", () => {
  test.each([
    ["https://Example.org/a/", "http://www.example.org/a"],
    ["https://example.org/a?utm_source=x&b=1", "https://example.org/a?b=1"],
    [" https://example.org ", "https://example.org/"],
  ])("%s and %s lead to the same page", (one, other) => {
    expect(sameAddress(one)).toBe(sameAddress(other));
  });

  test.each([
    ["https://example.org/a", "https://example.org/A"],
    ["https://example.org/a?b=1", "https://example.org/a?b=2"],
    ["https://example.org/a#b", "https://example.org/a"],
  ])("%s and %s do not", (one, other) => {
    expect(sameAddress(one)).not.toBe(sameAddress(other));
  });

  test("are merged with all who name them; what is no address is left out", () => {
    const merged = mergedReferences([
      { url: "https://example.org/a", title: null, source: source("one") },
      { url: "not an address", title: null, source: source("one") },
      { url: "javascript:alert(1)", title: null, source: source("one") },
      { url: "https://example.org/a/", title: "A page", source: source("two") },
      { url: "https://example.org/a", title: null, source: source("one") },
    ]);
    expect(merged).toEqual([
      { url: "https://example.org/a", title: "A page", sources: [source("one"), source("two")] },
    ]);
  });

  test("ATT&CK has sub-techniques below their technique", () => {
    expect(attackAddress("T1059.001")).toBe("https://attack.mitre.org/techniques/T1059/001/");
  });
});
