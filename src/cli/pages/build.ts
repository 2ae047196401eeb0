import { relative } from "node:path";
import type { BuildReport } from "../../catalog/report.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import type { PackageOverview } from "../../packages/overview.ts";
import type { Terminal } from "../terminal.ts";
import { corpusTables } from "./corpora.ts";
import { packageCounts } from "./package.ts";
import { proofTable } from "./proof.ts";
import { translationTables } from "./translations.ts";

/** Failures that are printed; the site's page of corpora has all of them. */
const shownFailures = 20;

/** `packages`: null where nobody counted them. */
export function buildPage(report: BuildReport, packages: PackageOverview | null, terminal: Terminal): string {
  const { style } = terminal;
  const corpora = report.corpora.map((one) => ({ ...one, failed: one.failed.length }));
  return [
    corpusTables(corpora, terminal),
    report.translations.length === 0 ? "" : `\n${translationTables(report.translations, terminal)}`,
    proofTable(report.proof, terminal),
    packages === null ? "" : packageCounts(packages, terminal),
    failures(report, style),
    report.regressions.map((one) => `${style("red", "worse:")} ${one}\n`).join(""),
    `\n${shortPath(report.catalog)} in ${report.seconds.toFixed(1)} s, peak memory ${formatNumber(report.peakMemoryMb)} MB\n`,
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
  return `\n${counted(all.length, "failure")}\n${lines.join("")}${rest === 0 ? "" : `  … and ${formatNumber(rest)} more, see /corpora\n`}`;
}

/** As the user would write it: below the working folder where it stands there. */
function shortPath(path: string): string {
  const below = relative(process.cwd(), path);
  return below === "" || below.startsWith("..") ? path : below;
}
