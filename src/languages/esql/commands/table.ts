import { isWord } from "../../../kit/tokens.ts";
import type { Command, ErrorCommand } from "../ast.ts";
import type { Reader } from "../reader.ts";
import { readEval, readExpand, readExtract, readRow, readStats, readWhere } from "./compute.ts";
import { readChangePoint, readCompletion, readGeneral, readParts, readRerank, readSample } from "./enhance.ts";
import { readEnrich, readFork, readFrom, readJoin } from "./gather.ts";
import { readLimit, readProject, readRename, readSort } from "./shape.ts";

/** For hints: the words by which commands go. */
export const commandNames = (): readonly string[] => commands.map(([name]) => name);

export type ReadCommand = (reader: Reader, start: number) => Exclude<Command, ErrorCommand>;

interface KnownCommand {
  readonly name: string;
  /** Words of its name, and the second of them where it has two. */
  readonly words: number;
  readonly second: string | null;
  /** Brings rows in, so that it begins a query. */
  readonly source: boolean;
  readonly read: ReadCommand;
}

/**
 * Commands by their words. Source: Elastic, "ES|QL commands"
 * (https://www.elastic.co/docs/reference/query-languages/esql/esql-commands).
 */
const commands: readonly (readonly [string, ReadCommand, "source"?])[] = [
  ["from", readFrom("from"), "source"],
  ["ts", readFrom("ts"), "source"],
  ["row", readRow, "source"],
  ["show", readGeneral("show"), "source"],
  ["promql", readGeneral("promql"), "source"],
  ["eql", readGeneral("eql"), "source"],
  ["where", readWhere],
  ["eval", readEval],
  ["stats", readStats(false)],
  ["inline stats", readStats(true)],
  ["inlinestats", readStats(true)],
  ["keep", readProject("keep")],
  ["drop", readProject("drop")],
  ["rename", readRename],
  ["sort", readSort],
  ["limit", readLimit],
  ["grok", readExtract("grok")],
  ["dissect", readExtract("dissect")],
  ["mv_expand", readExpand],
  ["enrich", readEnrich],
  ["lookup join", readJoin],
  ["fork", readFork],
  ["fuse", readGeneral("fuse")],
  ["completion", readCompletion],
  ["rerank", readRerank],
  ["change_point", readChangePoint],
  ["sample", readSample],
  ["dedup", readGeneral("dedup")],
  ["highlight", readGeneral("highlight")],
  ["mmr", readGeneral("mmr")],
  ["metrics_info", readGeneral("metrics_info")],
  ["ts_info", readGeneral("ts_info")],
  ["ts_collapse", readGeneral("ts_collapse")],
  ["uri_parts", readParts("uri_parts")],
  ["registered_domain", readParts("registered_domain")],
  ["user_agent", readParts("user_agent")],
  ["ip_location", readParts("ip_location")],
];

const known: readonly KnownCommand[] = commands.map(([name, read, source]) => ({
  name,
  words: name.split(" ").length,
  second: name.split(" ")[1] ?? null,
  source: source === "source",
  read,
}));

const byFirstWord: ReadonlyMap<string, KnownCommand> = new Map(
  known.map((one) => [one.name.split(" ")[0] ?? one.name, one]),
);

/** The command that begins at the cursor, of which nothing is taken. */
export function commandAt(reader: Reader): KnownCommand | null {
  const { peek } = reader.cursor;
  const first = peek();
  if (first.type !== "word" || first.text.length > 20) return null;
  const found = byFirstWord.get(first.text.toLowerCase());
  if (found === undefined) return null;
  return found.second === null || isWord(peek(1), found.second) ? found : null;
}
