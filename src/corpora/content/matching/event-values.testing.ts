import type { EventData } from "../../../matching/readers/log-format.ts";
import type { EventLayout, Scalar, ViewReader } from "../../../matching/view/layout.ts";

/** What a rule of any schema gets of an event, as the engine asks: what is written, what follows from it, what is certain. */
export function valuesOf(view: ViewReader, event: EventData, field: string): readonly string[] {
  const layout = view.layoutOf(event);
  const written = writtenValues(view, event, layout);
  const own = written.get(field);
  if (own !== undefined) return own;
  const facts = layout.facts.get(field);
  for (const { from, compute } of view.derivedForms(field)) {
    for (const value of written.get(from) ?? []) {
      const found = compute(value);
      if (found !== null) return [found].flat().map((one) => spelled(view, field, one));
    }
  }
  return facts ?? [];
}

function writtenValues(
  view: ViewReader,
  event: EventData,
  layout: EventLayout,
): ReadonlyMap<string, readonly string[]> {
  const written = new Map<string, string[]>();
  view.visit(event, layout, (name, value) => {
    const field = layout.canonicalOf(name);
    if (field === null) return;
    const values = written.get(field) ?? [];
    values.push(spelled(view, field, value));
    written.set(field, values);
  });
  return written;
}

/** The normal form. */
function spelled(view: ViewReader, field: string, value: Scalar): string {
  return String(view.spellings(field, value)?.[0] ?? value);
}
