import type { Span } from "../../kit/span.ts";
import type { DerivedEvent } from "../derived-event.ts";
import type { Platform } from "./environment.ts";
import type { EmulationTables, WindowsProgram } from "./tables.ts";

export type Certainty = DerivedEvent["certainty"];

/** Caps of one test, far above what real ones need (at most a few hundred events). */
export const telemetryLimits = {
  events: 2_000,
  /** Commands that are looked at, nested ones too. */
  commands: 4_000,
  /** Scripts within scripts. */
  depth: 12,
  /** Characters of one command line: what Windows takes. */
  commandLine: 32_767,
  /** Characters of one 4104; longer script blocks are logged in parts. */
  scriptBlock: 15_000,
  /** Different reasons that are kept. */
  unshown: 50,
} as const;

/** A process that runs while the test does. */
export interface Process {
  readonly image: string;
  readonly commandLine: string;
  readonly id: number;
  readonly facts: WindowsProgram | null;
  readonly user: string;
  readonly integrity: "Medium" | "High" | "System";
  readonly directory: string;
}

/** Where an event comes from, for its span, certainty and order. */
export interface Origin {
  readonly span: Span;
  readonly certainty: Certainty;
  readonly why: string;
}

/** What is collected while a test is walked through; the only thing here that changes. */
export interface Scene {
  readonly platform: Platform;
  readonly tables: EmulationTables;
  readonly elevated: boolean;
  readonly events: DerivedEvent[];
  readonly unshown: Set<string>;
  /** Files that the test has made, in small letters on Windows. */
  readonly made: Set<string>;
  /** Steps done: seconds since the start. */
  step: number;
  nextId: number;
  commands: number;
}

export function openScene(platform: Platform, tables: EmulationTables, elevated: boolean): Scene {
  const empty = { events: [], unshown: new Set<string>(), made: new Set<string>() };
  return { platform, tables, elevated, ...empty, step: 0, nextId: 4_100, commands: 0 };
}

export const tooMany = `more than ${telemetryLimits.events} events`;

/** Keeps an event; beyond the cap it is counted as not shown. */
export function leave(scene: Scene, kind: string, data: DerivedEvent["data"], origin: Origin): void {
  if (scene.events.length >= telemetryLimits.events) {
    notShown(scene, tooMany);
    return;
  }
  scene.events.push({ kind, data, span: origin.span, certainty: origin.certainty, why: origin.why });
}

export function notShown(scene: Scene, reason: string): void {
  if (scene.unshown.size < telemetryLimits.unshown) scene.unshown.add(reason);
}

/** Ids of processes are multiples of four, as on Windows. */
export function processId(scene: Scene): number {
  const id = scene.nextId;
  scene.nextId += 4;
  return id;
}

/** Time of the step at hand. */
export function now(scene: Scene): Date {
  return new Date(Date.parse(scene.tables.machine.start) + scene.step * 1_000);
}

const order: readonly Certainty[] = ["certain", "likely", "possible"];

/** The less certain of the two. */
export function atMost(a: Certainty, b: Certainty): Certainty {
  return order[Math.max(order.indexOf(a), order.indexOf(b))] ?? "possible";
}
