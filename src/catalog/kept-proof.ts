import { existsSync } from "node:fs";
import { join } from "node:path";
import { emulationTables } from "../corpora/content/emulation/index.ts";
import { attackVersions, embeddedAttack } from "../corpora/content/index.ts";
import { matchingKnowledge } from "../corpora/content/matching/index.ts";
import type { ReadFailure } from "../corpora/corpus.ts";
import { emulationSources } from "../corpora/emulation-sources.ts";
import type { AtomicTest } from "../emulation/atomic-test.ts";
import type { DerivedEvent } from "../emulation/derived-event.ts";
import { fillInputs } from "../emulation/inputs.ts";
import { type FailedPredicate, type Proof, prove, type RuleTest } from "../hunt/proof/prove.ts";
import { openRuleNames } from "../hunt/rule-names.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import type { Because } from "../matching/hit.ts";
import { type AttackFold, foldOnto } from "./fold-attack.ts";
import type { TestPrerequisite } from "./queries/test-answers.ts";

/** Proof as rows of the catalog: plain data that a thread sends to another. */
export interface KeptProof {
  /** Seconds that it took, once the rules were read. */
  readonly seconds: number;
  readonly sources: readonly ReadTests[];
  readonly tests: readonly KeptTest[];
  readonly outcomes: readonly KeptOutcome[];
  readonly rules: readonly ProvedRule[];
}

/** An upstream of tests, as it was read. */
export interface ReadTests {
  readonly id: string;
  readonly files: number;
  readonly tests: number;
  readonly failures: readonly ReadFailure[];
}

export interface KeptTest extends Omit<AtomicTest, "inputs" | "executor" | "prerequisites"> {
  readonly corpus: string;
  readonly shell: AtomicTest["executor"]["shell"];
  readonly elevated: boolean;
  readonly command: string;
  readonly cleanup: string;
  readonly prerequisites: readonly TestPrerequisite[];
  readonly events: number;
  /** JSON of the derived events. */
  readonly eventsJson: string;
  readonly kinds: Readonly<Record<string, number>>;
  readonly unshown: readonly string[];
  /** Rules that fire on its events. */
  readonly fired: number;
}

export interface KeptOutcome extends Pick<RuleTest, "rule" | "test" | "linked" | "outcome" | "event"> {
  readonly kind: string | null;
  readonly certainty: DerivedEvent["certainty"] | null;
  readonly reasonsJson: string;
  readonly reasons: number;
}

export interface ProvedRule {
  /** `sigma:<uuid>`. */
  readonly rule: string;
  readonly fired: number;
  readonly silent: number;
  readonly notRun: string | null;
  readonly notShown: string | null;
}

/** What is kept of one outcome; a value of an event may be a whole script. `before`: characters in front of what was asked. */
const most = { because: 12, failed: 5, characters: 300, before: 60 } as const;

/** Runs the rules on the tests of all upstreams that are there. The rules have passed `nameRule`. */
export function proveAndKeep(
  corporaFolder: string | null,
  rules: readonly AnalysedRule[],
  onTest: (done: number, total: number) => void,
): KeptProof {
  const started = performance.now();
  const { sources, tests, corpusOf } = readTests(corporaFolder);
  if (tests.length === 0) return { sources, tests: [], outcomes: [], rules: [], seconds: 0 };
  const tables = emulationTables();
  const folded = foldTechniques(foldOnto(embeddedAttack(), attackVersions()), rules, tests);
  const related = openRuleNames(folded.rules);
  const proof = prove({ ...folded, knowledge: matchingKnowledge(), tables, related, onTest });
  return {
    sources,
    ...rowsOf(proof, corpusOf, new Map(tests.map((one) => [one.guid, one.technique]))),
    rules: provedRules(proof, rules, tables.notShown),
    seconds: Math.round((performance.now() - started) / 10) / 100,
  };
}

/**
 * Rules and tests name techniques by the ids of several versions of ATT&CK. Which one they are told in matters nothing, as
 * long as it is one.
 */
function foldTechniques(
  fold: AttackFold,
  rules: readonly AnalysedRule[],
  tests: readonly AtomicTest[],
): { readonly rules: readonly AnalysedRule[]; readonly tests: readonly AtomicTest[] } {
  const inForce = (id: string): string => fold.technique(id) ?? id;
  return {
    tests: tests.map((one) => ({ ...one, technique: inForce(one.technique) })),
    rules: rules.map((rule) => {
      const attack = rule.document.attack.map((tag) =>
        tag.kind === "technique" ? { ...tag, id: inForce(tag.id) } : tag,
      );
      return { ...rule, document: { ...rule.document, attack } };
    }),
  };
}

function readTests(corporaFolder: string | null): {
  readonly sources: readonly ReadTests[];
  readonly tests: readonly AtomicTest[];
  readonly corpusOf: ReadonlyMap<string, string>;
} {
  const sources: ReadTests[] = [];
  const tests: AtomicTest[] = [];
  const corpusOf = new Map<string, string>();
  for (const source of emulationSources) {
    const home = join(corporaFolder ?? "", source.id);
    if (corporaFolder === null || !existsSync(home)) continue;
    const { files, items } = source.read(home);
    const failures: ReadFailure[] = [];
    const before = tests.length;
    for (const item of items) {
      if (item.type === "failure") failures.push(item.failure);
      else if (!corpusOf.has(item.test.guid)) {
        corpusOf.set(item.test.guid, source.id);
        tests.push(item.test);
      }
    }
    sources.push({ id: source.id, files, tests: tests.length - before, failures });
  }
  return { sources, tests, corpusOf };
}

function rowsOf(
  { tests, outcomes }: Proof,
  corpusOf: ReadonlyMap<string, string>,
  asNamed: ReadonlyMap<string, string>,
): Pick<KeptProof, "tests" | "outcomes"> {
  const fired = firedBy(outcomes, (one) => one.test);
  const events = new Map(tests.map((one) => [one.test.guid, one.telemetry.events]));
  return {
    tests: tests.map(({ test, telemetry }) => {
      const { inputs: _, executor, prerequisites, ...known } = test;
      const filled = fillInputs(test);
      const kinds: Record<string, number> = {};
      for (const { kind } of telemetry.events) kinds[kind] = (kinds[kind] ?? 0) + 1;
      return {
        ...known,
        technique: asNamed.get(test.guid) ?? test.technique,
        corpus: corpusOf.get(test.guid) ?? "",
        shell: executor.shell,
        elevated: executor.elevated,
        command: telemetry.command,
        cleanup: filled.cleanup,
        prerequisites: filled.prerequisites.map((one, index) => ({
          description: prerequisites[index]?.description ?? "",
          ...one,
        })),
        events: telemetry.events.length,
        eventsJson: JSON.stringify(telemetry.events),
        kinds,
        unshown: telemetry.unshown,
        fired: fired.get(test.guid) ?? 0,
      };
    }),
    outcomes: outcomes.map((one) => keptOutcome(one, events.get(one.test)?.[one.event ?? -1])),
  };
}

function keptOutcome(one: RuleTest, event: DerivedEvent | undefined): KeptOutcome {
  const { rule, test, linked, outcome } = one;
  const reasons =
    outcome === "fired"
      ? one.because.slice(0, most.because).map(shortBecause)
      : one.failed.slice(0, most.failed).map(shortFailed);
  return {
    rule,
    test,
    linked,
    outcome,
    event: one.event,
    kind: event?.kind ?? null,
    certainty: event?.certainty ?? null,
    reasonsJson: JSON.stringify(reasons),
    reasons: outcome === "fired" ? one.because.length : one.failed.length,
  };
}

/** Of a long value the part around what the rule asks for. */
function shortBecause(one: Because): Because {
  const at = Math.max(0, one.value.toLowerCase().indexOf(one.asked.toLowerCase()));
  const from = one.value.length <= most.characters || at < most.before ? 0 : at - most.before;
  const value = `${from === 0 ? "" : "…"}${cut(one.value.slice(from))}`;
  return { ...one, value, asked: cut(one.asked) };
}

function shortFailed({ field, needs, has }: FailedPredicate): FailedPredicate {
  return { field, needs: cut(needs), has: has === null ? null : cut(has) };
}

function cut(text: string): string {
  return text.length > most.characters ? `${text.slice(0, most.characters - 1)}…` : text;
}

/** Outcomes with effect, by the rule or by the test. */
function firedBy(outcomes: readonly RuleTest[], keyOf: (one: RuleTest) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of outcomes) {
    if (one.outcome === "fired") counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  }
  return counts;
}

function provedRules(
  { outcomes, silent, notRun }: Proof,
  rules: readonly AnalysedRule[],
  notShown: Readonly<Record<string, string>>,
): readonly ProvedRule[] {
  const fired = firedBy(outcomes, (one) => one.rule);
  const why = new Map(notRun.map((one) => [one.rule, one.why]));
  return rules.map(({ document }) => {
    const rule = `${document.corpus}:${document.id}`;
    const said = Object.hasOwn(notShown, document.id) ? notShown[document.id] : undefined;
    return {
      rule,
      fired: fired.get(rule) ?? 0,
      silent: silent.get(rule) ?? 0,
      notRun: why.get(rule) ?? null,
      notShown: said ?? null,
    };
  });
}
