import type { Selectors } from "./facts.ts";
import { type OpenTie, openTie } from "./open-tie.ts";
import type { EventDefinition, EventTables, ProviderDefinition } from "./tables.ts";

/** All that is known of events and of what needs them, ready to be asked. */
export interface Events {
  readonly tables: EventTables;
  /** In any letter case; null for what the tables do not know. */
  readonly provider: (name: string) => ProviderDefinition | null;
  readonly event: (provider: string, id: string) => EventDefinition | null;
  readonly eventsOf: (provider: string) => readonly EventDefinition[];
  /** Ties that can hold in a corpus, in the order of the tables. */
  readonly ties: (corpus: string) => readonly OpenTie[];
  /** Which fields the ties ask about. */
  readonly selectors: Selectors;
}

export function openEvents(tables: EventTables): Events {
  const providers = new Map(tables.providers.map((one) => [one.name.toLowerCase(), one]));
  const byProvider = Map.groupBy(tables.events, (one) => one.provider);
  const events = new Map(tables.events.map((one) => [keyOf(one.provider, one.id), one]));
  const conditions = new Map(tables.conditions.map((one) => [one.name, one.signs]));
  const ties = tables.ties.map((one) => openTie(one, conditions));
  const byCorpus = new Map<string, readonly OpenTie[]>();
  return {
    tables,
    provider: (name) => providers.get(name.toLowerCase()) ?? null,
    event: (provider, id) => events.get(keyOf(provider, id)) ?? null,
    eventsOf: (provider) => byProvider.get(provider) ?? [],
    ties: (corpus) => {
      const before = byCorpus.get(corpus);
      if (before !== undefined) return before;
      const found = ties.filter(({ tie }) => tie.when.corpus?.includes(corpus) ?? true);
      byCorpus.set(corpus, found);
      return found;
    },
    selectors: selectorsOf(tables),
  };
}

/** Operations are written in either letter case. */
function keyOf(provider: string, id: string): string {
  return `${provider}\n${id}`.toLowerCase();
}

function selectorsOf({ conditions, ties }: EventTables): Selectors {
  const present = new Set<string>();
  const compared = new Set<string>();
  const single = new Set<string>();
  const compare = (field: string, values: readonly string[]): void => {
    (values.every((one) => one === "*") ? present : compared).add(field);
  };
  for (const { signs } of conditions) {
    for (const sign of signs) if (sign.type === "field") for (const one of sign.fields) compare(one, sign.values);
  }
  for (const { asks, unless, ids } of ties) {
    for (const [field, values] of [...Object.entries(asks), ...Object.entries(unless)]) compare(field, values);
    for (const one of ids?.providers ?? []) compared.add(one);
    for (const one of ids?.fields ?? []) {
      compared.add(one);
      single.add(one);
    }
  }
  return {
    fields: new Set([...present, ...compared]),
    single,
    present: new Set([...present].filter((one) => !compared.has(one))),
  };
}
