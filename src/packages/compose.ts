import type { Database } from "../catalog/database.ts";
import { techniqueFor } from "../catalog/queries/technique-alias.ts";
import type { KnobSettings } from "../corpora/content/authored/index.ts";
import { attackReader } from "../corpora/registry.ts";
import { type System, systemNamed, systems } from "../platforms/systems.ts";
import { absenceOf } from "./absence.ts";
import { ownPackage } from "./authored.ts";
import { bestOf, type Candidates, everySystem, isAuthored } from "./candidates.ts";
import type { DetectionPackage, Source, Sourced } from "./detection-package.ts";
import { type MadeDetection, makeDetection } from "./detections.ts";
import { falsePositivesOf } from "./false-positives.ts";
import { guidesOf } from "./guides.ts";
import { confidenceOf, severityOf } from "./judgement.ts";
import { knobsOf } from "./knobs.ts";
import { nearestPackages } from "./nearest.ts";
import { needsOf } from "./needs.ts";
import { packageOverview } from "./overview.ts";
import { ownParts } from "./own-parts.ts";
import { attackAddress, mergedReferences } from "./references.ts";
import { openSources } from "./sources.ts";
import { packageTests } from "./tests.ts";

interface TechniqueRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/**
 * The package of a technique for a platform: ours where there is one, and what the catalog has. null where the loaded version
 * of ATT&CK has no such technique, or there is no such platform; a technique without a detection there has a package that says
 * why. `settings`: what a site sets for knobs of our package; a value for a knob that it does not have changes nothing.
 */
export function composePackage(
  database: Database,
  asked: string,
  platform: string,
  settings: KnobSettings = new Map(),
): DetectionPackage | null {
  const system = systemNamed(platform);
  const technique = database.one<TechniqueRow>(
    "SELECT id, name, description FROM technique WHERE id = ?",
    techniqueFor(database, asked.trim().toUpperCase()),
  );
  if (system === null || technique === null) return null;
  const { standings, of } = everySystem(database);
  const candidates = of(technique.id, system);
  const reason = absenceOf(candidates, technique.id, system, standings.translated);
  const question = { techniques: candidates.techniques, built: standings.built };
  const sourceOf = openSources(database);
  const own = isAuthored(candidates) ? ownPackage(database, technique.id, settings) : null;
  const all = bestOf(candidates.found).flatMap(
    (one) => makeDetection(database, one, system, { question, sourceOf, own }) ?? [],
  );
  const made = all.filter((one) => !own?.rules.has(one.detection.id));
  const ids = all.map((one) => one.detection.id);
  const ours = own === null ? null : ownParts(own, system, ids);
  const tests = [...(ours?.tests ?? []), ...packageTests(database, candidates.techniques, ids, standings.built)];
  const detections = all.map(({ detection }) => ({
    ...detection,
    firesOn: tests.filter((one) => one.fires.includes(detection.id)).map((one) => one.id),
  }));
  const attack = attackSource(technique.id, technique.name);
  const guides = guidesOf(database, made, byScore(candidates), sourceOf);
  return {
    technique: { id: technique.id, name: technique.name, tactics: tacticsOf(database, technique.id) },
    platform: { id: system.id, title: system.title, language: languageOf(system, all) },
    origin: reason !== null ? "none" : ours === null ? "composed" : "authored",
    absence: reason && { ...reason, nearest: nearestPackages(packageOverview(database), technique.id, system.id) },
    description: [...(ours?.description ?? []), ...described(technique.description, attack)],
    severity: ours?.severity ?? severityOf(detections),
    confidence: ours?.confidence ?? confidenceOf(detections, tests),
    detections,
    candidates: candidates.found.length,
    borrowed: borrowedWords(candidates, technique.id),
    needs: needsOf(database, all, system),
    falsePositives: [...(ours?.falsePositives ?? []), ...falsePositivesOf(made)],
    knobs: [...(ours?.knobs ?? []), ...knobsOf(database, all, candidates.tagged, sourceOf)],
    tests,
    setup: guides.setup,
    investigation: [...(ours?.investigation ?? []), ...guides.investigation],
    response: [...(ours?.response ?? []), ...guides.response],
    references: referencesOf(ours?.references ?? [], made, attack),
    others: othersOf(database, technique.id, system),
  };
}

/** Rules of the technique, those first that the platform can say. */
function byScore({ found, tagged }: Candidates): Candidates["tagged"] {
  return [...new Set([...found.map((one) => one.rule), ...tagged])];
}

function languageOf({ platforms }: System, made: readonly MadeDetection[]): string {
  const [first] = platforms;
  return made[0]?.detection.language ?? first?.language ?? first?.id ?? "";
}

function borrowedWords({ found, borrowed }: Candidates, technique: string): string | null {
  const own = found.filter((one) => one.technique === technique).length;
  if (borrowed.length === 0 || own === found.length) return null;
  const has = own === 0 ? "No rule detects" : own === 1 ? "Only one rule detects" : `Only ${own} rules detect`;
  return `${has} ${technique} itself here: ${found.length - own} of the ${found.length} stand under its sub-techniques.`;
}

function tacticsOf(database: Database, technique: string): DetectionPackage["technique"]["tactics"] {
  return database.all<DetectionPackage["technique"]["tactics"][number]>(
    `SELECT c.id, c.name, c.short_name AS shortName FROM technique_tactic t JOIN tactic c ON c.short_name = t.tactic
     WHERE t.technique = ? ORDER BY c.position`,
    technique,
  );
}

function attackSource(technique: string, name: string): Source {
  const { id, licence } = attackReader;
  return { corpus: id, rule: null, title: `${technique} ${name}`, authors: [], licence, url: attackAddress(technique) };
}

/** ATT&CK's own text without its marks for citations, which lead nowhere here. */
function described(description: string, source: Source): readonly Sourced[] {
  const text = description
    .replace(/\(Citation: [^()]*\)/gu, "")
    .replace(/<\/?code>/gu, "`")
    .trim();
  return text === "" ? [] : [{ text, source }];
}

function referencesOf(
  ours: DetectionPackage["references"],
  made: readonly MadeDetection[],
  attack: Source,
): DetectionPackage["references"] {
  const own = ours.flatMap(({ url, title, sources }) => sources.map((source) => ({ url, title, source })));
  const told = made.flatMap(({ answer, detection }) =>
    answer.document.references.map((url) => ({ url, title: null, source: detection.source })),
  );
  const page = attack.url === null ? [] : [{ url: attack.url, title: `MITRE ATT&CK: ${attack.title}`, source: attack }];
  return mergedReferences([...own, ...page, ...told]);
}

function othersOf(database: Database, technique: string, system: System): DetectionPackage["others"] {
  const states = packageOverview(database).techniques.find((one) => one.id === technique)?.platforms ?? [];
  return systems.flatMap((one) => {
    const state = states.find(({ id }) => id === one.id);
    if (one === system || state === undefined) return [];
    return [{ id: one.id, title: one.title, detections: state.detections, absence: state.absence }];
  });
}
