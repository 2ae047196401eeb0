import type { Severity } from "../rule/document.ts";

const severities: ReadonlySet<string> = new Set<Severity>(["informational", "low", "medium", "high", "critical"]);

/** The severity that a corpus names in any case; null for any other word. */
export function severityOf(written: string): Severity | null {
  const lower = written.trim().toLowerCase();
  return severities.has(lower) ? (lower as Severity) : null;
}
