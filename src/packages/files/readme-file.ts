import type { DetectionPackage, LogNeed, PackageDetection, PackageTest, TuningKnob } from "../detection-package.ts";
import { cellCode, code, embedded, fence, inline, inlineMarkdown, link } from "../markdown.ts";
import type { PackageFile } from "./package-file.ts";

/** What is in the folder, what it needs, and how it is fitted to a site. `use` says how the platform takes the files in. */
export function readmeFile(one: DetectionPackage, use: readonly string[], paths: readonly string[]): PackageFile {
  const { technique, platform } = one;
  const blocks = [
    `# ${inline(`${technique.id} ${technique.name}`)} for ${inline(platform.title)}`,
    `Tactics: ${technique.tactics.map(({ name }) => inline(name)).join(", ") || "none"}. ${link(`https://attack.mitre.org/techniques/${technique.id.replace(".", "/")}/`)}`,
    ...absence(one),
    ...(one.borrowed === null ? [] : [inline(one.borrowed)]),
    ...one.description.flatMap(({ text, source }) => [
      embedded(text, 2),
      `*${inline(source.title)}, ${inline(source.licence)}*`,
    ]),
    ...judgements(one),
    ...(one.detections.length === 0
      ? []
      : ["## Detections", detectionTable(one), ...one.detections.flatMap(detectionBlocks)]),
    ...section("Files", fileLines(use, paths)),
    ...section("Logs it needs", one.needs.map(needLines)),
    ...section(
      "False positives",
      one.falsePositives.map(
        ({ text, tell }) => `- ${inlineMarkdown(text)}${tell === null ? "" : ` ${inlineMarkdown(tell)}`}`,
      ),
    ),
    ...(one.knobs.length === 0
      ? []
      : ["## Tuning", ...one.knobs.flatMap((knob) => knobBlocks(knob, platform.language))]),
    ...section("Tests", one.tests.map(testLine)),
    ...section(
      "References",
      one.references.map(({ url, title }) => `- ${link(url, title)}`),
    ),
  ];
  return { path: "README.md", text: `${blocks.join("\n\n")}\n` };
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join("\n")];
}

function absence({ absence }: DetectionPackage): readonly string[] {
  if (absence === null) return [];
  const nearest = absence.nearest.map(
    ({ technique, platform, title }) => `- ${inline(`${technique} on ${platform}: ${title}`)}`,
  );
  return [
    `**There is no detection.** ${inline(absence.why)}`,
    ...(nearest.length === 0 ? [] : [`What comes nearest:\n\n${nearest.join("\n")}`]),
  ];
}

function judgements({ severity, confidence }: DetectionPackage): readonly string[] {
  const lines = [
    ...(severity === null ? [] : [`- Severity: ${severity.level}. ${inline(severity.why)}`]),
    ...(confidence === null ? [] : [`- Confidence: ${confidence.level}. ${inline(confidence.why)}`]),
  ];
  return lines.length === 0 ? [] : [lines.join("\n")];
}

function detectionTable({ detections, candidates }: DetectionPackage): string {
  const rows = detections.map(({ title, severity, score, native, verdict }) => {
    const made = native ? "written for it" : `translated, ${verdict}`;
    return `| ${[inline(title), severity ?? "", `${score.total}`, made].join(" | ")} |`;
  });
  const more = candidates > detections.length ? `\n\nThese are the best of ${candidates}.` : "";
  return `${["| Detection | Severity | Score | Query |", "| --- | --- | --- | --- |", ...rows].join("\n")}${more}`;
}

function detectionBlocks({ title, description, catches, leavesOut, report }: PackageDetection): readonly string[] {
  const approximated = report.filter(({ verdict }) => verdict !== "exact");
  const lines = [
    ...(catches === null ? [] : [`- Catches: ${inline(catches)}`]),
    ...(leavesOut === null ? [] : [`- Leaves out: ${inline(leavesOut)}`]),
    ...approximated.map(
      ({ part, verdict, why }) => `- ${verdict}: ${code(part)}${why === "" ? "" : `: ${inline(why)}`}`,
    ),
  ];
  return [
    `### ${inline(title)}`,
    ...(description.trim() === "" ? [] : [embedded(description, 4)]),
    ...(lines.length === 0 ? [] : [lines.join("\n")]),
  ];
}

/** What each document is for; files of the platform say it themselves. */
const documents: ReadonlyMap<string, string> = new Map([
  ["setup.md", "how the logs are switched on and brought in"],
  ["investigation.md", "how to look into an alert"],
  ["playbook.md", "what to do about it"],
  ["atomic-tests.yaml", "the tests, for runners of Atomic Red Team"],
  ["SOURCES.md", "where each part comes from, and its licence"],
]);

function fileLines(use: readonly string[], paths: readonly string[]): readonly string[] {
  return [
    ...use.filter((line) => isThere(line, paths)).map((line) => `- ${line}`),
    ...paths.flatMap((path) => (documents.has(path) ? [`- \`${path}\`: ${documents.get(path)}.`] : [])),
  ];
}

/** A line on files begins with their path in back quotes, in which a star stands for any name. */
function isThere(line: string, paths: readonly string[]): boolean {
  const [, named = ""] = /^`([^`*]*)/u.exec(line) ?? [];
  return paths.some((path) => path.startsWith(named));
}

function needLines({ title, places, settings, events }: LogNeed): string {
  return [
    `- ${inline(title)}${places.length === 0 ? "" : `: ${places.map(code).join(", ")}`}`,
    ...settings.map((one) => `  - ${inline(one)}`),
    ...events.map(({ provider, id, title: event }) => `  - ${inline(`${provider} ${id}: ${event}`)}`),
  ].join("\n");
}

function knobBlocks({ title, why, value, example, paste, rules }: TuningKnob, language: string): readonly string[] {
  const lines = [
    ...(value === "" ? [] : [`- Set to: ${code(value)}`]),
    ...(example === "" ? [] : [`- Example: ${code(example)}`]),
    ...(rules === 0 ? [] : [`- ${rules} ${rules === 1 ? "rule leaves" : "rules leave"} this out.`]),
  ];
  return [
    `### ${inline(title)}`,
    ...(why === "" ? [] : [inline(why)]),
    ...(lines.length === 0 ? [] : [lines.join("\n")]),
    ...(paste === null ? [] : ["Into the query:", fence(paste, language)]),
  ];
}

function testLine({ id, title, targets, fires, proof }: PackageTest): string {
  const count = fires.length === 0 ? "no" : fires.length === 1 ? "one" : String(fires.length);
  const shown = `${count} ${fires.length < 2 ? "detection fires" : "detections fire"}`;
  const proved = proof === null ? "not run" : `run on ${inline(proof.engine)}, ${inline(proof.date)}: ${shown}`;
  return `- ${inline(title)} (${inline(targets.join(", "))}, ${cellCode(id)}): ${proved}.`;
}
