import { listFiles } from "../files.ts";

/** `enterprise-attack-18.1.json`, as MITRE names the bundles of its releases. */
const versionedBundle = /(?:^|\/)enterprise-attack-(\d+)\.(\d+)\.json$/;
const newestBundle = /(?:^|\/)enterprise-attack\.json$/;

/**
 * The files that hold Enterprise ATT&CK below a folder: the bundle of the newest version; otherwise the bundle without a
 * version in its name; otherwise every file, one object each (the layout of mitre/cti).
 */
export function chooseFiles(folder: string): readonly string[] {
  const domain = listFiles(folder, "enterprise-attack", [".json"]);
  const files = domain.length > 0 ? domain : listFiles(folder, "", [".json"]);
  const versioned = files
    .map((path) => ({ path, version: versionInName(path) }))
    .filter((one) => one.version !== null)
    .sort((a, b) => compareVersions(b.version ?? "", a.version ?? ""));
  const chosen = versioned[0]?.path ?? files.find((path) => newestBundle.test(path));
  return chosen === undefined ? files : [chosen];
}

export function versionInName(path: string): string | null {
  const parts = versionedBundle.exec(path);
  return parts === null ? null : `${parts[1]}.${parts[2]}`;
}

function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}
