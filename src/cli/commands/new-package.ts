import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageSkeleton, packagesFolder } from "../../corpora/content/authored/index.ts";
import { contentFolder } from "../../corpora/content/folder.ts";
import { embeddedAttack } from "../../corpora/content/index.ts";
import { type ExitCode, exitCodes, wrongUsage } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

export interface NewPackageOptions {
  /** The folder that holds `packages/`; absent: the project's own content. */
  readonly into?: string;
}

/** Writes the files of an empty package. What stands there already is never touched. */
export function newPackage(terminal: Terminal, technique: string, options: NewPackageOptions): ExitCode {
  const id = technique.toUpperCase();
  if (!/^T\d{4}(?:\.\d{3})?$/u.test(id)) throw wrongUsage(`${technique} is no id of a technique, such as T1053.005.`);
  const known = embeddedAttack().techniques.find((one) => one.id === id);
  if (known === undefined) throw wrongUsage(`ATT&CK, as Detectionary ships it, has no technique ${id}.`);
  const folder = join(options.into ?? contentFolder, packagesFolder, id);
  if (existsSync(folder)) throw wrongUsage(`${folder} is there already.`);
  for (const [path, text] of packageSkeleton(id, { rule: randomUUID() }, new Date().toISOString().slice(0, 10))) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    terminal.print(`${file}\n`);
  }
  terminal.say(`An empty package of ${id} ${known.name}. Fill it, then run: detectionary validate ${folder}`);
  return exitCodes.done;
}
