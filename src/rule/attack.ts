/** MITRE ATT&CK as its STIX objects say it; ids are the external ones (`T1059.001`, `G0016`). */
export interface AttackKnowledge {
  readonly domain: string;
  readonly version: string;
  readonly notice: string;
  readonly tactics: readonly Tactic[];
  readonly techniques: readonly Technique[];
  readonly groups: readonly AttackObject[];
  readonly software: readonly AttackObject[];
  readonly campaigns: readonly AttackObject[];
  readonly mitigations: readonly AttackObject[];
  /** Who uses or mitigates which technique. */
  readonly uses: readonly AttackUse[];
  readonly dataComponents: readonly DataComponent[];
  readonly strategies: readonly DetectionStrategy[];
}

export interface Tactic {
  readonly id: string;
  /** `initial-access`: the name that techniques and rule tags use. */
  readonly shortName: string;
  readonly name: string;
  readonly description: string;
}

export interface Technique {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Short names of tactics. */
  readonly tactics: readonly string[];
  readonly platforms: readonly string[];
  /** Id of the technique that this sub-technique belongs to. */
  readonly parent: string | null;
  readonly revokedBy: string | null;
  /** Revoked ones are not also deprecated. */
  readonly deprecated: boolean;
}

export interface AttackObject {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly revoked: boolean;
  readonly deprecated: boolean;
}

export interface AttackUse {
  /** Id of a group, software, campaign or mitigation. */
  readonly source: string;
  readonly kind: "uses" | "mitigates";
  readonly technique: string;
}

export interface DataComponent {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly logSources: readonly { readonly name: string; readonly channel: string }[];
}

export interface DetectionStrategy {
  readonly id: string;
  readonly name: string;
  /** The techniques that it detects. */
  readonly techniques: readonly string[];
  readonly analytics: readonly Analytic[];
}

export interface Analytic {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly platforms: readonly string[];
  readonly logSources: readonly { readonly component: string; readonly name: string; readonly channel: string }[];
  readonly mutableElements: readonly { readonly field: string; readonly description: string }[];
}
