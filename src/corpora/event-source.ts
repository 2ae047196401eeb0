import type { ReadFailure } from "./corpus.ts";

/** What an upstream knows of one event. */
export interface EventFacts {
  /** null where it has no title of its own. */
  readonly title: string | null;
  /** The event's own data, in its order; empty where the upstream does not list it. */
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** A provider as upstreams find it: by its name or by a channel. */
export interface ProviderPlace {
  readonly name: string;
  readonly channels: readonly string[];
}

export interface EventReading {
  /** Files that the corpus consists of. */
  readonly files: number;
  /** null for an event that the corpus does not have. Reads no more than the files of this event. */
  readonly find: (provider: ProviderPlace, id: string) => EventFacts | null;
  /** What could not be read so far. */
  readonly failures: readonly ReadFailure[];
}

/** An upstream that describes events. */
export interface EventSource {
  readonly id: string;
  readonly name: string;
  readonly repository: string;
  readonly fileUrl: (commit: string, path: string) => string;
  /** Licence of the collection, as an SPDX id where there is one. */
  readonly licence: string;
  readonly read: (folder: string) => EventReading;
}
