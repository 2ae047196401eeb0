import { type Refused, refused, type Test, type Written } from "../platform.ts";
import type { Column } from "./columns.ts";
import { kustoString } from "./literals.ts";

/** Ranges of addresses. What is no address gives null, which is false where it must be known. */
export function rangeTest({ values, guarded }: Test, { text }: Column): Written | Refused {
  const ranges = values.map(String);
  const parts = [
    call(
      "ipv4",
      text,
      ranges.filter((one) => !one.includes(":")),
    ),
    call(
      "ipv6",
      text,
      ranges.filter((one) => one.includes(":")),
    ),
  ].flatMap((one) => one ?? []);
  if (parts.length === 0) return refused("value-type", "The range of addresses is empty.");
  const sure = parts.map((one) => (guarded || parts.length > 1 ? `coalesce(${one}, false)` : one));
  return { text: sure.join(" or "), binds: sure.length === 1 ? "atom" : "or" };
}

/** https://learn.microsoft.com/kusto/query/ipv4-is-in-any-range-function; a single address is a range of its own. */
function call(family: "ipv4" | "ipv6", text: string, ranges: readonly string[]): string | null {
  if (ranges.length === 0) return null;
  const name = ranges.length === 1 ? `${family}_is_in_range` : `${family}_is_in_any_range`;
  return `${name}(${text}, ${ranges.map(kustoString).join(", ")})`;
}
