import { type Refused, refused, type Test, type Written, writtenList } from "../platform.ts";
import type { Column } from "./columns.ts";
import { kustoString } from "./literals.ts";

/** Ranges of addresses. What is no address gives null, which is false where it must be known. */
export function rangeTest({ values, guarded }: Test, { text }: Column): Written | Refused {
  const ranges = values.map(String);
  const four = ranges.filter((one) => !one.includes(":"));
  const six = ranges.filter((one) => one.includes(":"));
  const sure = guarded || (four.length > 0 && six.length > 0);
  const parts = [call("ipv4", text, four, sure), call("ipv6", text, six, sure)].flatMap((one) => one ?? []);
  const [first, second] = parts;
  if (first === undefined) return refused("value-type", "The range of addresses is empty.");
  if (second === undefined) return first;
  const gap = first.text.length + second.text.length > 110 ? "\n      or " : " or ";
  return { text: `${first.text}${gap}${second.text}`, binds: "or" };
}

/** https://learn.microsoft.com/kusto/query/ipv4-is-in-any-range-function; a single address is a range of its own. */
function call(family: "ipv4" | "ipv6", text: string, ranges: readonly string[], sure: boolean): Written | null {
  if (ranges.length === 0) return null;
  const name = ranges.length === 1 ? `${family}_is_in_range` : `${family}_is_in_any_range`;
  const open = `${name}(${text}, `;
  return writtenList(sure ? `coalesce(${open}` : open, ranges.map(kustoString), sure ? "), false)" : ")");
}
