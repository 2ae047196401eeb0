import type { PackageDetection } from "../detection-package.ts";
import { oneLine, queryText, severalLines, shortLine } from "../plain-text.ts";
import { bareQuery } from "./bare-query.ts";
import type { PlatformFiles, Writing } from "./package-file.ts";
import { spanInMinutes } from "./time-span.ts";

/** Sumo Logic: a folder of saved searches, as the library exports and imports content, and the queries alone. */
export const sumoFiles: PlatformFiles = {
  platforms: ["sumo"],
  use: [
    "`content.json`: a folder with all searches. In the Library: Import; or `POST /api/v2/content/folders/{id}/import`. They are not scheduled, since a schedule has to name who is told: set it there.",
    "`queries/*.sumo`: the queries alone.",
  ],
  write: (writing) => {
    const { detections } = writing.package;
    if (detections.length === 0) return [];
    return [
      { path: "content.json", text: `${JSON.stringify(folder(writing), null, 2)}\n` },
      ...detections.map((one) => bareQuery(writing, { ...one, language: "sumo" })),
    ];
  },
};

/** https://github.com/SumoLogic/terraform-provider-sumologic/blob/master/website/docs/r/content.html.markdown */
function folder({ package: one }: Writing): object {
  const { technique } = one;
  const taken = new Set<string>();
  return {
    type: "FolderSyncDefinition",
    name: shortLine(`${technique.id} ${technique.name}`, 128),
    description: shortLine(`Detections of ${technique.id} ${technique.name}`, 255),
    children: one.detections.map((detection) => ({
      type: "SavedSearchWithScheduleSyncDefinition",
      name: searchName(detection, taken),
      search: {
        queryText: queryText(detection.query),
        defaultTimeRange: `-${60 + spanInMinutes(one, detection)}m`,
        byReceiptTime: false,
        viewName: "",
        viewStartTime: "1970-01-01T00:00:00Z",
        queryParameters: [],
        parsingMode: "Manual",
      },
      searchSchedule: null,
      description: severalLines(detection.description) || oneLine(detection.title),
    })),
  };
}

/** Two items of a folder have different names. */
function searchName({ title, id }: PackageDetection, taken: Set<string>): string {
  const own = shortLine(title, 120) || id;
  let name = own;
  for (let number = 2; taken.has(name); number++) name = `${own} ${number}`;
  taken.add(name);
  return name;
}
