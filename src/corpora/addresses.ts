/** Parentheses belong to an address where they are closed in it, as in `/cc771525(v=ws.11)`. */
const address = /https?:\/\/(?:[^\s<>()[\]{}"'`*|]|\([^\s<>()[\]{}"'`*|]*\))+/gu;

/** Web addresses that a text names, once each and in order. Brackets and quotes around an address are not part of it. */
export function addressesIn(text: string): readonly string[] {
  const found = text.match(address) ?? [];
  return [...new Set(found.map((one) => one.replace(/[.,;:!?]$/u, "")))];
}
