import type { Span } from "../../kit/span.ts";

/** A piece of a command; `part` is the number of the part that it belongs to, from 0; null: no event comes from it alone. */
export interface CommandPiece {
  readonly text: string;
  readonly part: number | null;
  /** The first piece of its part: a link to the part leads here. */
  readonly first: boolean;
}

export interface CommandParts {
  readonly pieces: readonly CommandPiece[];
  /** Part → the first event that comes from it, counted from 0. */
  readonly events: readonly number[];
  /** Event → its part; null where it comes from the whole command, or from what is cut off. */
  readonly partOf: readonly (number | null)[];
}

/**
 * Cuts a command where events come from. Spans nest: each piece belongs to the smallest one around it. A span over the
 * whole command marks nothing.
 */
export function commandParts(command: string, spans: readonly Span[]): CommandParts {
  const size = command.length;
  const isWhole = ({ start, end }: Span): boolean => start <= 0 && end >= command.trimEnd().length;
  const keyOf = ({ start, end }: Span): string => `${Math.max(0, start)} ${Math.min(size, end)}`;
  const wanted = new Map<string, Span>();
  for (const span of spans) {
    if (!isWhole(span) && span.start < Math.min(size, span.end)) wanted.set(keyOf(span), span);
  }
  const smallestFirst = [...wanted].sort(([, a], [, b]) => a.end - a.start - (b.end - b.start));
  const cuts = new Set([0, size]);
  for (const [, { start, end }] of smallestFirst) cuts.add(Math.max(0, start)).add(Math.min(size, end));
  const places = [...cuts].sort((a, b) => a - b);
  const numbers = new Map<string, number>();
  const pieces: CommandPiece[] = [];
  for (const [index, start] of places.slice(0, -1).entries()) {
    const end = places[index + 1] ?? size;
    const around = smallestFirst.find(([, span]) => span.start <= start && end <= span.end);
    const key = around?.[0];
    const first = key !== undefined && !numbers.has(key);
    if (first) numbers.set(key, numbers.size);
    pieces.push({
      text: command.slice(start, end),
      part: key === undefined ? null : (numbers.get(key) ?? null),
      first,
    });
  }
  const partOf = spans.map((span) => numbers.get(keyOf(span)) ?? null);
  return { pieces, partOf, events: [...numbers.values()].map((part) => partOf.indexOf(part)) };
}
