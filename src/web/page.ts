import type { Child } from "hono/jsx";
import type { Database } from "../catalog/database.ts";
import type { OverviewAnswer } from "../catalog/queries/answers.ts";
import type { SchemaChoice } from "./lens.ts";

/** What a page is asked with. */
export interface PageRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** What every page may know besides its own data: read once for each catalog. */
export interface Site {
  readonly overview: OverviewAnswer;
  /** Corpus id → name. */
  readonly corpusNames: ReadonlyMap<string, string>;
  /** Schemas in which fields can be shown. */
  readonly schemas: readonly SchemaChoice[];
  /** Ids of techniques that have a page. */
  readonly techniques: ReadonlySet<string>;
}

/** What pages take their data from. */
export interface Sources {
  readonly database: Database;
  readonly site: Site;
}

/** Where a page stands in the navigation; a problem stands nowhere and has no twin. */
export type Place =
  | "home"
  | "attack"
  | "packages"
  | "events"
  | "fields"
  | "indicators"
  | "corpora"
  | "search"
  | "rule"
  | "problem";

export interface View {
  readonly title: string;
  /** One sentence for search engines and link previews. */
  readonly summary?: string;
  readonly place: Place;
  readonly body: Child;
}

/** Why there is no page: the address names nothing, it asks for nonsense, or it stands elsewhere. */
export type Refusal =
  | { readonly type: "missing"; readonly what: string; readonly hint?: string }
  | { readonly type: "invalid"; readonly why: string }
  | { readonly type: "moved"; readonly to: string };

export type Loaded<Data> = { readonly type: "data"; readonly data: Data } | Refusal;

/** A page: HTML and JSON are two ways of showing what `load` gives. */
export interface Page<Data> {
  readonly path: string;
  /** A further address of the JSON twin, for programs. */
  readonly api?: string;
  readonly load: (sources: Sources, request: PageRequest) => Loaded<Data>;
  /** The JSON twin, where it holds more than a page can show; otherwise it is the data itself. */
  readonly twin?: (sources: Sources, data: Data) => unknown;
  readonly view: (data: Data, site: Site) => View;
}

/** A page that has been asked: its JSON twin, and how to draw it. */
export type Answer = { readonly type: "data"; readonly twin: () => unknown; readonly view: () => View } | Refusal;

export interface AskedPage {
  readonly path: string;
  /** Further addresses of the JSON twin. */
  readonly api: readonly string[];
  readonly ask: (sources: Sources, request: PageRequest) => Answer;
}

/** Hides the type of a page's data, so that pages of all kinds stand in one list. */
export function definePage<Data>(page: Page<Data>): AskedPage {
  return {
    path: page.path,
    api: page.api === undefined ? [] : [page.api],
    ask: (sources, request) => {
      const loaded = page.load(sources, request);
      if (loaded.type !== "data") return loaded;
      const { data } = loaded;
      return {
        type: "data",
        twin: () => page.twin?.(sources, data) ?? data,
        view: () => page.view(data, sources.site),
      };
    },
  };
}

export function found<Data>(data: Data): Loaded<Data> {
  return { type: "data", data };
}

/** A page number of a query; null for what is none. */
export function pageNumber(query: URLSearchParams): number | null {
  const text = query.get("page") ?? "1";
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null;
}

export const invalidPageNumber: Refusal = { type: "invalid", why: "page must be a whole number from 1 to 99999." };
