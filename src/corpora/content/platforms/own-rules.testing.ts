import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnalysedRule, analyseRule } from "../../../languages/analyse.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { readRuleFile } from "../../recognise.ts";
import { packagesFolder } from "../authored/index.ts";
import { contentFolder } from "../folder.ts";
import { contentReader } from "../index.ts";
import { vocabulary } from "../vocabulary/index.ts";

const fixtures = join(import.meta.dirname, "../../../../fixtures/platforms");

/** The folder of the goldens of one platform. */
export function goldenFolder(platform: string): string {
  return join(fixtures, platform);
}

/**
 * Rules that we wrote, by a name for their goldens: those that ship, and those that only show what rules can be. Rules of
 * packages are not among them: their telemetry says what they must find, on the engine and in databases.
 */
export function ownRules(): ReadonlyMap<string, AnalysedRule> {
  const rules = new Map<string, AnalysedRule>();
  const shipped = contentReader.read(contentFolder);
  const add = (item: { readonly type: string; readonly rule?: AnalysedRule["document"] }, environment = {}): void => {
    if (item.type !== "rule" || item.rule === undefined) return;
    const name = item.rule.path.replace(/^.*\//u, "").replace(/\.\w+$/u, "");
    const free = rules.has(name) ? `${name}-${rules.size}` : name;
    rules.set(free, nameRule(vocabulary(), analyseRule(item.rule, environment)));
  };
  for (const item of shipped.items) {
    if (item.type === "rule" && !item.rule.path.startsWith(`${packagesFolder}/`)) add(item, shipped.environment);
  }
  const folder = join(fixtures, "rules");
  for (const name of readdirSync(folder).sort()) {
    for (const item of readRuleFile(name, readFileSync(join(folder, name), "utf8")) ?? []) add(item);
  }
  return rules;
}

/** The rules among these that a correlation names. */
export function lookupIn(rules: Iterable<AnalysedRule>): (name: string) => AnalysedRule | null {
  const named = new Map<string, AnalysedRule>();
  for (const rule of rules) {
    named.set(rule.document.id, rule);
    if (rule.document.facts.name !== undefined) named.set(rule.document.facts.name, rule);
  }
  return (name) => named.get(name) ?? null;
}
