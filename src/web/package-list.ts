import type { DetectionPackage } from "../packages/detection-package.ts";
import type { Severity } from "../rule/document.ts";

/** What there is for every technique on every platform: what `packageOverview` gives. */
export interface PackageCounts {
  readonly platforms: readonly {
    readonly id: string;
    readonly title: string;
    readonly packages: number;
    readonly authored: number;
    readonly native: number;
    /** Code of the absence → techniques. */
    readonly absent: Readonly<Partial<Record<string, number>>>;
  }[];
  readonly techniques: readonly TechniquePackages[];
  /** Techniques that have a package on at least one platform. */
  readonly packages: number;
}

export interface TechniquePackages {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly platforms: readonly PlatformPackage[];
}

export interface PlatformPackage {
  readonly id: string;
  readonly origin: DetectionPackage["origin"];
  readonly detections: number;
  readonly native: number;
  readonly best: number | null;
  readonly absence: string | null;
  readonly severity: Severity | null;
  /** Detections that fire on a test. */
  readonly proved: number;
  /** Ids of the logs that its detections read. */
  readonly logSources: readonly string[];
}

export const origins = ["authored", "composed", "none"] as const;
export const proofs = ["proved", "unproved"] as const;

/** What a list of packages is narrowed to. */
export interface PackageFilter {
  readonly q?: string | undefined;
  readonly platform?: string | undefined;
  readonly source?: string | undefined;
  readonly severity?: string | undefined;
  readonly proof?: (typeof proofs)[number] | undefined;
  readonly origin?: (typeof origins)[number] | undefined;
  /** Code of an absence. */
  readonly absence?: string | undefined;
}

/** Techniques of which a package on some platform fits, each with the platforms that fit. */
export function narrowedPackages(counts: PackageCounts, filter: PackageFilter): readonly TechniquePackages[] {
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const absent = filter.absence !== undefined || filter.origin === "none";
  return counts.techniques.flatMap((technique) => {
    const name = `${technique.id} ${technique.name}`.toLowerCase();
    if (!words.every((word) => name.includes(word))) return [];
    const platforms = technique.platforms.filter((one) => (one.origin === "none") === absent && fits(one, filter));
    return platforms.length === 0 ? [] : [{ ...technique, platforms }];
  });
}

function fits(one: PlatformPackage, { platform, source, severity, proof, origin, absence }: PackageFilter): boolean {
  return (
    (platform === undefined || one.id === platform) &&
    (source === undefined || one.logSources.includes(source)) &&
    (severity === undefined || one.severity === severity) &&
    (proof === undefined || one.proved > 0 === (proof === "proved")) &&
    (origin === undefined || one.origin === origin) &&
    (absence === undefined || one.absence === absence)
  );
}

/** Every log that some package reads, in order. */
export function logSourcesOf({ techniques }: PackageCounts): readonly string[] {
  return [...new Set(techniques.flatMap((one) => one.platforms.flatMap(({ logSources }) => logSources)))].sort();
}

const absenceWords: Readonly<Record<string, string>> = {
  "no-rule": "no rule anywhere",
  "no-log-source": "no such log",
  "not-expressible": "cannot be said",
  "not-translated": "not translated",
};

export function absenceWord(code: string): string {
  return absenceWords[code] ?? code.replaceAll("-", " ");
}
