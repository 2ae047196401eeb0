import type { PatternToken } from "../../rule/expression.ts";
import type { TargetField } from "../platform.ts";

/** Fields of Falcon events that hold the path of a device: `\Device\HarddiskVolume3\Windows\…` for `C:\Windows\…`. */
const devicePaths: ReadonlySet<string> = new Set([
  "ImageFileName",
  "TargetFileName",
  "TargetImageFileName",
  "ContextImageFileName",
  "FilePath",
]);

/** Stands for the number of a volume until the expression is written; it is no character of any text. */
const volume = "\uFDD0";

/** Does the text, plain or an expression, ask for a drive, which this field does not name? */
export function asksForDrive({ name }: TargetField, text: string): boolean {
  return devicePaths.has(name) && /(?:^|[A-Za-z\])]):\\/u.test(text) && !text.includes(volume);
}

/** Asks for any volume where the text asks for a drive. */
export function onVolumes(text: string): string {
  return text
    .replace(/^[A-Za-z]:\\/u, `\\Device\\HarddiskVolume${volume}\\`)
    .replace(/[A-Za-z]?:\\/gu, `HarddiskVolume${volume}\\`);
}

export function tokensOnVolumes(tokens: readonly PatternToken[]): readonly PatternToken[] {
  return tokens.map((one) => (one.type === "literal" ? { type: "literal", text: onVolumes(one.text) } : one));
}

/** A written expression with the numbers of the volumes in it. */
export function withVolumes(expression: string): string {
  return expression.replaceAll(volume, "\\d+");
}
