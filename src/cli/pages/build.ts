import { relative } from "node:path";
import type { BuildReport } from "../../catalog/report.ts";
import { type Column, count, counted, percent, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

/** Failures that are printed; the site's page of corpora has all of them. */
const shownFailures = 20;

const right = (title: string): Column => ({ title, align: "right" });

export function buildPage(report: BuildReport, { style, width }: Terminal): string {
  const corpora = report.corpora.map((one) => [
    one.id,
    ...[one.files, one.rules, one.active, one.parsed].map(count),
    one.failed.length === 0 ? "0" : { text: count(one.failed.length), format: "red" as const },
    ...[one.queryless, one.unread].map(count),
    percent(one.opaque, one.nodes),
    count(one.predicates),
    percent(one.mapped, one.predicates),
    count(one.folded),
    one.seconds.toFixed(1),
  ]);
  const columns: readonly Column[] = [
    { title: "corpus" },
    ...[
      "files",
      "rules",
      "active",
      "parsed",
      "failed",
      "query-less",
      "as text",
      "opaque",
      "predicates",
      "named",
      "folded",
      "seconds",
    ].map(right),
  ];
  const ties = report.corpora
    .filter((one) => one.active > 0)
    .map(({ id, active, tied }) => [id, ...[active, tied.stated, tied.category, tied.inferred, tied.none].map(count)]);
  const tieColumns: readonly Column[] = [
    { title: "events" },
    ...["active rules", "stated", "by category", "inferred", "tied to none"].map(right),
  ];
  const languages = report.corpora.flatMap((one) =>
    one.languages.map((counts) => [
      counts.language,
      one.id,
      ...[counts.queries, counts.parsed, counts.failed, counts.unread, counts.nodes].map(count),
      percent(counts.opaque, counts.nodes),
    ]),
  );
  const languageColumns: readonly Column[] = [
    { title: "language" },
    { title: "corpus" },
    ...["queries", "parsed", "failed", "as text", "nodes", "opaque"].map(right),
  ];
  return [
    table(columns, corpora, width, style),
    languages.length === 0 ? "" : `\n${table(languageColumns, languages, width, style)}`,
    ties.length === 0 ? "" : `\n${table(tieColumns, ties, width, style)}`,
    failures(report, style),
    report.regressions.map((one) => `${style("red", "worse:")} ${one}\n`).join(""),
    `\n${shortPath(report.catalog)} in ${report.seconds.toFixed(1)} s, peak memory ${count(report.peakMemoryMb)} MB\n`,
  ].join("");
}

function failures(report: BuildReport, style: Terminal["style"]): string {
  const all = report.corpora.flatMap((corpus) => corpus.failed.map((failure) => ({ corpus: corpus.id, failure })));
  if (all.length === 0) return "";
  const lines = all
    .slice(0, shownFailures)
    .map(
      ({ corpus, failure }) =>
        `  ${corpus}/${failure.path}:${failure.line}: ${failure.message} ${style("dim", `[${failure.code}]`)}\n`,
    );
  const rest = all.length - lines.length;
  return `\n${counted(all.length, "failure")}\n${lines.join("")}${rest === 0 ? "" : `  … and ${count(rest)} more, see /corpora\n`}`;
}

/** As the user would write it: below the working folder where it stands there. */
function shortPath(path: string): string {
  const below = relative(process.cwd(), path);
  return below === "" || below.startsWith("..") ? path : below;
}
