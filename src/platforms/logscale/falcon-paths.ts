import type { TargetField } from "../platform.ts";

/** Fields of Falcon events that hold the path of a device: `\Device\HarddiskVolume3\Windows\…` for `C:\Windows\…`. */
const devicePaths: ReadonlySet<string> = new Set([
  "ImageFileName",
  "TargetFileName",
  "TargetImageFileName",
  "ContextImageFileName",
  "FilePath",
]);

/** Does the text ask for a drive, which this field does not name? */
export function asksForDrive({ name }: TargetField, text: string): boolean {
  return devicePaths.has(name) && /(?:^|[A-Za-z]):\\/u.test(text);
}

/** A written expression that asks for the volume of a device where it asked for a drive. */
export function withVolumes(expression: string): string {
  return expression
    .replace(/\^[A-Za-z]:\\\\/gu, "^\\\\Device\\\\HarddiskVolume\\d+\\\\")
    .replace(/(?:\b[A-Za-z])?:\\\\/gu, "HarddiskVolume\\d+\\\\");
}
