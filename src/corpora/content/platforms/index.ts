import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LogSource, PlatformLogSources } from "../../../platforms/log-sources/tables.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import { logSourceFile, placesFile } from "./log-source-files.ts";

const home = (): string => join(contentFolder, "platforms");

/** Every kind of log. Throws with file and line of every fault. */
export function readLogSources(folder = home()): readonly LogSource[] {
  const names = readdirSync(join(folder, "log-sources")).filter((name) => name.endsWith(".yaml"));
  const all = names.sort().flatMap((name) => {
    const text = readFileSync(join(folder, "log-sources", name), "utf8");
    return readCheckedYaml(`content/platforms/log-sources/${name}`, text, logSourceFile);
  });
  const seen = new Set<string>();
  for (const { id } of all) {
    if (seen.has(id)) throw new Error(`content/platforms/log-sources: ${id} is defined twice.`);
    seen.add(id);
  }
  return all;
}

/** Where every platform keeps them, by the folder of the platform. Throws with file and line of every fault. */
export function readPlaces(logSources: readonly LogSource[], folder = home()): ReadonlyMap<string, PlatformLogSources> {
  const known = new Set(logSources.map((one) => one.id));
  const found = new Map<string, PlatformLogSources>();
  for (const platform of readdirSync(folder).sort()) {
    const file = join(folder, platform, "log-sources.yaml");
    if (!existsSync(file)) continue;
    const name = `content/platforms/${platform}/log-sources.yaml`;
    const checked = readCheckedYaml(name, readFileSync(file, "utf8"), placesFile);
    const stray = Object.keys(checked.places).filter((id) => !known.has(id));
    if (stray.length > 0) throw new Error(`${name}: no such log source: ${stray.join(", ")}.`);
    found.set(platform, { platform, sources: checked.sources, places: checked.places });
  }
  return found;
}
