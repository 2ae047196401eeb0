import { decoderOf, openBatch } from "../batch.ts";
import { anyEncoding, headText } from "../encoding.ts";
import { recordLimits } from "../limits.ts";
import { openLines } from "../lines.ts";
import type { LogDecoder, LogFormat } from "../log-format.ts";
import { openAuditLines } from "./audit-lines.ts";
import { isAuditLine } from "./record.ts";

/** `/var/log/audit/audit.log`, raw or enriched, and what `ausearch --raw` prints. */
export const auditd: LogFormat = {
  id: "auditd",
  title: "Linux audit log",
  recognises: (head) =>
    headText(head)
      .split("\n", 20)
      .some((line) => isAuditLine(line)),
  open: () => anyEncoding(openAuditd),
};

/** What ausearch prints between events. */
const separator = /^(-{4}|time->.*)$/;

function openAuditd(): LogDecoder {
  const batch = openBatch();
  const audit = openAuditLines(batch);
  const lines = openLines(
    (line) => {
      const text = line.trim();
      if (text === "" || separator.test(text) || audit.push(text)) return;
      audit.flush();
      batch.fault(lines.offset(), "auditd-line", "Is no line of the audit log.");
    },
    () => {
      audit.flush();
      batch.fault(lines.offset(), "auditd-too-large", `Is larger than ${recordLimits.bytes} bytes.`);
    },
  );
  const end = (): void => {
    lines.end();
    audit.flush();
  };
  return decoderOf(batch, { push: lines.push, end });
}
