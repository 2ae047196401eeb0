import { createHash } from "node:crypto";
import type { Database } from "../catalog/database.ts";
import { translatorOf } from "../catalog/translations.ts";
import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import { type AddedExclusion, addedExclusion } from "../platforms/added-exclusion.ts";
import type { Platform, TargetBranch } from "../platforms/platform.ts";
import type { PlannedRule } from "../platforms/translate.ts";
import type { Expression } from "../rule/expression.ts";
import { type Piece, plainText } from "../vocabulary/exclusion.ts";
import { mainLanguage } from "../vocabulary/name-rule.ts";
import type { TuningKnob } from "./detection-package.ts";
import type { MadeDetection } from "./detections.ts";
import { type ReadRule, readRule } from "./read-rules.ts";
import { corpusName, type SourceOf } from "./sources.ts";
import type { Standing } from "./standings.ts";

/** Exclusions that are tried, rules whose words for one are tried, knobs that come of them, sources and letters that one shows. */
const most = { tried: 30, rules: 2, knobs: 12, sources: 5, shown: 200 } as const;

/** An exclusion that several rules of the technique have. */
interface Shared {
  readonly text: string;
  /** Its lines as people read them. */
  readonly lines: readonly string[];
  readonly rules: readonly Standing[];
}

/** What at least two rules of the technique leave out, said in the language of the detections that do not leave it out yet. */
export function knobsOf(
  database: Database,
  made: readonly MadeDetection[],
  tagged: readonly Standing[],
  sourceOf: SourceOf,
): readonly TuningKnob[] {
  const platforms = [...new Set(made.map((one) => one.platform))];
  const has = exclusionsOf(database, made);
  const knobs: TuningKnob[] = [];
  for (const shared of sharedExclusions(database, tagged)) {
    const open = made.filter((one) => has.get(one.candidate.rule.key)?.has(shared.text) !== true);
    for (const platform of platforms) {
      const said = sayFor(
        database,
        platform,
        open.filter((one) => one.platform === platform),
        shared,
      );
      if (said !== null) knobs.push(knobOf(shared, said, sourceOf));
    }
    if (knobs.length >= most.knobs) break;
  }
  return knobs;
}

function sharedExclusions(database: Database, tagged: readonly Standing[]): readonly Shared[] {
  const byKey = new Map(tagged.map((one) => [one.key, one]));
  const rows = database.all<{ text: string; pieces_json: string; rules: string }>(
    `SELECT e.text, min(e.pieces_json) AS pieces_json, json_group_array(DISTINCT e.rule) AS rules
     FROM exclusion e WHERE e.rule IN (SELECT value FROM json_each(?)) GROUP BY e.text HAVING count(DISTINCT e.rule) > 1
     ORDER BY count(DISTINCT e.rule) DESC, e.text LIMIT ?`,
    JSON.stringify([...byKey.keys()]),
    most.tried,
  );
  return rows.map((row) => ({
    text: row.text,
    lines: (JSON.parse(row.pieces_json) as readonly (readonly Piece[])[]).map(plainText),
    rules: (JSON.parse(row.rules) as readonly number[]).flatMap((key) => byKey.get(key) ?? []),
  }));
}

/** Rule → what it leaves out already. */
function exclusionsOf(database: Database, made: readonly MadeDetection[]): ReadonlyMap<number, ReadonlySet<string>> {
  const rows = database.all<{ rule: number; text: string }>(
    "SELECT rule, text FROM exclusion WHERE rule IN (SELECT value FROM json_each(?))",
    JSON.stringify(made.map((one) => one.candidate.rule.key)),
  );
  const groups = Map.groupBy(rows, (one) => one.rule);
  return new Map([...groups].map(([rule, all]) => [rule, new Set(all.map((one) => one.text))]));
}

interface Said extends AddedExclusion {
  readonly platform: Platform;
  readonly detections: readonly MadeDetection[];
}

/** The exclusion for the place that most of the detections read, among the logs of the rules that have it. */
function sayFor(database: Database, platform: Platform, open: readonly MadeDetection[], shared: Shared): Said | null {
  if (open.length === 0) return null;
  const translator = translatorOf(database);
  const knowledge = translationKnowledge();
  for (const one of shared.rules.slice(0, most.rules)) {
    const read = readRule(database, one.key);
    const exclusion = read === null ? null : exclusionIn(database, one, read, shared.text);
    if (read === null || exclusion === null) continue;
    const planned = translator.plan(read.rule);
    const logs = logsOf(planned);
    for (const branch of placesOf(open, logs)) {
      const added = addedExclusion(knowledge, translator.namesOn(platform), platform, branch, {
        expression: exclusion,
        language: mainLanguage(read.rule),
        schema: planned.schema,
      });
      if (added === null) continue;
      const detections = open.filter((one) => takes(one, branch, added, platform));
      if (detections.length > 0) return { ...added, platform, detections };
    }
  }
  return null;
}

/** The rule numbers its exclusions in the order of its logic, as the catalog does. */
function exclusionIn(database: Database, { key }: Standing, { rule }: ReadRule, text: string): Expression | null {
  const row = database.one<{ number: number }>(
    "SELECT exclusion_group AS number FROM exclusion WHERE rule = ? AND text = ?",
    key,
    text,
  );
  return rule.predicates.exclusions.find((one) => one.group === row?.number)?.expression ?? null;
}

function logsOf({ planning, read }: PlannedRule): ReadonlySet<string> {
  const { plan } = planning;
  if (plan === null) return new Set();
  const flows = plan.type === "sequence" ? plan.steps.flatMap((one) => one.flows) : plan.flows;
  return new Set(
    flows.flatMap((flow) => {
      const { choice } = read(flow);
      return choice.type === "chosen" ? choice.alternatives.map((one) => one.source.id) : [];
    }),
  );
}

/** The places of the detections' searches in these logs, those of the best detection first. */
function placesOf(open: readonly MadeDetection[], logs: ReadonlySet<string>): readonly TargetBranch[] {
  const branches = open.flatMap((one) => one.branches).filter((one) => logs.has(one.logSource.id));
  return [...new Map(branches.map((one) => [one.place, one])).values()];
}

/** Languages of pipelines: a native query may read a data model, or call its fields otherwise on the way. */
const piped: ReadonlySet<string> = new Set(["spl", "kusto", "esql"]);

/**
 * Translations read the place by its names. A native query must be in the same language; in a pipeline it must use the names
 * itself, and in YARA-L the same variable for its event.
 */
function takes(made: MadeDetection, branch: TargetBranch, added: AddedExclusion, platform: Platform): boolean {
  if (!made.branches.some((one) => one.place === branch.place && one.logSource.id === branch.logSource.id))
    return false;
  const { native, language, query } = made.detection;
  if (!native) return true;
  if (language !== platform.language) return false;
  if (language === "yara-l") return query.includes("$e.");
  return !piped.has(language) || added.fields.every((name) => names(query, name));
}

function knobOf(
  { text: meaning, lines, rules }: Shared,
  { text, detections, platform }: Said,
  sourceOf: SourceOf,
): TuningKnob {
  const words = lines.join(" and ");
  const short = words.length > most.shown ? `${words.slice(0, most.shown - 1)}…` : words;
  const corpora = [...new Set(rules.map((one) => corpusName(one.corpus)))];
  return {
    id: `exclude-${createHash("sha256").update(`${platform.id}\n${meaning}`).digest("hex").slice(0, 12)}`,
    title: short,
    why: `${rules.length} rules of the technique leave it out, of ${corpora.join(", ")}: their authors have met it in normal operation.`,
    detections: detections.map((one) => one.detection.id),
    kind: "exclude",
    value: "",
    example: words,
    paste: text,
    rules: rules.length,
    sources: rules.slice(0, most.sources).map((one) => sourceOf(one)),
  };
}

/** Does the query hold the name as a word of its own? */
function names(query: string, name: string): boolean {
  for (let at = query.indexOf(name); at >= 0; at = query.indexOf(name, at + 1)) {
    const before = query[at - 1] ?? " ";
    const after = query[at + name.length] ?? " ";
    if (!/[\p{L}\p{N}_.]/u.test(before) && !/[\p{L}\p{N}_.]/u.test(after)) return true;
  }
  return false;
}
