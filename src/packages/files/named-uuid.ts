import { createHash } from "node:crypto";

/** The namespace of our names: a random UUID that must never change, since rules keep their ids by it. */
const namespace = "4910c441-13d3-4ad1-88a1-786ff3f65b2f";

/** A UUID of version 5 (RFC 9562, section 5.5): the same name always has the same one. */
export function namedUuid(name: string, space = namespace): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(space.replaceAll("-", ""), "hex"))
    .update(name, "utf8")
    .digest();
  const hex = [...bytes.subarray(0, 16)]
    .map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x50 : at === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** The id itself where it is a UUID, else one that is made of it. */
export function asUuid(id: string): string {
  const own = id.trim().toLowerCase();
  return uuid.test(own) ? own : namedUuid(id);
}
