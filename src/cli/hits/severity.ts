import type { Severity } from "../../rule/document.ts";
import type { Format } from "../terminal.ts";

/** From the least to the gravest. */
export const severities: readonly Severity[] = ["informational", "low", "medium", "high", "critical"];

/** -1 for a rule that does not say. */
export function severityRank(severity: string | null): number {
  return (severities as readonly (string | null)[]).indexOf(severity);
}

const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ["critical", ["bold", "red"]],
  ["high", "red"],
  ["medium", "yellow"],
  ["low", "cyan"],
]);

export function severityFormat(severity: string | null): Format {
  return formats.get(severity ?? "") ?? "dim";
}
