import { eql } from "./eql/index.ts";
import { esql } from "./esql/index.ts";
import { kuery } from "./kuery/index.ts";
import { kusto } from "./kusto/index.ts";
import type { Language } from "./language.ts";
import { lucene } from "./lucene/index.ts";
import { queryDsl } from "./query-dsl/index.ts";
import { sigma } from "./sigma/index.ts";
import { spl } from "./spl/index.ts";
import { yaraL } from "./yara-l/index.ts";

/** Every language that is parsed, by id. Adding one is a folder and a line here. */
export const languages: ReadonlyMap<string, Language> = new Map(
  [
    erase(sigma),
    erase(eql),
    erase(kuery),
    erase(spl),
    erase(queryDsl),
    erase(lucene),
    erase(esql),
    erase(yaraL),
    erase(kusto),
  ].map((one) => [one.id, one]),
);

/** A language takes back only the ast that it made itself, so the type of the ast can be left open here. */
function erase<Ast>(language: Language<Ast>): Language {
  return language as unknown as Language;
}
