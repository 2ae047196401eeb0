import type { ScanWords } from "./scan-words.ts";

/** A row of a result: column → value as the client has it. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** A database that is open. One statement runs at a time. */
export interface SqlConnection {
  /** With its version, as a report names it: `ClickHouse 18.16.1`. */
  readonly title: string;
  readonly words: ScanWords;
  /** The columns of a table and their types, as the database names them; null where there is no such table. */
  readonly columns: (table: string) => Promise<ReadonlyMap<string, string> | null>;
  /** The rows of a query, as many at a time as come together. Throws `SqlRefusal`. */
  readonly select: (query: string) => AsyncGenerator<readonly SqlRow[]>;
  /** A statement without a result; only where the connection was opened to write. */
  readonly execute: (statement: string) => Promise<void>;
  /** Adds rows of texts; what a row does not name is missing in it. */
  readonly insert: (table: string, columns: readonly string[], rows: readonly TextRow[]) => Promise<void>;
  /** How much of the running statement is done, from 0 to 1; null where the database does not say. */
  readonly done: () => Promise<number | null>;
  readonly close: () => Promise<void>;
}

export type TextRow = Readonly<Record<string, string>>;

export interface ConnectionOptions {
  /** Tables may be made and filled. Without it, the database is told that nothing may. */
  readonly write?: boolean;
  /** Seconds after which a statement is given up. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** The database answered, and did not do what it was asked: its own words, and what could mend it. */
export class SqlRefusal extends Error {
  readonly hint: string | null;
  /** Is it about this very query, so that another may fare better? */
  readonly ofQuery: boolean;

  constructor(message: string, hint: string | null = null, ofQuery = false) {
    super(message);
    this.hint = hint;
    this.ofQuery = ofQuery;
  }
}

/** The database cannot be reached, or went away. */
export class SqlOffline extends Error {}

/** The address without what signs in to it, for messages. */
export function withoutSecrets(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.username = "";
    parsed.password = "";
    parsed.search = "";
    parsed.hash = "";
    return parsed.href;
  } catch {
    return url.replace(/\/\/[^/]*@/u, "//");
  }
}
