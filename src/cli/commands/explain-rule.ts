import { matchingKnowledge } from "../../corpora/content/matching/index.ts";
import type { LogFile } from "../../hunt/log-files/find-logs.ts";
import { readLog } from "../../hunt/log-files/read-log.ts";
import type { AnalysedRule } from "../../languages/analyse.ts";
import { openEngine } from "../../matching/open-engine.ts";
import { type ExitCode, exitCodes, Stop, wrongUsage } from "../exit.ts";
import { openExplanations } from "../hits/explanation-page.ts";
import { openFaultLines } from "../hits/fault-lines.ts";
import { onInterrupt } from "../interrupt.ts";
import type { RuleChoice } from "../rule-choice.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ExplainOptions {
  /** Id, `<corpus>:<id>`, name or title of a rule. */
  readonly explain: string;
  readonly choice: RuleChoice;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly format?: string;
  readonly anyLog?: boolean;
  readonly json?: boolean;
}

/** Says which predicates of one rule fail on the events: why it did not fire, or on how many it did. */
export async function explainRule(
  terminal: Terminal,
  files: readonly LogFile[],
  options: ExplainOptions,
): Promise<ExitCode> {
  const { choice, format, stdin } = options;
  const rule = ruleCalled(options.explain, [...choice.rules, ...choice.others]);
  const { corpus, id, title } = rule.document;
  const anyLog = options.anyLog === true;
  const engine = openEngine(matchingKnowledge(), [rule], { related: choice.related, anyLog });
  const [refused] = engine.notRun;
  if (refused !== undefined) throw new Stop(`${title} cannot run: ${refused.why}`, exitCodes.inputHasErrors);
  const explanations = openExplanations();
  const faults = openFaultLines();
  const interrupt = onInterrupt();
  const reading = { stdin, signal: interrupt.signal, ...(format === undefined ? {} : { format }) };
  try {
    for (const file of files) {
      for await (const { batch } of readLog(file, reading)) {
        for (const { number: record, data } of batch.records) {
          const found = engine.explain(`${corpus}:${id}`, data);
          if (found === null) continue;
          const place = { file: file.path, record };
          explanations.add(found, place);
          if (options.json === true) terminal.printJsonLine({ rule: `${corpus}:${id}`, ...place, ...found });
        }
        for (const fault of batch.faults) {
          const line = fault.code === "file-skipped" ? null : faults.line(file.path, fault);
          if (line !== null) terminal.say(line);
        }
        await terminal.settled();
      }
    }
  } finally {
    interrupt.release();
  }
  for (const line of faults.rest()) terminal.say(line);
  if (options.json !== true) terminal.print(explanations.page(`${title} (${corpus}:${id})`, terminal));
  return interrupt.signal.aborted ? exitCodes.interrupted : exitCodes.done;
}

function ruleCalled(name: string, rules: readonly AnalysedRule[]): AnalysedRule {
  const small = name.toLowerCase();
  const found = rules.find(({ document: { corpus, id, title, facts } }) =>
    [`${corpus}:${id}`, id, title, facts.name].some((one) => one?.toLowerCase() === small),
  );
  if (found === undefined) throw wrongUsage(printable(`None of the rules is called ${name}.`));
  return found;
}
