import type { ProofAnswer, TechniqueTest, TestAnswer } from "../../catalog/queries/test-answers.ts";
import type { FailedPredicate } from "../../hunt/proof/prove.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import type { Because } from "../../matching/hit.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { facts, firstParagraph, more, prose, section } from "./parts.ts";

/** Rows of each list without `--all`. */
const rowsShown = { events: 20, fired: 20, silent: 10 } as const;

/** Reasons named in one row. */
const mostReasons = 2;

/** Longest value in a reason. */
const longest = 80;

export function testPage(test: TestAnswer, terminal: Terminal, all: boolean): string {
  const { style, width } = terminal;
  const limit = (list: keyof typeof rowsShown): number => (all ? Number.POSITIVE_INFINITY : rowsShown[list]);
  const events = test.derived.slice(0, limit("events"));
  const fired = test.rulesFired.slice(0, limit("fired"));
  const silent = test.rulesSilent.slice(0, limit("silent"));
  const right = { title: "event", align: "right" as const };
  return [
    `${style("bold", `${test.technique}-${test.number}  ${test.name}`)}\n`,
    facts(
      [
        ["guid", test.guid],
        ["technique", test.stands === null ? null : `${test.stands.id} ${test.stands.name}`],
        ["runs on", runsOn(test)],
        ["rules", `${formatNumber(test.fired)} fire`],
        ["source", `${test.source.name}, ${test.source.licence}, ${test.source.url ?? test.source.path}`],
      ],
      style,
    ),
    test.description.trim() === "" ? "" : `\n${prose(firstParagraph(test.description), terminal)}`,
    section(test.shell === "manual" ? "Steps" : "Command", `${indented(test.command)}\n`, style),
    section(
      "Events that it must leave",
      events.length === 0
        ? ""
        : table(
            [right, { title: "log" }, { title: "certainty" }, { title: "why", flexible: true }],
            events.map((one, index) => [String(index + 1), one.kind, one.certainty, one.why]),
            width,
            style,
          ) + more(events.length, test.derived.length),
      style,
    ),
    section("What no event here shows", test.unshown.map((one) => `  ${one}\n`).join(""), style),
    section(
      "Rules that fire",
      fired.length === 0
        ? ""
        : table(
            [{ title: "rule" }, { title: "title", flexible: true }, right, { title: "because", flexible: true }],
            fired.map((one) => [
              `${one.rule.corpus}/${one.rule.slug}`,
              one.rule.title,
              eventNumber(one.event),
              becauseWords(one.because),
            ]),
            width,
            style,
          ) + more(fired.length, test.rulesFired.length),
      style,
    ),
    section(
      "Rules that stay silent",
      silent.length === 0
        ? ""
        : table(
            [{ title: "rule" }, { title: "title", flexible: true }, right, { title: "lacks", flexible: true }],
            silent.map((one) => [
              `${one.rule.corpus}/${one.rule.slug}`,
              one.rule.title,
              eventNumber(one.event),
              lackWords(one),
            ]),
            width,
            style,
          ) + more(silent.length, test.rulesSilent.length),
      style,
    ),
    section("Cleanup", test.cleanup.trim() === "" ? "" : `${indented(test.cleanup)}\n`, style),
  ].join("");
}

/** What tests say of one rule. */
export function proofLines({ counts, notRun, notShown, fired, silent }: ProofAnswer, terminal: Terminal): string {
  if (notRun !== null) return prose(`Our engine cannot run this rule: ${notRun}`, terminal);
  const exercised = counts.fired + counts.silent;
  const summary =
    exercised === 0
      ? "No test exercises it.\n"
      : `Exercised by ${counted(exercised, "test")}, fires on ${formatNumber(counts.fired)}.\n`;
  const columns = [
    { title: "" },
    { title: "test" },
    { title: "name", flexible: true },
    { title: "why", flexible: true },
  ];
  const rows = [
    ...fired
      .slice(0, rowsShown.fired)
      .map((one) => ["fires", idOf(one.test), one.test.name, becauseWords(one.because)]),
    ...silent.slice(0, rowsShown.silent).map((one) => ["silent", idOf(one.test), one.test.name, lackWords(one)]),
  ];
  return [
    summary,
    notShown === null ? "" : prose(notShown, terminal),
    rows.length === 0 ? "" : table(columns, rows, terminal.width, terminal.style),
    more(rows.length, fired.length + silent.length, exercised),
  ].join("");
}

/** Tests of a technique. */
export function testRows(tests: readonly TechniqueTest[], limit: number, { width, style }: Terminal): string {
  const rows = tests.slice(0, limit);
  if (rows.length === 0) return "";
  const columns = [
    { title: "test" },
    { title: "name", flexible: true },
    { title: "runs on" },
    { title: "events", align: "right" as const },
    { title: "rules fire", align: "right" as const },
  ];
  const cells = rows.map((one) => [
    idOf(one),
    one.name,
    runsOn(one),
    formatNumber(one.events),
    formatNumber(one.fired),
  ]);
  return table(columns, cells, width, style) + more(rows.length, tests.length);
}

function idOf({ technique, number }: Pick<TechniqueTest, "technique" | "number">): string {
  return `${technique}-${number}`;
}

function runsOn({ platforms, shell, elevated }: Pick<TechniqueTest, "platforms" | "shell" | "elevated">): string {
  return `${platforms.join(", ")}: ${shell === "manual" ? "by hand" : shell}${elevated ? ", elevated" : ""}`;
}

function eventNumber(event: number | null): string {
  return event === null ? "" : String(event + 1);
}

function becauseWords(because: readonly Because[]): string {
  return because
    .slice(0, mostReasons)
    .map(({ field, operator, asked, negated }) =>
      [field ?? "the event", negated ? "not" : "", operator.replaceAll("_", " "), short(asked)]
        .filter((one) => one !== "")
        .join(" "),
    )
    .join("; ");
}

function lackWords({
  event,
  failed,
}: {
  readonly event: number | null;
  readonly failed: readonly FailedPredicate[];
}): string {
  if (event === null) return "the test leaves no event in a log that the rule reads";
  return failed
    .slice(0, mostReasons)
    .map(({ needs, has }) => `needs ${short(needs)}, has ${has === null || has === "" ? "none" : short(has)}`)
    .join("; ");
}

function short(text: string): string {
  const line = text.replace(/\s+/gu, " ");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
