import type { Database } from "../catalog/database.ts";
import { type AbsenceCode, absenceOf } from "./absence.ts";
import { bestOf, type Candidates, everySystem, isAuthored } from "./candidates.ts";
import type { DetectionPackage, Judgement } from "./detection-package.ts";
import { severityOf } from "./judgement.ts";

/** What there is for every technique on every platform. */
export interface PackageOverview {
  readonly platforms: readonly PlatformOverview[];
  /** Of ATT&CK in the loaded version, in force, by id. */
  readonly techniques: readonly TechniqueOverview[];
  /** Techniques that have a package on at least one platform. */
  readonly packages: number;
}

export interface PlatformOverview {
  readonly id: string;
  readonly title: string;
  /** Techniques that have a package there. */
  readonly packages: number;
  /** Those among them that one of ours leads. */
  readonly authored: number;
  /** Those among them of which a detection was written for the platform. */
  readonly native: number;
  /** Code of the absence → techniques. */
  readonly absent: Readonly<Partial<Record<AbsenceCode, number>>>;
}

export interface TechniqueOverview {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  /** In the order of `platforms`. */
  readonly platforms: readonly PlatformState[];
}

export interface PlatformState {
  readonly id: string;
  readonly origin: DetectionPackage["origin"];
  /** Rules that detect it there, and those among them that were written for it. */
  readonly detections: number;
  readonly native: number;
  /** Out of 100; null where there is none. */
  readonly best: number | null;
  readonly absence: AbsenceCode | null;
  readonly severity: Judgement["level"] | null;
  /** Detections of the package that fire on a test. */
  readonly proved: number;
  /** Providers of the events that its detections need, by name. */
  readonly logs: readonly string[];
}

const known = new WeakMap<Database, PackageOverview>();

/** Worked out once a catalog. */
export function packageOverview(database: Database): PackageOverview {
  const before = known.get(database);
  if (before !== undefined) return before;
  const made = overviewOf(database);
  known.set(database, made);
  return made;
}

function overviewOf(database: Database): PackageOverview {
  const { systems, standings, of } = everySystem(database);
  const providers = providersOf(database);
  const severities = authoredSeverities(database);
  const rows = database.all<{ id: string; name: string; parent: string | null }>(
    "SELECT id, name, parent FROM technique WHERE revoked_by IS NULL AND deprecated = 0 ORDER BY id",
  );
  const techniques = rows.map((row): TechniqueOverview => {
    const platforms = systems.map((system): PlatformState => {
      const candidates = of(row.id, system);
      const absence = absenceOf(candidates, row.id, system, standings.translated);
      const authored = isAuthored(candidates);
      const origin = absence !== null ? "none" : authored ? "authored" : "composed";
      const shown = bestOf(candidates.found).map((one) => one.rule);
      return {
        id: system.id,
        origin,
        ...numbersOf(candidates),
        absence: absence?.code ?? null,
        severity:
          shown.length === 0 ? null : ((authored ? severities.get(row.id) : null) ?? severityOf(shown)?.level ?? null),
        proved: shown.filter((rule) =>
          candidates.techniques.some((one) => rule.fired.has(one) || rule.ownOf.includes(one)),
        ).length,
        logs: [...new Set(shown.flatMap((rule) => providers.get(rule.key) ?? []))].sort(),
      };
    });
    return { ...row, platforms };
  });
  return {
    techniques,
    packages: techniques.filter((one) => one.platforms.some(({ origin }) => origin !== "none")).length,
    platforms: systems.map(({ id, title }, index) => {
      const states = techniques.flatMap((one) => one.platforms[index] ?? []);
      const absent: Partial<Record<AbsenceCode, number>> = {};
      for (const { absence } of states) if (absence !== null) absent[absence] = (absent[absence] ?? 0) + 1;
      return {
        id,
        title,
        packages: states.filter((one) => one.origin !== "none").length,
        authored: states.filter((one) => one.origin === "authored").length,
        native: states.filter((one) => one.native > 0).length,
        absent,
      };
    }),
  };
}

/** Technique → what our package of it says. */
function authoredSeverities(database: Database): ReadonlyMap<string, Judgement["level"]> {
  const rows = database.all<{ technique: string; level: Judgement["level"] }>(
    "SELECT technique, package_json ->> '$.file.severity.level' AS level FROM authored_package ORDER BY written DESC",
  );
  return new Map(rows.map((one) => [one.technique, one.level]));
}

/** Rule → the providers of the events that it needs. */
function providersOf(database: Database): ReadonlyMap<number, readonly string[]> {
  const rows = database.all<{ rule: number; provider: string }>("SELECT DISTINCT rule, provider FROM event_tie");
  return new Map(
    [...Map.groupBy(rows, (one) => one.rule)].map(([rule, all]) => [rule, all.map((one) => one.provider)]),
  );
}

function numbersOf({ found }: Candidates): Pick<PlatformState, "detections" | "native" | "best"> {
  return {
    detections: found.length,
    native: found.filter((one) => one.verdict === "native").length,
    best: found.length === 0 ? null : Math.max(...found.map((one) => one.points)),
  };
}
