import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles, readTextFile } from "../files.ts";
import { detectionOf, isDetection } from "./detection.ts";
import { readMacros } from "./macros.ts";
import { readYamlObject } from "./read-yaml.ts";

const repository = "https://github.com/splunk/security_content";
const yamlEndings = [".yml", ".yaml"];

/** Splunk Enterprise Security content: detections in SPL, and the macros that they call. */
export const splunkReader: CorpusReader = {
  id: "splunk",
  name: "Splunk Security Content",
  repository,
  fileUrl: (commit, path) => `${repository}/blob/${commit}/${path.split("/").map(encodeURIComponent).join("/")}`,
  licence: "Apache-2.0",
  read: (folder) => {
    const detections = ["detections", "removed/detections"].flatMap((under) => listFiles(folder, under, yamlEndings));
    const macroFiles = listFiles(folder, "macros", yamlEndings);
    const { macros, failures } = readMacros(folder, macroFiles);
    return {
      files: detections.length + macroFiles.length,
      environment: { macros },
      items: {
        *[Symbol.iterator](): Generator<CorpusItem> {
          for (const failure of failures) yield { type: "failure", failure };
          yield* readDetections(folder, detections);
        },
      },
    };
  },
};

function* readDetections(folder: string, paths: readonly string[]): Generator<CorpusItem> {
  for (const path of paths) {
    const file = readTextFile(folder, path);
    yield file.type === "failure" ? file : readDetection(path, file.text);
  }
}

/** One file of `detections`, wherever it stands. */
export function readDetection(path: string, text: string): CorpusItem {
  const object = readYamlObject(path, text);
  if (object.type === "failure") return object;
  if (isDetection(object.value)) return { type: "rule", rule: detectionOf(path, text, object) };
  const message = "A detection needs a name and a search.";
  return { type: "failure", failure: { path, line: 1, code: "splunk/not-a-detection", message } };
}
