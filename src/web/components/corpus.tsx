import type { Child } from "hono/jsx";
import type { CorpusAnswer } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, externalAddress } from "../addresses.ts";
import { cut, formatShare, languageName } from "../wording.ts";
import { vendorClass } from "./badges.tsx";
import { StackedBar } from "./bar.tsx";

/** How the rules of a corpus came out: these four add up to all of them, but for files that gave no rule. */
export function outcomeParts(
  corpus: CorpusAnswer,
): readonly { readonly name: string; readonly value: number; readonly label: string }[] {
  return [
    { name: "o-parsed", value: corpus.parsed, label: "understood in full" },
    { name: "o-queryless", value: corpus.queryless, label: "without a query" },
    { name: "o-unread", value: corpus.unread, label: "kept as text" },
    { name: "o-failed", value: corpus.failed, label: "with an error" },
  ];
}

export function RepositoryLink({ corpus }: { readonly corpus: CorpusAnswer }): Child {
  if (corpus.repository === "") return <>this project</>;
  const address = externalAddress(
    corpus.repository.includes("://") ? corpus.repository : `https://${corpus.repository}`,
  );
  const name = corpus.repository.replace(/^https?:\/\//, "");
  // What has no host with a dot in it is no place on the web.
  if (address === null || !new URL(address).hostname.includes(".")) return <>{name}</>;
  return (
    <a href={address} rel="noopener noreferrer">
      {name}
    </a>
  );
}

export function CorpusCard({ corpus }: { readonly corpus: CorpusAnswer }): Child {
  const parts = outcomeParts(corpus);
  return (
    <li class={`card ${vendorClass(corpus.id)}`}>
      <h3>
        <a href={addresses.corpus(corpus.id)}>{corpus.name}</a>
      </h3>
      <p class="big">
        {formatNumber(corpus.active)} <span>active rules</span>
      </p>
      <StackedBar parts={parts} />
      <p class="small">
        {formatShare(corpus.parsed, corpus.rules - corpus.queryless)} of rules with a query understood in full
      </p>
      <dl>
        <div>
          <dt>From</dt>
          <dd>
            <RepositoryLink corpus={corpus} />
          </dd>
        </div>
        <div>
          <dt>Licence</dt>
          <dd>{corpus.licence}</dd>
        </div>
        {corpus.commit !== null && (
          <div>
            <dt>Commit</dt>
            <dd>
              <code>{corpus.commit.slice(0, 12)}</code>
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}

/** The columns of `languageRows`. */
export const languageColumns = [
  { title: "Language" },
  { title: "Queries", numeric: true },
  { title: "Understood", numeric: true },
  { title: "With an error", numeric: true },
  { title: "Kept as text", numeric: true },
  { title: "Nodes", numeric: true },
  { title: "Nodes as text", numeric: true },
];

/** Language, queries and how they came out, a row each. */
export function languageRows(corpus: CorpusAnswer): readonly (readonly Child[])[] {
  return corpus.languages.map((one) => [
    languageName(one.language),
    formatNumber(one.queries),
    formatNumber(one.parsed),
    formatNumber(one.failed),
    formatNumber(one.unread),
    formatNumber(one.nodes),
    formatShare(one.opaque, one.nodes),
  ]);
}

/** The columns of `opaqueRows`. */
export const opaqueColumns = [
  { title: "Reason" },
  { title: "Language" },
  { title: "Parts", numeric: true },
  { title: "For instance" },
];

/** Why parts of queries are kept as text, a reason a row. */
export function opaqueRows(corpus: CorpusAnswer): readonly (readonly Child[])[] {
  return corpus.opaqueReasons.map(({ reason, language, count, example }) => [
    reason,
    languageName(language),
    formatNumber(count),
    <code>{cut(example.replace(/\s+/g, " "), 160)}</code>,
  ]);
}
