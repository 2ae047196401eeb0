import type { Writing } from "../package-file.ts";
import { oneLine } from "../plain-text.ts";

export interface Threat {
  readonly framework: "MITRE ATT&CK";
  readonly tactic: Named;
  readonly technique: readonly (Named & { readonly subtechnique?: readonly Named[] })[];
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}

const site = "https://attack.mitre.org";

/** One entry a tactic, and below it the technique, a sub-technique within its parent: as the rules of Elastic have it. */
export function threats({ package: { technique }, techniqueName }: Writing): readonly Threat[] {
  const [parent = technique.id, part] = technique.id.split(".");
  const whole = (id: string, name: string): Named => ({
    id,
    name: oneLine(name),
    reference: `${site}/techniques/${id.replace(".", "/")}/`,
  });
  const named =
    part === undefined
      ? whole(parent, technique.name)
      : {
          ...whole(parent, techniqueName(parent) ?? parent),
          subtechnique: [whole(technique.id, technique.name)],
        };
  return technique.tactics.map(({ id, name }) => ({
    framework: "MITRE ATT&CK",
    tactic: { id, name: oneLine(name), reference: `${site}/tactics/${id}/` },
    technique: [named],
  }));
}
