import type { PackageReference, Source } from "./detection-package.ts";
import { uniqueSources } from "./sources.ts";

/** Each address once, however its sources write it; addresses that are none are left out. */
export function mergedReferences(
  all: readonly { readonly url: string; readonly title: string | null; readonly source: Source }[],
): readonly PackageReference[] {
  const found = new Map<string, { url: string; title: string | null; sources: Source[] }>();
  for (const { url, title, source } of all) {
    const key = sameAddress(url);
    if (key === null) continue;
    const own = found.get(key) ?? { url: url.trim(), title, sources: [] };
    found.set(key, own);
    own.title ??= title;
    own.sources.push(source);
  }
  return [...found.values()].map((one) => ({ ...one, sources: uniqueSources(one.sources) }));
}

/** Parameters that tell who followed a link, not where it leads. */
const followers = /^(?:utm_\w+|gclid|fbclid|mc_[ce]id)$/u;

/** What is equal for addresses that lead to the same page; null for what is no address of the web. */
export function sameAddress(address: string): string | null {
  const text = address.trim();
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  const asked = [...url.searchParams].filter(([name]) => !followers.test(name));
  const search = new URLSearchParams(asked).toString();
  const host = url.host.replace(/^www\./u, "");
  return `${host}${url.pathname.replace(/\/+$/u, "")}${search === "" ? "" : `?${search}`}${url.hash}`;
}

/** `https://attack.mitre.org/techniques/T1059/001/` */
export function attackAddress(technique: string): string {
  return `https://attack.mitre.org/techniques/${technique.replace(".", "/")}/`;
}
