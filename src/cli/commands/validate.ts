import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import {
  type AuthoredPackage,
  type PackageFault,
  packagesFolder,
  readPackages,
} from "../../corpora/content/authored/index.ts";
import { contentFolder } from "../../corpora/content/folder.ts";
import { matchingKnowledge } from "../../corpora/content/matching/index.ts";
import { type Mutation, mutatePackage, type PackageProof, validatePackage } from "../../hunt/package-proof/index.ts";
import { counted } from "../../kit/numbers.ts";
import { type ExitCode, exitCodes, wrongUsage } from "../exit.ts";
import { openProgress } from "../progress.ts";
import { table } from "../table.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ValidateOptions {
  /** Break every predicate, too, and say which breaks no telemetry notices. */
  readonly mutate?: boolean;
  readonly json?: boolean;
}

interface Validated {
  readonly proof: PackageProof;
  readonly mutations: readonly Mutation[];
}

/** Runs authored packages over their telemetry; 1 where one is broken, silent or loud. */
export async function validate(
  terminal: Terminal,
  asked: readonly string[],
  options: ValidateOptions,
): Promise<ExitCode> {
  const { packages, failures } = readAsked(asked);
  const knowledge = matchingKnowledge();
  const progress = openProgress(terminal);
  const found = packages.map((one, at): Validated => {
    progress.show("packages", at, packages.length);
    const proof = validatePackage(knowledge, one);
    // Of a package that does not hold, every break would seem to be noticed.
    const breaks = options.mutate === true && proof.faults.length === 0;
    return { proof, mutations: breaks ? mutatePackage(knowledge, one) : [] };
  });
  progress.end();
  if (options.json === true) terminal.printJson({ packages: found, failures });
  else print(terminal, packages, found, failures, options.mutate === true);
  return failures.length > 0 || found.some(({ proof }) => proof.faults.length > 0)
    ? exitCodes.inputHasErrors
    : exitCodes.done;
}

/** Ids of techniques, folders of packages, or files in them; without any, all packages that ship with the project. */
function readAsked(asked: readonly string[]): ReturnType<typeof readPackages> {
  if (asked.length === 0) return readPackages();
  const readings = asked.map((one) => {
    const folder = folderOf(one);
    if (folder === null)
      throw wrongUsage(`There is no package ${one}: name a technique, or a folder with package.yaml.`);
    return readPackages(folder.root, new Set([folder.name]));
  });
  return {
    packages: readings.flatMap((one) => one.packages),
    failures: readings.flatMap((one) => one.failures),
  };
}

function folderOf(asked: string): { readonly root: string; readonly name: string } | null {
  const shipped = join(contentFolder, packagesFolder, basename(asked), "package.yaml");
  if (asked === basename(asked) && existsSync(shipped)) return { root: contentFolder, name: asked };
  for (let path = resolve(asked); path !== dirname(path); path = dirname(path)) {
    const parent = dirname(path);
    if (basename(parent) === packagesFolder && existsSync(path)) return { root: dirname(parent), name: basename(path) };
  }
  return null;
}

function print(
  terminal: Terminal,
  packages: readonly AuthoredPackage[],
  found: readonly Validated[],
  failures: readonly PackageFault[],
  mutated: boolean,
): void {
  const { style } = terminal;
  const rows = found.map(({ proof, mutations }, at) => {
    const { technique, tests, benign, faults } = proof;
    const good = faults.length === 0;
    return [
      technique,
      packages[at]?.file.title ?? "",
      `${tests.filter((one) => one.missed.length === 0).length}/${tests.length}`,
      `${benign.filter((one) => one.fired.length === 0).length}/${benign.length}`,
      ...(mutated ? [`${mutations.filter((one) => one.caught).length}/${mutations.length}`] : []),
      { text: good ? "holds" : counted(faults.length, "fault"), format: good ? ("green" as const) : ("red" as const) },
    ];
  });
  const columns = [
    { title: "package" },
    { title: "title", flexible: true },
    { title: "tests fire", align: "right" as const },
    { title: "benign silent", align: "right" as const },
    ...(mutated ? [{ title: "breaks noticed", align: "right" as const }] : []),
    { title: "" },
  ];
  terminal.print(table(columns, rows, terminal.width, style));
  for (const { path, line, message } of failures) terminal.say(printable(`${path}:${line}: ${message}`));
  for (const { proof, mutations } of found) {
    for (const one of proof.faults) terminal.say(printable(`${proof.technique}: ${one}`));
    for (const { rule, predicate, always } of mutations.filter((one) => !one.caught)) {
      const made = always ? "always held" : "never held";
      terminal.say(printable(`${proof.technique}: nothing notices if in ${rule} "${predicate}" ${made}.`));
    }
  }
  const tests = found.reduce((sum, { proof }) => sum + proof.tests.length, 0);
  const broken = failures.length + found.reduce((sum, { proof }) => sum + proof.faults.length, 0);
  terminal.say(`${counted(found.length, "package")}, ${counted(tests, "test")}, ${counted(broken, "fault")}.`);
}
