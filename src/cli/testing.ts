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

/** One line of JSON: a program that Sysmon saw start, some seconds after 2026-04-17T05:24:10.5Z. */
export function sysmonStart(record: number, image: string, line: string): string {
  return JSON.stringify({
    Event: {
      System: {
        Provider: { Name: "Microsoft-Windows-Sysmon" },
        EventID: 1,
        TimeCreated: { SystemTime: `2026-04-17T05:24:${10 + record}.5Z` },
        Channel: "Microsoft-Windows-Sysmon/Operational",
        EventRecordID: record,
      },
      EventData: { Image: image, CommandLine: line },
    },
  });
}
