import { auditd } from "./auditd/auditd.ts";
import { csv } from "./csv/csv.ts";
import { evtx } from "./evtx/index.ts";
import { jsonDocument } from "./json/document.ts";
import { ndjson } from "./json/ndjson.ts";
import type { LogFormat } from "./log-format.ts";
import { syslog } from "./syslog/syslog.ts";
import { eventXml } from "./xml/event-xml.ts";

/** All formats that can be read, in the order in which they are asked whether a file is theirs: the surest first. */
export const logFormats: readonly LogFormat[] = [evtx, eventXml, ndjson, jsonDocument, auditd, syslog, csv];

/** The format of a file by its first bytes (4 KiB where it has them) and its name; null where none is sure. */
export function recogniseFormat(head: Uint8Array, name: string): LogFormat | null {
  return logFormats.find((one) => one.recognises(head, name)) ?? null;
}

export function formatById(id: string): LogFormat | null {
  return logFormats.find((one) => one.id === id) ?? null;
}
