import type { Database } from "../database.ts";
import type { CorpusAnswer, LanguageAnswer, PlacedDiagnostic } from "./answers.ts";

type CorpusRow = Omit<CorpusAnswer, "languages" | "diagnostics" | "opaqueReasons" | "tied"> & { readonly tied: string };

const columns =
  'id, name, repository, commit_id AS "commit", licence, files, rules, active, parsed, queryless, unread, failed, nodes, opaque, predicates, mapped, tied_json AS tied, folded';

export function corpora(database: Database): readonly CorpusAnswer[] {
  const rows = database.all<CorpusRow>(`SELECT ${columns} FROM corpus ORDER BY position`);
  return rows.map((row) => complete(database, row));
}

export function corpus(database: Database, id: string): CorpusAnswer | null {
  const row = database.one<CorpusRow>(`SELECT ${columns} FROM corpus WHERE id = ?`, id);
  return row === null ? null : complete(database, row);
}

export interface DiagnosticPage {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  /** `slug` leads to the rule's page; null for a file that gave no rule. */
  readonly items: readonly (PlacedDiagnostic & { readonly slug: string | null })[];
}

const pageSize = 100;

/** Diagnostics of a corpus, errors first, then by file. `page` counts from 1. */
export function corpusDiagnostics(
  database: Database,
  { corpus: id, code, page = 1 }: { readonly corpus: string; readonly code?: string; readonly page?: number },
): DiagnosticPage {
  const where = "d.corpus = ?1 AND (?2 IS NULL OR d.code = ?2)";
  const total =
    database.one<{ total: number }>(`SELECT count(*) AS total FROM diagnostic d WHERE ${where}`, id, code ?? null)
      ?.total ?? 0;
  const items = database.all<DiagnosticPage["items"][number]>(
    `SELECT d.path, d.line, d."column", d.code, d.severity, d.message, d.hint, r.slug FROM diagnostic d LEFT JOIN rule r ON r.key = d.rule
     WHERE ${where} ORDER BY d.severity = 'error' DESC, d.severity = 'warning' DESC, d.path, d.line LIMIT ?3 OFFSET ?4`,
    id,
    code ?? null,
    pageSize,
    (page - 1) * pageSize,
  );
  return { total, page, pageSize, items };
}

function complete(database: Database, row: CorpusRow): CorpusAnswer {
  return {
    ...row,
    tied: JSON.parse(row.tied) as CorpusAnswer["tied"],
    languages: database.all<LanguageAnswer>(
      `SELECT q.language, count(*) AS queries, sum(q.outcome = 'parsed') AS parsed, sum(q.outcome = 'failed') AS failed,
         sum(q.outcome = 'unread') AS unread, sum(q.nodes) AS nodes, sum(q.opaque) AS opaque
       FROM rule_query q JOIN rule r ON r.key = q.rule WHERE r.corpus = ? GROUP BY q.language ORDER BY queries DESC`,
      row.id,
    ),
    diagnostics: database.all<CorpusAnswer["diagnostics"][number]>(
      "SELECT code, severity, count(*) AS count FROM diagnostic WHERE corpus = ? GROUP BY code, severity ORDER BY count DESC",
      row.id,
    ),
    opaqueReasons: database.all<CorpusAnswer["opaqueReasons"][number]>(
      "SELECT language, reason, count(*) AS count, min(text) AS example FROM opaque WHERE corpus = ? GROUP BY language, reason ORDER BY count DESC",
      row.id,
    ),
  };
}
