import type { ReportPart } from "../platforms/translation.ts";
import type { Severity } from "../rule/document.ts";

/** All that is needed to detect one technique on one platform. Plain data: pages, JSON, terminal and files show the same. */
export interface DetectionPackage {
  readonly technique: {
    readonly id: string;
    readonly name: string;
    readonly tactics: readonly { readonly id: string; readonly name: string; readonly shortName: string }[];
  };
  readonly platform: { readonly id: string; readonly title: string; readonly language: string };
  /** `authored`: one of ours leads; `composed`: made of what the collections have; `none`: see `absence`. */
  readonly origin: "authored" | "composed" | "none";
  /** Why there is no detection, and what comes nearest. null where there is one. */
  readonly absence: Absence | null;
  /** Ours in full where there is one, else what the sources say. */
  readonly description: readonly Sourced[];
  readonly severity: Judgement | null;
  readonly confidence: Judgement | null;
  /** Best first. */
  readonly detections: readonly PackageDetection[];
  /** How many rules there are for it in all; `detections` holds the best of them. */
  readonly candidates: number;
  /** Said where rules and tests of sub-techniques stand among them, since the technique has few of its own; null elsewhere. */
  readonly borrowed: string | null;
  readonly needs: readonly LogNeed[];
  readonly falsePositives: readonly FalsePositive[];
  readonly knobs: readonly TuningKnob[];
  readonly tests: readonly PackageTest[];
  /** What the sources say of switching on and bringing in the logs that their rules read. */
  readonly setup: readonly Guide[];
  readonly investigation: readonly Guide[];
  readonly response: readonly Guide[];
  readonly references: readonly PackageReference[];
  /** The other platforms: how many detections each has, or why none. */
  readonly others: readonly {
    readonly id: string;
    readonly title: string;
    readonly detections: number;
    readonly absence: string | null;
  }[];
}

/** Where something comes from. Ours has corpus `detectionary`. */
export interface Source {
  readonly corpus: string;
  /** `elastic:<id>`; null for what is of no single rule. */
  readonly rule: string | null;
  readonly title: string;
  /** Of the rule, as it names them; none where it does not. */
  readonly authors: readonly string[];
  readonly licence: string;
  /** At its upstream, where that is public. */
  readonly url: string | null;
}

export interface Sourced {
  /** Markdown. */
  readonly text: string;
  readonly source: Source;
}

export interface Judgement {
  readonly level: Severity | "low" | "medium" | "high";
  readonly why: string;
}

export interface Absence {
  /** Stable, to be counted: `no-rule`, `no-log-source`, `not-expressible`, `not-translated` (of a catalog built without translations). */
  readonly code: string;
  /** One sentence. */
  readonly why: string;
  /** A related technique that has a package on this platform, or this technique on another platform. */
  readonly nearest: readonly { readonly technique: string; readonly platform: string; readonly title: string }[];
}

export interface PackageDetection {
  /** `sigma:<uuid>`. */
  readonly id: string;
  readonly title: string;
  /** Which it stands under: that of the package, or a sub-technique of it. */
  readonly technique: string;
  readonly description: string;
  readonly source: Source;
  /** The rule was written for this platform; otherwise it was translated. */
  readonly native: boolean;
  /** Id under which the query is highlighted. */
  readonly language: string;
  readonly query: string;
  readonly verdict: "exact" | "approximated";
  /**
   * What the translation approximates and why. Of a native rule, what it sets beside its query (thresholds, new terms,
   * filters), with the verdict exact.
   */
  readonly report: readonly ReportPart[];
  readonly severity: Severity | null;
  readonly score: Score;
  /** What it catches and what it leaves out, where its authors say so. */
  readonly catches: string | null;
  readonly leavesOut: string | null;
  /** Ids of the log sources that it reads. */
  readonly logSources: readonly string[];
  /** Ids of the package's tests on which it fires. */
  readonly firesOn: readonly string[];
}

/** Out of 100: the sum of its parts. */
export interface Score {
  readonly total: number;
  readonly parts: readonly {
    readonly name: string;
    readonly points: number;
    readonly most: number;
    readonly why: string;
  }[];
}

/** A log that must be collected. */
export interface LogNeed {
  /** Id of the log source: `windows.process_creation`. */
  readonly id: string;
  readonly title: string;
  /** Where the platform keeps it: indices, tables, data sets, source types. */
  readonly places: readonly string[];
  /** How to switch it on. */
  readonly settings: readonly string[];
  readonly events: readonly { readonly provider: string; readonly id: string; readonly title: string }[];
  /** Ids of the detections that read it. */
  readonly detections: readonly string[];
}

export interface FalsePositive {
  readonly text: string;
  /** How it is told from the real thing. */
  readonly tell: string | null;
  /** Id of the knob that takes it out. */
  readonly knob: string | null;
  readonly sources: readonly Source[];
}

/** Something that a site sets for itself. */
export interface TuningKnob {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** Ids of the detections that it changes. */
  readonly detections: readonly string[];
  readonly kind: "exclude" | "threshold" | "window";
  /** What is set unless the site says otherwise, and what it might say. */
  readonly value: string;
  readonly example: string;
  /** A condition in the platform's own language that is to be pasted into the query; null for a knob that changes the query itself. */
  readonly paste: string | null;
  /** How many rules of the community leave this out; 0 for a knob of ours. */
  readonly rules: number;
  readonly sources: readonly Source[];
}

export interface PackageTest {
  /** GUID of Atomic Red Team, else an id of ours. */
  readonly id: string;
  readonly title: string;
  /** `windows`, `linux` … */
  readonly targets: readonly string[];
  readonly behaviour: string;
  readonly shell: string;
  readonly elevated: boolean;
  readonly prerequisites: readonly string[];
  readonly command: string;
  readonly cleanup: string;
  readonly signals: readonly {
    /** `Sysmon 1: process creation`. */
    readonly event: string;
    readonly fields: Readonly<Record<string, string | number>>;
    readonly certainty: "certain" | "likely" | "possible";
  }[];
  /** Ids of the package's detections that fire on it. */
  readonly fires: readonly string[];
  /** When and how that was found; null where it was not run. */
  readonly proof: { readonly engine: string; readonly date: string; readonly events: number } | null;
  readonly source: Source;
}

/** A part of an investigation guide or a playbook. */
export interface Guide {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** Searches in the language of the platform. */
  readonly queries: readonly { readonly title: string; readonly query: string }[];
  readonly source: Source;
}

export interface PackageReference {
  readonly url: string;
  readonly title: string | null;
  readonly sources: readonly Source[];
}
