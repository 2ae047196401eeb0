import type { Because, Hit } from "../../matching/hit.ts";
import { cut } from "../table.ts";

/** Characters of one value in a row. */
const valueLength = 72;

/**
 * Why a rule was met, in a few words: the values that met it, each field once. What the rule leaves out is not repeated:
 * it is what the event is not.
 */
export function becauseText({ because, group, count, events }: Hit): string {
  const together = Object.entries(group ?? {}).map(([field, value]) => `${field}=${value}`);
  const number = count ?? events?.length;
  const several = number === undefined ? [] : [[`${number} events`, ...together].join(" ")];
  const seen = new Set<string>();
  const values = because.flatMap((one) => {
    const text = `${one.field === null ? "" : `${one.field}: `}${excerpt(one)}`;
    if (one.negated || seen.has(text)) return [];
    seen.add(text);
    return [text];
  });
  return [...several, ...values].join("; ");
}

/** The part of a value around what was asked for, so that a long command line shows the place that matters. */
function excerpt({ value, asked }: Because): string {
  const text = value.replace(/\s+/gu, " ").trim();
  if (text.length <= valueLength) return text;
  const at = text.toLowerCase().indexOf(asked.toLowerCase());
  const before = Math.max(0, valueLength - asked.length) / 2;
  const start = at < 0 ? 0 : Math.max(0, Math.min(Math.floor(at - before), text.length - valueLength));
  return start === 0 ? cut(text, valueLength) : `…${cut(text.slice(start + 1), valueLength - 1)}`;
}
