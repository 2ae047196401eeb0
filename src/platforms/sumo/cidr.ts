import ipaddr from "ipaddr.js";
import { type Refused, refused, type Written } from "../platform.ts";
import { sumoRegex, sumoString } from "./literals.ts";

/**
 * Is an address in a network? `compareCIDRPrefix` knows IPv4; of IPv6 the text of the address is asked, in the short form
 * of RFC 5952, which is how logs write addresses.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/cidr/
 */
export function cidrTest(network: string, name: string): Written | Refused {
  const wrong = refused("operator", "This is no network of addresses.");
  if (!ipaddr.isValidCIDR(network))
    return ipaddr.isValid(network) ? cidrTest(`${network}/${network.includes(":") ? 128 : 32}`, name) : wrong;
  const [address, bits] = ipaddr.parseCIDR(network);
  if (address.kind() === "ipv4") {
    return { text: `compareCIDRPrefix("${address.toString()}", ${name}, "${bits}")`, binds: "atom" };
  }
  return ipv6Test(address as ipaddr.IPv6, bits, name);
}

function ipv6Test(address: ipaddr.IPv6, bits: number, name: string): Written | Refused {
  if (bits === 128) {
    return { text: `toLowerCase(${name}) = ${sumoString(address.toString()) ?? '""'}`, binds: "atom" };
  }
  const groups = address.parts.slice(0, Math.floor(bits / 16));
  const rest = bits % 16;
  const last = rest === 0 ? null : (address.parts[groups.length] ?? 0);
  const why = "compareCIDRPrefix knows IPv4 alone, and the text of an address does not tell this network of IPv6.";
  // A group of zeros may be left out of the text, so that what follows it has no certain place.
  if (groups.includes(0) || groups.length + (last === null ? 0 : 1) === 0) return refused("operator", why);
  if (last !== null && last < 0x1000) return refused("operator", why);
  const parts = groups.map((one) => one.toString(16));
  const open = last === null ? "" : nibbles(last, rest);
  const regex = `(?is)^${parts.map((one) => `${one}:`).join("")}${open}${open === "" ? "" : ":"}.*`;
  return {
    text: `${name} matches ${sumoRegex(regex)}`,
    binds: "atom",
    remarks: [{ code: "operator", why: "The network of IPv6 is told by the text of the address in its short form." }],
  };
}

/** The four digits of a group of which only the first `bits` are given. */
function nibbles(group: number, bits: number): string {
  const digits = group.toString(16).padStart(4, "0");
  const whole = Math.floor(bits / 4);
  const part = bits % 4;
  const set = part === 0 ? "" : `[${digitsFrom(Number.parseInt(digits[whole] ?? "0", 16), 4 - part)}]`;
  const free = 4 - whole - (part === 0 ? 0 : 1);
  return `${digits.slice(0, whole)}${set}${free === 0 ? "" : free === 1 ? "[0-9a-f]" : `[0-9a-f]{${free}}`}`;
}

function digitsFrom(first: number, free: number): string {
  const base = first & ~((1 << free) - 1);
  return Array.from({ length: 1 << free }, (_, at) => (base + at).toString(16)).join("");
}
