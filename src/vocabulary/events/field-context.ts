import type { SourceContext } from "../context.ts";
import type { Events } from "./events.ts";

/** The log source under which Sigma knows an event of Windows: the names of its fields mean there what the event means. */
export function fieldContext(events: Events, provider: string, id: string): SourceContext {
  const context: Record<string, readonly string[]> = {};
  const product = events.provider(provider)?.product;
  if (product !== undefined) context.product = [product];
  for (const { when, events: fixed, ids } of events.tables.ties) {
    const { category, service } = when;
    if (when.product === undefined) continue;
    if (category !== undefined && fixed[provider]?.includes(id) === true) context.category ??= category;
    if (service !== undefined && (ids?.provider === provider || ids?.owners[provider]?.includes(id) === true)) {
      context.service ??= service;
    }
  }
  return context;
}
