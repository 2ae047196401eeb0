import type { PackageOverview, PlatformState, TechniqueOverview } from "../packages/overview.ts";

export const origins = ["authored", "composed", "none"] as const;
export const proofs = ["proved", "unproved"] as const;

/** What a list of packages is narrowed to. */
export interface PackageFilter {
  readonly q?: string | undefined;
  readonly platform?: string | undefined;
  /** Provider of events. */
  readonly log?: string | undefined;
  readonly severity?: string | undefined;
  readonly proof?: (typeof proofs)[number] | undefined;
  readonly origin?: (typeof origins)[number] | undefined;
  /** Code of an absence. */
  readonly absence?: string | undefined;
}

/** Techniques of which a package on some platform fits, each with the platforms that fit. */
export function narrowedPackages(counts: PackageOverview, filter: PackageFilter): readonly TechniqueOverview[] {
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const absent = filter.absence !== undefined || filter.origin === "none";
  return counts.techniques.flatMap((technique) => {
    const name = `${technique.id} ${technique.name}`.toLowerCase();
    if (!words.every((word) => name.includes(word))) return [];
    const platforms = technique.platforms.filter((one) => (one.origin === "none") === absent && fits(one, filter));
    return platforms.length === 0 ? [] : [{ ...technique, platforms }];
  });
}

function fits(one: PlatformState, { platform, log, severity, proof, origin, absence }: PackageFilter): boolean {
  return (
    (platform === undefined || one.id === platform) &&
    (log === undefined || one.logs.includes(log)) &&
    (severity === undefined || one.severity === severity) &&
    (proof === undefined || one.proved > 0 === (proof === "proved")) &&
    (origin === undefined || one.origin === origin) &&
    (absence === undefined || one.absence === absence)
  );
}

/** Providers of the events that some package needs, in order. */
export function logsOf({ techniques }: PackageOverview): readonly string[] {
  return [...new Set(techniques.flatMap((one) => one.platforms.flatMap(({ logs }) => logs)))].sort();
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
