import { openAuditLines } from "../auditd/audit-lines.ts";
import { decoderOf, openBatch } from "../batch.ts";
import { anyEncoding, headText } from "../encoding.ts";
import { unwrap } from "../exports/unwrap.ts";
import { isObject } from "../json/wrappers.ts";
import { recordLimits } from "../limits.ts";
import { openLines } from "../lines.ts";
import type { EventData, LogDecoder, LogFormat } from "../log-format.ts";
import { readEventText } from "../xml/read-event-text.ts";
import { isSyslog, readSyslog, syslogEvent } from "./message.ts";

/** Lines of syslog (RFC 3164 and 5424), and what travels in them: events of Sysmon for Linux, of the audit log, and JSON. */
export const syslog: LogFormat = {
  id: "syslog",
  title: "Syslog, Sysmon for Linux",
  recognises: (head) =>
    headText(head)
      .split("\n", 20)
      .some((line) => isSyslog(line)),
  open: () => anyEncoding(() => openSyslog(Date.now())),
};

/** Bytes that no line of text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const binary = /[\u0000-\u0008\u000e-\u001a]/;

/** @param now as for `readSyslog` */
export function openSyslog(now: number): LogDecoder {
  const batch = openBatch();
  const audit = openAuditLines(batch);
  const lines = openLines(
    (line) => {
      const text = line.endsWith("\r") ? line.slice(0, -1) : line;
      if (text.trim() === "") return;
      const message = readSyslog(text, now);
      if (message !== null && audit.push(message.message.replace(/^audit: /, ""))) return;
      audit.flush();
      if (message !== null) {
        const event = eventInside(message.message);
        if (event === null && message.message.startsWith("<Event>")) {
          // Syslog cuts long messages off.
          batch.fault(lines.offset(), "xml-syntax", "Holds an event in XML that cannot be read.");
        } else {
          batch.record(event ?? syslogEvent(message));
        }
      } else if (binary.test(text)) batch.fault(lines.offset(), "syslog-line", "Is no line of text.");
      // A line without a header goes on with what the one before said; rules look for words in it.
      else batch.record({ message: text });
    },
    () => {
      audit.flush();
      batch.fault(lines.offset(), "syslog-too-large", `Is larger than ${recordLimits.bytes} bytes.`);
    },
  );
  const end = (): void => {
    lines.end();
    audit.flush();
  };
  return decoderOf(batch, { push: lines.push, end });
}

/** An event that has a form of its own. */
function eventInside(message: string): EventData | null {
  if (message.includes("<Event")) return readEventText(message);
  const text = message.replace(/^@cee:\s*/, "");
  if (!text.startsWith("{") || !text.endsWith("}")) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return null;
    const [only, second] = unwrap(value) ?? [value];
    return second === undefined && only !== undefined ? only : null;
  } catch {
    return null;
  }
}
