import type { Child } from "hono/jsx";
import { counted } from "../../../kit/numbers.ts";
import type { PackageReference } from "../../../packages/detection-package.ts";
import { sourcesOf } from "../../../packages/sources.ts";
import { externalAddress } from "../../addresses.ts";
import { cut } from "../../wording.ts";
import { VendorBadge } from "../badges.tsx";
import { Table } from "../table.tsx";
import type { PackagePartProps } from "./package-part.ts";
import { SourceName, Upstream } from "./source-line.tsx";

/** References shown open, and at most; sources at most. */
const most = { open: 20, references: 120, sources: 120, address: 140 } as const;

/** What others have written about it. */
export function References({ data, json }: PackagePartProps): Child {
  const { references } = data;
  const left = references.length - most.references;
  return (
    <>
      <ol class="references">{references.slice(0, most.open).map(reference)}</ol>
      {references.length > most.open && (
        <details class="more">
          <summary>{counted(Math.min(references.length, most.references) - most.open, "more reference")}</summary>
          <ol class="references" start={most.open + 1}>
            {references.slice(most.open, most.references).map(reference)}
          </ol>
          {left > 0 && (
            <p class="note">
              … and {counted(left, "more")}: <a href={json}>all of them in the JSON</a>.
            </p>
          )}
        </details>
      )}
    </>
  );
}

function reference({ url, title, sources }: PackageReference): Child {
  const address = externalAddress(url);
  const shown = cut(url.replace(/^https?:\/\/(www\.)?/i, ""), most.address);
  return (
    <li>
      {address === null ? (
        <span>{title ?? shown}</span>
      ) : (
        <a href={address} rel="noopener noreferrer nofollow">
          {title ?? shown}
        </a>
      )}{" "}
      {title !== null && <span class="quiet">{shown}</span>}{" "}
      {sources.length > 1 && <span class="chip">{counted(sources.length, "source")}</span>}
    </li>
  );
}

/** Every source once, with its licence and what it gave. */
export function PackageSources({ data, site, links, json }: PackagePartProps): Child {
  const rows = sourcesOf(data);
  const left = rows.length - most.sources;
  return (
    <>
      <Table
        caption="Sources of this package, their authors and licences, and what each gave"
        narrow="stack"
        columns={[
          { title: "Source" },
          { title: "Collection" },
          { title: "Authors" },
          { title: "Licence" },
          { title: "Gave" },
        ]}
        rows={rows.slice(0, most.sources).map(({ source, parts }) => [
          <>
            <SourceName source={source} site={site} links={links} /> <Upstream source={source} />
          </>,
          <VendorBadge corpus={source.corpus} label={site.corpusNames.get(source.corpus)} />,
          source.authors.join(", "),
          source.licence,
          parts.join(", "),
        ])}
      />
      {left > 0 && (
        <p class="note">
          … and {counted(left, "more source")}: <a href={json}>all of them in the JSON</a>.
        </p>
      )}
    </>
  );
}
