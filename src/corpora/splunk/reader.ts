import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles } from "../files.ts";
import { githubFile } from "../github.ts";
import { itemsOf } from "../reading.ts";
import { dataSourceKind } from "./data-sources.ts";
import { listDefinitions, readDefinitions, yamlEndings } from "./definitions.ts";
import { type DetectionContext, detectionOf, isDetection } from "./detection.ts";
import { lookupKind } from "./lookups.ts";
import { macroKind } from "./macros.ts";
import { readYamlObject } from "./read-yaml.ts";
import { storyKind } from "./stories.ts";

const repository = "https://github.com/splunk/security_content";

/** Splunk Enterprise Security content: detections in SPL, and what stands around them. */
export const splunkReader: CorpusReader = {
  id: "splunk",
  name: "Splunk Security Content",
  repository,
  fileUrl: githubFile(repository),
  licence: "Apache-2.0",
  read: (folder) => {
    const detections = ["detections", "removed/detections"].flatMap((under) => listFiles(folder, under, yamlEndings));
    const [macroFiles, lookupFiles, dataSourceFiles, storyFiles] = [
      listDefinitions(folder, macroKind),
      listDefinitions(folder, lookupKind),
      listDefinitions(folder, dataSourceKind),
      listDefinitions(folder, storyKind),
    ];
    const macros = readDefinitions(folder, macroKind, macroFiles);
    const lookups = readDefinitions(folder, lookupKind, lookupFiles);
    return {
      files: [detections, macroFiles, lookupFiles, dataSourceFiles, storyFiles].flat().length,
      environment: { macros: macros.named, lookups: lookups.named },
      items: {
        *[Symbol.iterator](): Generator<CorpusItem> {
          const dataSources = readDefinitions(folder, dataSourceKind, dataSourceFiles);
          const stories = readDefinitions(folder, storyKind, storyFiles);
          for (const failure of [macros, lookups, dataSources, stories].flatMap((one) => one.failures)) {
            yield { type: "failure", failure };
          }
          const context = { dataSources: dataSources.named, stories: stories.named };
          yield* itemsOf(folder, detections, (path, text) => [readDetection(path, text, context)]);
        },
      },
    };
  },
};

const alone: DetectionContext = { dataSources: new Map(), stories: new Map() };

/** One file of `detections`, wherever it stands. */
export function readDetection(path: string, text: string, context = alone): CorpusItem {
  const object = readYamlObject(path, text);
  if (object.type === "failure") return object;
  if (isDetection(object.value)) return { type: "rule", rule: detectionOf(path, text, object, context) };
  const message = "A detection needs a name and a search.";
  return { type: "failure", failure: { path, line: 1, code: "splunk/not-a-detection", message } };
}
