import { createHash } from "node:crypto";
import type { CorpusId } from "../rule/document.ts";
import type { Database } from "./database.ts";
import type { FieldPlace } from "./field-register.ts";

interface Indicator {
  readonly place: FieldPlace | null;
  readonly operator: string;
  readonly value: string;
  readonly spelling: string;
  reach: number;
  excludedBy: number;
  readonly vendors: Map<CorpusId, number>;
}

export interface IndicatorUse {
  /** null for a keyword. */
  readonly place: FieldPlace | null;
  readonly operator: string;
  readonly value: string;
  readonly spelling: string;
  readonly negated: boolean;
}

/** Collects the distinct (field, operator, value) of all rules and who uses them; rows are written once, at the end. */
export interface IndicatorLedger {
  /** The key of the indicator; uses by one rule count once per polarity. Call `closeRule` after the last use of a rule. */
  readonly use: (use: IndicatorUse) => number;
  readonly closeRule: (rule: number, corpus: CorpusId, active: boolean) => void;
  readonly write: () => void;
}

export function openLedger(database: Database): IndicatorLedger {
  const keys = new Map<string, number>();
  const indicators: Indicator[] = [];
  let looksFor = new Set<number>();
  let excludes = new Set<number>();
  return {
    use: ({ place, operator, value: written, spelling, negated }) => {
      // SQLite keeps UTF-8, in which halves of a pair of surrogates would all be one.
      const value = written.toWellFormed();
      const meaning = meaningOf(place, operator, value);
      let key = keys.get(meaning);
      if (key === undefined) {
        key = indicators.length;
        keys.set(meaning, key);
        indicators.push({ place, operator, value, spelling, reach: 0, excludedBy: 0, vendors: new Map() });
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
          "INSERT INTO indicator VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          key,
          idOf(meaningOf(one.place, one.operator, one.value)),
          one.place?.id ?? null,
          one.place?.facet ?? null,
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

function meaningOf(place: FieldPlace | null, operator: string, value: string): string {
  return `${place?.id ?? ""}\u0000${operator}\u0000${value}`;
}

/** Short enough for an address, long enough that no two of a catalog are ever the same. */
function idOf(meaning: string): string {
  return createHash("sha256").update(meaning).digest("hex").slice(0, 16);
}
