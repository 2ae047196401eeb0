import { oneLine } from "../../plain-text.ts";
import type { Writing } from "../package-file.ts";

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
export function threats({ package: { technique }, techniqueName }: Writing, id: string): readonly Threat[] {
  const [parent = id] = id.split(".");
  const whole = (one: string): Named => ({
    id: one,
    name: oneLine(one === technique.id ? technique.name : (techniqueName(one) ?? one)),
    reference: `${site}/techniques/${one.replace(".", "/")}/`,
  });
  const named = parent === id ? whole(id) : { ...whole(parent), subtechnique: [whole(id)] };
  return technique.tactics.map((tactic) => ({
    framework: "MITRE ATT&CK",
    tactic: { id: tactic.id, name: oneLine(tactic.name), reference: `${site}/tactics/${tactic.id}/` },
    technique: [named],
  }));
}
