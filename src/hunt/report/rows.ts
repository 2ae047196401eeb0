import type { Because, Hit } from "../../matching/hit.ts";
import { escapeHtml } from "./escape.ts";

/** Reasons of one hit that are listed, and characters of a value. */
const mostReasons = 8;
const longestValue = 240;

/** One hit as a row of the table of its rule. */
export function hitRow(hit: Hit): string {
  const { file, record, time } = hit;
  const place = record === 0 ? file : `${file}:${record}`;
  const when = time === null ? "no time" : `<time>${escapeHtml(time.replace("T", " ").replace("Z", ""))}</time>`;
  return `<tr><td>${when}</td><td>${escapeHtml(place)}</td><td>${reasons(hit)}</td></tr>`;
}

function reasons({ because, group, count, events }: Hit): string {
  const together = Object.entries(group ?? {}).map(
    ([field, value]) => `<b>${escapeHtml(field)}</b> <code>${escapeHtml(shorten(value, ""))}</code>`,
  );
  const number = count ?? events?.length;
  const several = number === undefined ? [] : [`${number} events${together.length === 0 ? "" : " that share"}`];
  const positive = [...new Set(because.filter((one) => !one.negated).map(reason))];
  const rest = positive.length - mostReasons;
  const all = [...several, ...together, ...positive.slice(0, mostReasons), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return all.length === 0 ? "" : `<ul><li>${all.join("</li><li>")}</li></ul>`;
}

function reason({ field, operator, value, asked }: Because): string {
  const name = field === null ? "any field" : field;
  const text = shorten(value, asked);
  const at = asked === "" ? -1 : text.toLowerCase().indexOf(asked.toLowerCase());
  const shown =
    at < 0 || asked.length === text.length
      ? escapeHtml(text)
      : [
          escapeHtml(text.slice(0, at)),
          `<mark>${escapeHtml(text.slice(at, at + asked.length))}</mark>`,
          escapeHtml(text.slice(at + asked.length)),
        ].join("");
  return `<b>${escapeHtml(name)}</b> ${escapeHtml(operator.replaceAll("_", " "))} <code>${shown}</code>`;
}

/** The part of a long value around what the rule asked for. */
function shorten(value: string, asked: string): string {
  if (value.length <= longestValue) return value;
  const at = asked === "" ? 0 : Math.max(0, value.toLowerCase().indexOf(asked.toLowerCase()));
  const around = Math.max(0, Math.floor((longestValue - asked.length) / 2));
  const from = Math.max(0, Math.min(at - around, value.length - longestValue));
  const part = value.slice(from, from + longestValue);
  return `${from > 0 ? "…" : ""}${part}${from + longestValue < value.length ? "…" : ""}`;
}
