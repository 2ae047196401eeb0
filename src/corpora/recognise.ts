import type { CorpusItem } from "./corpus.ts";
import { readRuleOrHunt } from "./elastic/index.ts";
import { readSigmaFile } from "./sigma/index.ts";
import { readDetection } from "./splunk/index.ts";

/** How the files of rules end, in every format that is known. */
export const ruleFileEndings: readonly string[] = [".yml", ".yaml", ".toml"];

interface RuleFormat {
  /** `[rule]` and the like stand for TOML tables, all else for YAML keys; each stands at the start of a line. */
  readonly marks: readonly string[];
  readonly read: (path: string, text: string) => readonly CorpusItem[];
}

/** The first format of which a mark is there is the one; Splunk's `search` also occurs in other files. */
const formats: readonly RuleFormat[] = [
  { marks: ["[rule]", "[hunt]"], read: (path, text) => [readRuleOrHunt(path, text)] },
  { marks: ["detection", "logsource", "correlation"], read: readSigmaFile },
  { marks: ["search"], read: (path, text) => [readDetection(path, text)] },
];

/**
 * Reads one file that may stand anywhere, in whatever format its content shows; null where that is no rule at all. A
 * broken rule is still told by its keys, so that its faults are reported rather than the file passed over.
 */
export function readRuleFile(path: string, text: string): readonly CorpusItem[] | null {
  const marks = new Set(text.match(/^(?:[a-z_]{1,40}(?=[ \t]*:)|\[[a-z]{1,40}\])/gmu));
  const format = formats.find((one) => one.marks.some((mark) => marks.has(mark)));
  return format === undefined ? null : format.read(path, text);
}
