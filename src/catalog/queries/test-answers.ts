import type { DerivedEvent } from "../../emulation/derived-event.ts";
import type { FailedPredicate } from "../../hunt/proof/prove.ts";
import type { Because } from "../../matching/hit.ts";
import type { RuleLine } from "./answers.ts";

/** One line about a test, as lists show it. */
export interface TestLine {
  readonly guid: string;
  readonly technique: string;
  /** Its place among the tests of the technique, from 1. */
  readonly number: number;
  readonly name: string;
  readonly platforms: readonly string[];
  /** `powershell`, `cmd`, `sh`, `bash`, `manual`. */
  readonly shell: string;
  readonly elevated: boolean;
  /** Kind of log → events that it must leave there. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly events: number;
  /** Rules that fire on these events. */
  readonly fired: number;
}

/** What came of a rule and a test. */
export interface Outcome {
  /** The rule itself names the test. */
  readonly linked: boolean;
  /** The event that met the rule or came closest: its place among those of the test, from 0; null: none in a log that the rule reads. */
  readonly event: number | null;
  readonly kind: string | null;
  readonly certainty: DerivedEvent["certainty"] | null;
  /** Reasons in all; the lists may hold only the first of them. */
  readonly reasons: number;
}

export type Fired = Outcome & { readonly because: readonly Because[] };
export type Silent = Outcome & { readonly failed: readonly FailedPredicate[] };

/** What the tests say of one rule. */
export interface ProofAnswer {
  /** Tests on which it fires, and tests that exercise it without effect, before any list is cut. */
  readonly counts: { readonly fired: number; readonly silent: number };
  /** Why the engine cannot run the rule. */
  readonly notRun: string | null;
  /** Why the tests that it names cannot show what it asks for. */
  readonly notShown: string | null;
  readonly fired: readonly (Fired & { readonly test: TestLine })[];
  /** Those that it names, and those that came closest. */
  readonly silent: readonly (Silent & { readonly test: TestLine })[];
}

/** A test in the list of a technique, with the rules that fire by corpus. */
export interface TechniqueTest extends TestLine {
  readonly vendors: readonly { readonly corpus: string; readonly rules: number }[];
}

export interface TestPrerequisite {
  readonly description: string;
  readonly check: string;
  readonly get: string;
  readonly shell: string;
}

/** An event as the page of its test shows it. */
export interface TestEvent extends DerivedEvent {
  /** Of Windows events that the catalog knows. */
  readonly known: { readonly provider: string; readonly eventId: string; readonly title: string } | null;
}

export interface TestAnswer extends TechniqueTest {
  readonly corpus: string;
  readonly source: {
    readonly name: string;
    readonly licence: string;
    readonly url: string | null;
    readonly path: string;
  };
  /** The technique in the loaded version of ATT&CK; null where it has none for it. */
  readonly stands: { readonly id: string; readonly name: string } | null;
  readonly description: string;
  /** With its inputs filled in; the spans of the events refer to it. Of a manual test, its steps as prose. */
  readonly command: string;
  readonly cleanup: string;
  readonly prerequisites: readonly TestPrerequisite[];
  readonly derived: readonly TestEvent[];
  /** What the command does that no event shows. */
  readonly unshown: readonly string[];
  readonly rulesFired: readonly (Fired & { readonly rule: RuleLine })[];
  /** Those that name the test, and those that came closest to it among the tests that exercise them. */
  readonly rulesSilent: readonly (Silent & { readonly rule: RuleLine })[];
}

export interface TestsAnswer {
  readonly counts: { readonly tests: number; readonly events: number; readonly fired: number };
  readonly techniques: readonly {
    /** As the tests have it. */
    readonly id: string;
    /** What stands for it in the version of ATT&CK that is loaded: itself, unless it is of another version. */
    readonly current: string;
    readonly name: string;
    readonly tests: number;
    readonly events: number;
    /** Tests on which a rule fires. */
    readonly fired: number;
    /** Rules that fire on one of them, each once. */
    readonly rules: number;
  }[];
}
