import type { Span } from "../kit/span.ts";

/** An event that a test must leave in a log, as far as its command tells. */
export interface DerivedEvent {
  /** Id of the log source: `windows.process_creation`, `windows.ps_script`, `linux.process_creation` … */
  readonly kind: string;
  /**
   * As that log has it: events of Windows and of Sysmon for Linux as `{ Event: { System, EventData } }`, audit records and
   * text logs flat, events of macOS as Elastic Defend writes them, records of clouds as their services do.
   */
  readonly data: Readonly<Record<string, unknown>>;
  /** The part of the expanded command that it comes from. */
  readonly span: Span;
  readonly certainty: "certain" | "likely" | "possible";
  /** One sentence: what the event is, and why the command leaves it. */
  readonly why: string;
}

/** What a test leaves. */
export interface DerivedTelemetry {
  /** GUID of the test. */
  readonly test: string;
  /** The command with its inputs filled in, to which the spans refer. */
  readonly command: string;
  readonly events: readonly DerivedEvent[];
  /** What the command does that no event here shows, in words that can be counted. */
  readonly unshown: readonly string[];
}
