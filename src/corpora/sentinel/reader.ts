import { readYaml } from "../../kit/yaml.ts";
import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles } from "../files.ts";
import { githubFile } from "../github.ts";
import { readingOf } from "../reading.ts";
import { failureOf, yamlObject } from "../yaml-object.ts";
import { isMovedNote, isRule, ruleDocument } from "./document.ts";

const repository = "https://github.com/Azure/Azure-Sentinel";

const codes = { notAMap: "sentinel/not-a-map", moreDocuments: "sentinel/more-documents" } as const;

/** Folders that hold rules alone; of `Solutions`, which hold all sorts of files, those of rules and hunts. */
const folders = ["Detections", "Hunting Queries"] as const;
const ofSolutions = /^Solutions\/[^/]+\/(?:Analytic Rules|Analytical Rules|Hunting Queries)\//u;

/** Microsoft Sentinel's analytic rules and hunting queries, and collections of the same layout. */
export const sentinelReader: CorpusReader = {
  id: "sentinel",
  name: "Microsoft Sentinel",
  repository,
  fileUrl: githubFile(repository),
  licence: "MIT",
  read: (folder) => {
    const endings = [".yaml", ".yml"];
    const paths = [
      ...folders.flatMap((under) => listFiles(folder, under, endings)),
      ...listFiles(folder, "Solutions", endings).filter((path) => ofSolutions.test(path)),
    ];
    return readingOf(folder, paths, (path, text) => {
      const item = readFile(path, text);
      return item === null ? [] : [item];
    });
  },
};

/** One analytic rule or hunting query, wherever it stands. */
export function readSentinelFile(path: string, text: string): CorpusItem {
  return readFile(path, text) ?? notARule(path);
}

/** null for a note that a rule has moved, which says nothing that the rule does not say in its new place. */
function readFile(path: string, text: string): CorpusItem | null {
  const object = yamlObject(path, text, { ...readYaml(text), text }, codes);
  if (object.type === "failure") return object;
  if (isRule(object.value)) return { type: "rule", rule: ruleDocument(path, text, object) };
  const fault = object.diagnostics.find((one) => one.severity === "error");
  if (fault !== undefined) return { type: "failure", failure: failureOf(path, text, fault) };
  return isMovedNote(object.value) ? null : notARule(path);
}

function notARule(path: string): CorpusItem {
  const message = "A rule needs a name and a query.";
  return { type: "failure", failure: { path, line: 1, code: "sentinel/not-a-rule", message } };
}
