import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openLogSources } from "../../../platforms/log-sources/choose.ts";
import type { LogPlace, LogSource, PlatformLogSources } from "../../../platforms/log-sources/tables.ts";
import type { TranslationKnowledge } from "../../../platforms/translate.ts";
import { openTriage, type Triage } from "../../../platforms/triage.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import { vocabulary } from "../vocabulary/index.ts";
import { values } from "../vocabulary/value-files.ts";
import { logSourceFile, placesFile, triageFile } from "./log-source-files.ts";

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
    const places = Object.entries(checked.places).map(
      ([id, own]) => [id, own.map((one) => withTypes(one, checked.types))] as const,
    );
    found.set(platform, { platform, sources: checked.sources, places: Object.fromEntries(places) });
  }
  return found;
}

function readTriage(folder = home()): Triage {
  const text = readFileSync(join(folder, "triage.yaml"), "utf8");
  return openTriage(readCheckedYaml("content/platforms/triage.yaml", text, triageFile));
}

let known: TranslationKnowledge | null = null;

/** All that translation is done with, as it ships with this version, read once. */
export function translationKnowledge(): TranslationKnowledge {
  if (known !== null) return known;
  const all = readLogSources();
  known = {
    vocabulary: vocabulary(),
    values: values(),
    logSources: openLogSources(all),
    places: readPlaces(all),
    triage: readTriage(),
  };
  return known;
}

/** What its fields hold: what the place says itself goes before what the file says of its table, and that before `*`. */
function withTypes(place: LogPlace, types: Readonly<Record<string, Readonly<Record<string, string>>>>): LogPlace {
  const common = [...place.from, "*"].map((name) => types[name] ?? {});
  const all = Object.assign({}, ...[place.types ?? {}, ...common].reverse());
  const ordered = Object.keys(Object.assign({}, place.types, ...common));
  if (ordered.length === 0) return place;
  return { ...place, types: Object.fromEntries(ordered.map((name) => [name, all[name]])) };
}
