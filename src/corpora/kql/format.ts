import type { RuleFormat } from "../format.ts";
import { readPage } from "./reader.ts";

export const kqlFormat: RuleFormat = {
  name: "Markdown with Kusto queries",
  endings: [".md"],
  marks: [],
  read: (path, text) => {
    const page = readPage(path, text);
    return page === null ? null : [page];
  },
};
