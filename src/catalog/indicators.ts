import type { CorpusId } from "../rule/document.ts";
import type { Database } from "./database.ts";

interface Indicator {
  readonly field: string | null;
  readonly operator: string;
  readonly value: string;
  readonly spelling: string;
  reach: number;
  excludedBy: number;
  readonly vendors: Map<CorpusId, number>;
}

/** Collects the distinct (field, operator, value) of all rules and who uses them; rows are written once, at the end. */
export interface IndicatorLedger {
  /** The key of the indicator; uses by one rule count once per polarity. Call `closeRule` after the last use of a rule. */
  readonly use: (field: string | null, operator: string, value: string, spelling: string, negated: boolean) => number;
  readonly closeRule: (rule: number, corpus: CorpusId, active: boolean) => void;
  readonly write: () => void;
}

export function openLedger(database: Database): IndicatorLedger {
  const keys = new Map<string, number>();
  const indicators: Indicator[] = [];
  let looksFor = new Set<number>();
  let excludes = new Set<number>();
  return {
    use: (writtenField, operator, writtenValue, spelling, negated) => {
      // SQLite keeps UTF-8, in which halves of a pair of surrogates would all be one.
      const field = writtenField?.toWellFormed() ?? null;
      const value = writtenValue.toWellFormed();
      const meaning = `${field ?? ""}\u0000${operator}\u0000${value}`;
      let key = keys.get(meaning);
      if (key === undefined) {
        key = indicators.length;
        keys.set(meaning, key);
        indicators.push({ field, operator, value, spelling, reach: 0, excludedBy: 0, vendors: new Map() });
      }
      (negated ? excludes : looksFor).add(key);
      return key;
    },
    closeRule: (rule, corpus, active) => {
      for (const [set, negated] of [
        [looksFor, 0],
        [excludes, 1],
      ] as const) {
        for (const key of set) {
          database.run("INSERT INTO rule_indicator VALUES (?, ?, ?)", key, rule, negated);
          const indicator = indicators[key];
          if (indicator === undefined || !active) continue;
          if (negated === 1) indicator.excludedBy++;
          else {
            indicator.reach++;
            indicator.vendors.set(corpus, (indicator.vendors.get(corpus) ?? 0) + 1);
          }
        }
      }
      looksFor = new Set();
      excludes = new Set();
    },
    write: () => {
      indicators.forEach((one, key) => {
        const vendors = JSON.stringify(Object.fromEntries(one.vendors));
        database.run(
          "INSERT INTO indicator VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          key,
          one.field,
          one.operator,
          one.value,
          one.spelling,
          one.reach,
          one.excludedBy,
          vendors,
        );
      });
    },
  };
}
