import type { DerivedEvent } from "../derived-event.ts";
import { baseName, type Platform, unixPath, windowsPath } from "./environment.ts";
import type { EmulationTables, WindowsProgram } from "./tables.ts";

type Certainty = DerivedEvent["certainty"];

/** A file that a command starts. */
export interface Program {
  /** Full path; in a folder that stands for any where the command does not tell it and no table knows it. */
  readonly image: string;
  /** As tables call it: in lower case, without directory and `.exe`. */
  readonly name: string;
  readonly facts: WindowsProgram | null;
  readonly certainty: Certainty;
}

/** Where a program stands of which only the name is known: rules that ask for the name are to find it, rules for folders not. */
const unknownFolder = { windows: "C:\\Tools", unix: "/opt/bin" } as const;

/** Which file a word at the place of a command means. `directory` is where relative paths begin. */
export function programOf(word: string, platform: Platform, directory: string, tables: EmulationTables): Program {
  return platform === "windows"
    ? windowsProgram(word, directory, tables)
    : unixProgram(word, platform, directory, tables);
}

/** Name by which tables know a program. */
export function programName(word: string): string {
  return baseName(word.replaceAll('"', "").trim())
    .toLowerCase()
    .replace(/\.(exe|com)$/u, "");
}

function windowsProgram(word: string, directory: string, tables: EmulationTables): Program {
  const name = programName(word);
  const facts = windowsFacts(tables, name);
  const written = word.replaceAll('"', "").trim();
  if (!/[\\/]/u.test(written)) {
    // A document or script is looked for where the shell is.
    const extension = /\.[a-z0-9]+$/iu.exec(written)?.[0].toLowerCase() ?? "";
    const isOpened = Object.hasOwn(tables.shells.associations, extension);
    if (isOpened) return { image: windowsPath(written, directory), name, facts: null, certainty: "likely" };
    if (facts !== null && facts.path !== "") return { image: facts.path, name, facts, certainty: "certain" };
    return { image: `${unknownFolder.windows}\\${withExtension(written)}`, name, facts, certainty: "possible" };
  }
  const image = withExtension(windowsPath(written, directory));
  const same = facts !== null && facts.path.toLowerCase() === image.toLowerCase();
  if (same) return { image: facts.path, name, facts, certainty: "certain" };
  // A copy elsewhere keeps what its file says of itself, unless it is another program of that name.
  return { image, name, facts, certainty: "certain" };
}

function withExtension(path: string): string {
  return /\.[A-Za-z0-9]{1,5}$/u.test(baseName(path)) ? path : `${path}.exe`;
}

const byTables = new WeakMap<EmulationTables, ReadonlyMap<string, WindowsProgram>>();

/** What the file of a program says of itself; null for one that no table knows. */
export function windowsFacts(tables: EmulationTables, name: string): WindowsProgram | null {
  let known = byTables.get(tables);
  if (known === undefined) {
    known = new Map(tables.windowsPrograms.map((one) => [one.name, one]));
    byTables.set(tables, known);
  }
  return known.get(name) ?? null;
}

function unixProgram(word: string, platform: "linux" | "macos", directory: string, tables: EmulationTables): Program {
  const name = baseName(word);
  if (word.includes("/")) return { image: unixPath(word, directory), name, facts: null, certainty: "certain" };
  const known = platform === "linux" ? tables.linuxPrograms : tables.macosPrograms;
  const image = Object.hasOwn(known, name) ? known[name] : undefined;
  if (image !== undefined) return { image, name, facts: null, certainty: "certain" };
  return { image: `${unknownFolder.unix}/${word}`, name, facts: null, certainty: "possible" };
}
