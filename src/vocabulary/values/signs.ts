import { isLike, openLike } from "../like.ts";
import type { PlatformSigns } from "./tables.ts";

/** May a name stand under a key (a kind of source, a field, a label)? Letter case does not matter. */
export type NameTest = (key: string, name: string) => boolean;

/** What says that events are written on a platform, ready to be asked. */
export interface OpenSigns {
  readonly platform: PlatformSigns["platform"];
  readonly tag: (tag: string) => boolean;
  readonly fact: NameTest;
  readonly from: NameTest;
  readonly value: NameTest;
}

export function openSigns({ platform, tags, facts, from, values }: PlatformSigns): OpenSigns {
  const known = new Set(tags);
  return {
    platform,
    tag: (tag) => known.has(tag),
    fact: nameTest(facts),
    from: nameTest(from),
    value: nameTest(values),
  };
}

/** Names without a `*` are looked up, since most are such and rules name many sources. */
function nameTest(table: Readonly<Record<string, readonly string[]>>): NameTest {
  const open = new Map(
    Object.entries(table).map(([key, names]) => {
      const exact = new Set(names.filter((one) => !one.includes("*")).map((one) => one.toLowerCase()));
      return [key, { exact, patterns: names.filter((one) => one.includes("*")).map(openLike) }] as const;
    }),
  );
  return (key, name) => {
    const names = open.get(key);
    if (names === undefined) return false;
    return names.exact.has(name.toLowerCase()) || names.patterns.some((pattern) => isLike(pattern, name));
  };
}
