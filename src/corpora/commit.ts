import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The commit that a corpus stands at: from `MANIFEST.json` beside the corpora (a list of `{ id, commit }`), otherwise
 * from the checkout's own git folder; null where neither tells.
 */
export function commitOf(corporaFolder: string, id: string): string | null {
  return fromManifest(corporaFolder, id) ?? fromGit(join(corporaFolder, id, ".git"));
}

const hash = /^[0-9a-f]{40}$/;

function fromManifest(folder: string, id: string): string | null {
  const text = readOrNull(join(folder, "MANIFEST.json"));
  if (text === null) return null;
  try {
    const entries: unknown = JSON.parse(text);
    if (!Array.isArray(entries)) return null;
    const entry = entries.find(
      (one: unknown) => typeof one === "object" && one !== null && "id" in one && one.id === id,
    );
    const commit: unknown = entry?.commit;
    return typeof commit === "string" && hash.test(commit) ? commit : null;
  } catch {
    return null;
  }
}

/** `HEAD` is a commit itself or names a reference, which stands in a file of its own or in `packed-refs`. */
function fromGit(git: string): string | null {
  const head = readOrNull(join(git, "HEAD"))?.trim() ?? "";
  if (hash.test(head)) return head;
  const reference = /^ref: (refs\/[A-Za-z0-9._/-]+)$/.exec(head)?.[1];
  if (reference === undefined || reference.includes("..")) return null;
  const loose = readOrNull(join(git, reference))?.trim() ?? "";
  if (hash.test(loose)) return loose;
  const packed = readOrNull(join(git, "packed-refs")) ?? "";
  const line = packed.split("\n").find((one) => one.endsWith(` ${reference}`));
  const commit = line?.slice(0, 40) ?? "";
  return hash.test(commit) ? commit : null;
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
