import type { PlacedDiagnostic } from "../../catalog/queries/answers.ts";
import { inOneLine, type Styler } from "../terminal.ts";

export const severityFormats = { error: "red", warning: "yellow", info: "dim" } as const;

/**
 * `path:line:column: message [code]`, as compilers write it, with the hint below; what is no error says so first. `excerpt`
 * are lines that stand between the two.
 */
export function diagnosticLine(one: PlacedDiagnostic, style: Styler, excerpt = ""): string {
  const grade = one.severity === "error" ? "" : `${style(severityFormats[one.severity], `${one.severity}:`)} `;
  const message = one.severity === "error" ? style("red", inOneLine(one.message)) : inOneLine(one.message);
  const line = `${inOneLine(one.path)}:${one.line}:${one.column}: ${grade}${message} ${style("dim", `[${one.code}]`)}\n${excerpt}`;
  return one.hint === null ? line : `${line}  ${style("dim", `hint: ${inOneLine(one.hint)}`)}\n`;
}
