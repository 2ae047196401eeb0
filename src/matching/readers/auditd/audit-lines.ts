import type { BatchBuilder } from "../batch.ts";
import { setMember } from "../batch.ts";
import { recordLimits } from "../limits.ts";
import { type AuditRecord, joinArguments, parseAuditLine } from "./record.ts";

/** Reads lines of the audit log that come in their order. */
export interface AuditLines {
  /** false: the line is none of the audit log. */
  readonly push: (line: string) => boolean;
  /** Gives what waits for its next line. */
  readonly flush: () => void;
}

/**
 * One record for one line, since that is what rules ask for (`type: EXECVE`), with the fields of that line alone: what a rule
 * without a type asks for would otherwise be found on every line of an event. The exception is EXECVE, which the kernel writes
 * on several lines where the arguments are long: one record.
 */
export function openAuditLines(batch: BatchBuilder): AuditLines {
  let waiting: AuditRecord | null = null;
  let held = 0;

  function flush(): void {
    if (waiting === null) return;
    joinArguments(waiting.data);
    batch.record(waiting.data);
    waiting = null;
  }
  return {
    push: (line) => {
      const record = parseAuditLine(line);
      if (record === null) return false;
      const isExecve = record.data.type === "EXECVE";
      if (isExecve && waiting?.event === record.event && held + line.length <= recordLimits.bytes) {
        held += line.length;
        for (const [name, value] of Object.entries(record.data)) {
          if (!Object.hasOwn(waiting.data, name)) setMember(waiting.data, name, value);
        }
        return true;
      }
      flush();
      if (isExecve) {
        waiting = record;
        held = line.length;
      } else {
        batch.record(record.data);
      }
      return true;
    },
    flush,
  };
}
