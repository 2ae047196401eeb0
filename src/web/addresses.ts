import { type Narrowing, narrowings } from "../catalog/queries/narrowing.ts";

/** Addresses of our own pages, so that none is put together by hand. */
export const addresses = {
  home: "/",
  attack: "/attack",
  packages: "/packages",
  tactics: "/tactics",
  events: "/events",
  fields: "/fields",
  indicators: "/indicators",
  corpora: "/corpora",
  search: "/search",
  tests: "/tests",
  test: (guid: string): string => `/tests/${encodeURIComponent(guid)}`,
  diagnostics: "/diagnostics",
  technique: (id: string): string => `/attack/${encodeURIComponent(id)}`,
  package: (technique: string, platform: string): string =>
    `/attack/${encodeURIComponent(technique)}/${encodeURIComponent(platform)}`,
  packageDownload: (technique: string, platform: string): string =>
    `/attack/${encodeURIComponent(technique)}/${encodeURIComponent(platform)}/download`,
  tactic: (shortName: string): string => `/tactics/${encodeURIComponent(shortName)}`,
  groups: "/groups",
  softwares: "/software",
  group: (id: string): string => `/groups/${encodeURIComponent(id)}`,
  software: (id: string): string => `/software/${encodeURIComponent(id)}`,
  field: (id: string): string => `/fields/${encodeURIComponent(id)}`,
  provider: (name: string): string => `/events/${encodeURIComponent(name)}`,
  event: (event: { readonly provider: string; readonly eventId: string }): string =>
    `/events/${encodeURIComponent(event.provider)}/${encodeURIComponent(event.eventId)}`,
  indicator: (id: string): string => `/indicators/${encodeURIComponent(id)}`,
  rule: (rule: { readonly corpus: string; readonly slug: string }): string =>
    `/rules/${encodeURIComponent(rule.corpus)}/${encodeURIComponent(rule.slug)}`,
  corpus: (id: string): string => `/corpora/${encodeURIComponent(id)}`,
  diagnostic: (code: string): string => `/diagnostics/${code.split("/").map(encodeURIComponent).join("/")}`,
  diagnosticArea: (prefix: string): string => `/diagnostics#${encodeURIComponent(prefix)}`,
} as const;

/** Longest query that the search takes, in characters. */
export const longestQuery = 400;

export interface SearchAddress extends Narrowing {
  readonly query?: string;
  readonly corpus?: string | undefined;
  readonly page?: number;
}

export function searchAddress(search: SearchAddress): string {
  return withQuery(addresses.search, {
    q: search.query,
    ...Object.fromEntries(narrowings.map((name) => [name, search[name]])),
    corpus: search.corpus,
    page: search.page === undefined || search.page <= 1 ? undefined : String(search.page),
  });
}

/** The search for rules that hold exactly this text, as far as a query may be long. */
export function phraseAddress(text: string, narrowed: Omit<SearchAddress, "query"> = {}): string {
  const phrase = text.replaceAll('"', " ").slice(0, longestQuery - 2);
  return searchAddress({ ...narrowed, query: `"${phrase}"` });
}

export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") search.set(name, value);
  return search.size === 0 ? path : `${path}?${search}`;
}

/** The JSON twin of a page: same path with `.json`, same query. */
export function jsonAddress(pathAndQuery: string): string {
  const [path = "", ...query] = pathAndQuery.split("?");
  const twin = path === "/" ? "/index.json" : `${path}.json`;
  return query.length === 0 ? twin : `${twin}?${query.join("?")}`;
}

/** The address as it may be linked, or null: what rules bring along is linked only where it is plain http or https. */
export function externalAddress(text: string): string | null {
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    const { protocol, href, username } = new URL(text);
    return (protocol === "https:" || protocol === "http:") && username === "" ? href : null;
  } catch {
    return null;
  }
}

/** The page of a group, a software, a mitigation … at MITRE; null for an id that is none. */
export function mitreAddress(id: string): string | null {
  const kind = mitreKinds.get(id.replace(/\d.*$/, ""));
  return kind === undefined || !/^[A-Z]+\d{4}(\.\d{3})?$/.test(id)
    ? null
    : `https://attack.mitre.org/${kind}/${id.replace(".", "/")}/`;
}

const mitreKinds = new Map([
  ["T", "techniques"],
  ["TA", "tactics"],
  ["G", "groups"],
  ["S", "software"],
  ["C", "campaigns"],
  ["M", "mitigations"],
  ["DET", "detectionstrategies"],
  ["DC", "datacomponents"],
]);
