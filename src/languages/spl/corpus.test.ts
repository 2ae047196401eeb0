import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { misplaced, withoutPlaces } from "../conformance.ts";
import type { Environment, Language, MacroDefinition } from "../language.ts";
import { fuzzLanguage } from "../mutation.ts";
import { census } from "../testing.ts";
import type { Command, EvalExpression } from "./ast.ts";
import { lower, parse, print, spl } from "./index.ts";
import { walkPipeline } from "./walk.ts";

interface Detection {
  readonly path: string;
  readonly search: string;
}

function files(folder: string): readonly { readonly path: string; readonly text: string }[] {
  const root = join(corpusFolder("splunk"), folder);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yml"))
    .map((name) => ({ path: name, text: readFileSync(join(root, name), "utf8") }));
}

function detections(): readonly Detection[] {
  return files("detections").map(({ path, text }) => {
    const document = parseDocument(text);
    return { path, search: String(document.get("search")) };
  });
}

interface MacroFile {
  readonly name: string;
  readonly definition: unknown;
  readonly arguments?: readonly string[];
}

function surroundings(): Environment {
  const macros = new Map<string, MacroDefinition>();
  for (const { text } of files("macros")) {
    const one = parseDocument(text).toJS() as MacroFile;
    const names = one.arguments ?? [];
    const key = names.length === 0 ? one.name : `${one.name}(${names.length})`;
    macros.set(key, { definition: String(one.definition), arguments: names });
  }
  return { macros };
}

function nameOf(command: Command): string {
  switch (command.type) {
    case "search":
      return command.implicit ? "implicit search" : "search";
    case "stats":
    case "tstats":
    case "command":
      return command.name;
    case "macro_command":
      return "macro";
    case "where":
    case "eval":
    case "rename":
    case "lookup":
    case "error":
      return command.type;
    default:
      return command satisfies never;
  }
}

/** Everything inside a command but its sub-searches, which are visited by themselves. */
function partsOf(value: unknown): readonly { readonly type: string }[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "subsearch") return [];
  const inner = Object.values(value).flatMap(partsOf);
  return "type" in value && typeof value.type === "string" ? [{ ...value, type: value.type }, ...inner] : inner;
}

function featuresOf({ search }: Detection): readonly string[] {
  const features: string[] = [];
  walkPipeline(parse(search).ast.pipeline, {
    command: (command) => {
      features.push(`command ${nameOf(command)}`);
      const place = command.type === "tstats" ? command.name : command.type;
      for (const part of partsOf(command)) {
        if (part.type === "in" && "field" in part) features.push(`${place} IN`);
        if (part.type === "comparison" && "operator" in part && part.operator === "!=") features.push(`${place} !=`);
        if (part.type === "not") features.push(`${place} NOT`);
        if (part.type === "call")
          features.push(`function ${(part as Extract<EvalExpression, { type: "call" }>).name.toLowerCase()}`);
      }
    },
    macro: (call) => {
      features.push("macro uses");
      features.push(`macro ${call.name}`);
    },
    subsearch: (_one, command) => features.push(`sub-search in ${nameOf(command)}`),
  });
  return features;
}

describe.skipIf(!corporaPresent)(corpusTitle("Splunk's security content"), () => {
  const all = corporaPresent ? detections() : [];
  const active = all.filter((one) => !one.path.startsWith("deprecated/"));
  const environment = corporaPresent ? surroundings() : {};

  test("has the searches that were measured", () => {
    expect(all).toHaveLength(1711);
    expect(active).toHaveLength(1613);
    expect(environment.macros?.size).toBe(189);
  });

  test("is read without an error but for three searches", () => {
    const faulty = all.flatMap(({ path, search }) => {
      const codes = parse(search, environment)
        .diagnostics.filter((one) => one.severity === "error")
        .map((one) => one.code);
      return codes.length === 0 ? [] : [`${path}: ${codes.join()}`];
    });
    // The first two are YAML that ends inside the search: a quote in a quoted scalar.
    expect(faulty.sort()).toEqual([
      "deprecated/okta_threatinsight_login_failure_with_high_unknown_users.yml: spl/unclosed-string",
      "deprecated/okta_threatinsight_suspected_passwordspray_attack.yml: spl/unclosed-string",
      "endpoint/linux_curl_upload_file.yml: spl/list-separator",
    ]);
  });

  test("has the warnings that were looked at", () => {
    const counts: Record<string, number> = {};
    for (const { search } of all) {
      for (const one of parse(search, environment).diagnostics) counts[one.code] = (counts[one.code] ?? 0) + 1;
    }
    expect(counts).toEqual({
      "spl/function-in-search": 2,
      "spl/generated-macro": 1710,
      "spl/list-separator": 1,
      "spl/quote-inside-string": 3,
      "spl/unclosed-string": 2,
      "spl/unresolved-macro": 3,
    });
  });

  test("keeps all values of the malformed list", () => {
    const one = all.find(({ path }) => path.endsWith("linux_curl_upload_file.yml"));
    const uses = predicatesOf(lower(parse(one?.search ?? "", environment).ast, environment)).uses;
    expect(uses.flatMap((use) => use.predicate.raw).slice(-2)).toEqual(['"*.aws/credentials*"', '"*.aws/config*"']);
  });

  test("is printed and read again without a change, with every place inside its parent's", () => {
    for (const { path, search } of all) {
      const { ast } = parse(search, environment);
      expect(withoutPlaces(parse(print(ast), environment).ast), path).toEqual(withoutPlaces(ast));
      expect(misplaced(ast, search.length), path).toEqual([]);
    }
  });

  test("is understood but for a few parts", () => {
    const reasons: Record<string, number> = {};
    let nodes = 0;
    let opaque = 0;
    for (const { search } of all) {
      const found = predicatesOf(lower(parse(search, environment).ast, environment));
      nodes += found.nodes;
      opaque += found.opaque.length;
      for (const { reason } of found.opaque) reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    // Macros of other apps, which the corpus does not define.
    expect(reasons).toEqual({ "unresolved macro": 3 });
    expect(nodes).toBe(10534);
    expect(opaque / nodes).toBeLessThan(0.001);
  });

  test("has the features that other means have counted", () => {
    const counted = census(active.map(featuresOf));
    // Occurrences, and rules where those were counted, too.
    const expected: Readonly<Record<string, string>> = {
      "command macro": "5309/1610",
      "command tstats": "928/878",
      "command stats": "768/729",
      "command implicit search": "719/719",
      "command eval": "547/246",
      "command rename": "536/420",
      "command where": "397/350",
      "command search": "187/169",
      "command rex": "160/75",
      "command lookup": "118/73",
      "command table": "112/101",
      "command bucket": "68/68",
      "command join": "68/67",
      "command fields": "64/62",
      "command eventstats": "61/56",
      "command spath": "55/26",
      "command fillnull": "45/45",
      "command regex": "29/27",
      "command mvexpand": "22/21",
      "command mstats": "22/14",
      "command dedup": "18/18",
      "command iplocation": "16/15",
      "command bin": "16/16",
      "command apply": "12/12",
      "command sort": "11/10",
      "command inputlookup": "10/10",
      "command foreach": "9/9",
      "command appendpipe": "8/8",
      "command append": "8/8",
      "command transaction": "8/8",
      "command xmlkv": "8/8",
      "command map": "7/7",
      "command from": "4/4",
      "command outputlookup": "4/4",
      "command fromjson": "4/4",
      "command addtotals": "4/4",
      "command replace": "4/4",
      "command timechart": "2/2",
      "command makemv": "2/2",
      "command anomalydetection": "1/1",
      "command multikv": "1/1",
      "command extract": "1/1",
      "command outlier": "1/1",
      "command streamstats": "1/1",
      "command cyberchef": "1/1",
      "macro security_content_ctime": "2753",
      "macro drop_dm_object_name": "928/874",
      "sub-search in join": "68/67",
      "sub-search in foreach": "9/9",
      "sub-search in appendpipe": "8/8",
      "sub-search in append": "8/8",
      "sub-search in search": "3/3",
      "sub-search in implicit search": "3/3",
      "sub-search in tstats": "1/1",
      "tstats !=": "61",
      "tstats NOT": "39",
      "search IN": "275",
      "search !=": "118",
      "search NOT": "71",
      "function like": "199",
      "function match": "119/43",
      "function mvindex": "109",
      "function isnotnull": "81",
      "function coalesce": "78",
      "function case": "56",
      "function mvcount": "54",
      "function split": "51",
      "function isnull": "25",
      "function cidrmatch": "4/1",
    };
    for (const [feature, figure] of Object.entries(expected)) {
      const found = counted.get(feature) ?? "0/0";
      expect(`${feature}: ${figure.includes("/") ? found : found.split("/", 1)[0]}`).toBe(`${feature}: ${figure}`);
    }
    const names = [...counted.keys()]
      .filter((one) => one.startsWith("macro ") && one !== "macro uses")
      .map((one) => one.slice(6));
    expect(names).toHaveLength(1751);
    expect(names.filter((name) => name.endsWith("_filter") && !environment.macros?.has(name))).toHaveLength(1613);
  });

  test("survives mutation", () => {
    const seeds = all.filter((_one, index) => index % 20 === 0).map((one) => one.search);
    const result = fuzzLanguage(spl as unknown as Language, {
      seeds,
      count: 1500,
      seed: 11,
      now: () => performance.now(),
    });
    expect(result.failures.map((one) => one.error)).toEqual([]);
  });
});
