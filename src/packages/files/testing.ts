import { translationKnowledge } from "../../corpora/content/platforms/index.ts";
import { lookupIn, ownRules } from "../../corpora/content/platforms/own-rules.testing.ts";
import type { Platform } from "../../platforms/platform.ts";
import { openTranslator, type Translator } from "../../platforms/translate.ts";
import type { DetectionPackage, PackageDetection, Source } from "../detection-package.ts";

export const ours: Source = {
  corpus: "detectionary",
  rule: "detectionary:one",
  title: "Detectionary",
  authors: ["Detectionary authors"],
  licence: "Apache-2.0",
  url: "https://example.org/rules/one.yml",
};

/** A package with a part of every kind; `over` replaces some. */
export function madePackage(platform: Platform, over: Partial<DetectionPackage> = {}): DetectionPackage {
  const detections = over.detections ?? [];
  const ids = detections.map(({ id }) => id);
  return {
    technique: {
      id: "T1053.005",
      name: "Scheduled Task",
      tactics: [
        { id: "TA0002", name: "Execution", shortName: "execution" },
        { id: "TA0003", name: "Persistence", shortName: "persistence" },
      ],
    },
    platform: { id: platform.id, title: platform.title, language: platform.language ?? platform.id },
    origin: "composed",
    absence: null,
    description: [{ text: "Tasks run programs later.\n\n## Why\n\nThey outlive a restart.", source: ours }],
    severity: { level: "medium", why: "Tasks are common." },
    confidence: { level: "high", why: "It was proved." },
    candidates: 40,
    borrowed: null,
    setup: [{ title: "Process events", text: "Switch them on.", queries: [], source: ours }],
    needs: [
      {
        id: "windows.process_creation",
        title: "Process creation on Windows",
        places: ["logs-endpoint.events.process-*"],
        settings: ["Install Sysmon."],
        events: [{ provider: "Sysmon", id: "1", title: "Process creation" }],
        detections: ids,
      },
    ],
    falsePositives: [
      { text: "Installers make tasks.", tell: "They run from a folder of programs.", knob: "paths", sources: [ours] },
    ],
    knobs: [
      {
        id: "paths",
        title: "Known installers",
        why: "They make tasks every day.",
        detections: ids,
        kind: "exclude",
        value: "",
        example: "C:\\Tools\\setup.exe",
        paste: "not x",
        rules: 3,
        sources: [ours],
      },
    ],
    tests: [
      {
        id: "42f53695-ad4a-4546-abb6-7d837f644a71",
        title: "A task at logon",
        targets: ["windows"],
        behaviour: "Makes a task.",
        shell: "cmd",
        elevated: true,
        prerequisites: ["A machine made for it"],
        command: 'schtasks /create /tn one /tr "cmd.exe /c calc.exe" /sc onlogon\n',
        cleanup: "schtasks /delete /tn one /f",
        signals: [{ event: "Sysmon 1", fields: { Image: "schtasks.exe" }, certainty: "certain" }],
        fires: ids.slice(0, 1),
        proof: { engine: "Detectionary", date: "2026-03-01", events: 3 },
        source: ours,
      },
    ],
    investigation: [
      {
        title: "Who made it?",
        text: "Look at the `user`.",
        queries: [{ title: "All of them", query: "x = 1" }],
        source: ours,
      },
    ],
    response: [{ title: "Contain", text: "- Isolate the machine.", queries: [], source: ours }],
    references: [{ url: "https://example.org/a?b=1", title: "A page", sources: [ours] }],
    others: [],
    ...over,
    detections,
  };
}

export function madeDetection(over: Partial<PackageDetection> = {}): PackageDetection {
  return {
    id: "sigma:b3f3b2f5-5f0f-4a57-9a0e-1f3b2a9e6d11",
    technique: "T1053.005",
    title: "A task was made",
    description: "Somebody made a task.",
    source: ours,
    native: false,
    language: "kuery",
    query: "a : b",
    verdict: "exact",
    report: [],
    severity: "high",
    score: { total: 70, parts: [{ name: "proof", points: 70, most: 100, why: "It fires." }] },
    catches: "Tasks.",
    leavesOut: "Other things.",
    logSources: ["windows.process_creation"],
    firesOn: [],
    ...over,
  };
}

/** Our own rules as detections of a platform: single events, counts and sequences, as far as the platform can say them. */
export function translatedPackage(platform: Platform): DetectionPackage {
  const { rules, translator } = opened();
  // Names of searches are unique within a file: of several rules of one title the first stays.
  const distinct = new Map([...rules.values()].map((rule) => [rule.document.title, rule] as const).toReversed());
  const detections = [...distinct.values()].toReversed().flatMap((rule): readonly PackageDetection[] => {
    const { query, verdict, report, logSources } = translator.translate(rule, platform);
    if (query === null || verdict === "not-expressible") return [];
    const { document } = rule;
    const { corpus, id, title, description, severity } = document;
    const language = platform.language ?? platform.id;
    const source = { ...ours, rule: `${corpus}:${id}`, title };
    const made = {
      id: `${corpus}:${id}`,
      title,
      description,
      severity,
      language,
      query,
      verdict,
      report,
      logSources,
      source,
    };
    return [madeDetection(made)];
  });
  return madePackage(platform, { detections });
}

let kept: { readonly rules: ReturnType<typeof ownRules>; readonly translator: Translator } | null = null;

function opened(): NonNullable<typeof kept> {
  if (kept !== null) return kept;
  const rules = ownRules();
  kept = { rules, translator: openTranslator(translationKnowledge(), { related: lookupIn(rules.values()) }) };
  return kept;
}
