import type { Logic } from "../../rule/logic.ts";
import type { Database } from "../database.ts";
import type { RuleAnswer } from "./answers.ts";
import { queriesOf } from "./rule.ts";

/** A rule with what it says and does, and nothing that is counted over others. */
export type KeptRuleAnswer = Pick<RuleAnswer, "document" | "raw" | "logic" | "queries" | "outcome">;

/** `key`: of the rule. Null when there is none. */
export function keptRule(database: Database, key: number): KeptRuleAnswer | null {
  const row = database.one<{ outcome: string; document_json: string; raw: string; logic_json: string }>(
    `SELECT r.outcome, x.document_json, x.raw, x.logic_json FROM rule r JOIN rule_text x ON x.rule = r.key WHERE r.key = ?`,
    key,
  );
  if (row === null) return null;
  return {
    outcome: row.outcome,
    document: JSON.parse(row.document_json) as RuleAnswer["document"],
    logic: JSON.parse(row.logic_json) as Logic,
    raw: row.raw,
    queries: queriesOf(database, { key, raw: row.raw }),
  };
}
