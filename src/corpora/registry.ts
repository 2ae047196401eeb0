import { attackReader } from "./attack/index.ts";
import { chronicleReader } from "./chronicle/index.ts";
import { contentReader } from "./content/index.ts";
import type { CorpusReader } from "./corpus.ts";
import { elasticReader } from "./elastic/index.ts";
import { kqlReader } from "./kql/index.ts";
import { sentinelReader } from "./sentinel/index.ts";
import { sigmaReader } from "./sigma/index.ts";
import { splunkReader } from "./splunk/index.ts";

/** Upstream corpora that hold rules. Adding one is a folder and a line here. */
export const ruleReaders: readonly CorpusReader[] = [
  sigmaReader,
  elasticReader,
  splunkReader,
  chronicleReader,
  kqlReader,
  sentinelReader,
];

export { attackReader, contentReader };
