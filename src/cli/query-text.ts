import { createReadStream } from "node:fs";
import { limits } from "../kit/limits.ts";
import { exitCodes, Stop } from "./exit.ts";
import type { Streams } from "./terminal.ts";

/** Bytes of a text that no parser would look at any more: each character takes four at most. */
const maximumBytes = 4 * limits.length;

/** The text of one file, or of stdin for `-`. Reads no more than a query may have: a device or a pipe may never end. */
export async function readQueryText(file: string, input: Streams["input"]): Promise<string> {
  return file === "-" ? await readAll(input, "The input") : await readAll(createReadStream(file), file);
}

async function readAll(input: Streams["input"], name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > maximumBytes) throw tooLong(name);
    chunks.push(bytes);
  }
  return decode(Buffer.concat(chunks), name);
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Stop(`${name} is not valid UTF-8.`, exitCodes.inputHasErrors);
  }
}

function tooLong(name: string): Stop {
  return new Stop(
    `${name} is longer than ${limits.length} characters, the most that one query may have.`,
    exitCodes.inputHasErrors,
  );
}
