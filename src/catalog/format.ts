import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Goes up with every change of the schema or of what its columns mean. */
export const catalogFormat = "1";

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
