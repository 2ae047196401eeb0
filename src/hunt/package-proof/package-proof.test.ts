import { describe, expect, test } from "vitest";
import { readPackages } from "../../corpora/content/authored/index.ts";
import { matchingKnowledge } from "../../corpora/content/matching/index.ts";
import { mutatePackage, validatePackage } from "./index.ts";
import { packageFiles, writtenPackage } from "./testing.ts";

function read(change: Readonly<Record<string, (text: string) => string>> = {}): ReturnType<typeof readPackages> {
  const files = Object.entries(packageFiles).map(([path, text]) => [path, change[path]?.(text) ?? text] as const);
  return readPackages(writtenPackage(Object.fromEntries(files)));
}

function faultsWith(change: Readonly<Record<string, (text: string) => string>>): readonly string[] {
  const { packages, failures } = read(change);
  const faults = packages.flatMap((one) => validatePackage(matchingKnowledge(), one).faults);
  return [...failures.map((one) => one.message), ...faults];
}

const swap =
  (from: string, to: string) =>
  (text: string): string => {
    if (!text.includes(from)) throw new Error(`"${from}" stands nowhere.`);
    return text.replaceAll(from, to);
  };

describe("a package", () => {
  test("holds where its tests fire and nothing innocent does", () => {
    const { packages, failures } = read();
    expect(failures).toEqual([]);
    const [proof] = packages.map((one) => validatePackage(matchingKnowledge(), one));
    expect(proof?.faults).toEqual([]);
    expect(proof?.tests[0]).toEqual({ id: "one", events: 1, fired: ["t1490_shadows_removed"], missed: [] });
    expect(proof?.benign).toEqual([{ id: "listed", events: 3, fired: [], missed: [] }]);
  });

  test.each([
    [
      "a test that stays silent",
      "rules/removed.yml",
      swap("delete shadows", "delete shadow copies"),
      /stays silent: in event 1/u,
    ],
    ["an innocent event that raises an alarm", "rules/removed.yml", swap(" and not filter", ""), /listed sets off/u],
    [
      "a knob that changes nothing",
      "package.yaml",
      swap("field: Computer", "field: NoSuchField"),
      /knob hosts silences no rule/u,
    ],
    ["telemetry that is no log", "telemetry/removed.ndjson", () => "{\n", /Is no object/u],
    [
      "a rule without the technique's tag",
      "rules/removed.yml",
      swap("attack.t1490", "attack.t1491"),
      /not tagged with T1490/u,
    ],
    ["a file that is not there", "package.yaml", swap("listed.ndjson", "other.ndjson"), /no file telemetry\/other/u],
    [
      "a rule that is not there",
      "package.yaml",
      swap("fires: [t1490_shadows_removed]", "fires: [t1490_other]"),
      /not under rules/u,
    ],
    ["two tests of one id", "package.yaml", swap("id: two", "id: one"), /have the id one/u],
    [
      "another technique than its folder",
      "package.yaml",
      swap("technique: T1490", "technique: T1491"),
      /the folder is T1490/u,
    ],
    ["a part that the schema does not know", "package.yaml", (text: string) => `${text}more: 1\n`, /more/u],
  ])("does not hold with %s", (_title, path, change, sentence) => {
    expect(faultsWith({ [path]: change }).join("\n")).toMatch(sentence);
  });
});

describe("mutations", () => {
  test("of every predicate are noticed by telemetry that needs them all", () => {
    const [mutations = []] = read().packages.map((one) => mutatePackage(matchingKnowledge(), one));
    expect(mutations).toHaveLength(6);
    expect(mutations.filter((one) => !one.caught)).toEqual([]);
  });

  test("are told where nothing would notice", () => {
    const change = { "telemetry/listed.ndjson": (text: string) => text.split("\n").slice(0, 1).join("\n") };
    const [mutations = []] = read(change).packages.map((one) => mutatePackage(matchingKnowledge(), one));
    const missed = mutations.filter((one) => !one.caught).map(({ predicate, always }) => `${predicate} ${always}`);
    expect(missed).toEqual(["Image ends_with \\vssadmin.exe true", "User contains backup false"]);
  });
});
