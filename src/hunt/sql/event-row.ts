import type { EventData } from "../../matching/readers/log-format.ts";
import type { Scalar, ViewReader } from "../../matching/view/layout.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import type { TextRow } from "./connection.ts";

/** What an event is as rows of a table: one for each kind of log that it is of. */
export interface EventRows {
  readonly rows: readonly TextRow[];
  readonly timed: boolean;
}

/** The log of events that no log is known for. */
export const unknownLog = "unknown";

/** Fields of one row; a hostile event may have any number. */
const mostFields = 4000;

/**
 * Makes rows of events. Fields are called by the ids of the vocabulary, and by their own name where it has none; values
 * are texts. Beside what the event says there is what follows from it: base names of paths, single hashes, and the
 * other spellings of a value, as further values of the field. `event.original` has all texts of the event, a line each.
 */
export function openEventRows(vocabulary: Vocabulary, view: ViewReader): (id: string, data: EventData) => EventRows {
  const follows = followingForms(vocabulary, view);
  return (id, data) => {
    const layout = view.layoutOf(data);
    const fields = new Map<string, Set<string>>();
    const texts = new Set<string>();
    const add = (field: string, value: Scalar): void => {
      const known = fields.get(field);
      if (known === undefined && fields.size >= mostFields) return;
      const values = known ?? new Set<string>();
      for (const one of view.spellings(field, value) ?? [value]) values.add(storable(String(one)));
      fields.set(field, values);
    };
    view.visit(data, layout, (name, value) => {
      texts.add(storable(String(value)));
      add(layout.canonicalOf(name) ?? name, value);
    });
    for (const [field, values] of layout.facts) {
      if (!fields.has(field)) for (const one of values) add(field, one);
    }
    for (const [from, values] of [...fields]) {
      for (const { field, compute } of follows.get(from) ?? []) {
        if (fields.has(field)) continue;
        for (const made of [...values].flatMap((one) => compute(one) ?? [])) add(field, made);
      }
    }
    const time = view.timeOf(data, layout);
    const iso = time === null ? null : new Date(time).toISOString();
    const event: Record<string, string | readonly string[]> = {};
    for (const [field, [first = "", ...others]] of fields) {
      event[field] = others.length === 0 ? first : [first, ...others];
    }
    delete event["@timestamp"];
    delete event.log_source;
    delete event["event.id"];
    if (iso !== null) event["@timestamp"] = iso;
    event["event.original"] = [...texts].join("\n");
    const text = JSON.stringify(event);
    const kinds = layout.kinds.length === 0 ? [unknownLog] : layout.kinds;
    return {
      rows: kinds.map((log_source) => ({
        "event.id": id,
        ...(iso === null ? {} : { "@timestamp": iso }),
        log_source,
        event: text,
      })),
      timed: iso !== null,
    };
  };
}

interface Following {
  readonly field: string;
  readonly compute: (value: Scalar) => Scalar | readonly Scalar[] | null;
}

/** Field → what follows from it. */
function followingForms({ tables }: Vocabulary, view: ViewReader): ReadonlyMap<string, readonly Following[]> {
  const found = new Map<string, Following[]>();
  for (const id of new Set([...tables.fields.map((one) => one.id), ...Object.keys(tables.ecs)])) {
    for (const { field, from, compute } of view.derivedForms(id)) {
      found.set(from, [...(found.get(from) ?? []), { field, compute }]);
    }
  }
  return found;
}

/** No database takes half of a character, and PostgreSQL no NUL. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
