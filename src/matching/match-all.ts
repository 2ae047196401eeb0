import type { EngineOptions } from "./engine.ts";
import { openGroups } from "./groups.ts";
import type { Hit } from "./hit.ts";
import type { Matcher } from "./matcher.ts";
import type { EventData } from "./readers/log-format.ts";

/** The hits in events that are all there is: rules over several events begin and end with them. */
export function matchAll(
  matcher: Matcher,
  events: readonly EventData[],
  file: string,
  options: EngineOptions = {},
): readonly Hit[] {
  const groups = openGroups(matcher.rules, options);
  const hits: Hit[] = [];
  for (const [at, data] of events.entries()) {
    const found = matcher.match(data, { file, record: at + 1 });
    hits.push(...found.hits);
    for (const one of found.occurrences) hits.push(...groups.offer(one));
  }
  hits.push(...groups.finish());
  return hits;
}
