import { styleText } from "node:util";
import { exitCodes } from "./exit.ts";

export type Format = Parameters<typeof styleText>[0];

/** The part of a writable stream that commands use; tests pass their own. */
export interface Sink {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** More is waiting than the stream wants to keep; `drain` follows. */
  readonly writableNeedDrain?: boolean;
  readonly once?: (event: "drain", listener: () => void) => unknown;
}

export interface Streams {
  readonly input: AsyncIterable<Uint8Array | string>;
  readonly output: Sink;
  readonly messages: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where a command reads and writes. Results and messages never mix: the one may be piped, the other is for people. */
export interface Terminal {
  /** Part of the result, on stdout, as it stands. */
  readonly print: (text: string) => void;
  /** The result as JSON, on stdout. */
  readonly printJson: (value: unknown) => void;
  /** One of many results as JSON, on a line of its own (NDJSON). */
  readonly printJsonLine: (value: unknown) => void;
  /** Resolves once stdout takes more: whoever prints without end waits for it, or all of it would stand in memory. */
  readonly settled: () => Promise<void>;
  /** A message line, on stderr. */
  readonly say: (text: string) => void;
  /** Colours and weights for the result; the text as it is where stdout is no terminal. */
  readonly style: Styler;
  /** The same for messages. */
  readonly messageStyle: Styler;
  /** Columns of the result; Infinity where stdout is no terminal, so that nothing that is piped on gets cut. */
  readonly width: number;
  readonly streams: Streams;
}

export type Styler = (format: Format, text: string) => string;

export function openTerminal(streams: Streams): Terminal {
  const { output, messages, environment } = streams;
  return {
    print: (text) => void output.write(text),
    printJson: (value) => void output.write(`${escaped(JSON.stringify(value, null, 2))}\n`),
    printJsonLine: (value) => void output.write(`${escaped(JSON.stringify(value))}\n`),
    settled: () => drained(output),
    say: (text) => void messages.write(`${text}\n`),
    style: styler(output, environment),
    messageStyle: styler(messages, environment),
    width: output.isTTY === true ? Math.max(40, output.columns ?? 80) : Number.POSITIVE_INFINITY,
    streams,
  };
}

function drained(output: Sink): Promise<void> {
  if (output.writableNeedDrain !== true || output.once === undefined) return Promise.resolve();
  return new Promise((resolve) => output.once?.("drain", resolve));
}

/** `NO_COLOR`: https://no-color.org; a terminal of the kind `dumb` has no colours either. */
function styler(sink: Sink, environment: Streams["environment"]): Styler {
  const plain = sink.isTTY !== true || (environment.NO_COLOR ?? "") !== "" || environment.TERM === "dumb";
  return plain ? (_, text) => text : (format, text) => styleText(format, text, { validateStream: false });
}

/**
 * The streams of this process. A reader that goes away (`| head`) ends the command without a word; a full disk or a broken
 * device ends it with one.
 */
export function processStreams(): Streams {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.listenerCount("error") > 0) continue;
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(exitCodes.done);
      if (stream === process.stdout) process.stderr.write(`error: the result cannot be written: ${error.message}\n`);
      process.exit(exitCodes.inputHasErrors);
    });
  }
  return { input: process.stdin, output: process.stdout, messages: process.stderr, environment: process.env };
}

// Control characters (tab and newline aside) and those that turn the direction of text: a rule could repaint the
// terminal with them, or show other text than it holds.
const unsafe = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

/** A copy of any data in which no text can steer a terminal: what was a control character is shown as `\u001b`. */
export function printable<Data>(data: Data): Data {
  return walk(data) as Data;
}

/** A file's name or a quoted part of a rule may hold a line end, behind which the rest would pass for a line of ours. */
export function inOneLine(text: string): string {
  return text.replaceAll("\n", "\\n");
}

/** The same text where it is JSON, whose strings may hold such characters as they are. */
function escaped(text: string): string {
  return text.replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function walk(data: unknown): unknown {
  if (typeof data === "string") {
    return escaped(data.replaceAll("\r\n", "\n"));
  }
  if (Array.isArray(data)) return data.map(walk);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [walk(key), walk(value)]));
}
