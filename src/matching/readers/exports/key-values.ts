import { setMember } from "../batch.ts";

const pair = /(?:^|[\s,;|])([A-Za-z_][\w.:-]{0,127})=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s,;|"]+))/g;

/** What is longer is left as it is: the pattern could cost much stack. */
const longestText = 256 * 1024;

/** `name=value` and `name="value"`; null where the text has fewer than two of them, and so is none that is made of them. */
export function keyValues(text: string): Record<string, unknown> | null {
  if (text.length > longestText) return null;
  const found: Record<string, unknown> = {};
  let count = 0;
  for (const [, name, quoted, bare] of text.matchAll(pair)) {
    if (name === undefined || Object.hasOwn(found, name)) continue;
    setMember(found, name, quoted === undefined ? bare : quoted.replace(/\\(["\\])/g, "$1"));
    count++;
  }
  return count < 2 ? null : found;
}
