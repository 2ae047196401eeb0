import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { Source } from "../../../packages/detection-package.ts";
import { externalAddress } from "../../addresses.ts";
import type { Site } from "../../page.ts";
import { cut } from "../../wording.ts";
import { VendorBadge } from "../badges.tsx";
import type { PackageLinks } from "./package-links.ts";

export interface SourceProps {
  readonly source: Source;
  readonly site: Site;
  readonly links: PackageLinks;
}

/** Whose words these are: collection, rule, authors, licence, and where they stand upstream. */
export function SourceLine(props: SourceProps): Child {
  const { source, site } = props;
  return html`<p class="source-line">${VendorBadge({ corpus: source.corpus, label: site.corpusNames.get(source.corpus) })} ${SourceName(props)} <span class="quiet">${wordsOf(source)}</span> ${Upstream({ source })}</p>`;
}

/** Authors and licence. Some collections name a dozen authors of a rule: the list of sources has them all. */
function wordsOf({ authors, licence }: Source): string {
  const by = authors.length === 0 ? "" : `by ${cut(authors.join(", "), most.authors)}`;
  return [by, licence].filter((one) => one !== "").join(", ");
}

/** The title of a source, as a link to the page that we have of it. */
export function SourceName({ source, links }: SourceProps): Child {
  const own = source.rule === null ? undefined : links.rules.get(source.rule);
  return own === undefined ? html`<span>${source.title}</span>` : html`<a href="${own}">${source.title}</a>`;
}

export function Upstream({ source }: Pick<SourceProps, "source">): Child {
  const address = source.url === null ? null : externalAddress(source.url);
  if (address === null) return null;
  return html`<a class="upstream" href="${address}" rel="noopener noreferrer nofollow">${new URL(address).hostname}<span class="hidden">, ${source.title}</span></a>`;
}

/** Several sources on one line, the first of them by name. */
export function SourceChips({
  sources,
  site,
  links,
}: Omit<SourceProps, "source"> & { readonly sources: readonly Source[] }): Child {
  const shown = sources.slice(0, most.sources);
  if (shown.length === 0) return null;
  const items = shown.map(
    (source) =>
      html`<li>${VendorBadge({ corpus: source.corpus, label: site.corpusNames.get(source.corpus) })} ${SourceName({ source, site, links })}</li>`,
  );
  const left = sources.length - shown.length;
  return html`<ul class="source-chips">${items}${left > 0 ? html`<li class="quiet">and ${left} more</li>` : ""}</ul>`;
}

/** Sources named on one line, and characters of authors. */
const most = { sources: 3, authors: 80 } as const;
