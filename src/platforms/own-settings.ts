import type { OwnNames } from "./fields/target-field.ts";
import type { LogPlace } from "./log-sources/tables.ts";

/** What a user's own system calls things, in place of what the tables say; one file for one platform. */
export interface OwnSettings {
  /** Id of the log source → where it stands. */
  readonly places: Readonly<Record<string, readonly LogPlace[]>>;
  readonly names: OwnNames;
}

export const noSettings: OwnSettings = { places: {}, names: {} };
