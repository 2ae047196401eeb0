import ipaddr from "ipaddr.js";
import { isPattern, type Value } from "../../rule/expression.ts";
import { changed, type Draft, type Step } from "./draft.ts";

/**
 * Addresses and networks in one notation: a network with the bits behind its length cleared, a network of one address as
 * that address, whole octets in front of a wildcard as the network that they are. Anything else stays.
 */
export const addressStep: Step = (draft) => {
  switch (draft.operator) {
    case "cidr_match":
      return typeof draft.value === "string" ? network(draft, draft.value) : draft;
    case "eq":
      if (typeof draft.value !== "string") return draft;
      return draft.value.includes("/") ? network(draft, draft.value) : address(draft, draft.value);
    case "match":
      // A word of a text that is one address: four numbers can only be all of it.
      return typeof draft.value === "string" && ipaddr.IPv4.isValidFourPartDecimal(draft.value)
        ? changed(draft, { operator: "eq" }, "the whole address")
        : draft;
    case "starts_with":
    case "wildcard":
      return octets(draft);
    default:
      return draft;
  }
};

function address(draft: Draft, text: string): Draft {
  const value = readAddress(text)?.toString();
  return value === undefined || value === text.toLowerCase()
    ? draft
    : changed(draft, { value }, "address in its short notation");
}

function network(draft: Draft, text: string): Draft {
  const slash = text.indexOf("/");
  const base = readAddress(slash === -1 ? text : text.slice(0, slash));
  if (base === null) return draft;
  const all = base.kind() === "ipv4" ? 32 : 128;
  const length = slash === -1 ? all : readLength(text.slice(slash + 1), all);
  if (length === null) return draft;
  if (length === all) {
    const because = "a network of one address";
    return changed(draft, { operator: "eq", value: base.toString() }, because);
  }
  const value = `${cleared(base, length)}/${length}`;
  if (value === text.toLowerCase() && draft.operator === "cidr_match") return draft;
  return changed(draft, { operator: "cidr_match", value }, "network in its short notation");
}

function readLength(text: string, all: number): number | null {
  if (!/^\d{1,3}$/u.test(text)) return null;
  const length = Number(text);
  return length <= all ? length : null;
}

/** null for what is no plain address; an IPv4 address inside an IPv6 one is left as it is, as products log it. */
function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(":") || /[.%]/u.test(text) || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? null : address;
}

function cleared(base: ipaddr.IPv4 | ipaddr.IPv6, length: number): string {
  const bytes = base.toByteArray().map((byte, at) => {
    const kept = Math.min(8, Math.max(0, length - at * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return ipaddr.fromByteArray(bytes).toString();
}

/** `10.` in front of anything, or `192.168.*.*`: only whole octets, and wildcards for the octets behind them. */
function octets(draft: Draft): Draft {
  const text = prefix(draft.value, draft.operator === "starts_with");
  const found = text === null ? null : /^((?:\d{1,3}\.){1,3})\*(?:\.\*){0,2}$/u.exec(text);
  const whole = found?.[1]?.slice(0, -1).split(".");
  if (text === null || whole === undefined || text.split(".").length > 4) return draft;
  const base = [...whole, ...Array<string>(4 - whole.length).fill("0")].join(".");
  if (!ipaddr.IPv4.isValidFourPartDecimal(base)) return draft;
  const value = `${base}/${whole.length * 8}`;
  return changed(draft, { operator: "cidr_match", value }, "whole octets as a network");
}

/** The value with `*` for its wildcards; null where it is no such text. */
function prefix(value: Value, open: boolean): string | null {
  if (typeof value === "string") return open ? `${value}*` : null;
  if (!isPattern(value)) return null;
  const parts = value.tokens.map((one) => (one.type === "literal" ? one.text : one.type === "any" ? "*" : null));
  return parts.includes(null) || open ? null : parts.join("");
}
