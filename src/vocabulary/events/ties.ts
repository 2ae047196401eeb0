import type { AnalysedRule } from "../../languages/analyse.ts";
import { contextOf } from "../context.ts";
import type { Events } from "./events.ts";
import { noFacts } from "./facts.ts";
import { idsNamed } from "./ids.ts";
import { like } from "./like.ts";
import { fill, fillAll } from "./log-source.ts";
import type { OpenTie } from "./open-tie.ts";
import type { IdSource, TieDefinition, TieKind } from "./tables.ts";
import { type Unit, unitsOf } from "./units.ts";

/** Why a rule needs an event. */
export interface EventTie {
  readonly provider: string;
  /** `*` where the rule needs the log but no certain event of it. */
  readonly eventId: string;
  /** stated: the rule names the event. category: its log source means it. inferred: it follows from what the rule asks for. */
  readonly kind: TieKind;
  /** One short sentence. */
  readonly reason: string;
  /** Raw names of fields that the rule filters on and the event does not have. */
  readonly missing: readonly string[];
}

/** The events that a rule needs, one tie for each, in the order in which they were found. The rule has passed `nameRule`. */
export function tiesOf(events: Events, rule: Pick<AnalysedRule, "document" | "logic">): readonly EventTie[] {
  const context = contextOf(rule.document);
  const units = unitsOf(rule.logic, context, events.selectors);
  const table = events.ties(rule.document.corpus);
  const found = openFound();
  const whole: Unit = { context, facts: noFacts, fields: new Map(units.flatMap((one) => [...one.fields])) };
  for (const { tie, holds } of table) if (tie.whole && holds(whole)) addTies(events, tie, whole, found);
  for (const unit of units) tieUnit(events, table, unit, found);
  if (found.none()) {
    for (const { tie, holds } of table) {
      if (!tie.fallback) continue;
      for (const unit of units) if (holds(unit)) addTies(events, tie, unit, found);
    }
  }
  return found.ties();
}

/** What a rule states of a flow leaves nothing to be concluded about it. */
function tieUnit(events: Events, table: readonly OpenTie[], unit: Unit, found: Found): void {
  const fitting = table.filter(({ tie, holds }) => !tie.whole && !tie.fallback && holds(unit)).map(({ tie }) => tie);
  let stated = false;
  for (const one of fitting) {
    if (one.ids !== undefined && addIds(events, one, one.ids, unit, found) && one.kind !== "inferred") stated = true;
  }
  if (stated) return;
  for (const one of fitting) {
    addEvents(events, one, unit, found);
    if (one.ids?.open === true) addLog(events, one, one.ids, unit, found);
  }
}

function addTies(events: Events, tie: TieDefinition, unit: Unit, found: Found): void {
  addEvents(events, tie, unit, found);
  if (tie.ids === undefined) return;
  const any = addIds(events, tie, tie.ids, unit, found);
  if (!any && tie.ids.open) addLog(events, tie, tie.ids, unit, found);
}

function addEvents(events: Events, tie: TieDefinition, unit: Unit, found: Found): void {
  for (const [provider, ids] of Object.entries(tie.events)) {
    for (const name of fillAll(provider, unit.context, tie.when)) {
      for (const id of ids) found.add(events, unit, tie.kind, name, id, reasonOf(tie, unit));
    }
  }
}

/** true where the rule names any. */
function addIds(events: Events, tie: TieDefinition, source: IdSource, unit: Unit, found: Found): boolean {
  const named = idsNamed(events, tie, source, unit);
  // A log source means its log; the event in it is what the rule itself says.
  const kind = tie.kind === "category" ? "stated" : tie.kind;
  for (const { provider, id, words } of named) found.add(events, unit, kind, provider, id, words);
  return named.length > 0;
}

function addLog(events: Events, tie: TieDefinition, source: IdSource, unit: Unit, found: Found): void {
  for (const name of fillAll(source.provider, unit.context, tie.when)) {
    found.add(events, unit, tie.kind, name, "*", reasonOf(tie, unit));
  }
}

/** `{index}` stands for what the tie found in the log source, or else for its first name. */
function reasonOf(tie: TieDefinition, unit: Unit): string {
  return fill(tie.reason, unit.context, tie.when);
}

interface Found {
  readonly add: (events: Events, unit: Unit, kind: TieKind, provider: string, id: string, reason: string) => void;
  readonly none: () => boolean;
  readonly ties: () => readonly EventTie[];
}

const strength: Readonly<Record<TieKind, number>> = { stated: 0, category: 1, inferred: 2 };

/** Collects ties: the strongest of each event stays, and the log as a whole counts only where no event of it does. */
function openFound(): Found {
  const ties = new Map<string, EventTie>();
  return {
    add: (events, unit, kind, provider, id, reason) => {
      if (isRefused(events, unit, id)) return;
      const known = events.event(provider, id);
      const eventId = known?.id ?? id;
      const key = `${provider}\n${eventId.toLowerCase()}`;
      const missing = known === null ? [] : lacking(known.absent, unit.fields);
      const before = ties.get(key);
      if (before === undefined) ties.set(key, { provider, eventId, kind, reason, missing });
      else {
        const stronger = strength[kind] < strength[before.kind] ? { kind, reason } : {};
        // Where one flow of the rule can do with what the event has, the rule can.
        const least = missing.length < before.missing.length ? { missing } : {};
        ties.set(key, { ...before, ...stronger, ...least });
      }
    },
    none: () => ties.size === 0,
    ties: () => {
      const whole = new Set([...ties.values()].filter((one) => one.eventId !== "*").map((one) => one.provider));
      return [...ties.values()].filter((one) => one.eventId !== "*" || !whole.has(one.provider));
    },
  };
}

/** Does the rule take this very event out? Categories and wildcards would bring it back in. */
function isRefused({ selectors }: Events, { facts }: Unit, id: string): boolean {
  if (facts.refused.size === 0 || id === "*") return false;
  return [...facts.refused].some(
    ([field, values]) => selectors.single.has(field) && values.some((one) => like(one, id)),
  );
}

function lacking(absent: readonly string[], fields: Unit["fields"]): readonly string[] {
  if (absent.length === 0) return [];
  return [...fields]
    .filter(([raw, canonical]) => absent.some((one) => like(one, raw) || (canonical !== null && like(one, canonical))))
    .map(([raw]) => raw);
}
