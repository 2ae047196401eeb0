import { expect, test } from "vitest";
import { acceptedTypes, chainFaults, modifiers } from "./modifiers.ts";

test("knows every modifier of the appendix", () => {
  const names = modifiers.map((one) => one.name);
  expect(names.toSorted()).toEqual(
    [
      ...["all", "startswith", "endswith", "contains", "exists", "cased", "neq", "windash", "re", "i", "m", "s"],
      ...["base64", "base64offset", "utf16le", "utf16be", "utf16", "wide", "lt", "lte", "gt", "gte"],
      ...["minute", "hour", "day", "week", "month", "year", "cidr", "expand", "fieldref"],
    ].toSorted(),
  );
});

test("names only modifiers that exist in its rules", () => {
  const names = new Set(modifiers.map((one) => one.name));
  const named = modifiers.flatMap((one) => [...one.excludes, ...(one.after ?? []), ...(one.notAfter ?? [])]);
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});

test.each([
  "",
  "contains",
  "contains|all",
  "all|contains",
  "endswith|cased",
  "re",
  "re|i",
  "re|m|s|i",
  "re|i|neq",
  "cidr|neq",
  "exists",
  "lt",
  "gte|neq",
  "fieldref",
  "fieldref|neq",
  "fieldref|startswith",
  "contains|expand",
  "contains|windash",
  "windash|contains|all",
  "base64offset|contains",
  "wide|base64offset|contains",
  "windash|utf16le|base64",
  "hour",
  "hour|gte",
  "month|neq",
])("%s is a chain", (chain) => {
  expect(chainFaults(chain === "" ? [] : chain.split("|"))).toEqual([]);
});

test.each([
  ["contain", "sigma/unknown-modifier", 'Sigma has no modifier "contain".'],
  ["", "sigma/unknown-modifier", 'Sigma has no modifier "".'],
  ["Contains", "sigma/unknown-modifier", 'Sigma has no modifier "Contains".'],
  ["i", "sigma/modifier-chain", '"i" must follow "re".'],
  ["contains|startswith", "sigma/modifier-chain", '"startswith" and "contains" cannot stand together.'],
  ["contains|base64", "sigma/modifier-chain", '"base64" must stand before "contains".'],
  ["base64|wide", "sigma/modifier-chain", '"wide" must stand before "base64".'],
  ["re|contains", "sigma/modifier-chain", '"contains" and "re" cannot stand together.'],
  ["lt|gt", "sigma/modifier-chain", '"gt" and "lt" cannot stand together.'],
  ["exists|all", "sigma/modifier-chain", '"all" and "exists" cannot stand together.'],
  ["cidr|cased", "sigma/modifier-chain", '"cased" and "cidr" cannot stand together.'],
  ["contains|contains", "sigma/repeated-modifier", 'The modifier "contains" stands twice.'],
])("%s is none", (chain, code, message) => {
  expect(chainFaults(chain.split("|"))).toEqual([{ code, message }]);
});

test("says which values fit", () => {
  expect([...acceptedTypes([])]).toEqual(["string", "number", "boolean", "null"]);
  expect([...acceptedTypes(["gt"])]).toEqual(["number"]);
  expect([...acceptedTypes(["contains", "all"])]).toEqual(["string", "number"]);
  expect([...acceptedTypes(["exists"])]).toEqual(["boolean"]);
});
