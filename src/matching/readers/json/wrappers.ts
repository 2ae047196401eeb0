/**
 * Answers of programs hold their events in a list under some name. Such an object is told from an event that has a list under
 * the same name by what stands beside it.
 */
interface Wrapper {
  /** Names that lead to the list. */
  readonly path: readonly string[];
  /** Members that may stand beside the first name. */
  readonly beside: readonly string[];
}

/** Sources stand in `docs/logs.md`. */
const wrappers: readonly Wrapper[] = [
  // CloudTrail's log files.
  { path: ["Records"], beside: [] },
  // `aws cloudtrail lookup-events`.
  { path: ["Events"], beside: ["NextToken"] },
  // Diagnostic logs of Azure, as blobs and event hubs have them.
  { path: ["records"], beside: [] },
  // Microsoft Graph, and every other OData service.
  { path: ["value"], beside: ["@odata.context", "@odata.nextLink", "@odata.count", "nextLink"] },
  // Advanced hunting of Defender.
  { path: ["Results"], beside: ["Schema", "Stats"] },
  {
    // The same in Microsoft Graph, and Splunk's results.
    path: ["results"],
    beside: [
      "@odata.context",
      "@odata.type",
      "schema",
      "stats",
      "preview",
      "init_offset",
      "messages",
      "fields",
      "post_process_count",
      "highlighted",
    ],
  },
  // Elasticsearch's search.
  {
    path: ["hits", "hits"],
    beside: ["took", "timed_out", "_shards", "_scroll_id", "pit_id", "num_reduce_phases", "_clusters", "aggregations"],
  },
  // Elasticsearch's EQL search.
  { path: ["hits", "events"], beside: ["took", "timed_out", "is_partial", "is_running", "id"] },
  // Cloud Logging's entries.list.
  { path: ["entries"], beside: ["nextPageToken"] },
  // Kubernetes' EventList of the audit webhook; Google Workspace's activities.
  { path: ["items"], beside: ["kind", "apiVersion", "metadata", "etag", "nextPageToken"] },
  // Subscriptions of CloudWatch Logs.
  {
    path: ["logEvents"],
    beside: ["messageType", "owner", "logGroup", "logStream", "subscriptionFilters", "policyLevel"],
  },
  {
    path: ["events"],
    beside: ["nextToken", "searchedLogStreams", "nextForwardToken", "nextBackwardToken", "next", "count"],
  },
];

/** Every name that an answer's first level may have. */
const firstNames = new Set(wrappers.flatMap((one) => [one.path[0] ?? "", ...one.beside]));

/** May an object that has this member be an answer, and no event? */
export function mayBeWrapped(name: string): boolean {
  return firstNames.has(name);
}

/**
 * Does this path lead to the list of events of an answer?
 * @param path one or two names
 * @param beside the names of the first level that were seen, without the path's own
 */
export function leadsToEvents(path: readonly string[], beside: Iterable<string>): boolean {
  return wrappers.some(
    (one) =>
      one.path.length === path.length &&
      one.path.every((name, index) => name === path[index]) &&
      [...beside].every((name) => name === one.path[0] || one.beside.includes(name)),
  );
}

/** The events of a whole answer; null where the object is an event itself. */
export function wrappedEvents(data: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  // Asked of every event: the first name alone decides for nearly all of them, and costs nothing.
  for (const first in data) {
    if (!firstNames.has(first)) return null;
    break;
  }
  const names = Object.keys(data);
  if (!names.every((name) => firstNames.has(name))) return null;
  for (const { path, beside } of wrappers) {
    const [outer, inner] = path;
    if (outer === undefined || !Object.hasOwn(data, outer)) continue;
    if (!names.every((name) => name === outer || beside.includes(name))) continue;
    const held = data[outer];
    const list = inner === undefined ? held : isObject(held) && Object.hasOwn(held, inner) ? held[inner] : null;
    if (Array.isArray(list) && list.every(isObject)) return list;
  }
  return null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Does a text begin as an answer that holds events in a list, and as no event? */
export function mayHoldEventsInList(text: string): boolean {
  const first = /^\s*\{\s*"([^"\\]{1,60})"\s*:/.exec(text)?.[1];
  return first !== undefined && firstNames.has(first);
}
