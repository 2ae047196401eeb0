import { existsSync } from "node:fs";
import { openReadOnly } from "./database.ts";
import type { CorpusReport } from "./report.ts";

interface Before {
  readonly id: string;
  readonly active: number;
  readonly parsed: number;
  readonly failed: number;
  readonly nodes: number;
  readonly opaque: number;
  readonly predicates: number;
  readonly mapped: number;
  readonly none: number;
}

/**
 * What a new build reads or understands less than the catalog that stands at `file`; empty where there is none to compare.
 * `notAsked`: upstreams that the new build was told to leave out.
 */
export function regressionsAgainst(
  file: string,
  corpora: readonly CorpusReport[],
  notAsked: readonly string[] = [],
): readonly string[] {
  const before = existsSync(file) ? readBefore(file) : [];
  return before.flatMap((old) => {
    const now = corpora.find((one) => one.id === old.id);
    if (now === undefined && notAsked.includes(old.id)) return [];
    if (now === undefined) return [`${old.id}: the corpus was there before, and is not now`];
    const found: string[] = [];
    if (now.parsed < old.parsed) found.push(`${old.id}: ${now.parsed} rules parsed, ${old.parsed} before`);
    if (now.failed.length > old.failed) found.push(`${old.id}: ${now.failed.length} failures, ${old.failed} before`);
    const worse = (what: string, part: number, whole: number, partBefore: number, wholeBefore: number): void => {
      const [share, before] = [shareOf(part, whole), shareOf(partBefore, wholeBefore)];
      if (share <= before + 0.0001) return;
      found.push(`${old.id}: ${(share * 100).toFixed(2)} % of ${what}, ${(before * 100).toFixed(2)} % before`);
    };
    worse("nodes opaque", now.opaque, now.nodes, old.opaque, old.nodes);
    worse(
      "predicates without a common name",
      now.predicates - now.mapped,
      now.predicates,
      old.predicates - old.mapped,
      old.predicates,
    );
    worse("active rules tied to no event", now.tied.none, now.active, old.none, old.active);
    return found;
  });
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** A file that is no catalog of this format has nothing to compare. */
function readBefore(file: string): readonly Before[] {
  try {
    const database = openReadOnly(file);
    try {
      return database.all<Before>(
        `SELECT id, active, parsed, failed, nodes, opaque, predicates, mapped, tied_json ->> '$.none' AS none FROM corpus ORDER BY position`,
      );
    } finally {
      database.close();
    }
  } catch {
    return [];
  }
}
