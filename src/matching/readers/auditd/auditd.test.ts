import { describe, expect, test } from "vitest";
import { recordLimits } from "../limits.ts";
import { readWhole } from "../testing.ts";
import { auditd } from "./auditd.ts";
import { readAuditLine } from "./record.ts";

const line = (type: string, fields: string, serial = 7) =>
  `type=${type} msg=audit(1772439300.123:${serial}): ${fields}`;
const fields = (type: string, text: string) => {
  const { type: _, serial, "@timestamp": time, ...rest } = readAuditLine(line(type, text)) ?? {};
  return rest;
};

describe("fields of a line", () => {
  test.each([
    ["quoted and bare", "SYSCALL", 'pid=5 exe="/bin/a b" tty=pts0', { pid: "5", exe: "/bin/a b", tty: "pts0" }],
    ["values that are none are missing", "SYSCALL", "key=(null) hostname=? a0=", {}],
    ["hexadecimal in encoded fields", "CWD", "cwd=2F612062", { cwd: "/a b" }],
    ["hexadecimal that is a number stays", "SYSCALL", "a0=4142 auid=1000", { a0: "4142", auid: "1000" }],
    ["arguments", "EXECVE", 'argc=3 a0="ls" a1=2D6C a2=""', { argc: "3", a0: "ls", a1: "-l", a2: "" }],
    ["odd or other digits are text", "EXECVE", "a0=414 a1=ab", { a0: "414", a1: "ab" }],
    ["several keys", "SYSCALL", "key=610162", { key: "a,b" }],
    [
      "what a program says of itself",
      "USER_AUTH",
      "pid=1 msg='op=PAM acct=\"bob\" res=failed'",
      { pid: "1", op: "PAM", acct: "bob", res: "failed" },
    ],
    [
      "enriched",
      "SYSCALL",
      "syscall=59\u001dARCH=x86_64 SYSCALL=execve",
      { syscall: "59", ARCH: "x86_64", SYSCALL: "execve" },
    ],
    [
      "an address in braces",
      "SOCKADDR",
      "saddr=0200 \u001dSADDR={ saddr_fam=inet laddr=192.0.2.1 lport=53 }",
      { saddr: "0200", saddr_fam: "inet", laddr: "192.0.2.1", lport: "53" },
    ],
    ["words of SELinux", "AVC", "avc:  denied  { read } for  pid=1", { pid: "1", message: "avc: denied { read } for" }],
    ["a field twice: the first", "X", "a=1 a=2", { a: "1" }],
    ["a name of JavaScript's own", "X", "__proto__=1 constructor=2", JSON.parse('{"__proto__":"1","constructor":"2"}')],
  ])("%s", (_, type, text, expected) => {
    expect(JSON.stringify(fields(type, text))).toBe(JSON.stringify(expected));
  });

  test("time and number", () => {
    expect(readAuditLine(line("X", ""))).toEqual({ type: "X", "@timestamp": "2026-03-02T08:15:00.123Z", serial: 7 });
    expect(readAuditLine("type=X msg=audit(03/02/2026 08:15:00.123:7) : a=b")).toEqual({
      type: "X",
      serial: 7,
      a: "b",
    });
    expect(readAuditLine("type=X")).toBeNull();
  });
});

describe("lines of one event", () => {
  test("each is a record with its own fields alone", () => {
    const { events } = readWhole(
      auditd,
      [
        line("SYSCALL", 'exe="/bin/ls" a0=1'),
        line("EXECVE", 'a0="ls"'),
        line("PATH", 'name="/tmp" nametype=NORMAL'),
      ].join("\n"),
    );
    expect(events.map((one) => [one.type, one.exe, one.a0, one.name])).toEqual([
      ["SYSCALL", "/bin/ls", "1", undefined],
      ["EXECVE", undefined, "ls", undefined],
      ["PATH", undefined, undefined, "/tmp"],
    ]);
  });

  test("EXECVE on several lines is one record; another event's is not", () => {
    const { events, numbers } = readWhole(
      auditd,
      [
        line("EXECVE", 'argc=3 a0="sh" a1_len=6 a1[0]="abc"'),
        line("EXECVE", "a1[1]=646566"),
        line("EXECVE", 'a2="x"'),
        line("EXECVE", 'a0="id"', 8),
      ].join("\n"),
    );
    expect(events.map(({ a0, a1, a2, a1_len }) => ({ a0, a1, a2, a1_len }))).toEqual([
      { a0: "sh", a1: "abcdef", a2: "x" },
      { a0: "id" },
    ]);
    expect(numbers).toEqual([1, 2]);
  });

  test("EXECVE that never ends is cut at the cap", () => {
    const long = "x".repeat(1024 * 1024);
    const text = Array.from({ length: 20 }, (_, i) => `${line("EXECVE", `a${i}="${long}"`)}\n`).join("");
    const { events } = readWhole(auditd, text, 100_000);
    expect(events).toHaveLength(2);
    expect(Object.keys(events[0] ?? {}).length * long.length).toBeLessThanOrEqual(recordLimits.bytes + 4 * long.length);
  });
});
