import { describe, expect, test } from "vitest";
import { externalAddress, jsonAddress, mitreAddress, phraseAddress, searchAddress } from "./addresses.ts";

describe("externalAddress", () => {
  test.each([
    ["https://example.org/a?b=c", "https://example.org/a?b=c"],
    ["HTTP://EXAMPLE.org", "http://example.org/"],
    ["javascript:alert(1)", null],
    [" javascript:alert(1)", null],
    ["java\nscript:alert(1)", null],
    ["data:text/html,x", null],
    ["//evil.example", null],
    ["/attack", null],
    ["https://user@evil.example", null],
    ["https://", null],
    ["https://exa mple.org", null],
  ])("%j", (text, address) => {
    expect(externalAddress(text)).toBe(address);
  });
});

test("addresses of searches", () => {
  expect(searchAddress({ query: "a b", corpus: "sigma", page: 1 })).toBe("/search?q=a+b&corpus=sigma");
  expect(searchAddress({ technique: "T1133", page: 2 })).toBe("/search?technique=T1133&page=2");
  expect(phraseAddress('say "hi"')).toBe("/search?q=%22say++hi+%22");
  expect(new URLSearchParams(phraseAddress("x".repeat(900)).split("?")[1]).get("q")).toHaveLength(400);
});

test("addresses of twins", () => {
  expect(jsonAddress("/")).toBe("/index.json");
  expect(jsonAddress("/attack/T1133")).toBe("/attack/T1133.json");
  expect(jsonAddress("/search?q=a?b&page=2")).toBe("/search.json?q=a?b&page=2");
});

test("addresses at MITRE", () => {
  expect(mitreAddress("T1059.001")).toBe("https://attack.mitre.org/techniques/T1059/001/");
  expect(mitreAddress("G0016")).toBe("https://attack.mitre.org/groups/G0016/");
  expect(mitreAddress("S0002/../x")).toBeNull();
  expect(mitreAddress("X0001")).toBeNull();
});
