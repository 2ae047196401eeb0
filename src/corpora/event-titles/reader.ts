import type { ReadFailure } from "../corpus.ts";
import type { EventFacts, EventSource } from "../event-source.ts";
import { readTextFile } from "../files.ts";
import { githubFile } from "../github.ts";

const repository = "https://github.com/Yamato-Security/hayabusa-rules";
const path = "config/channel_eid_info.txt";

/** Longest title that is kept; the longest real one has 150 characters. */
const maximumTitle = 200;

/** Titles of Windows events by channel and id, in one table (`Channel,EventID,EventTitle`). */
export const eventTitlesSource: EventSource = {
  id: "event-titles",
  name: "Hayabusa event titles",
  repository,
  fileUrl: githubFile(repository),
  licence: "DRL-1.1",
  read: (folder) => {
    const file = readTextFile(folder, path);
    const failures: ReadFailure[] = [];
    const titles = file.type === "failure" ? new Map<string, string>() : readTitles(file.text, failures);
    if (file.type === "failure") failures.push(file.failure);
    return {
      files: file.type === "failure" ? 0 : 1,
      failures,
      find: ({ channels }, id): EventFacts | null => {
        const title = channels.map((channel) => titles.get(keyOf(channel, id))).find((one) => one !== undefined);
        return title === undefined ? null : { title, fields: [] };
      },
    };
  },
};

function keyOf(channel: string, id: string): string {
  return `${channel}\n${id}`.toLowerCase();
}

function readTitles(text: string, failures: ReadFailure[]): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "" || index === 0) return;
    const [, channel = "", id = "", written = ""] = /^([^,"]+),(\d+),(.*)$/.exec(line) ?? [];
    // A quoted title may hold commas, and quotes that are doubled.
    const title = written.startsWith('"') ? written.slice(1).replace(/"\s*$/, "").replaceAll('""', '"') : written;
    if (title.trim() === "") {
      const message = "Expected a channel, an event id and a title.";
      failures.push({ path, line: index + 1, code: "event-titles/not-a-row", message });
      return;
    }
    const key = keyOf(channel.trim(), id);
    if (!titles.has(key)) titles.set(key, title.trim().slice(0, maximumTitle));
  });
  return titles;
}
