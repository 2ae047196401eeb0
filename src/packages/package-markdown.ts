import { counted } from "../kit/numbers.ts";
import type {
  DetectionPackage,
  Guide,
  PackageDetection,
  PackageTest,
  Source,
  TuningKnob,
} from "./detection-package.ts";
import { code, fence, inline, link } from "./markdown.ts";
import { oneLine } from "./plain-text.ts";

/** A package as a page of Markdown. Texts of other authors stand in it as they wrote them, each with its source. */
export function packageMarkdown(one: DetectionPackage): string {
  const { technique, platform } = one;
  const blocks = [
    `# Detect ${technique.id} ${technique.name} on ${platform.title}`,
    tactics(one),
    absence(one),
    ...one.description.map(({ text, source }) => `${text}\n\n${from(source)}`),
    judgements(one),
    one.borrowed === null ? "" : one.borrowed,
    part("Detections", countWords(one), one.detections.map(detection)),
    part("What has to be collected", "", [one.needs.map(need).join("\n")]),
    part("False positives", "", [one.falsePositives.map(falsePositive).join("\n")]),
    part(
      "Tuning",
      tuningWords(one.knobs),
      one.knobs.map((knob) => tuning(knob, platform.language)),
    ),
    part("Tests", "", one.tests.map(test)),
    part("Setup", "", one.setup.map(guide)),
    part("Investigation", "", one.investigation.map(guide)),
    part("Response", "", one.response.map(guide)),
    part("References", "", [one.references.map(({ url, title }) => `- ${link(url, title)}`).join("\n")]),
    part("Other platforms", "", [one.others.map(other).join("\n")]),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function part(title: string, introduction: string, bodies: readonly string[]): string {
  const told = bodies.filter((body) => body.trim() !== "");
  if (told.length === 0) return "";
  return [`## ${title}`, introduction, ...told].filter((block) => block !== "").join("\n\n");
}

function tactics({ technique }: DetectionPackage): string {
  return technique.tactics.length === 0 ? "" : `Tactics: ${technique.tactics.map((one) => one.name).join(", ")}.`;
}

function absence(one: DetectionPackage): string {
  if (one.absence === null) return "";
  const nearest = one.absence.nearest.map(({ title, technique, platform }) => `- ${title} (${technique}, ${platform})`);
  const near = nearest.length === 0 ? "" : `\n\nNearest:\n\n${nearest.join("\n")}`;
  return `There is no detection: ${one.absence.why}${near}`;
}

function judgements({ severity, confidence }: DetectionPackage): string {
  return [
    severity === null ? "" : `- Severity: **${severity.level}**. ${severity.why}`,
    confidence === null ? "" : `- Confidence: **${confidence.level}**. ${confidence.why}`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function countWords({ detections, candidates }: DetectionPackage): string {
  const shown = detections.length;
  return shown < candidates ? `The best ${shown} of ${candidates} rules that detect it here.` : "";
}

function detection(one: PackageDetection): string {
  const made = one.native
    ? "written for this platform"
    : one.verdict === "exact"
      ? "translated exactly"
      : "translated, approximated";
  const facts = [
    `Score ${one.score.total} of 100`,
    one.severity === null ? "" : `severity ${one.severity}`,
    made,
    one.firesOn.length === 0 ? "" : `fires on ${counted(one.firesOn.length, "test")}`,
  ];
  const score = one.score.parts.map(({ name, points, most, why }) => `- ${name} ${points}/${most}: ${why}`);
  const report = one.report.map(({ part: what, why }) => `- ${code(what)}: ${why}`);
  return [
    `### ${one.title}`,
    `${facts.filter((fact) => fact !== "").join(", ")}.`,
    one.description.trim(),
    one.catches === null ? "" : `Catches: ${one.catches}`,
    one.leavesOut === null ? "" : `Leaves out: ${one.leavesOut}`,
    fence(one.query, one.language),
    report.join("\n"),
    score.join("\n"),
    from(one.source),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function need({ title, id, places, settings, events }: DetectionPackage["needs"][number]): string {
  const lines = [
    places.length === 0 ? "" : `  - Where: ${places.map(code).join(", ")}`,
    ...settings.map((one) => `  - Switch on: ${one}`),
    events.length === 0 ? "" : `  - Events: ${events.map(eventWords).join("; ")}`,
  ];
  const name = title === id ? `**${title}**` : `**${title}** (${code(id)})`;
  return [`- ${name}`, ...lines.filter((line) => line !== "")].join("\n");
}

function eventWords({
  provider,
  id,
  title,
}: {
  readonly provider: string;
  readonly id: string;
  readonly title: string;
}) {
  return `${provider} ${id}${title === "" ? "" : `, ${title}`}`;
}

function falsePositive({ text, tell, knob, sources }: DetectionPackage["falsePositives"][number]): string {
  const more = [tell, knob === null ? null : `Knob: ${code(knob)}.`].filter((one) => one !== null).join(" ");
  const told = `${oneLine(text)}${more === "" ? "" : ` ${more}`}`;
  return `- ${told} *${sources.map(sourceWords).join("; ")}*`;
}

function tuningWords(knobs: readonly TuningKnob[]): string {
  return knobs.some((one) => one.paste !== null)
    ? "What stands below is added to a query behind the conditions that choose its events."
    : "";
}

function tuning(knob: TuningKnob, language: string): string {
  return [
    `### ${oneLine(knob.title)}`,
    knob.why,
    knob.paste === null
      ? `Unless set: ${code(knob.value)}; for example ${code(knob.example)}.`
      : fence(knob.paste, language),
    `*Left out by: ${knob.sources.map(sourceWords).join("; ")}*`,
  ].join("\n\n");
}

function test(one: PackageTest): string {
  const facts = `${one.targets.join(", ")}; ${one.shell === "manual" ? "by hand" : one.shell}${one.elevated ? "; elevated" : ""}`;
  const fires =
    one.proof === null
      ? "It leaves nothing that our engine could be run on."
      : one.fires.length === 0
        ? `None of the detections above fires on its ${counted(one.proof.events, "event")}.`
        : `${counted(one.fires.length, "detection")} above ${one.fires.length === 1 ? "fires" : "fire"} on its ${counted(one.proof.events, "event")}.`;
  const signals = one.signals.map(({ event, certainty, fields }) => {
    const known = Object.entries(fields)
      .slice(0, 4)
      .map(([name, value]) => code(`${name}=${oneLine(String(value)).slice(0, 120)}`));
    return `- ${event} (${certainty})${known.length === 0 ? "" : `: ${known.join(", ")}`}`;
  });
  return [
    `### ${oneLine(one.title)}`,
    `${facts}. ${fires}`,
    one.behaviour,
    one.prerequisites.length === 0
      ? ""
      : `Needs:\n\n${one.prerequisites.map((each) => `- ${oneLine(each)}`).join("\n")}`,
    fence(one.command, one.shell === "manual" ? "" : one.shell),
    one.cleanup.trim() === "" ? "" : `Cleanup:\n\n${fence(one.cleanup, one.shell)}`,
    signals.length === 0 ? "" : `Expected signals:\n\n${signals.join("\n")}`,
    from(one.source),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function guide({ title, text, queries, source }: Guide): string {
  const searches = queries.map((one) => `${one.title}:\n\n${fence(one.query, "")}`);
  return [`### ${title}`, text, ...searches, from(source)].filter((block) => block !== "").join("\n\n");
}

function other({ title, detections, absence: code_ }: DetectionPackage["others"][number]): string {
  return `- ${title}: ${detections === 0 ? `none (${code_ ?? "no-rule"})` : counted(detections, "detection")}`;
}

/** A source without its address, for lists. */
function sourceWords({ title, rule, licence }: Source): string {
  return [oneLine(title), rule ?? "", licence].filter((one) => one !== "").join(", ");
}

function from({ title, rule, authors, licence, url }: Source): string {
  const name = rule === null ? title : `${title}, ${rule}`;
  const words = [url === null ? inline(name) : link(url, name), ...authors.map(inline), inline(licence)];
  return `*Source: ${words.filter((one) => one !== "").join(", ")}*`;
}
