import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import type { CurrentCatalog } from "../catalog/current.ts";
import { overview } from "../catalog/queries/overview.ts";
import { jsonAddress, longestQuery, withQuery } from "./addresses.ts";
import { hashOf, loadAssets } from "./assets.ts";
import { Layout } from "./components/layout.tsx";
import { showControlCharacters } from "./control-characters.ts";
import { type KeepingLimits, openKeptPages } from "./kept-pages.ts";
import {
  carryLens,
  drawThrough,
  type Lens,
  lensParameter,
  schemaChoices,
  schemaNames,
  vocabularyLens,
} from "./lens.ts";
import { addPackageDownload } from "./package-download.ts";
import type { AskedPage, Refusal, Site, View } from "./page.ts";
import { type Problem, problemView } from "./pages/problem.tsx";
import { pages as everyPage } from "./pages/registry.ts";
import { isOurHost, secureHeaders } from "./security.ts";
import { addTranslateApi, translateAddress } from "./translate-api.ts";

export interface AppOptions {
  readonly catalog: CurrentCatalog;
  readonly version: string;
  /** Names under which the site may be asked; localhost and addresses always are. `*` allows any. */
  readonly hosts?: readonly string[];
  /** Replaces the style sheet of the build. */
  readonly style?: string;
  /** Replaces the pages of the registry. */
  readonly pages?: readonly AskedPage[];
  /** How many slow pages are kept, and what is slow. */
  readonly keeping?: KeepingLimits;
  /** Told of every error of ours; by default it goes to stderr. */
  readonly onError?: (error: Error) => void;
}

/** The whole site as one function from request to response. */
export function createApp(options: AppOptions): Hono {
  const { catalog, version } = options;
  const assets = loadAssets(options.style);
  const hosts = options.hosts ?? [];
  const onError = options.onError ?? ((error: Error) => process.stderr.write(`${error.stack ?? error}\n`));
  const site = siteOf(catalog);
  const lenses = lensesOf(catalog, site);
  const kept = openKeptPages(options.keeping);
  // The JSON twin of a page has the page's own route.
  const app = new Hono({ getPath: (request) => routePath(new URL(request.url).pathname) });

  const refuse = (context: Context, problem: Problem): Response => {
    context.header("Cache-Control", "no-store");
    context.header("Vary", "Accept");
    if (wantsJson(context)) {
      return context.json({ error: { status: problem.status, message: problem.message } }, problem.status);
    }
    const page = document({ view: () => problemView(problem), site: siteOrNull(site), lens: vocabularyLens, context });
    return context.html(page, problem.status);
  };

  const document = ({ view, site: shared, lens, context }: Drawing): string => {
    const { pathname, searchParams } = new URL(context.req.url);
    searchParams.delete(lensParameter);
    const address = withQuery(routePath(pathname), Object.fromEntries(searchParams));
    const page = drawThrough(lens, () => {
      const layout = { view: view(), site: shared, lens, assets, version, address };
      return (<Layout {...layout} />).toString();
    });
    return `<!doctype html>\n${showControlCharacters(carryLens(page, lens))}`;
  };

  app.use(secureHeaders);
  app.use(async (context, next) => {
    const { method, url } = context.req;
    if (!isOurHost(context.req.header("host") ?? new URL(url).host, hosts)) {
      return context.text(
        "This name does not lead to Detectionary; ask for localhost or the name given with --host.\n",
        421,
      );
    }
    const sendsRule = method === "POST" && new URL(url).pathname === translateAddress;
    if (method !== "GET" && method !== "HEAD" && !sendsRule) {
      context.header("Allow", "GET, HEAD");
      return refuse(context, { status: 405, message: "These pages can only be read." });
    }
    const tooLong = [...new URL(url).searchParams.values()].some((value) => value.length > longestQuery);
    if (tooLong) {
      return refuse(context, { status: 400, message: `A search may have at most ${longestQuery} characters.` });
    }
    return next();
  });

  for (const asset of assets.all) {
    app.get(asset.path, (context) => {
      const fresh = context.req.query("v") === asset.address.split("=")[1];
      context.header("Content-Type", asset.type);
      context.header("Cache-Control", fresh ? "public, max-age=31536000, immutable" : "no-cache");
      return context.body(asset.content);
    });
  }

  addTranslateApi(app);
  addPackageDownload(app, { catalog, refuse: (context, refusal) => refuse(context, problemOf(refusal)) });

  app.get("/healthz", (context) => {
    catalog.database();
    context.header("Cache-Control", "no-store");
    return context.json({ status: "ok", version, generation: catalog.generation() });
  });

  const answer = (context: Context, page: AskedPage): Response => {
    const json = wantsJson(context);
    const { pathname, search, searchParams } = new URL(context.req.url);
    // All that looks at the catalog by itself comes first: another look could find a new one and close this one.
    const shared = site();
    const lens = lenses(searchParams.get(lensParameter) ?? "");
    if (lens === null) return refuse(context, { status: 400, message: unknownSchema(shared) });
    const database = catalog.database();
    const tag = `W/"${hashOf([catalog.generation(), version, assets.hash, json ? "json" : "html", pathname, search].join("\n"))}"`;
    context.header("Vary", "Accept");
    const headers = (): void => {
      context.header("ETag", tag);
      context.header("Cache-Control", "no-cache");
    };
    if (knows(context.req.header("if-none-match"), tag)) {
      headers();
      return context.body(null, 304);
    }
    const known = json ? null : kept.find(tag);
    if (known !== null) {
      headers();
      return context.html(known);
    }
    const started = performance.now();
    const answered = page.ask({ database, site: shared }, { params: context.req.param(), query: searchParams });
    if (answered.type === "moved") {
      const to = json ? jsonAddress(answered.to) : answered.to;
      return context.redirect(to.includes("?") ? to : `${to}${search}`, 302);
    }
    if (answered.type !== "data") return refuse(context, problemOf(answered));
    headers();
    if (json) return context.json(answered.twin() as object);
    const drawn = document({ view: answered.view, site: shared, lens, context });
    kept.keep(tag, drawn, performance.now() - started);
    return context.html(drawn);
  };
  for (const page of options.pages ?? everyPage) {
    for (const path of [page.path, ...page.api]) app.get(path, (context) => answer(context, page));
  }

  // For the script of the pages, which renames fields without asking for the whole page again.
  app.get("/names/:schema", (context) => {
    const schema = context.req.param("schema");
    const known = site().schemas.find((one) => one.id === schema);
    if (known === undefined) return refuse(context, { status: 404, message: unknownSchema(site()) });
    context.header("Cache-Control", "no-cache");
    return context.json({
      schema,
      title: known.title,
      names: Object.fromEntries(schemaNames(catalog.database(), schema)),
    });
  });

  app.notFound((context) => {
    const { pathname, search } = new URL(context.req.url);
    // A path of two slashes at its start would lead to another host.
    if (/^\/[^/\\].*\/$/.test(pathname)) return context.redirect(`${pathname.slice(0, -1)}${search}`, 302);
    return refuse(context, {
      status: 404,
      message: "There is no page at this address.",
      hint: "The search may know what you are looking for.",
    });
  });
  app.onError((error, context) => {
    onError(error);
    return refuse(context, {
      status: 500,
      message: "Something went wrong on our side; the server's log has the details.",
    });
  });
  return app;
}

interface Drawing {
  readonly view: () => View;
  readonly site: Site | null;
  readonly lens: Lens;
  readonly context: Context;
}

function unknownSchema(site: Site): string {
  const known = site.schemas.map((one) => one.id).join(", ");
  return `${lensParameter} must be one of these schemas: ${known}.`;
}

/** Lenses by the id of their schema, each read once for each catalog; '' for none, and null for a schema that nobody knows. */
function lensesOf(catalog: CurrentCatalog, site: () => Site): (schema: string) => Lens | null {
  let known: { readonly generation: string; readonly lenses: Map<string, Lens> } | null = null;
  return (schema) => {
    if (schema === "") return vocabularyLens;
    const choice = site().schemas.find((one) => one.id === schema);
    if (choice === undefined) return null;
    const generation = catalog.generation();
    if (known?.generation !== generation) known = { generation, lenses: new Map() };
    const before = known.lenses.get(schema);
    if (before !== undefined) return before;
    const names = schemaNames(catalog.database(), schema);
    const lens: Lens = { schema, title: choice.title, nameOf: (field) => names.get(field) ?? null };
    known.lenses.set(schema, lens);
    return lens;
  };
}

/** What all pages share, read once for each catalog. */
function siteOf(catalog: CurrentCatalog): () => Site {
  let known: { readonly generation: string; readonly site: Site } | null = null;
  return () => {
    const database = catalog.database();
    const generation = catalog.generation();
    if (known?.generation !== generation) {
      const answer = overview(database);
      const corpusNames = new Map(answer.corpora.map(({ id, name }) => [id, name]));
      const techniques = new Set(database.all<{ id: string }>("SELECT id FROM technique").map(({ id }) => id));
      known = { generation, site: { overview: answer, corpusNames, schemas: schemaChoices(database), techniques } };
    }
    return known.site;
  };
}

/** An error page must come out even when the catalog is what is broken. */
function siteOrNull(site: () => Site): Site | null {
  try {
    return site();
  } catch {
    return null;
  }
}

function routePath(pathname: string): string {
  if (!pathname.endsWith(".json")) return pathname;
  return pathname === "/index.json" ? "/" : pathname.slice(0, -".json".length);
}

function wantsJson(context: Context): boolean {
  const { pathname } = new URL(context.req.url);
  if (pathname.endsWith(".json") || pathname.startsWith("/api/")) return true;
  const supports = ["text/html", "application/json"];
  return accepts(context, { header: "Accept", supports, default: "text/html" }) === "application/json";
}

function knows(header: string | undefined, tag: string): boolean {
  return header?.split(",").some((one) => one.trim() === tag) ?? false;
}

function problemOf(refusal: Exclude<Refusal, { type: "moved" }>): Problem {
  switch (refusal.type) {
    case "missing":
      return { status: 404, message: refusal.what, ...(refusal.hint === undefined ? {} : { hint: refusal.hint }) };
    case "invalid":
      return { status: 400, message: refusal.why };
    default:
      return refusal satisfies never;
  }
}
