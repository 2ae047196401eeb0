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

/** A letter that is not named, as in `?:\\Users`, goes with its drive. */
export function tokensOnVolumes(tokens: readonly PatternToken[]): readonly PatternToken[] {
  return tokens.flatMap((one, at): readonly PatternToken[] => {
    const next = tokens[at + 1];
    if (one.type === "one" && next?.type === "literal" && next.text.startsWith(":\\")) return [];
    if (one.type !== "literal") return [one];
    const isFirst = at === 1 && tokens[0]?.type === "one" && one.text.startsWith(":\\");
    return [{ type: "literal", text: onVolumes(isFirst ? `X${one.text}` : one.text) }];
  });
}

/** A written expression with the numbers of the volumes in it. */
export function withVolumes(expression: string): string {
  return expression.replace(/\\(?:ufdd0|([\s\S]))/gu, (both, char?: string) => (char === undefined ? "\\d+" : both));
}
