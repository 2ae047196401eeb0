import type { CorpusAnswer } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { type Column, percent, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

/** What is counted of a corpus; a build knows how long it took, a catalog does not. */
export type CountedCorpus = Pick<
  CorpusAnswer,
  | "id"
  | "files"
  | "rules"
  | "active"
  | "parsed"
  | "failed"
  | "queryless"
  | "unread"
  | "nodes"
  | "opaque"
  | "predicates"
  | "mapped"
  | "folded"
  | "tied"
  | "languages"
> & { readonly seconds?: number };

const right = (title: string): Column => ({ title, align: "right" });

/** Three tables: how each corpus was read, its queries by language, and its active rules by their tie to events. */
export function corpusTables(corpora: readonly CountedCorpus[], { style, width }: Terminal): string {
  const timed = corpora.some((one) => one.seconds !== undefined);
  const rows = corpora.map((one) => [
    one.id,
    ...[one.files, one.rules, one.active, one.parsed].map(formatNumber),
    one.failed === 0 ? "0" : { text: formatNumber(one.failed), format: "red" as const },
    ...[one.queryless, one.unread].map(formatNumber),
    percent(one.opaque, one.nodes),
    formatNumber(one.predicates),
    percent(one.mapped, one.predicates),
    formatNumber(one.folded),
    ...(timed ? [one.seconds?.toFixed(1) ?? ""] : []),
  ]);
  const counted = ["files", "rules", "active", "parsed", "failed", "query-less", "as text", "opaque", "predicates"];
  const columns = [{ title: "corpus" }, ...[...counted, "named", "folded", ...(timed ? ["seconds"] : [])].map(right)];
  const languages = corpora.flatMap((one) =>
    one.languages.map((counts) => [
      counts.language,
      one.id,
      ...[counts.queries, counts.parsed, counts.failed, counts.unread, counts.nodes].map(formatNumber),
      percent(counts.opaque, counts.nodes),
    ]),
  );
  const languageColumns = [
    { title: "language" },
    { title: "corpus" },
    ...["queries", "parsed", "failed", "as text", "nodes", "opaque"].map(right),
  ];
  const ties = corpora
    .filter((one) => one.active > 0)
    .map(({ id, active, tied }) => [
      id,
      ...[active, tied.stated, tied.category, tied.inferred, tied.none].map(formatNumber),
    ]);
  const tieColumns = [
    { title: "events" },
    ...["active rules", "stated", "by category", "inferred", "tied to none"].map(right),
  ];
  return [
    table(columns, rows, width, style),
    languages.length === 0 ? "" : `\n${table(languageColumns, languages, width, style)}`,
    ties.length === 0 ? "" : `\n${table(tieColumns, ties, width, style)}`,
  ].join("");
}
