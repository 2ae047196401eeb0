import { eql } from "./eql/index.ts";
import { kuery } from "./kuery/index.ts";
import type { Language } from "./language.ts";
import { queryDsl } from "./query-dsl/index.ts";
import { sigma } from "./sigma/index.ts";
import { spl } from "./spl/index.ts";

/** Every language that is parsed. Adding one is a folder and a line here. */
const all: readonly Language<never>[] = [sigma, eql, kuery, spl, queryDsl];

/**
 * A language of the registry takes back only the ast that it made itself, and only its own functions look inside:
 * that is why the type of the ast can be left open here.
 */
export const languages: ReadonlyMap<string, Language> = new Map(all.map((one) => [one.id, one as unknown as Language]));
