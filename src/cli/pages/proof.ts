import type { ProofReport } from "../../catalog/report.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

/** What the rules of each corpus do on the tests; a sentence where there are none. */
export function proofTable(proof: ProofReport | null, { style, width }: Terminal): string {
  if (proof === null) return "";
  if (proof.tests === 0) return "\nNo tests to run the rules on: there is no folder atomics among the corpora.\n";
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "rules on tests" },
    ...["rules", "run", "exercised", "fired", "firings", "silences"].map(right),
  ];
  const rows = proof.corpora.map((one) => [
    one.corpus,
    ...[one.rules, one.run, one.exercised, one.fired, one.firings, one.silences].map(formatNumber),
  ]);
  const summary = `${counted(proof.tests, "test")}, ${counted(proof.events, "event")}: a rule fires on ${formatNumber(proof.fired)}, none on ${formatNumber(proof.silent)} that leave events; ${proof.seconds.toFixed(1)} s\n`;
  return `\n${table(columns, rows, width, style)}${summary}`;
}
