import type { ExitCode } from "./exit.ts";
import { main } from "./main.ts";
import type { Sink } from "./terminal.ts";

export interface Captured {
  readonly code: ExitCode;
  readonly output: string;
  readonly messages: string;
}

export interface CaptureOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Columns of a pretended terminal on both outputs. */
  readonly columns?: number;
}

/** Runs a command line in this process and captures what it writes. */
export async function capture(args: readonly string[], options: CaptureOptions = {}): Promise<Captured> {
  const output: string[] = [];
  const messages: string[] = [];
  const sink = (into: string[]): Sink => ({
    write: (text) => into.push(text),
    ...(options.columns === undefined ? {} : { isTTY: true, columns: options.columns }),
  });
  const code = await main(args, {
    input: inputOf(options.input ?? ""),
    output: sink(output),
    messages: sink(messages),
    environment: options.environment ?? {},
  });
  return { code, output: output.join(""), messages: messages.join("") };
}

async function* inputOf(text: string): AsyncGenerator<string> {
  yield text;
}
