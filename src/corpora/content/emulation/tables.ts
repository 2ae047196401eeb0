import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { EmulationTables, WindowsProgram } from "../../../emulation/telemetry/tables.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import { readShellFacts } from "./shell-facts.ts";
import {
  cloudFile,
  commandsFile,
  effectsFile,
  machineFile,
  notShownFile,
  unixProgramsFile,
  windowsProgramsFile,
} from "./table-files.ts";

let known: EmulationTables | null = null;

/** What tests leave behind, as it ships with this version, read once. */
export function emulationTables(): EmulationTables {
  known ??= readEmulationTables();
  return known;
}

/** Throws with file and line of every fault. */
export function readEmulationTables(folder = join(contentFolder, "emulation")): EmulationTables {
  const read = <Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> =>
    readCheckedYaml(`content/emulation/${name}`, readFileSync(join(folder, name), "utf8"), schema);
  const unix = read("unix-programs.yaml", unixProgramsFile);
  const commands = read("commands.yaml", commandsFile);
  const { aws, operations } = read("cloud-operations.yaml", cloudFile);
  const effectFiles = readdirSync(join(folder, "effects")).filter((name) => name.endsWith(".yaml"));
  const lower = (names: readonly string[]): readonly string[] => names.map((one) => one.toLowerCase());
  return {
    facts: readShellFacts(folder),
    machine: read("machine.yaml", machineFile),
    windowsPrograms: read("windows-programs.yaml", windowsProgramsFile).flatMap(programsOf),
    linuxPrograms: placesOf(unix.linux),
    macosPrograms: placesOf(unix.macos),
    shells: {
      cmd: lower(commands.cmd),
      sh: lower(commands.sh),
      powershellAliases: commands.powershell_aliases,
      powershellSwitches: lower(commands.powershell_switches),
      associations: commands.associations,
    },
    effects: effectFiles.sort().flatMap((name) => read(["effects", name].join("/"), effectsFile)),
    cloud: { aws, operations },
    notShown: read("not-shown.yaml", notShownFile),
  };
}

function programsOf(group: z.output<typeof windowsProgramsFile>[number]): readonly WindowsProgram[] {
  const { company, product, directory } = group;
  return Object.entries(group.programs).map(([name, [original, description, file = `${name}.exe`]]) => ({
    name,
    path: directory === "" ? "" : `${directory}\\${file}`,
    original,
    description,
    company,
    product,
  }));
}

/** Name → path; of two folders that have a name the first counts. */
function placesOf(folders: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  const places: Record<string, string> = {};
  for (const [folder, names] of Object.entries(folders)) {
    for (const name of names) places[name] ??= `${folder}/${name}`;
  }
  return places;
}
