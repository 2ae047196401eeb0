import type { Child } from "hono/jsx";
import { addresses, jsonAddress } from "../addresses.ts";
import type { Assets } from "../assets.ts";
import type { Lens } from "../lens.ts";
import type { Place, Site, View } from "../page.ts";
import { LensChoice } from "./lens-choice.tsx";
import { SearchBox } from "./search-box.tsx";

export interface LayoutProps {
  readonly view: View;
  /** null on an error page that could not read the catalog. */
  readonly site: Site | null;
  readonly lens: Lens;
  readonly assets: Assets;
  readonly version: string;
  /** Path and query of this page, without `.json` and without the choice of names. */
  readonly address: string;
}

const navigation: readonly { readonly place: Place; readonly label: string; readonly href: string }[] = [
  { place: "attack", label: "ATT&CK", href: addresses.attack },
  { place: "packages", label: "Packages", href: addresses.packages },
  { place: "events", label: "Events", href: addresses.events },
  { place: "fields", label: "Fields", href: addresses.fields },
  { place: "indicators", label: "Indicators", href: addresses.indicators },
  { place: "corpora", label: "Corpora", href: addresses.corpora },
  { place: "search", label: "Search", href: addresses.search },
];

/** The whole document around a page. */
export function Layout({ view, site, lens, assets, version, address }: LayoutProps): Child {
  const ownSearch = view.place === "home" || view.place === "search";
  const json = jsonAddress(address);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{view.place === "home" ? view.title : `${view.title} · Detectionary`}</title>
        {view.summary !== undefined && <meta name="description" content={view.summary} />}
        <meta name="color-scheme" content="light dark" />
        {assets.fonts.map((font) => (
          <link rel="preload" as="font" type={font.type} href={font.address} crossorigin="anonymous" />
        ))}
        <link rel="stylesheet" href={assets.style.address} />
        <script type="module" src={assets.script.address} />
        <link rel="icon" type="image/svg+xml" href={assets.icon.address} />
        {view.place !== "problem" && <link rel="alternate" type="application/json" href={json} />}
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to content
        </a>
        <header class="masthead">
          <div class="wrap">
            <a class="wordmark" href={addresses.home} aria-label="Detectionary, home">
              detectionary
            </a>
            <nav aria-label="Main">
              <ul>
                {navigation.map(({ place, label, href }) => (
                  <li>
                    <a href={href} {...(place === view.place ? { "aria-current": "page" } : {})}>
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            {site !== null && view.place !== "problem" && (
              <LensChoice lens={lens} schemas={site.schemas} address={address} />
            )}
            {!ownSearch && <SearchBox size="small" query="" />}
          </div>
        </header>
        <main id="content" tabindex={-1}>
          <div class="wrap">{view.body}</div>
        </main>
        <Footer site={site} version={version} json={view.place === "problem" ? null : json} />
      </body>
    </html>
  );
}

function Footer({ site, version, json }: { site: Site | null; version: string; json: string | null }): Child {
  const overview = site?.overview;
  return (
    <footer class="colophon">
      <div class="wrap">
        <p class="strong">Detectionary {version}</p>
        {overview !== undefined && (
          <>
            <p>
              {"Rules belong to their authors: "}
              {overview.corpora.map((corpus, index) => (
                <>
                  {index > 0 && ", "}
                  <a href={addresses.corpus(corpus.id)}>{corpus.name}</a> ({corpus.licence})
                </>
              ))}
              .
            </p>
            <p>
              MITRE ATT&amp;CK® {overview.attackVersion}. {overview.attackNotice}
            </p>
            <p>
              {"Catalog built "}
              <time datetime={overview.builtAt}>{overview.builtAt.slice(0, 16).replace("T", " ")}</time>
              {json !== null && (
                <>
                  {" · "}
                  <a href={json}>This page as JSON</a>
                </>
              )}
            </p>
          </>
        )}
      </div>
    </footer>
  );
}
