import { createHash } from "node:crypto";
import { lensParameter } from "../lens.ts";
import { pages } from "../pages/registry.ts";

/** Address that stands for the site in a crawl; nothing leaves the process. */
export const origin = "http://localhost";

/** A link as it was meant on the page that has it. */
export type Link =
  | { readonly type: "inside"; readonly address: string; readonly fragment: string }
  | { readonly type: "outside" }
  | { readonly type: "broken" };

/**
 * Reads a link of the page at `base`. Addresses of one page become one text: without the choice of names and what is
 * left empty, and with their parameters in order.
 */
export function linkOf(href: string, base: string): Link {
  let url: URL;
  try {
    url = new URL(href, `${origin}${base}`);
  } catch {
    return { type: "broken" };
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return { type: "broken" };
  if (url.origin !== origin) return { type: "outside" };
  for (const [name, value] of [...url.searchParams]) {
    if (name === lensParameter || value === "") url.searchParams.delete(name);
  }
  url.searchParams.sort();
  const search = url.searchParams.size === 0 ? "" : `?${url.searchParams}`;
  return { type: "inside", address: url.pathname + search, fragment: decodeURIComponent(url.hash.slice(1)) };
}

/** `address` with the names of a schema. */
export function withLens(address: string, schema: string): string {
  return `${address}${address.includes("?") ? "&" : "?"}${lensParameter}=${encodeURIComponent(schema)}`;
}

const routes = pages.map(({ path }) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/:\w+/g, "[^/]+")}$`),
}));

/** The kind of page that an address names: the route, and which parameters it is asked with. */
export function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, origin);
  const route = routes.find(({ pattern }) => pattern.test(pathname))?.path ?? "no page";
  const names = [...new Set(searchParams.keys())].sort();
  return names.length === 0 ? route : `${route}?${names.join("&")}`;
}

const lists = new Set(["/search", "/attack", "/events", "/fields", "/indicators", "/packages"]);

/**
 * Whether an address asks a list for a part of it. There are as many such questions as there are words and
 * combinations of filters. The pages of a whole list are none: they lead to everything that is in it.
 */
export function isQuestion(address: string): boolean {
  const { pathname, searchParams } = new URL(address, origin);
  return lists.has(pathname) && [...searchParams.keys()].some((name) => name !== "page");
}

/** The same `size` of `addresses` each time, drawn by a digest, so that no order of theirs decides. */
export function sampleOf(addresses: Iterable<string>, size: number): readonly string[] {
  const drawn = [...addresses].map((address) => ({
    address,
    digest: createHash("sha1").update(address).digest("hex"),
  }));
  drawn.sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return drawn.slice(0, size).map(({ address }) => address);
}
