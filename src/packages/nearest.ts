import type { Absence } from "./detection-package.ts";
import type { PackageOverview, TechniqueOverview } from "./overview.ts";

const most = { relatives: 3, platforms: 3 } as const;

/** What comes nearest to a package that is not there: relatives on the platform, and the technique elsewhere. */
export function nearestPackages(overview: PackageOverview, technique: string, platform: string): Absence["nearest"] {
  const { techniques, platforms } = overview;
  const own = techniques.find((one) => one.id === technique);
  const family = own?.parent ?? technique;
  const relatives = techniques
    .filter((one) => one.id !== technique && (one.id === family || one.parent === family))
    .filter((one) => detectionsOn(one, platform) > 0)
    .sort((one, other) => detectionsOn(other, platform) - detectionsOn(one, platform))
    .sort((one, other) => Number(other.id === family) - Number(one.id === family))
    .slice(0, most.relatives)
    .map(({ id, name }) => ({ technique: id, platform, title: `${id} ${name}` }));
  const elsewhere = (own?.platforms ?? [])
    .filter((one) => one.detections > 0)
    .sort((one, other) => other.detections - one.detections)
    .slice(0, most.platforms)
    .map(({ id }) => ({
      technique,
      platform: id,
      title: `${technique} ${own?.name ?? ""} on ${platforms.find((one) => one.id === id)?.title ?? id}`,
    }));
  return [...elsewhere, ...relatives];
}

function detectionsOn({ platforms }: TechniqueOverview, platform: string): number {
  return platforms.find((one) => one.id === platform)?.detections ?? 0;
}
