import type { Database } from "../catalog/database.ts";
import { techniqueFor } from "../catalog/queries/technique-alias.ts";
import { attackReader } from "../corpora/registry.ts";
import { type System, systemNamed, systems } from "../platforms/systems.ts";
import { absenceOf } from "./absence.ts";
import { type AuthoredPackage, authoredPackage } from "./authored.ts";
import { bestOf, type Candidates, everySystem } from "./candidates.ts";
import type { DetectionPackage, Source, Sourced } from "./detection-package.ts";
import { type MadeDetection, makeDetection } from "./detections.ts";
import { falsePositivesOf } from "./false-positives.ts";
import { guidesOf } from "./guides.ts";
import { confidenceOf, severityOf } from "./judgement.ts";
import { knobsOf } from "./knobs.ts";
import { nearestPackages } from "./nearest.ts";
import { needsOf } from "./needs.ts";
import { packageOverview } from "./overview.ts";
import { attackAddress, mergedReferences } from "./references.ts";
import { licencesOf } from "./sources.ts";
import { packageTests } from "./tests.ts";

interface TechniqueRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/**
 * The package of a technique for a platform, made of what the catalog has. null where the loaded version of ATT&CK has no such
 * technique, or there is no such platform; a technique without a detection there has a package that says why.
 */
export function composePackage(database: Database, asked: string, platform: string): DetectionPackage | null {
  const system = systemNamed(platform);
  const technique = database.one<TechniqueRow>(
    "SELECT id, name, description FROM technique WHERE id = ?",
    techniqueFor(database, asked.trim().toUpperCase()),
  );
  if (system === null || technique === null) return null;
  const { standings, of } = everySystem(database);
  const candidates = of(technique.id, system);
  const authored = authoredPackage(database, technique.id);
  const reason = absenceOf(candidates, technique.id, system, standings.translated);
  const { techniques } = candidates;
  const question = { techniques, built: standings.built };
  const licences = licencesOf(database);
  const made = bestOf(candidates.found).flatMap(
    (one) => makeDetection(database, one, system, { question, licences }) ?? [],
  );
  const ids = made.map((one) => one.detection.id);
  const tests = [...(authored?.tests ?? []), ...packageTests(database, techniques, ids, standings.built)];
  const detections = [
    ...(authored?.detections ?? []),
    ...made.map(({ detection }) => ({
      ...detection,
      firesOn: tests.filter((one) => one.fires.includes(detection.id)).map((one) => one.id),
    })),
  ];
  const none = reason !== null && detections.length === 0;
  const attack = attackSource(technique.id, technique.name, attackReader.licence);
  const guides = guidesOf(database, made, byScore(candidates), licences);
  return {
    technique: { id: technique.id, name: technique.name, tactics: tacticsOf(database, technique.id) },
    platform: { id: system.id, title: system.title, language: languageOf(system, made) },
    origin: none ? "none" : authored === null ? "composed" : "authored",
    absence: none ? { ...reason, nearest: nearestPackages(packageOverview(database), technique.id, system.id) } : null,
    description: [...(authored?.description ?? []), ...described(technique.description, attack)],
    severity: authored?.severity ?? severityOf(detections),
    confidence: authored?.confidence ?? confidenceOf(detections, tests),
    detections,
    candidates: candidates.found.length + (authored?.detections.length ?? 0),
    borrowed: borrowedWords(candidates, technique.id),
    needs: needsOf(database, made, system),
    falsePositives: [...(authored?.falsePositives ?? []), ...falsePositivesOf(made)],
    knobs: [...(authored?.knobs ?? []), ...knobsOf(database, made, candidates.tagged, licences)],
    tests,
    setup: guides.setup,
    investigation: [...(authored?.investigation ?? []), ...guides.investigation],
    response: [...(authored?.response ?? []), ...guides.response],
    references: referencesOf(authored, made, attack),
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

function attackSource(technique: string, name: string, licence: string): Source {
  return { corpus: "attack", rule: null, title: `${technique} ${name}`, licence, url: attackAddress(technique) };
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
  authored: AuthoredPackage | null,
  made: readonly MadeDetection[],
  attack: Source,
): DetectionPackage["references"] {
  const own = (authored?.references ?? []).flatMap(({ url, title, sources }) =>
    sources.map((source) => ({ url, title, source })),
  );
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
