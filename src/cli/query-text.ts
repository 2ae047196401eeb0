import { createReadStream, statSync } from "node:fs";
import { decodeFile, type FileText } from "../corpora/files.ts";
import { limits } from "../kit/limits.ts";
import { wrongUsage } from "./exit.ts";
import type { Streams } from "./terminal.ts";

/** Bytes of a text that no parser would look at any more: each character takes four at most. */
const maximumBytes = 4 * limits.length;

/** Wrong usage for what cannot hold a query: `-` is stdin, and a pipe or a device is as good as a file. */
export function expectQueryFile(path: string): void {
  if (path === "-") return;
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined) throw wrongUsage(`There is no file ${path}.`);
  if (state.isDirectory()) {
    throw wrongUsage(`${path} is a folder. With --language each path is a file that holds one query, or - for stdin.`);
  }
}

/** The text of one file, or of stdin for `-`. Reads no more than a query may have: a device or a pipe may never end. */
export async function readQueryText(path: string, input: Streams["input"]): Promise<FileText> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of path === "-" ? input : createReadStream(path)) {
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > maximumBytes) {
      const message = `This text is longer than ${limits.length} characters, the most that one query may have.`;
      return { type: "failure", failure: { path, line: 1, code: "corpus/too-large", message } };
    }
    chunks.push(bytes);
  }
  return decodeFile(Buffer.concat(chunks), path);
}
