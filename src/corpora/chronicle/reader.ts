import type { Diagnostic } from "../../kit/diagnostic.ts";
import { lineStarts, positionAt } from "../../kit/span.ts";
import { parse } from "../../languages/yara-l/index.ts";
import type { RuleQuery } from "../../rule/document.ts";
import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles } from "../files.ts";
import { githubFile } from "../github.ts";
import { readingOf } from "../reading.ts";
import { ruleDocument } from "./document.ts";

const repository = "https://github.com/chronicle/detection-rules";

/** Google's rules for Google Security Operations (Chronicle), in YARA-L 2.0. */
export const chronicleReader: CorpusReader = {
  id: "chronicle",
  name: "Google Security Operations",
  repository,
  fileUrl: githubFile(repository),
  licence: "Apache-2.0",
  read: (folder) => {
    const paths = listFiles(folder, "rules", [".yaral", ".yara-l"]);
    return readingOf(folder, paths, readYaraLFile);
  },
};

/** The rules of one file, wherever it stands. */
export function readYaraLFile(path: string, text: string): readonly CorpusItem[] {
  const start = firstWord(text);
  const body = text.slice(start);
  const parsed = parse(body);
  const lines = lineStarts(text);
  const { rules } = parsed.ast;
  if (rules.length === 0) return [notARule(path, lines, start, parsed.diagnostics)];
  return rules.map((rule): CorpusItem => {
    const whole = rules.length === 1;
    const part = whole ? body : body.slice(rule.span.start, rule.span.end);
    const offset = whole ? start : start + rule.span.start;
    const query: RuleQuery = {
      role: "main",
      language: "yara-l",
      text: part,
      offset,
      line: positionAt(lines, offset).line,
      parsed: whole ? parsed : parse(part),
    };
    return { type: "rule", rule: ruleDocument(path, text, rule, query) };
  });
}

function notARule(path: string, lines: readonly number[], start: number, problems: readonly Diagnostic[]): CorpusItem {
  const cause = problems.find((one) => one.severity === "error");
  const line = positionAt(lines, start + (cause?.span.start ?? 0)).line;
  const message = "Expected a rule: `rule name { … }`.";
  return { type: "failure", failure: { path, line, code: "chronicle/not-a-rule", message } };
}

/** Where the text begins after its comments: a licence stands above most rules, and is no part of the query. */
function firstWord(text: string): number {
  let at = 0;
  for (;;) {
    while (at < text.length && text.charCodeAt(at) <= 32) at++;
    const close = text.startsWith("//", at) ? "\n" : text.startsWith("/*", at) ? "*/" : null;
    if (close === null) return at;
    const end = text.indexOf(close, at + 2);
    if (end < 0) return at;
    at = end + close.length;
  }
}
