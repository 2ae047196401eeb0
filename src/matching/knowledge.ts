import { openLogSources } from "../platforms/log-sources/choose.ts";
import type { LogSource } from "../platforms/log-sources/tables.ts";
import type { FieldTables } from "../vocabulary/fields/tables.ts";
import type { ValueTables } from "../vocabulary/values/tables.ts";
import { openValues } from "../vocabulary/values/values.ts";
import { openVocabulary } from "../vocabulary/vocabulary.ts";
import type { MatchingKnowledge } from "./engine.ts";
import { openViewReader } from "./view/reader.ts";
import type { RecognitionTables } from "./view/recognition.ts";

/** What matching knows, as plain data: another thread, or a browser, is given it and reads no file. */
export interface MatchingTables {
  readonly fields: FieldTables;
  readonly values: ValueTables;
  readonly logSources: readonly LogSource[];
  readonly recognition: RecognitionTables;
}

export function openMatchingKnowledge(tables: MatchingTables): MatchingKnowledge {
  const vocabulary = openVocabulary(tables.fields);
  const values = openValues(tables.values);
  const logSources = openLogSources(tables.logSources);
  const view = openViewReader({ vocabulary, values, logSources }, tables.recognition);
  return { vocabulary, values, logSources, view };
}
