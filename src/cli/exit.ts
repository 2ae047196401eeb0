import { CatalogRefusal } from "../catalog/refusal.ts";

/** What the process says to its caller, as the command line contract names it. */
export const exitCodes = {
  done: 0,
  inputHasErrors: 1,
  wrongUsage: 2,
  notExpressible: 3,
  /** 128 + SIGINT, as shells report it. */
  interrupted: 130,
  bug: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a sentence for the user: something that they can mend, never a bug of ours. */
export class Stop extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function wrongUsage(message: string): Stop {
  return new Stop(message, exitCodes.wrongUsage);
}

/** SQLite's result codes for a file that is locked, not to be written, broken, full, not to be opened, or no database. */
const fileFaults: ReadonlySet<number> = new Set([5, 8, 10, 11, 13, 14, 26]);

/** What the catalog, the operating system or the database refused: `ENOENT`, `EACCES`, `ENOSPC`, "file is not a database". */
export function isRefusal(error: unknown): error is Error {
  if (error instanceof CatalogRefusal) return true;
  if (!(error instanceof Error) || !("code" in error)) return false;
  if ("errcode" in error && typeof error.errcode === "number") return fileFaults.has(error.errcode & 0xff);
  return "syscall" in error && typeof error.code === "string";
}
