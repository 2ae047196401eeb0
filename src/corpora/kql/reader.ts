import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles, readTextFile } from "../files.ts";
import { githubFile } from "../github.ts";
import { readingOf } from "../reading.ts";
import { pageDocument } from "./document.ts";

const repository = "https://github.com/Bert-JanP/Hunting-Queries-Detection-Rules";

/** Largest page that is read; the largest real one has 20 KB. Parsing Markdown costs far more than reading it. */
const maximumPageBytes = 128 * 1024;

/** The form that new pages are made from: its query is a placeholder. */
const template = "DetectionTemplate.md";

/** Bert-JanP's hunting queries and detection rules for Microsoft Sentinel and Defender XDR. */
export const kqlReader: CorpusReader = {
  id: "kql",
  name: "Hunting Queries and Detection Rules",
  repository,
  fileUrl: githubFile(repository),
  licence: "BSD-3-Clause",
  read: (folder) => {
    const pages = listFiles(folder, "", [".md"]).filter((path) => path !== template && isPage(folder, path));
    return readingOf(folder, pages, (path, text) => [readPage(path, text) ?? withoutQuery(path)], maximumPageBytes);
  },
};

/** A text without any fence is a note of its folder. What cannot be read is left to be reported. */
function isPage(folder: string, path: string): boolean {
  const file = readTextFile(folder, path, maximumPageBytes);
  return file.type === "failure" || hasFence(file.text);
}

function hasFence(text: string): boolean {
  return text.includes("```") || text.includes("~~~");
}

/** One Markdown file, wherever it stands; null where it holds no query in Kusto. */
export function readPage(path: string, text: string): CorpusItem | null {
  if (!hasFence(text)) return null;
  if (text.length > maximumPageBytes) {
    const message = `This page has ${text.length} characters; at most ${maximumPageBytes} are read.`;
    return { type: "failure", failure: { path, line: 1, code: "kql/too-long", message } };
  }
  const rule = pageDocument(path, text);
  return rule === null ? null : { type: "rule", rule };
}

function withoutQuery(path: string): CorpusItem {
  const message = "A fenced query in Kusto was expected.";
  return { type: "failure", failure: { path, line: 1, code: "kql/no-query", message } };
}
