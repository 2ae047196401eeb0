import type {
  DetectionPackage,
  PackageDetection,
  PackageTest,
  Source,
  TuningKnob,
} from "../../../packages/detection-package.ts";
import type { PackageOverview, PlatformState } from "../../../packages/overview.ts";

/** Parts of a package that was made up for tests. `say` marks every text, so that tests see whether one gets through. */
export function madePackage(say: (text: string) => string = (text) => text): DetectionPackage {
  const source = (rest: Partial<Source> = {}): Source => ({
    corpus: "detectionary",
    rule: null,
    title: say("Package T1053.005"),
    authors: [],
    licence: say("Apache-2.0"),
    url: null,
    ...rest,
  });
  const upstream = source({
    corpus: "elastic",
    rule: "elastic:11111111-2222-4333-8444-555555555555",
    title: say("A scheduled task was created"),
    authors: [say("A. Author"), say("Elastic")],
    licence: say("Elastic License 2.0"),
    url: "https://rules.example/task.toml",
  });
  const detection = (rest: Partial<PackageDetection>): PackageDetection => ({
    id: "detectionary:t1",
    technique: "T1053.005",
    title: say("Task runs an interpreter"),
    description: say("A task whose action is an **interpreter**."),
    source: source(),
    native: false,
    language: "eql",
    query: say('process where process.name == "schtasks.exe" // one\n  and process.args : "/create"'),
    verdict: "approximated",
    report: [
      {
        part: say("CommandLine contains /create"),
        verdict: "approximated",
        code: "words",
        why: say("It finds words."),
      },
      { part: "Image", verdict: "exact", code: null, why: "" },
    ],
    severity: "high",
    score: {
      total: 78,
      parts: [
        { name: say("Proof"), points: 20, most: 25, why: say("Fires on one of two tests.") },
        { name: "Maturity", points: 58, most: 75, why: "Written and kept by us." },
      ],
    },
    catches: say("Tasks made by schtasks."),
    leavesOut: say("Tasks made over COM."),
    logSources: ["windows.process_creation", "windows.unknown"],
    firesOn: ["run-key"],
    ...rest,
  });
  const knob = (rest: Partial<TuningKnob>): TuningKnob => ({
    id: "admin-hosts",
    title: say("Hosts of administrators"),
    why: say("They make tasks all day."),
    detections: ["detectionary:t1"],
    kind: "exclude",
    value: say("PAW-01"),
    example: say("PAW-02"),
    paste: null,
    rules: 0,
    sources: [],
    ...rest,
  });
  const test = (rest: Partial<PackageTest>): PackageTest => ({
    id: "run-key",
    title: say("Make a task"),
    targets: ["windows"],
    behaviour: say("Makes a task that runs *calc*."),
    shell: "cmd",
    elevated: true,
    prerequisites: [say("A folder C:\\Lab")],
    command: say("schtasks /create /tn lab /tr calc.exe"),
    cleanup: say("schtasks /delete /tn lab /f"),
    signals: [
      {
        event: say("Sysmon 1: process creation"),
        fields: { [say("Image")]: say("C:\\Windows\\System32\\schtasks.exe"), EventID: 1 },
        certainty: "certain",
      },
    ],
    fires: ["detectionary:t1"],
    proof: { engine: say("the matching engine"), date: "2026-11-30T03:00:00Z", events: 4 },
    source: source(),
    ...rest,
  });
  return {
    technique: {
      id: "T1053.005",
      name: say("Scheduled Task"),
      tactics: [{ id: "TA0002", name: "Execution", shortName: "execution" }],
    },
    platform: { id: "elastic", title: say("Elastic Security"), language: "eql" },
    origin: "authored",
    absence: null,
    description: [
      { text: say("Tasks outlive a reboot. **That** is the point."), source: source() },
      { text: say("Others say the same."), source: upstream },
    ],
    severity: { level: "high", why: say("It gives lasting access.") },
    confidence: { level: "medium", why: say("Installers do it, too.") },
    detections: [
      detection({}),
      detection({
        id: upstream.rule ?? "",
        title: upstream.title,
        source: upstream,
        native: true,
        verdict: "exact",
        report: [],
        catches: null,
        leavesOut: null,
        firesOn: [],
      }),
    ],
    candidates: 41,
    borrowed: say("Only one rule detects T1053.005 itself here."),
    needs: [
      {
        id: "windows.process_creation",
        title: say("Process creation"),
        places: [say("logs-endpoint.events.process-*")],
        settings: [say("Audit Process Creation, with the command line")],
        events: [
          { provider: "Microsoft-Windows-Sysmon", id: "1", title: "Process creation" },
          { provider: say("Nobody"), id: "7", title: say("Unknown") },
        ],
        detections: ["detectionary:t1"],
      },
    ],
    falsePositives: [
      {
        text: say("Installers make tasks."),
        tell: say("Their parent is signed."),
        knob: "admin-hosts",
        sources: [upstream],
      },
      { text: say("Backups."), tell: null, knob: null, sources: [] },
    ],
    knobs: [
      knob({}),
      knob({ id: "count", title: say("Tasks an hour"), kind: "threshold", value: "5", example: "10" }),
      knob({
        id: "left-out",
        title: say("Tasks of the updater"),
        paste: say('not process.parent.name == "updater.exe"'),
        rules: 7,
        sources: [upstream],
      }),
    ],
    tests: [
      test({}),
      test({
        id: "unrun",
        title: say("Make a task by hand"),
        shell: "manual",
        cleanup: "",
        fires: [],
        proof: null,
        signals: [],
      }),
    ],
    setup: [{ title: say("Setup"), text: say("Switch on auditing."), queries: [], source: upstream }],
    investigation: [
      {
        title: say("Who made the task?"),
        text: say("Look at the `SubjectUserName`."),
        queries: [{ title: say("Tasks of the user"), query: say('any where user.name == "a"') }],
        source: source(),
      },
      { title: say("Triage"), text: say("Ask the owner."), queries: [], source: upstream },
    ],
    response: [{ title: say("Contain"), text: say("1. Disable the task."), queries: [], source: source() }],
    references: [
      { url: "https://good.example/tasks", title: say("Tasks"), sources: [upstream, source()] },
      { url: "javascript:alert(1)", title: null, sources: [upstream] },
    ],
    others: [
      { id: "splunk", title: "Splunk", detections: 3, absence: null },
      { id: "qradar", title: "QRadar", detections: 0, absence: "no-log-source" },
    ],
  };
}

/** The same where nothing is known. */
export function madeAbsence(): DetectionPackage {
  return {
    ...madePackage(),
    origin: "none",
    absence: {
      code: "no-rule",
      why: "No collection has a rule for it.",
      nearest: [{ technique: "T1053", platform: "elastic", title: "Scheduled Task/Job in Elastic Security" }],
    },
    severity: null,
    confidence: null,
    detections: [],
    candidates: 0,
    needs: [],
    falsePositives: [],
    knobs: [],
    tests: [],
    borrowed: null,
    setup: [],
    investigation: [],
    response: [],
    references: [],
  };
}

/** Two techniques on three platforms. */
export function madeCounts(): PackageOverview {
  const none: Omit<PlatformState, "id"> = {
    origin: "none",
    detections: 0,
    native: 0,
    best: null,
    absence: "no-rule",
    severity: null,
    proved: 0,
    logs: [],
  };
  const some = { ...none, origin: "composed", detections: 2, best: 61.4, absence: null, severity: "low" } as const;
  const [process, registry] = ["Process", "Registry"];
  return {
    packages: 2,
    platforms: [
      { id: "elastic", title: "Elastic Security", packages: 2, authored: 1, native: 1, absent: {} },
      { id: "splunk", title: "Splunk", packages: 1, authored: 0, native: 0, absent: { "no-rule": 1 } },
      {
        id: "qradar",
        title: "QRadar",
        packages: 0,
        authored: 0,
        native: 0,
        absent: { "no-rule": 1, "no-log-source": 1 },
      },
    ],
    techniques: [
      {
        id: "T1001",
        name: "The First",
        parent: null,
        platforms: [
          { ...some, id: "elastic", origin: "authored", native: 1, severity: "high", proved: 1, logs: [process] },
          { ...some, id: "splunk", logs: [process] },
          { ...none, id: "qradar" },
        ],
      },
      {
        id: "T1002",
        name: "The Second",
        parent: null,
        platforms: [
          { ...some, id: "elastic", logs: [registry] },
          { ...none, id: "splunk" },
          { ...none, id: "qradar", absence: "no-log-source" },
        ],
      },
    ],
  };
}
