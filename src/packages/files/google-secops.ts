import { parse } from "../../languages/yara-l/index.ts";
import { isSayable, yaraMeta } from "../../platforms/google-secops/literals.ts";
import type { PackageDetection } from "../detection-package.ts";
import { webAddress } from "../markdown.ts";
import { oneLine, queryText } from "../plain-text.ts";
import { bareQuery } from "./bare-query.ts";
import { detectionParts } from "./detection-parts.ts";
import type { PlatformFiles, Writing } from "./package-file.ts";
import { ruleId } from "./rule-id.ts";

/** Google Security Operations: a rule a file, its `meta` section completed. */
export const googleSecopsFiles: PlatformFiles = {
  platforms: ["google-secops"],
  use: [
    "`rules/*.yaral`: one rule a file. In Detections, Rules & Detections, Rules Editor: New, then paste; or `rules.create` of the API.",
    "`queries/`: searches of UDM that are no rules.",
  ],
  write: (writing) => {
    const names = new Set<string>();
    return writing.package.detections.map((detection) => {
      const text = completed(writing, detection, names);
      return text === null ? bareQuery(writing, detection) : { path: `rules/${writing.nameOf(detection)}.yaral`, text };
    });
  },
};

/**
 * The rule with the entries that its meta lacks, in the keys of Google's own rules, and with a name that no rule before it
 * has. null where it is no rule. https://cloud.google.com/chronicle/docs/detection/yara-l-2-0-syntax
 */
function completed(writing: Writing, detection: PackageDetection, names: Set<string>): string | null {
  const query = queryText(detection.query);
  const { ast } = parse(query);
  const [rule, ...others] = ast.rules;
  if (rule === undefined || others.length > 0) return null;
  const present = new Set(rule.meta.map(({ key }) => key.toLowerCase()));
  const lines = entries(writing, detection)
    .filter(([key, value]) => value !== "" && !present.has(key))
    .map(([key, value]) => `${key} = ${yaraMeta(value)}`);
  const { start } = rule.span;
  const opening = /^rule\s+(\w+)\s*\{(\s*meta\s*:)?/u.exec(query.slice(start));
  if (opening === null) return null;
  const [whole, name = "", meta = ""] = opening;
  const first = rule.meta[0]?.span.start;
  const at = first ?? start + whole.length;
  const added =
    first === undefined
      ? `${meta === "" ? "\n  meta:" : ""}${lines.map((line) => `\n    ${line}`).join("")}\n`
      : lines.map((line) => `${line}\n    `).join("");
  const nameAt = start + whole.indexOf(name, "rule".length);
  return `${query.slice(0, nameAt)}${uniqueName(name, names)}${query.slice(nameAt + name.length, at)}${added}${query.slice(at).replace(/\n+$/u, "")}\n`;
}

function uniqueName(name: string, names: Set<string>): string {
  let own = name;
  for (let number = 2; names.has(own.toLowerCase()); number++) own = `${name}_${number}`;
  names.add(own.toLowerCase());
  return own;
}

function entries(
  { package: one, techniqueName }: Writing,
  detection: PackageDetection,
): readonly (readonly [string, string])[] {
  const { technique } = one;
  const id = detection.technique;
  const severity = detection.severity ?? one.severity?.level ?? "medium";
  const word = severity === "informational" ? "Info" : severity.slice(0, 1).toUpperCase() + severity.slice(1);
  const all: readonly (readonly [string, string])[] = [
    ["rule_id", ruleId(one, detection)],
    ["rule_name", detection.title],
    ["description", detection.description || detection.title],
    ["severity", word],
    ["priority", word],
    ["type", "Alert"],
    ["mitre_attack_tactic", technique.tactics.map(({ name }) => name).join(", ")],
    ["mitre_attack_technique", techniqueName(id) ?? technique.name],
    ["mitre_attack_technique_id", id],
    ["mitre_attack_url", `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`],
    [
      "data_source",
      one.needs
        .filter(({ detections }) => detections.includes(detection.id))
        .map(({ title }) => title)
        .join(", "),
    ],
    ["license", detection.source.licence],
    ["reference", webAddress(detection.source.url ?? "") ?? ""],
    [
      "false_positives",
      detectionParts(one, detection)
        .falsePositives.map(({ text }) => text)
        .join(" "),
    ],
  ];
  return all.map(([key, value]) => [key, oneLine(value)] as const).filter(([, value]) => isSayable(value));
}
