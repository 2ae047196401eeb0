import type { EventSource } from "./event-source.ts";
import { eventTitlesSource } from "./event-titles/index.ts";
import { ossemSource } from "./ossem-dd/index.ts";

/** Upstreams that describe events, the one whose titles count first. */
export const eventSources: readonly EventSource[] = [ossemSource, eventTitlesSource];
