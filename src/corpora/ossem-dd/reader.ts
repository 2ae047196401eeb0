import { isMap } from "yaml";
import { readYaml, yamlValue } from "../../kit/yaml.ts";
import type { ReadFailure } from "../corpus.ts";
import type { EventFacts, EventSource, ProviderPlace } from "../event-source.ts";
import { listFiles, readTextFile } from "../files.ts";
import { githubFile } from "../github.ts";
import { listOf, recordOf, textOf } from "../untyped.ts";
import { failureOf } from "../yaml-object.ts";
import { typeWords } from "./types.ts";

const repository = "https://github.com/OTRF/OSSEM-DD";

/** Where events stand of providers that have a folder of their own; all others are ETW providers by name. */
const folders: Readonly<Record<string, string>> = {
  "Microsoft-Windows-Sysmon": "windows/sysmon",
  PowerShell: "windows/powershell",
};
const etwProviders = "windows/etw-providers";
const defender = "windows/microsoftdefenderforendpoint/events";

/** Most fields that are kept of an event; the longest real one has 64. */
const maximumFields = 400;

/**
 * Field lists of Windows events and Defender tables. The corpus has thousands of files, of which a catalog needs a few
 * hundred: a file is found by its name, and read when it is asked for.
 */
export const ossemSource: EventSource = {
  id: "ossem-dd",
  name: "OSSEM data dictionaries",
  repository,
  fileUrl: githubFile(repository),
  licence: "MIT",
  read: (folder) => {
    const paths = listFiles(folder, "windows", [".yml", ".yaml"]).filter((one) => one.includes("/events/"));
    const newest = newestFiles(paths);
    const failures: ReadFailure[] = [];
    const known = new Map<string, EventFacts | null>();
    return {
      files: paths.length,
      failures,
      find: (provider, id) => {
        const path = placesOf(provider, id)
          .map((one) => newest.get(one))
          .find((one) => one !== undefined);
        if (path === undefined) return null;
        const before = known.get(path);
        if (before !== undefined) return before;
        const facts = readEvent(folder, path, failures);
        known.set(path, facts);
        return facts;
      },
    };
  },
};

/** Paths without version and ending that a file of this event may have. */
function placesOf({ name }: ProviderPlace, id: string): readonly string[] {
  const table = `${defender}/${name}`.toLowerCase();
  if (!/^\d+$/.test(id)) return [table];
  const folder = folders[name] ?? `${etwProviders}/${name}`;
  return [`${folder}/events/event-${id}`.toLowerCase(), table];
}

/** Path without version → the file with the highest version: `event-4688_v2.yml` of three. */
function newestFiles(paths: readonly string[]): ReadonlyMap<string, string> {
  const newest = new Map<string, { readonly path: string; readonly version: number }>();
  for (const path of paths) {
    const [, stem = "", version = "0"] = /^(.*?)(?:_v(\d+))?\.ya?ml$/i.exec(path) ?? [];
    const key = stem.toLowerCase();
    const before = newest.get(key);
    if (before === undefined || Number(version) > before.version) newest.set(key, { path, version: Number(version) });
  }
  return new Map([...newest].map(([key, one]) => [key, one.path]));
}

function readEvent(folder: string, path: string, failures: ReadFailure[]): EventFacts | null {
  const file = readTextFile(folder, path);
  if (file.type === "failure") {
    failures.push(file.failure);
    return null;
  }
  // Behind the fields stand references and samples, which are long and of no use here.
  const end = /^(?:references|tags|event_sample)\s*:/m.exec(file.text)?.index ?? file.text.length;
  const text = file.text.slice(0, end);
  const { documents, diagnostics } = readYaml(text);
  const [document] = documents;
  const fault = diagnostics[0];
  if (document === undefined || fault !== undefined || !isMap(document.contents)) {
    const message = "This file holds no YAML map.";
    failures.push(
      fault === undefined ? { path, line: 1, code: "ossem-dd/not-an-event", message } : failureOf(path, text, fault),
    );
    return null;
  }
  const map = recordOf(yamlValue(document).value);
  return { title: titleOf(textOf(map.name)), fields: fieldsOf(map.event_fields) };
}

/** `Event ID 22: DNSEvent (DNS query)`. Names like `Event 4688 - task_0` say the ETW task, which is no title. */
function titleOf(name: string): string | null {
  const title = /^Event ID \d+\s*[:-]\s*(.+)$/.exec(name.trim())?.[1]?.trim() ?? "";
  return title === "" || /^task_\d+$/.test(title) ? null : title.slice(0, 200);
}

function fieldsOf(value: unknown): EventFacts["fields"] {
  return listOf(value)
    .slice(0, maximumFields)
    .flatMap((one) => {
      const { name, type } = recordOf(one);
      const named = textOf(name).trim();
      return named === "" ? [] : [{ name: named.slice(0, 200), type: typeWords(textOf(type)) }];
    });
}
