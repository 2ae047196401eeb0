import type { Hit } from "../../matching/hit.ts";
import type { Terminal } from "../terminal.ts";
import { hitJson } from "./hit-json.ts";
import { hitTable } from "./hit-table.ts";

/** Rows of a rule in the table, where the user does not say how many. */
export const shownInTable = 20;

export interface HitPrinterOptions {
  /** One hit a line, as they come; else a table at the end. */
  readonly json: boolean;
  /** Hits that are printed of each rule. Without it all of them as JSON, and `shownInTable` in the table. */
  readonly limit?: number;
}

/** Prints hits as they come, and keeps no more of them than it will print. */
export interface HitPrinter {
  readonly add: (hit: Hit) => void;
  /** Rule → all its hits, those that are not printed included. */
  readonly counts: () => ReadonlyMap<string, number>;
  /** Prints what is left: the table. */
  readonly end: () => void;
}

interface Kept {
  readonly first: Hit;
  readonly shown: Hit[];
  total: number;
}

export function openHitPrinter(terminal: Terminal, { json, limit }: HitPrinterOptions): HitPrinter {
  const most = limit ?? (json ? Number.POSITIVE_INFINITY : shownInTable);
  const rules = new Map<string, Kept>();
  const keptOf = (hit: Hit): Kept => {
    const before = rules.get(hit.rule);
    if (before !== undefined) return before;
    const made: Kept = { first: hit, shown: [], total: 0 };
    rules.set(hit.rule, made);
    return made;
  };
  return {
    add: (hit) => {
      const kept = keptOf(hit);
      kept.total++;
      if (kept.total > most) return;
      if (json) terminal.printJsonLine(hitJson(hit));
      else kept.shown.push(hit);
    },
    counts: () => new Map([...rules].map(([rule, { total }]) => [rule, total])),
    end: () => {
      if (json) return;
      const groups = [...rules.values()].map(({ first, shown, total }) => {
        const { rule, title, severity } = first;
        return { rule, title, severity, total, shown };
      });
      terminal.print(hitTable(groups, terminal));
    },
  };
}
