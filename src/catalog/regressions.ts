import { existsSync } from "node:fs";
import { openReadOnly } from "./database.ts";
import type { CorpusReport } from "./report.ts";

interface Before {
  readonly id: string;
  readonly parsed: number;
  readonly failed: number;
  readonly nodes: number;
  readonly opaque: number;
  readonly predicates: number;
  readonly mapped: number;
  readonly none: number;
}

/** What a new build reads or understands less than the catalog that stands at `file`; empty where there is none to compare. */
export function regressionsAgainst(file: string, corpora: readonly CorpusReport[]): readonly string[] {
  const before = existsSync(file) ? readBefore(file) : [];
  return before.flatMap((old) => {
    const now = corpora.find((one) => one.id === old.id);
    if (now === undefined) return [`${old.id}: the corpus was there before, and is not now`];
    const found: string[] = [];
    if (now.parsed < old.parsed) found.push(`${old.id}: ${now.parsed} rules parsed, ${old.parsed} before`);
    if (now.failed.length > old.failed) found.push(`${old.id}: ${now.failed.length} failures, ${old.failed} before`);
    const share = (one: { nodes: number; opaque: number }): number => (one.nodes === 0 ? 0 : one.opaque / one.nodes);
    const [shareNow, shareBefore] = [share(now), share(old)];
    if (shareNow > shareBefore + 0.0001) {
      found.push(
        `${old.id}: ${(shareNow * 100).toFixed(2)} % of nodes opaque, ${(shareBefore * 100).toFixed(2)} % before`,
      );
    }
    const unnamed = (one: { predicates: number; mapped: number }): number => one.predicates - one.mapped;
    if (unnamed(now) > unnamed(old)) {
      found.push(`${old.id}: ${unnamed(now)} predicates without a common name, ${unnamed(old)} before`);
    }
    if (now.tied.none > old.none) {
      found.push(`${old.id}: ${now.tied.none} rules tied to no event, ${old.none} before`);
    }
    return found;
  });
}

/** A file that is no catalog of this format has nothing to compare. */
function readBefore(file: string): readonly Before[] {
  try {
    const database = openReadOnly(file);
    try {
      return database.all<Before>(
        `SELECT id, parsed, failed, nodes, opaque, predicates, mapped, tied_json ->> '$.none' AS none FROM corpus ORDER BY position`,
      );
    } finally {
      database.close();
    }
  } catch {
    return [];
  }
}
