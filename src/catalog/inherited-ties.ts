import type { RuleDocument } from "../rule/document.ts";
import { innerLogic } from "../rule/inner-logic.ts";
import type { Logic } from "../rule/logic.ts";
import type { Database } from "./database.ts";

/** Rules that look at the hits of other rules (Sigma correlations) need the events of those. */
export interface Inheritance {
  /** Every rule that is written, with its key. */
  readonly add: (key: number, document: RuleDocument, logic: Logic) => void;
  /** Once all rules of a corpus are written: a correlation may stand before the rules that it names. */
  readonly write: () => void;
}

export function openInheritance(database: Database): Inheritance {
  const named = new Map<string, number>();
  const heirs: { readonly key: number; readonly names: readonly string[] }[] = [];
  return {
    add: (key, document, logic) => {
      named.set(document.id, key);
      const { name } = document.facts;
      if (name !== undefined) named.set(name, key);
      const names = rulesNamed(logic);
      if (names.length > 0) heirs.push({ key, names });
    },
    write: () => {
      for (const { key, names } of heirs) {
        for (const name of names) {
          const from = named.get(name);
          if (from === undefined || from === key) continue;
          database.run(
            `INSERT OR IGNORE INTO event_tie
             SELECT ?, provider, event_id, kind, ?, missing_json FROM event_tie WHERE rule = ?`,
            key,
            `the rule ${name} needs it`,
            from,
          );
        }
      }
      named.clear();
      heirs.length = 0;
    },
  };
}

function rulesNamed(logic: Logic): readonly string[] {
  const names = logic.stages.flatMap((stage) => [
    ...(stage.type === "source" && stage.kind === "rule" ? stage.names : []),
    ...innerLogic(stage).flatMap((one) => (one.absent ? [] : rulesNamed(one.logic))),
  ]);
  return [...new Set(names)];
}
