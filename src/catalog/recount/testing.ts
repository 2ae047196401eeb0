import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { parseAllDocuments, parseDocument } from "yaml";
import { type Asked, elastic, globbed, kusto, type Recount, scan, spl, yaraL } from "./scan/testing.ts";

type Untyped = Readonly<Record<string, unknown>>;

/** For tests: every active rule of a corpus with what it asks for, read straight from its files. */
export function recount(corpus: string, home: string): readonly Recount[] {
  switch (corpus) {
    case "detectionary":
      return ["rules", "packages"].flatMap((folder) =>
        paths(home, folder, ".yml").flatMap((path) => sigmaRules(corpus, home, path)),
      );
    case "sigma":
      return readdirSync(home)
        .filter((name) => /^rules(?:-|$)/u.test(name))
        .flatMap((folder) => paths(home, folder, ".yml"))
        .flatMap((path) => sigmaRules(corpus, home, path));
    case "elastic":
      return ["rules", "rules_building_block", "hunting"].flatMap((folder) =>
        paths(home, folder, ".toml").flatMap((path) => elasticRules(home, path)),
      );
    case "splunk":
      return splunkRules(home);
    case "chronicle":
      return paths(home, "rules", ".yaral").flatMap((path) => chronicleRules(home, path));
    case "kql":
      return paths(home, "", ".md").flatMap((path) => kqlRules(home, path));
    default:
      throw new Error(`Rules of ${corpus} cannot be counted again yet.`);
  }
}

function paths(home: string, folder: string, ending: string): readonly string[] {
  return readdirSync(join(home, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => (folder === "" ? path : `${folder}/${path}`))
    .sort();
}

const textOf = (home: string, path: string): string => readFileSync(join(home, path), "utf8");
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value == null ? [] : [value]);

function sigmaRules(corpus: string, home: string, path: string): readonly Recount[] {
  return parseAllDocuments(textOf(home, path), { logLevel: "silent" }).flatMap((document): Recount[] => {
    const rule = document.toJS() as Untyped | null;
    const detection = rule?.detection as Untyped | undefined;
    if (detection === undefined) return [];
    const { product = "", category = "", service = "" } = (rule?.logsource ?? {}) as Record<string, string>;
    const names = Object.keys(detection).filter((one) => one !== "condition" && one !== "timeframe");
    const asks = listOf(detection.condition).flatMap((condition) =>
      usesOf(String(condition), names).flatMap(({ name, negated }) => sigmaAsks(detection[name], negated)),
    );
    return [{ corpus, path, source: `${product}/${category}/${service}`, asks }];
  });
}

/** The identifiers that a condition names, and whether it takes out what they select. */
function usesOf(condition: string, names: readonly string[]): readonly { name: string; negated: boolean }[] {
  const words = condition.match(/[()|]|[^\s()|]+/gu) ?? [];
  const uses: { name: string; negated: boolean }[] = [];
  const groups: boolean[] = [];
  let not = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const negated = groups.includes(true) !== not;
    if (word === "|") break;
    if (word === "(") {
      groups.push(not);
      not = false;
    } else if (word === ")") groups.pop();
    else if (word.toLowerCase() === "not") not = !not;
    else if (word.toLowerCase() === "and" || word.toLowerCase() === "or") not = false;
    else {
      const of = words[at + 1]?.toLowerCase() === "of";
      const wanted = of ? (words[at + 2] ?? "") : word;
      if (of) at += 2;
      const pattern = new RegExp(`^${wanted === "them" ? "[^_].*" : wanted.replaceAll("*", ".*")}$`, "iu");
      for (const name of names) if (pattern.test(name)) uses.push({ name, negated });
      not = false;
    }
  }
  return uses;
}

function sigmaAsks(search: unknown, negated: boolean): readonly Asked[] {
  return listOf(search).flatMap((item): readonly Asked[] => {
    if (typeof item !== "object" || item === null) return [];
    return Object.entries(item).flatMap(([key, values]) => {
      const [field = "", ...modifiers] = key.split("|");
      return listOf(values).map(
        (value): Asked => ({ field: field.toLowerCase(), ...sigmaValue(String(value), modifiers), negated }),
      );
    });
  });
}

function sigmaValue(text: string, modifiers: readonly string[]): Pick<Asked, "how" | "value"> {
  const has = (one: string): boolean => modifiers.includes(one);
  if (has("cidr")) return { how: "net", value: text };
  const known = ["contains", "startswith", "endswith", "all", "windash"];
  if (modifiers.some((one) => !known.includes(one))) return { how: has("re") ? "regex" : "other", value: text };
  return globbed(text, true, {
    start: has("contains") || has("endswith"),
    end: has("contains") || has("startswith"),
  });
}

function elasticRules(home: string, path: string): readonly Recount[] {
  const file = parseToml(textOf(home, path)) as Untyped;
  const rule = (file.rule ?? file.hunt) as Untyped;
  const metadata = (file.metadata ?? {}) as Untyped;
  if (path.includes("/_deprecated/") || metadata.maturity === "deprecated") return [];
  const queries = [...listOf(rule.query), ...listOf(rule.threat_query)].map(String);
  const language = (query: string): string => {
    const written = String(listOf(rule.language)[0] ?? "kuery").toLowerCase();
    if (/^\s*(?:\/\/[^\n]*\n\s*)*from\s/iu.test(query)) return "esql";
    return file.hunt === undefined ? written : /^\s*(?:\w+ where|sequence)\s/iu.test(query) ? "eql" : written;
  };
  const index = [...listOf(rule.index), ...listOf(metadata.integration)].join(" ");
  const asks = queries.flatMap((query) =>
    scan(query.replace(/ \.caseless\b/gu, ".caseless"), elastic(language(query))),
  );
  return [
    { corpus: "elastic", path, source: `${index} ${queries.join("\n")}`, asks: [...asks, ...filterAsks(rule.filters)] },
  ];
}

/** Filters beside the query: phrases on one field each. */
function filterAsks(filters: unknown): readonly Asked[] {
  return listOf(filters).flatMap((one): readonly Asked[] => {
    const { meta, query } = one as { meta?: { negate?: boolean }; query?: { match_phrase?: Untyped } };
    return Object.entries(query?.match_phrase ?? {}).map(([field, value]): Asked => {
      return {
        field: field.toLowerCase(),
        how: "is",
        value: String(value).toLowerCase(),
        negated: meta?.negate === true,
      };
    });
  });
}

interface Macro {
  readonly definition: string;
  readonly parameters: readonly string[];
}

function splunkRules(home: string): readonly Recount[] {
  const macros = new Map<string, Macro>();
  for (const path of paths(home, "macros", ".yml")) {
    const {
      name,
      definition,
      arguments: parameters,
    } = parseDocument(textOf(home, path), { logLevel: "silent" }).toJS() as Untyped;
    macros.set(String(name).replace(/\(\d+\)$/u, ""), {
      definition: String(definition),
      parameters: listOf(parameters).map(String),
    });
  }
  return paths(home, "detections", ".yml").flatMap((path): Recount[] => {
    const rule = parseDocument(textOf(home, path), { logLevel: "silent" }).toJS() as Untyped;
    if (path.includes("/deprecated/") || ["deprecated", "removed"].includes(String(rule.status))) return [];
    const written = String(rule.search ?? "");
    const search = writtenOut(written, macros);
    const sources = listOf(rule.data_source).map((one) =>
      typeof one === "string" ? one : String((one as Untyped).name),
    );
    return [{ corpus: "splunk", path, source: `${sources.join("; ")}\n${written}`, asks: scan(search, spl) }];
  });
}

function writtenOut(search: string, macros: ReadonlyMap<string, Macro>, depth = 0): string {
  if (depth > 5) return search;
  return search.replace(/```[\s\S]*?```|`([^`]+)`/gu, (whole, call: string | undefined) => {
    const [, name = "", given = ""] = /^\s*([\w:-]+)\s*(?:\(([\s\S]*)\))?\s*$/u.exec(call ?? "") ?? [];
    const macro = macros.get(name);
    if (macro === undefined) return whole.startsWith("```") ? whole : " ";
    const values = given.split(",").map((one) => one.trim().replace(/^"|"$/gu, ""));
    const definition = macro.parameters.reduce(
      (text, parameter, at) => text.replaceAll(`$${parameter}$`, values[at] ?? ""),
      macro.definition,
    );
    return ` ${writtenOut(definition, macros, depth + 1)} `;
  });
}

function chronicleRules(home: string, path: string): readonly Recount[] {
  const source = textOf(home, path);
  return source.split(/^\s*(?=rule\s+\w+\s*\{)/mu).flatMap((text): Recount[] => {
    const events = /\bevents:([\s\S]*?)(?:\n\s*(?:match|outcome|condition|options):|$)/u.exec(text)?.[1];
    return events === undefined ? [] : [{ corpus: "chronicle", path, source: text, asks: scan(events, yaraL) }];
  });
}

function kqlRules(home: string, path: string): readonly Recount[] {
  const page = textOf(home, path);
  const queries = [...page.matchAll(/^[ \t]*```+[ \t]*(\w*)[^\n]*\n([\s\S]*?)^[ \t]*```/gmu)]
    .filter(([, tag = ""]) => tag === "" || /^(?:kql|kusto|csl)/iu.test(tag))
    .map(([, , query = ""]) => withLists(query));
  if (/(?:^|\/)deprecated[^/]*\//iu.test(path) || queries.length === 0) return [];
  const asks = queries.flatMap((query) => [...scan(query, kusto), ...privateAsks(query)]);
  return [{ corpus: "kql", path, source: queries.join("\n"), asks }];
}

/** A query with the lists that it names at its beginning in place of their names. */
function withLists(query: string): string {
  const lists = [...query.matchAll(/\blet\s+(\w+)\s*=\s*dynamic\s*\(\s*\[([\s\S]*?)\]\s*\)\s*;/gu)];
  return lists.reduce(
    (text, [whole, name = "", values = ""]) =>
      text.replace(whole, "").replace(new RegExp(`\\(\\s*${name}\\s*\\)`, "gu"), () => `(${values})`),
    query,
  );
}

/** `extend Private = ipv4_is_private(RemoteIP) | where Private == 1` asks for three networks. */
function privateAsks(query: string): readonly Asked[] {
  return [...query.matchAll(/\bextend\s+(\w+)\s*=\s*ipv4_is_private\((\w+)\)/gu)]
    .filter(([, name = ""]) => new RegExp(`\\bwhere\\s+${name}\\s*==\\s*["']?(?:true|1)`, "iu").test(query))
    .flatMap(([, , field = ""]) =>
      ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((value): Asked => {
        return { field: field.toLowerCase(), how: "net", value, negated: false };
      }),
    );
}
