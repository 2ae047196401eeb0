import type { TranslationCount } from "../../catalog/translation-counts.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { platforms } from "../../platforms/registry.ts";
import { type Column, percent, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

/** Reasons that are named for a platform; the JSON has all. */
const shownReasons = 4;

const right = (title: string): Column => ({ title, align: "right" });

/** Three tables: what becomes of all rules on each platform, and how many of each language's filters and other rules it can say. */
export function translationTables(counts: readonly TranslationCount[], { style, width }: Terminal): string {
  if (counts.length === 0) return "";
  const known = platforms.map((one) => one.id).filter((id) => counts.some((one) => one.platform === id));
  const languages = [...new Set(counts.map((one) => one.language))];
  const totals = known.map((id) => {
    const own = counts.filter((one) => one.platform === id);
    return [
      id,
      ...(["exact", "approximated", "withoutLog", "notExpressible"] as const).map((key) => formatNumber(sum(own, key))),
      reasonsOf(own),
    ];
  });
  const totalColumns = [
    { title: "all rules to" },
    ...["exact", "approximated", "no such log", "not expressible"].map(right),
    { title: "because of", flexible: true },
  ];
  const shares = (title: string, kinds: readonly TranslationCount["kind"][]): string => {
    const rows = known.map((id) => [
      id,
      ...languages.map((language) =>
        shareOf(counts.filter((one) => one.platform === id && one.language === language && kinds.includes(one.kind))),
      ),
    ]);
    return table([{ title }, ...languages.map(right)], rows, width, style);
  };
  return [
    table(totalColumns, totals, width, style),
    shares("plain filters said, where the log is there", ["filter"]),
    shares("sequences, counts, new values", ["sequence", "count", "new_terms"]),
  ].join("\n");
}

function sum(
  counts: readonly TranslationCount[],
  key: "exact" | "approximated" | "withoutLog" | "notExpressible",
): number {
  return counts.reduce((total, one) => total + one[key], 0);
}

function shareOf(counts: readonly TranslationCount[]): string {
  const said = sum(counts, "exact") + sum(counts, "approximated");
  const all = said + sum(counts, "notExpressible");
  return all === 0 ? "" : percent(said, all);
}

function reasonsOf(counts: readonly TranslationCount[]): string {
  const totals = new Map<string, number>();
  for (const { reasons } of counts)
    for (const [code, rules] of Object.entries(reasons)) totals.set(code, (totals.get(code) ?? 0) + rules);
  const first = [...totals].sort((a, b) => b[1] - a[1]).slice(0, shownReasons);
  return first.map(([code, rules]) => `${code} ${formatNumber(rules)}`).join(", ");
}
