import { findLogs } from "./find-logs.ts";
import { type LogPart, type ReadOptions, readLog } from "./read-log.ts";

/**
 * Reads files, folders, patterns and the standard input (`-`), one file after the other, in bounded memory. What cannot be read is
 * told first or where it stands, and the rest is read.
 * @throws Error where the options name a format that does not exist
 */
export async function* readLogs(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<LogPart> {
  const { files, faults } = await findLogs(paths);
  for (const { path, code, message } of faults) {
    const batch = { records: [], faults: [{ number: null, offset: null, code, message }] };
    yield { file: path, format: null, batch, read: 0 };
  }
  for (const file of files) {
    if (options.signal?.aborted === true) return;
    yield* readLog(file, options);
  }
}
