/** Web addresses that a text names, once each and in order. Brackets and quotes around an address are not part of it. */
export function addressesIn(text: string): readonly string[] {
  const found = text.match(/https?:\/\/[^\s<>()[\]{}"'`*|]+/gu) ?? [];
  return [...new Set(found.map((one) => one.replace(/[.,;:!?]$/u, "")))];
}
