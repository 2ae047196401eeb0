import { isAbsolute, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ExtentDiagnostic } from "../../catalog/placing.ts";
import type { DiagnosticEntry } from "../../corpora/content/diagnostic-guide.ts";
import type { Severity } from "../../kit/diagnostic.ts";

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/**
 * Diagnostics as a SARIF 2.1.0 log (OASIS, Static Analysis Results Interchange Format), which code hosts show beside the
 * lines. Lines and columns count from 1, columns in UTF-16 code units, and the end is the place behind the last character.
 */
export function sarifLog(
  diagnostics: readonly ExtentDiagnostic[],
  guide: ReadonlyMap<string, DiagnosticEntry>,
  { version, folder }: { readonly version: string; readonly folder: string },
) {
  const codes = [...new Set(diagnostics.map((one) => one.code))].sort();
  const indexes = new Map(codes.map((code, index) => [code, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Detectionary", version, rules: codes.map((code) => rule(code, guide.get(code))) } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((one) => ({
          ruleId: one.code,
          ruleIndex: indexes.get(one.code) ?? -1,
          level: levels[one.severity],
          message: { text: one.hint === null ? one.message : `${one.message} ${one.hint}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: artifact(one.path, folder),
                region: {
                  startLine: one.line,
                  startColumn: one.column,
                  endLine: one.endLine,
                  endColumn: one.endColumn,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}

function rule(code: string, entry: DiagnosticEntry | undefined) {
  return {
    id: code,
    ...(entry === undefined
      ? {}
      : { shortDescription: { text: entry.meaning.trim() }, help: { text: entry.remedy.trim() } }),
  };
}

/** A relative reference for what stands below the working folder, `file:` for what does not; stdin has no address. */
function artifact(path: string, folder: string) {
  if (path === "-") return { description: { text: "standard input" } };
  const full = resolve(folder, path);
  const below = relative(folder, full);
  if (below === "" || isAbsolute(below) || below.split(/[\\/]/)[0] === "..") return { uri: pathToFileURL(full).href };
  return { uri: below.replaceAll("\\", "/").toWellFormed().split("/").map(encodeURIComponent).join("/") };
}
