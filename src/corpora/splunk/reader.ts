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
    if (file.type === "failure") {
      yield file;
      continue;
    }
    const object = readYamlObject(path, file.text);
    if (object.type === "failure") {
      yield object;
      continue;
    }
    if (!isDetection(object.value)) {
      const message = "A detection needs a name and a search.";
      yield { type: "failure", failure: { path, line: 1, code: "splunk/not-a-detection", message } };
      continue;
    }
    yield { type: "rule", rule: detectionOf(path, file.text, object) };
  }
}
