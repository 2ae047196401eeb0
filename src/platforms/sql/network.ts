import ipaddr from "ipaddr.js";
import type { Network } from "./engine.ts";

/** The network that a rule names, or a single address; null for what is neither. */
export function networkOf(text: string): Network | null {
  const [address = "", length] = text.trim().split("/");
  if (!ipaddr.isValid(address) || (length !== undefined && !/^\d{1,3}$/u.test(length))) return null;
  const parsed = ipaddr.parse(address);
  const kind = parsed.kind() === "ipv6" ? "ipv6" : "ipv4";
  const width = kind === "ipv4" ? 32 : 128;
  const bits = length === undefined ? width : Number(length);
  if (bits > width) return null;
  const bytes = parsed.toByteArray();
  const first = bytes.map((byte, index) => byte & mask(bits - index * 8));
  const last = bytes.map((byte, index) => byte | (255 & ~mask(bits - index * 8)));
  const show = (all: number[]): string => ipaddr.fromByteArray(all).toString();
  const parts = kind === "ipv4" ? first : pairs(first);
  return { kind, first: show(first), last: show(last), text: `${show(first)}/${bits}`, bits, parts };
}

/** The bits of one byte of which `bits` count, or all, or none. */
function mask(bits: number): number {
  return bits >= 8 ? 255 : bits <= 0 ? 0 : (255 << (8 - bits)) & 255;
}

function pairs(bytes: readonly number[]): readonly number[] {
  return Array.from(
    { length: bytes.length / 2 },
    (_, index) => (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0),
  );
}

const octet = "[0-9]{1,3}";

/**
 * A regular expression for the addresses of a network as they are written, for a database that does not know addresses;
 * null for a network of IPv6 that cannot be told from its first characters.
 */
export function networkRegex({ kind, parts, bits, first }: Network): string | null {
  if (kind === "ipv4") {
    const written = parts.map((part, index) => {
      const fixed = bits - index * 8;
      if (fixed >= 8) return String(part);
      return fixed <= 0 ? octet : numbersFrom(part, part + 2 ** (8 - fixed) - 1);
    });
    return `^${written.join("[.]")}$`;
  }
  if (bits === 128) return `^${first}$`;
  // A group of four digits is always written out; shorter ones may be joined or left out.
  const groups = Math.ceil(bits / 16);
  const known = parts.slice(0, groups);
  if (bits === 0 || known.some((part) => part < 0x1000)) return null;
  const written = known.map((part, index) => {
    const fixed = bits - index * 16;
    return fixed >= 16 ? part.toString(16) : hexPrefix(part, fixed);
  });
  return `^${written.join(":")}:[0-9a-f:]+$`;
}

function numbersFrom(from: number, to: number): string {
  const all = Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  return `(?:${all.join("|")})`;
}

/** Four hexadecimal digits of which the first bits are fixed. */
function hexPrefix(part: number, bits: number): string {
  const digits = part.toString(16).padStart(4, "0");
  const whole = Math.floor(bits / 4);
  const rest = bits - whole * 4;
  if (rest === 0) return `${digits.slice(0, whole)}[0-9a-f]{${4 - whole}}`;
  const base = Number.parseInt(digits[whole] ?? "0", 16);
  const some = Array.from({ length: 2 ** (4 - rest) }, (_, index) => (base + index).toString(16)).join("");
  const after = 3 - whole;
  return `${digits.slice(0, whole)}[${some}]${after === 0 ? "" : `[0-9a-f]{${after}}`}`;
}
