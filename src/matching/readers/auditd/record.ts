import { setMember } from "../batch.ts";
import type { EventData } from "../log-format.ts";

/** One line of the audit log, read. */
export interface AuditRecord {
  readonly data: Record<string, unknown>;
  /** The event that the line belongs to: where it was logged, when, and its number. */
  readonly event: string;
}

/** `node=web1 type=EXECVE msg=audit(1700000000.123:42): …`; the time is text in what `ausearch -i` prints. */
const start = /^(?:node=(\S+)\s+)?type=(\S+)\s+msg=audit\(([^()]{1,40}):(\d{1,20})\)\s?:\s*/;
const field = /([^\s="'{}]+)=(?:"([^"]*)"|'([^']*)'|(\S*))|(\S+)/g;
/** Stands before what an enriched log adds. */
const enrichment = "\u001d";

/**
 * Fields that are written in hexadecimal digits where they hold a blank, a quote or a control character: those called
 * "encoded" in the field dictionary of the Linux audit project.
 */
const encoded = new Set([
  "acct",
  "apparmor",
  "cgroup",
  "cmd",
  "comm",
  "cwd",
  "data",
  "device",
  "dir",
  "exe",
  "file",
  "grp",
  "key",
  "name",
  "new-disk",
  "new-fs",
  "new_group",
  "ocomm",
  "old-disk",
  "old-fs",
  "path",
  "proctitle",
  "root_dir",
  "sw",
  "vm",
  "watch",
]);

/** Does a text begin as a line of the audit log? */
export function isAuditLine(line: string): boolean {
  return start.test(line);
}

/** The record of one line with its own fields, texts as Sigma's rules ask for them; null where it is no line of the audit log. */
export function readAuditLine(line: string): EventData | null {
  return parseAuditLine(line)?.data ?? null;
}

/** As `readAuditLine`, with what tells lines of one event. Arguments in pieces (`a1[0]`) stay in pieces: see `joinArguments`. */
export function parseAuditLine(line: string): AuditRecord | null {
  const head = start.exec(line);
  if (head === null) return null;
  const [whole, node, type = "", time = "", serial = ""] = head;
  const data: Record<string, unknown> = { type };
  if (node !== undefined) data.node = node;
  const stamp = isoTime(time);
  if (stamp !== null) data["@timestamp"] = stamp;
  data.serial = Number(serial);
  addFields(data, type, line.slice(whole.length).replace(enrichment, " "));
  return { data, event: `${node ?? ""} ${time}:${serial}` };
}

/** Lines of one event have one time. */
let lastTime = "";
let lastIso: string | null = null;

function isoTime(text: string): string | null {
  if (text !== lastTime) {
    lastTime = text;
    lastIso = /^\d{1,11}\.\d{3}$/.test(text) ? new Date(Math.round(Number(text) * 1000)).toISOString() : null;
  }
  return lastIso;
}

function addFields(data: Record<string, unknown>, type: string, text: string): void {
  const words: string[] = [];
  let inBraces = false;
  for (const [, name, double, single, bare, word] of text.matchAll(field)) {
    if (name === undefined) {
      if (word !== undefined && !(word === "}" && inBraces)) words.push(word);
    } else if (bare === "{") {
      // `SADDR={ saddr_fam=inet laddr=… }`: its fields are fields of the line.
      inBraces = true;
    } else if (single !== undefined && name === "msg") {
      // What a program says of itself stands in a text of fields.
      addFields(data, type, single);
    } else {
      const value = double ?? single ?? plainValue(type, name, bare ?? "");
      if (value !== null && !Object.hasOwn(data, name)) setMember(data, name, value);
    }
  }
  if (words.length > 0) data.message = words.join(" ");
}

/** null: says that there is no value. */
function plainValue(type: string, name: string, text: string): string | null {
  if (text === "" || text === "(null)" || text === "?") return null;
  const argument = type === "EXECVE" && /^a\d+(\[\d+\])?$/.test(name);
  if (!argument && !encoded.has(name)) return text.endsWith(",") ? text.slice(0, -1) : text;
  const decoded = fromHex(text);
  if (decoded === null) return text;
  // Arguments end with NUL in a command line, keys are joined with 0x01.
  return name === "proctitle" ? decoded.replace(/\0+$/, "").replaceAll("\0", " ") : decoded.replaceAll("\u0001", ",");
}

function fromHex(text: string): string | null {
  if (text.length % 2 !== 0 || !/^[0-9A-F]+$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return new TextDecoder().decode(bytes);
}

/** Joins the pieces of long arguments (`a1[0]`, `a1[1]` …, with `a1_len`) in a record of all lines of one EXECVE. */
export function joinArguments(data: Record<string, unknown>): void {
  for (const name of Object.keys(data)) {
    const argument = /^(a\d{1,7})\[0\]$/.exec(name)?.[1];
    if (argument === undefined) continue;
    const pieces: string[] = [];
    for (let i = 0; Object.hasOwn(data, `${argument}[${i}]`); i++) {
      pieces.push(String(data[`${argument}[${i}]`]));
      delete data[`${argument}[${i}]`];
    }
    delete data[`${argument}_len`];
    data[argument] = pieces.join("");
  }
}
