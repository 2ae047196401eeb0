import type { FailedPredicate } from "../../hunt/proof/prove.ts";
import type { Because } from "../../matching/hit.ts";
import type { Database } from "../database.ts";
import type { Fired, Outcome, ProofAnswer, Silent } from "./test-answers.ts";
import { type TestLineRow, testLine, testLineColumns } from "./tests.ts";

/** Tests on which a rule fires that are listed; a rule that asks for little fires on hundreds. */
const mostFired = 100;

/** Columns of `proof` that an outcome needs; the table must be named `p`. */
export const outcomeColumns = "p.linked, p.event, p.kind, p.certainty, p.reasons, p.reasons_json";

export interface OutcomeRow extends Omit<Outcome, "linked"> {
  readonly linked: number;
  readonly reasons_json: string;
}

/** `key`: of the rule. Null where it was not run on tests. */
export function proofOfRule(database: Database, key: number): ProofAnswer | null {
  const row = database.one<{ fired: number; silent: number; notRun: string | null; notShown: string | null }>(
    "SELECT fired, silent, not_run AS notRun, not_shown AS notShown FROM proof_rule WHERE rule = ?",
    key,
  );
  if (row === null) return null;
  const outcomes = (outcome: "fired" | "silent", order: string): readonly (OutcomeRow & TestLineRow)[] =>
    database.all<OutcomeRow & TestLineRow>(
      `SELECT ${outcomeColumns}, ${testLineColumns} FROM proof p JOIN test t ON t.key = p.test
       WHERE p.rule = ? AND p.outcome = ? ORDER BY p.linked DESC, ${order}, t.technique, t.number LIMIT ?`,
      key,
      outcome,
      mostFired,
    );
  const { fired, silent, notRun, notShown } = row;
  return {
    counts: { fired, silent },
    notRun,
    notShown,
    fired: outcomes("fired", byCertainty).map((one) => ({ ...firedOutcome(one), test: testLine(one) })),
    silent: outcomes("silent", "p.reasons").map((one) => ({ ...silentOutcome(one), test: testLine(one) })),
  };
}

/** The surest first. */
export const byCertainty = "CASE p.certainty WHEN 'certain' THEN 0 WHEN 'likely' THEN 1 ELSE 2 END";

export function firedOutcome(row: OutcomeRow): Fired {
  return { ...outcome(row), because: JSON.parse(row.reasons_json) as readonly Because[] };
}

export function silentOutcome(row: OutcomeRow): Silent {
  return { ...outcome(row), failed: JSON.parse(row.reasons_json) as readonly FailedPredicate[] };
}

function outcome({ linked, event, kind, certainty, reasons }: OutcomeRow): Outcome {
  return { linked: linked === 1, event, kind, certainty, reasons };
}
