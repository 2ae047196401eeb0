import type { PackageDetection } from "../detection-package.ts";
import { oneLine, queryText, shortLine } from "../plain-text.ts";
import type { PlatformFiles, Writing } from "./package-file.ts";
import { spanInMinutes } from "./time-span.ts";
import { yamlFile } from "./yaml-file.ts";

/** CrowdStrike LogScale and Falcon Next-Gen SIEM: saved queries and scheduled searches as templates. */
export const logscaleFiles: PlatformFiles = {
  platforms: ["logscale"],
  use: [
    "`queries/*.yaml`: saved queries. In Search: Saved queries, Import; or `POST /ngsiem-content/entities/savedqueries-template/v1`.",
    "`scheduled-searches/*.yaml`: the same, once an hour. In Automation: Scheduled searches, New, From template. Choose the actions there: a template cannot name those of a site.",
  ],
  write: (writing) =>
    writing.package.detections.flatMap((detection) => {
      const name = writing.nameOf(detection);
      return [
        { path: `queries/${name}.yaml`, text: savedQuery(writing, detection) },
        { path: `scheduled-searches/${name}.yaml`, text: scheduledSearch(writing, detection) },
      ];
    }),
};

/**
 * The schema is named in the file; https://github.com/CrowdStrike/logscale-community-content has queries in it.
 * Its address answers with the JSON schema.
 */
function savedQuery({ package: one }: Writing, detection: PackageDetection): string {
  return yamlFile({
    name: nameOf(detection),
    $schema: "https://schemas.humio.com/query/v0.6.0",
    description: descriptionOf(detection),
    timeInterval: { start: `${backMinutes(spanInMinutes(one, detection))}m`, isLive: false },
    queryString: queryText(detection.query),
  });
}

/** https://library.humio.com/graphql-examples-reference/graphql-examples-gql-ex-createsavedqueryfromtemplate.html */
function scheduledSearch({ package: one }: Writing, detection: PackageDetection): string {
  return yamlFile({
    name: nameOf(detection),
    $schema: "https://schemas.humio.com/scheduledsearch/v0.1.0",
    description: descriptionOf(detection),
    queryString: queryText(detection.query),
    queryStart: `${backMinutes(spanInMinutes(one, detection))}m`,
    queryEnd: "now",
    schedule: "0 * * * *",
    timeZone: "UTC",
    backfillLimit: 0,
  });
}

function nameOf({ title, id }: PackageDetection): string {
  return shortLine(title, 200) || id;
}

function descriptionOf({ description, title }: PackageDetection): string {
  return oneLine(description) || oneLine(title);
}

/** An hour, and what began just before it. */
function backMinutes(span: number): number {
  return 60 + span;
}
