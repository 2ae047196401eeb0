import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { listFiles, readTextFile } from "../../files.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import {
  type AuthoredPackage,
  type PackageFault,
  type PackagesReading,
  type PackageText,
  rulesFolder,
} from "./authored-package.ts";
import { crossCheck } from "./cross-check.ts";
import { type PackageFile, packageSchema } from "./package-file.ts";

/** Folder of `content` that holds packages, one folder a technique. */
export const packagesFolder = "packages";

/**
 * All authored packages, or those of some techniques.
 * @param root the folder that holds `packages/`
 */
export function readPackages(root: string = contentFolder, only?: ReadonlySet<string>): PackagesReading {
  const top = join(root, packagesFolder);
  const names = existsSync(top) ? readdirSync(top, { withFileTypes: true }).filter((one) => one.isDirectory()) : [];
  const packages: AuthoredPackage[] = [];
  const failures: PackageFault[] = [];
  for (const { name } of names.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (only !== undefined && !only.has(name)) continue;
    const reading = readPackage(root, name);
    packages.push(...reading.packages);
    failures.push(...reading.failures);
  }
  return { packages, failures };
}

function readPackage(root: string, name: string): PackagesReading {
  const folder = `${packagesFolder}/${name}`;
  const path = `${folder}/package.yaml`;
  const texts = listFiles(root, folder, [""]).map((one) => readTextFile(root, one));
  const failures = texts.flatMap((one) =>
    one.type === "failure" ? [fault(one.failure.path, one.failure.line, one.failure.message)] : [],
  );
  const files = new Map(texts.flatMap((one) => (one.type === "text" ? [[one.path, one.text] as const] : [])));
  const text = files.get(path);
  if (text === undefined) {
    return { packages: [], failures: [...failures, fault(path, 1, "There is no package.yaml in this folder.")] };
  }
  let file: PackageFile;
  try {
    file = readCheckedYaml(path, text, packageSchema);
  } catch (error) {
    return { packages: [], failures: [...failures, ...faultsOf(path, (error as Error).message)] };
  }
  const below = (part: string): readonly PackageText[] =>
    [...files].filter(([one]) => one.startsWith(`${folder}/${part}/`)).map(([one, own]) => ({ path: one, text: own }));
  const authored: AuthoredPackage = {
    technique: name,
    file,
    rules: below(rulesFolder),
    telemetry: new Map(below("telemetry").map((one) => [one.path.slice(folder.length + 1), one.text])),
  };
  const crossed = crossCheck(authored).map((message) => fault(path, 1, message));
  return { packages: [authored], failures: [...failures, ...crossed] };
}

function fault(path: string, line: number, message: string): PackageFault {
  return { path, line, message };
}

/** The lines of `readCheckedYaml`: `path:line: message`. */
function faultsOf(path: string, message: string): readonly PackageFault[] {
  return message.split("\n").map((one) => {
    const rest = one.startsWith(`${path}:`) ? one.slice(path.length + 1) : `1: ${one}`;
    const end = rest.indexOf(": ");
    return fault(path, Number(rest.slice(0, end)) || 1, rest.slice(end + 2));
  });
}
