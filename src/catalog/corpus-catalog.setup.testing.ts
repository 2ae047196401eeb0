import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

/** A folder for the catalog that tests share, gone with them. */
export default function setUp({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "detectionary-"));
  provide("corpusCatalog", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
