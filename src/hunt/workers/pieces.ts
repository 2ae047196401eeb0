import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { recogniseFormat } from "../../matching/readers/registry.ts";
import type { LogFile } from "../log-files/find-logs.ts";

/** What one worker reads at a time: a file, or a part of it that begins and ends with a line. */
export interface LogPiece {
  readonly file: LogFile;
  /** From this byte on, and before that one; null for the whole file, whatever its format. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Bytes on disk. */
  readonly bytes: number;
}

/** Enough to read that starting on it costs nothing beside, and little enough that every worker gets its share. */
export const pieceBytes = 16 * 1024 * 1024;

const headBytes = 4096;

/**
 * Cuts large files of JSON lines at line ends. Everything else is a piece as it is: other formats have records that only
 * their beginning explains, a packed file has no places, and in UTF-16 the byte of a line end is also a part of other
 * characters.
 */
export function cutFiles(
  files: readonly LogFile[],
  format: string | undefined,
  size = pieceBytes,
): readonly LogPiece[] {
  return files.flatMap((file) => cutFile(file, format, size));
}

function cutFile(file: LogFile, format: string | undefined, size: number): readonly LogPiece[] {
  let opened: number;
  try {
    opened = openSync(file.path, "r");
  } catch {
    // Whoever reads it says why it cannot be had.
    return [{ file, range: null, bytes: 0 }];
  }
  try {
    const state = fstatSync(opened);
    const bytes = state.isFile() ? state.size : 0;
    if (bytes < 2 * size || !isLines(opened, file.path, format)) return [{ file, range: null, bytes }];
    const pieces: LogPiece[] = [];
    for (let from = 0; from < bytes; ) {
      const to = from + size >= bytes ? bytes : lineAfter(opened, from + size, bytes);
      pieces.push({ file, range: { from, to }, bytes: to - from });
      from = to;
    }
    return pieces;
  } finally {
    closeSync(opened);
  }
}

function isLines(opened: number, path: string, format: string | undefined): boolean {
  const buffer = Buffer.alloc(headBytes);
  const head = buffer.subarray(0, readSync(opened, buffer, 0, headBytes, 0));
  // Neither a mark of UTF-16 nor its zeros, and no gzip.
  if (head.includes(0) || (head[0] ?? 0) >= 0xfe || (head[0] === 0x1f && head[1] === 0x8b)) return false;
  return (format ?? recogniseFormat(head, path)?.id) === "ndjson";
}

/** The first beginning of a line at or behind a place. */
function lineAfter(opened: number, place: number, end: number): number {
  const buffer = Buffer.alloc(64 * 1024);
  // The line end may be the byte before.
  for (let at = place - 1; at < end; at += buffer.length) {
    const read = readSync(opened, buffer, 0, buffer.length, at);
    if (read === 0) return end;
    const found = buffer.subarray(0, read).indexOf(0x0a);
    if (found >= 0) return Math.min(end, at + found + 1);
  }
  return end;
}
