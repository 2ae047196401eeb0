import type { AuthoredAnswer } from "../catalog/queries/authored-package.ts";
import { defaultOf, ownCorpus } from "../corpora/content/authored/index.ts";
import type { System } from "../platforms/systems.ts";
import type { OwnPackage } from "./authored.ts";
import type { DetectionPackage, FalsePositive, PackageTest, Source, TuningKnob } from "./detection-package.ts";
import { investigationOf, responseOf } from "./own-guides.ts";

/** What our own packages say beside their detections: it goes before all that is composed. */
export type OwnParts = Pick<
  DetectionPackage,
  "description" | "falsePositives" | "knobs" | "tests" | "investigation" | "response" | "references"
> & { readonly severity: DetectionPackage["severity"]; readonly confidence: DetectionPackage["confidence"] };

type File = AuthoredAnswer["authored"]["file"];

/** `shown`: ids of the detections of the package. */
export function ownParts(own: OwnPackage, system: System, shown: readonly string[]): OwnParts {
  const each = own.answers.map((answer) => ({ answer, file: answer.authored.file, source: sourceOf(answer) }));
  const [first] = each;
  return {
    description: each.map(({ file, source }) => ({ text: file.description.trim(), source })),
    severity: first?.file.severity ?? null,
    confidence: first?.file.confidence ?? null,
    falsePositives: each.flatMap(({ file, source }) => file.falsePositives.map((one) => falsePositive(one, source))),
    knobs: each.flatMap(({ file, source }) => file.knobs.map((one) => knob(one, own, shown, source))),
    tests: each.flatMap(({ answer, file, source }) =>
      file.tests.map((one) => packageTest(one, answer.proof, own, shown, source)),
    ),
    investigation: each.flatMap(({ file, source }) => investigationOf(file, own, system, source)),
    response: each.flatMap(({ file, source }) => responseOf(file, source)),
    references: each.flatMap(({ file, source }) =>
      file.references.map(({ title, url }) => ({ title, url, sources: [source] })),
    ),
  };
}

/** The licence is that of the project. */
const ownLicence = "Apache-2.0";

function sourceOf({ authored }: AuthoredAnswer): Source {
  const title = `Detectionary: ${authored.file.title}`;
  return { corpus: ownCorpus, rule: null, title, authors: [], licence: ownLicence, url: null };
}

function falsePositive({ what, tell, knob: id }: File["falsePositives"][number], source: Source): FalsePositive {
  return { text: what.trim(), tell: tell.trim(), knob: id ?? null, sources: [source] };
}

function knob(one: File["knobs"][number], own: OwnPackage, shown: readonly string[], source: Source): TuningKnob {
  const example = one.exclude?.example ??
    one.window?.example ?? [one.threshold?.least ?? "", one.threshold?.most ?? ""];
  return {
    id: one.id,
    title: one.title,
    why: one.why.trim(),
    detections: own
      .withCorrelations(one.rules)
      .flatMap((name) => own.ids.get(name) ?? [])
      .filter((id) => shown.includes(id)),
    kind: one.exclude !== undefined ? "exclude" : one.threshold !== undefined ? "threshold" : "window",
    value: defaultOf(one).join(", "),
    example: example.join(", "),
    paste: null,
    rules: 0,
    sources: [source],
  };
}

function packageTest(
  one: File["tests"][number],
  proof: AuthoredAnswer["proof"],
  own: OwnPackage,
  shown: readonly string[],
  source: Source,
): PackageTest {
  const outcome = proof.tests.find(({ id }) => id === one.id);
  const fired = (outcome?.fired ?? []).filter((name) => !own.changed.has(name));
  return {
    id: one.id,
    title: one.title,
    targets: [one.target],
    behaviour: one.behaviour.trim(),
    shell: one.shell,
    elevated: one.elevated,
    prerequisites: one.prerequisites,
    command: one.command,
    cleanup: one.cleanup,
    signals: one.signals.map(({ event, fields }) => ({ event, fields, certainty: "certain" })),
    fires: fired.flatMap((name) => own.ids.get(name) ?? []).filter((id) => shown.includes(id)),
    proof: outcome === undefined ? null : { engine: proof.engine, date: proof.date, events: outcome.events },
    source,
  };
}
