import type { EventData } from "../log-format.ts";

/** A line of syslog, taken apart. */
export interface SyslogMessage {
  /** What stands beside the message: flat names of ECS. */
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

const priority = /^<(\d{1,3})>/;
/** RFC 5424: version, time, host, program, process, message id, structured data. */
const header5424 = /^1 (\S+) (\S+) (\S+) (\S+) (\S+) ?/;
/** RFC 3164, whose time has no year; or with a time of RFC 3339, as rsyslog and journald write files today. */
const header3164 = /^([A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\S*) (\S+) /;
const program = /^([^\s:[\]()]{1,128})(?:\[(\d{1,10})\])?: ?/;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Does a text begin as a line of syslog? */
export function isSyslog(line: string): boolean {
  const rest = line.replace(priority, "");
  return header3164.test(rest) || (rest !== line && header5424.test(rest));
}

/**
 * @param now milliseconds since 1970: a time without a year is taken for the latest that is not more than a day later, in UTC
 * @returns null where the line does not begin as syslog does
 */
export function readSyslog(line: string, now: number): SyslogMessage | null {
  const fields: Record<string, unknown> = {};
  const number = priority.exec(line);
  let rest = line;
  if (number !== null) {
    const value = Number(number[1]);
    if (value > 191) return null;
    fields["log.syslog.priority"] = value;
    fields["log.syslog.facility.code"] = value >> 3;
    fields["log.syslog.severity.code"] = value & 7;
    rest = line.slice(number[0].length);
  }
  const modern = number === null ? null : header5424.exec(rest);
  return modern === null ? read3164(fields, rest, now) : read5424(fields, rest, modern);
}

function read5424(fields: Record<string, unknown>, rest: string, header: RegExpExecArray): SyslogMessage {
  const [whole, time = "-", host = "-", name = "-", process = "-", id = "-"] = header;
  setTime(fields, Date.parse(time));
  if (host !== "-") fields["host.name"] = host;
  setProgram(fields, name === "-" ? undefined : name, process);
  if (id !== "-") fields["log.syslog.msgid"] = id;
  const after = rest.slice(whole.length);
  const data = structuredDataOf(after);
  if (data !== "" && data !== "-") fields["log.syslog.structured_data"] = data;
  return { fields, message: after.slice(data.length).replace(/^ \ufeff?/, "") };
}

/** `-`, or elements in brackets, in whose quoted values a bracket needs no escape and a quote does. */
function structuredDataOf(text: string): string {
  if (text.startsWith("-")) return "-";
  let end = 0;
  let inElement = false;
  let inValue = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (inValue) {
      if (one === "\\") at++;
      else if (one === '"') inValue = false;
    } else if (!inElement) {
      if (one !== "[") break;
      inElement = true;
    } else if (one === '"') {
      inValue = true;
    } else if (one === "]") {
      inElement = false;
      end = at + 1;
    }
  }
  return text.slice(0, end);
}

function read3164(fields: Record<string, unknown>, rest: string, now: number): SyslogMessage | null {
  const header = header3164.exec(rest);
  if (header === null) return null;
  const [whole, time = "", host = ""] = header;
  setTime(fields, /^\d/.test(time) ? Date.parse(time) : timeWithoutYear(time, now));
  fields["host.name"] = host;
  const after = rest.slice(whole.length);
  const tag = program.exec(after);
  if (tag === null) return { fields, message: after };
  setProgram(fields, tag[1], tag[2]);
  return { fields, message: after.slice(tag[0].length) };
}

function setTime(fields: Record<string, unknown>, time: number): void {
  if (!Number.isNaN(time)) fields["@timestamp"] = new Date(time).toISOString();
}

function setProgram(fields: Record<string, unknown>, name: string | undefined, process: string | undefined): void {
  if (name !== undefined) fields["process.name"] = name;
  if (process !== undefined && /^\d{1,10}$/.test(process)) fields["process.pid"] = Number(process);
}

function timeWithoutYear(text: string, now: number): number {
  const month = months.indexOf(text.slice(0, 3));
  if (month < 0) return Number.NaN;
  const [hour, minute, second] = text.slice(7).split(":").map(Number);
  const year = new Date(now).getUTCFullYear();
  const at = (of: number) => Date.UTC(of, month, Number(text.slice(4, 6)), hour, minute, second);
  const day = 24 * 60 * 60 * 1000;
  if (at(year + 1) <= now + day) return at(year + 1);
  return at(year) <= now + day ? at(year) : at(year - 1);
}

/** The message as an event. */
export function syslogEvent({ fields, message }: SyslogMessage): EventData {
  return { ...fields, message };
}
