import { describe, expect, test } from "vitest";
import type { Operator, PatternToken, Predicate, Value } from "../../../rule/expression.ts";
import { glob, normalForm } from "../../../rule/pattern.ts";
import { type IndicatorMeaning, indicatorOf } from "../../../vocabulary/indicator.ts";
import type { Platform } from "../../../vocabulary/platform.ts";
import { processorTime } from "../../testing.ts";
import { vocabulary } from "./index.ts";
import { values } from "./value-files.ts";

const knowledge = { vocabulary: vocabulary(), values: values() };

interface Asked {
  readonly field: string | null;
  readonly operator: Operator;
  readonly value: Value;
  readonly platform?: Platform;
  readonly more?: Partial<Predicate>;
}

function meaning({ field, operator, value, platform = "windows", more = {} }: Asked): IndicatorMeaning {
  const predicate: Predicate = {
    type: "predicate",
    field: field === null ? null : { raw: "raw", canonical: field },
    operator,
    values: [value],
    raw: [String(value)],
    quantifier: "any",
    caseSensitive: false,
    span: { start: 0, end: 0 },
    ...more,
  };
  return indicatorOf(knowledge, platform, predicate, value);
}

function key(asked: Asked): string {
  const { field, operator, value } = meaning(asked);
  return `${field} ${operator} ${value}`;
}

/** `field operator value`, in which the value of a `like` is a text with wildcards, brought to the form that languages give. */
function ask(text: string, platform: Platform = "windows", more: Partial<Predicate> = {}): Asked {
  const [, field = "", operator = "", value = ""] = /^(\S+) (\S+) (.*)$/su.exec(text) ?? [];
  if (operator !== "like") return { field, operator: operator as Operator, value, platform, more };
  const tokens: readonly PatternToken[] = glob(value);
  const form = normalForm(tokens);
  return { field, operator: form.operator, value: form.value ?? "", platform, more };
}

const sensitive = { caseSensitive: true } as const;
const md5 = "5BE61A24F50EB4C94D98B8A82EF58DCF";
const sha1 = "994E3F5DD082F5D82F9CC84108A60D358EACB2D5";
const sha256 = "9DC7BEB60A0A6E7238FC8589B6C2665331BE1E807B4D2B3DDD1C258DBBD3E2F7";

describe("values that mean the same meet", () => {
  test.each<[string, Asked, Asked]>([
    ["the end of a path and the name", ask("process.executable ends_with \\Dns.exe"), ask("process.name eq dns.exe")],
    ["a wildcard folder and the name", ask("process.executable like *\\dns.exe"), ask("process.name eq DNS.exe")],
    ["the parent's too", ask("process.parent.executable ends_with \\w3wp.exe"), ask("process.parent.name eq w3wp.exe")],
    ["a library's too", ask("dll.path ends_with \\amsi.dll"), ask("dll.name eq amsi.dll")],
    ["an end without a separator", ask("file.path ends_with .exe"), ask("file.name ends_with .exe")],
    [
      "on Unix with its own separator",
      ask("process.executable ends_with /bash", "unix"),
      ask("process.name eq bash", "unix"),
    ],
    [
      "where only the path tells the system",
      ask("process.executable ends_with \\dns.exe", null),
      ask("process.name eq dns.exe", null),
    ],
    ["the same on Unix", ask("process.executable ends_with /bash", null), ask("process.name eq bash", null)],
    ["an extension and the end of a name", ask("file.extension eq exe"), ask("file.path ends_with .exe")],
    ["an extension with its dot", ask("file.extension eq .EXE"), ask("file.name ends_with .exe")],
    [
      "an open drive, however it is left open",
      ask("process.executable like ?:\\Windows\\x.exe"),
      ask("process.executable like *:\\windows\\x.exe"),
    ],
    [
      "an open drive and anything behind",
      ask("process.executable like ?:\\Windows\\*"),
      ask("process.executable contains :\\windows\\"),
    ],
    [
      "small letters, whether the rule minds case or not",
      ask("process.args eq -c", "unix", sensitive),
      ask("process.args eq -c", "unix"),
    ],
    ["case of a path on Windows", ask("file.path eq C:\\A.txt", "windows", sensitive), ask("file.path eq c:\\a.TXT")],
    [
      "case of a name, where the path says Windows",
      ask("file.path ends_with \\A.txt", null, sensitive),
      ask("file.name eq a.txt", null),
    ],
    [
      "a registry root in long",
      ask("registry.path starts_with HKEY_LOCAL_MACHINE\\Software\\x"),
      ask("registry.path starts_with HKLM\\SOFTWARE\\x"),
    ],
    [
      "a registry root as the kernel calls it",
      ask("registry.path like \\REGISTRY\\MACHINE\\SYSTEM\\*ControlSet*\\x"),
      ask("registry.path like HKLM\\SYSTEM\\*ControlSet*\\x"),
    ],
    [
      "a registry root without its hive",
      ask("registry.path like USER\\*\\Run"),
      ask("registry.path like HKEY_USERS\\*\\Run"),
    ],
    [
      "a registry root inside a text",
      ask("registry.path contains HKEY_LOCAL_MACHINE\\SAM"),
      ask("registry.path contains hklm\\sam"),
    ],
    [
      "a number of the registry",
      ask("registry.data.strings eq DWORD (0x00000001)"),
      ask("registry.data.strings eq 0x00000001"),
    ],
    [
      "a long number of the registry",
      ask("registry.data.strings eq QWORD (0x00000000-0x0000000a)"),
      ask("registry.data.strings eq 0x00000000-0x0000000A"),
    ],
    [
      "a network with bits behind its length",
      ask("source.ip cidr_match 10.0.0.5/8"),
      ask("source.ip cidr_match 10.0.0.0/8"),
    ],
    ["an IPv6 network", ask("source.ip cidr_match FE80:0:0::/10"), ask("source.ip cidr_match fe80::/10")],
    ["an address and its own network", ask("source.ip cidr_match 10.0.0.1/32"), ask("source.ip eq 10.0.0.1")],
    ["an address of IPv6", ask("source.ip eq 0:0:0:0:0:0:0:1"), ask("source.ip cidr_match ::1")],
    [
      "an address compared with a network",
      ask("source.ip eq 192.168.0.0/16"),
      ask("source.ip cidr_match 192.168.0.0/16"),
    ],
    ["whole octets", ask("source.ip starts_with 10."), ask("source.ip cidr_match 10.0.0.0/8")],
    ["whole octets and wildcards", ask("source.ip like 192.168.*.*"), ask("source.ip like 192.168.*")],
    ["an address as a word", ask("source.ip match 185.220.101.10"), ask("source.ip eq 185.220.101.10")],
    [
      "a hash in a text of several",
      ask(`process.hash contains MD5=${md5}`),
      ask(`process.hash.md5 eq ${md5.toLowerCase()}`, "windows", sensitive),
    ],
    ["an import hash in a text of several", ask(`dll.hash contains IMPHASH=${md5}`), ask(`dll.pe.imphash eq ${md5}`)],
    ["digits that only one algorithm has", ask(`file.hash contains ${sha256}`), ask(`file.hash.sha256 eq ${sha256}`)],
    [
      "a labelled hash of nobody known",
      ask(`winlog.event_data.Hashes contains ${sha1}`),
      ask(`winlog.event_data.Hashes contains sha1=${sha1}`),
    ],
    [
      "an access mask with zeros",
      ask("winlog.event_data.AccessMask eq 0x00000002"),
      ask("winlog.event_data.AccessMask eq 0x2"),
    ],
    [
      "an access mask as a number",
      { field: "winlog.event_data.GrantedAccess", operator: "eq", value: 0x1410 },
      ask("winlog.event_data.GrantedAccess eq 0x1410"),
    ],
    [
      "letters of a number",
      ask("winlog.event_data.Status eq 0XC000006A", "windows", sensitive),
      ask("winlog.event_data.Status eq 0xc000006a", "windows", sensitive),
    ],
    [
      "the end of a number that is all of it",
      ask("winlog.event_data.GrantedAccess ends_with 0x14C2"),
      ask("winlog.event_data.GrantedAccess eq 0x14c2"),
    ],
    ["a process id in hexadecimal", ask("process.pid eq 0x1f4"), { field: "process.pid", operator: "eq", value: 500 }],
    ["a number as text", ask("destination.port eq 0443"), { field: "destination.port", operator: "eq", value: 443 }],
    ["an event id as text", ask("event.code eq 4624"), { field: "event.code", operator: "eq", value: 4624 }],
    [
      "a truth as text",
      ask("process.code_signature.trusted eq TRUE", "windows", sensitive),
      { field: "process.code_signature.trusted", operator: "eq", value: true, more: sensitive },
    ],
    [
      "a logon type by name",
      ask("winlog.event_data.LogonType eq RemoteInteractive"),
      { field: "winlog.event_data.LogonType", operator: "eq", value: 10 },
    ],
    [
      "an integrity level by SID",
      ask("winlog.event_data.IntegrityLevel eq S-1-16-16384"),
      ask("winlog.event_data.IntegrityLevel eq System"),
    ],
    ["a well-known SID by name", ask("user.id eq NT AUTHORITY\\SYSTEM"), ask("user.id eq S-1-5-18")],
    [
      "a message code by its words",
      ask("winlog.event_data.OperationType eq Value Added"),
      ask("winlog.event_data.OperationType eq %%14674"),
    ],
    [
      "options with any dash",
      ask("process.command_line contains  /u ", "windows", { encoding: ["windash"] }),
      ask("process.command_line contains  -U "),
    ],
    [
      "a regular expression of plain text",
      ask("process.executable regex_match \\\\Cmd\\.exe$"),
      ask("process.name eq cmd.exe"),
    ],
    [
      "one that ignores case itself",
      ask("file.extension regex_match (?i)^Exe$", null, sensitive),
      ask("file.name ends_with .exe", null),
    ],
    [
      "letters where the rule ignores case",
      ask("process.command_line contains PowerShell"),
      ask("process.command_line contains powershell"),
    ],
    [
      "letters where the field ignores case",
      ask("user.name eq Administrator", null, sensitive),
      ask("user.name eq administrator", null),
    ],
  ])("%s", (_, one, other) => {
    expect(key(one)).toBe(key(other));
  });
});

describe("values that mean different things stay apart", () => {
  test.each<[string, Asked, Asked]>([
    [
      "a capital letter that a rule minds",
      ask("process.args eq -C", "unix", sensitive),
      ask("process.args eq -c", "unix"),
    ],
    [
      "the second slash of an address, where options may have any dash",
      ask("process.command_line contains https://foo", "windows", { encoding: ["windash"] }),
      ask("process.command_line contains https:/-foo", "windows", { encoding: ["windash"] }),
    ],
    [
      "a folder in front of the name",
      ask("process.executable ends_with \\temp\\dns.exe"),
      ask("process.name eq dns.exe"),
    ],
    ["the end of a name and the name", ask("process.executable ends_with dns.exe"), ask("process.name eq dns.exe")],
    ["a part of a path", ask("process.executable contains \\dns.exe"), ask("process.name eq dns.exe")],
    ["a name as the whole path", ask("process.executable eq dns.exe"), ask("process.name eq dns.exe")],
    ["a wildcard that may be a folder", ask("process.executable like *\\x?.exe"), ask("process.name like x?.exe")],
    ["the same with many letters", ask("process.executable like *\\x*.exe"), ask("process.name like x*.exe")],
    ["a drive in front of the name", ask("process.executable like ?:\\dns.exe"), ask("process.name eq dns.exe")],
    ["a slash on Windows", ask("process.executable ends_with /dns.exe"), ask("process.name eq dns.exe")],
    ["a backslash on Unix", ask("process.executable ends_with \\bash", "unix"), ask("process.name eq bash", "unix")],
    ["a process and its parent", ask("process.parent.executable ends_with \\dns.exe"), ask("process.name eq dns.exe")],
    ["a folder and a name", ask("file.directory ends_with \\temp"), ask("file.name eq temp")],
    ["an extension of two parts", ask("file.extension eq tar.gz"), ask("file.name ends_with .tar.gz")],
    ["a part of an extension", ask("file.extension ends_with xe"), ask("file.name ends_with xe")],
    [
      "a drive and an open drive",
      ask("process.executable eq C:\\Windows\\x.exe"),
      ask("process.executable like ?:\\Windows\\x.exe"),
    ],
    [
      "two drives",
      ask("process.executable starts_with C:\\Windows"),
      ask("process.executable starts_with D:\\Windows"),
    ],
    [
      "a variable and the folder it often holds",
      ask("file.path starts_with %SystemRoot%\\x"),
      ask("file.path starts_with C:\\Windows\\x"),
    ],
    [
      "two variables that often hold the same",
      ask("file.path starts_with %SystemRoot%\\x"),
      ask("file.path starts_with %windir%\\x"),
    ],
    [
      "case of a path on Unix",
      ask("file.path eq /tmp/A", "unix", sensitive),
      ask("file.path eq /tmp/a", "unix", sensitive),
    ],
    [
      "case of a name on no known system",
      ask("file.name eq A", null, sensitive),
      ask("file.name eq a", null, sensitive),
    ],
    [
      "case of a command line, where the rule says so",
      ask("process.command_line contains -E", "windows", sensitive),
      ask("process.command_line contains -e", "windows", sensitive),
    ],
    [
      "two registry roots",
      ask("registry.path starts_with HKLM\\Software\\x"),
      ask("registry.path starts_with HKCU\\Software\\x"),
    ],
    [
      "the user's root and all users",
      ask("registry.path like HKCU\\Software\\x*y"),
      ask("registry.path like HKU\\*\\Software\\x*y"),
    ],
    [
      "classes and the merged view of them",
      ask("registry.path starts_with HKCR\\x"),
      ask("registry.path starts_with HKLM\\Software\\Classes\\x"),
    ],
    [
      "the current control set and a numbered one",
      ask("registry.path eq HKLM\\SYSTEM\\CurrentControlSet\\x"),
      ask("registry.path eq HKLM\\SYSTEM\\ControlSet001\\x"),
    ],
    [
      "a view of 32 bits",
      ask("registry.path eq HKLM\\Software\\Wow6432Node\\x"),
      ask("registry.path eq HKLM\\Software\\x"),
    ],
    ["a key that is called as a root", ask("registry.path contains MACHINE\\x"), ask("registry.path contains HKLM\\x")],
    [
      "a name that begins as a root",
      ask("registry.path starts_with MACHINEX\\x"),
      ask("registry.path starts_with HKLMX\\x"),
    ],
    [
      "a root on a command line",
      ask("process.command_line contains HKEY_LOCAL_MACHINE\\SAM"),
      ask("process.command_line contains HKLM\\SAM"),
    ],
    [
      "a number of the registry and a text",
      ask("registry.data.strings eq DWORD (0x00000001)"),
      ask("registry.data.strings eq 1"),
    ],
    [
      "a number of another field",
      ask("process.command_line eq DWORD (0x00000001)"),
      ask("process.command_line eq 0x00000001"),
    ],
    ["octets that are not whole", ask("source.ip starts_with 10"), ask("source.ip cidr_match 10.0.0.0/8")],
    ["octets behind a wildcard", ask("source.ip like 10.*.5"), ask("source.ip cidr_match 10.0.0.0/8")],
    ["more octets than there are", ask("source.ip like 1.2.3.*.*"), ask("source.ip cidr_match 1.2.3.0/24")],
    ["an address inside another protocol's", ask("source.ip eq ::ffff:10.0.0.1"), ask("source.ip eq 10.0.0.1")],
    ["two lengths of a network", ask("source.ip cidr_match 10.0.0.0/8"), ask("source.ip cidr_match 10.0.0.0/16")],
    [
      "octets on a field of any text",
      ask("source.address starts_with 10."),
      ask("source.address cidr_match 10.0.0.0/8"),
    ],
    ["octets with zeros in front", ask("source.ip eq 010.0.0.1"), ask("source.ip eq 10.0.0.1")],
    [
      "two algorithms with as many digits",
      ask(`process.hash contains MD5=${md5}`),
      ask(`process.hash contains IMPHASH=${md5}`),
    ],
    ["digits that two algorithms have", ask(`process.hash contains ${md5}`), ask(`process.hash.md5 eq ${md5}`)],
    ["a part of a hash", ask(`process.hash contains MD5=${md5.slice(1)}`), ask(`process.hash.md5 eq ${md5.slice(1)}`)],
    ["hashes of two things", ask(`dll.hash contains MD5=${md5}`), ask(`process.hash contains MD5=${md5}`)],
    ["all hashes and one of them", ask(`process.hash eq MD5=${md5}`), ask(`process.hash.md5 eq ${md5}`)],
    [
      "digits that may be in tens or in hexadecimal",
      ask("winlog.event_data.AccessMask eq 40"),
      ask("winlog.event_data.AccessMask eq 0x40"),
    ],
    ["the same in tens", ask("winlog.event_data.AccessMask eq 16"), ask("winlog.event_data.AccessMask eq 0x10")],
    [
      "the end of a number",
      ask("winlog.event_data.GrantedAccess ends_with 10"),
      ask("winlog.event_data.GrantedAccess eq 0x10"),
    ],
    ["hexadecimal in a text", ask("process.args eq 0x10"), ask("process.args eq 16")],
    ["zeros of a keyword", ask("event.code eq 04624"), ask("event.code eq 4624")],
    [
      "a truth in a field of any text",
      ask("process.args eq TRUE", "windows", sensitive),
      ask("process.args eq true", "windows", sensitive),
    ],
    ["a SID's name on a field of names", ask("user.name eq SYSTEM"), ask("user.name eq S-1-5-18")],
    ["a SID's name on Unix", ask("user.id eq SYSTEM", "unix"), ask("user.id eq S-1-5-18", "unix")],
    ["a logon type of another field", ask("o365.audit.LogonType eq Network"), ask("o365.audit.LogonType eq 3")],
    [
      "a message code in a list",
      ask("winlog.event_data.AccessList contains DELETE"),
      ask("winlog.event_data.AccessList contains %%1537"),
    ],
    [
      "options without the dash's freedom",
      ask("process.command_line contains  /u "),
      ask("process.command_line contains  -u "),
    ],
    [
      "quotes that are part of the value",
      ask('process.command_line eq "C:\\x.exe"'),
      ask("process.command_line eq C:\\x.exe"),
    ],
    [
      "a regular expression of any letter",
      ask("process.executable regex_match \\\\cmd.exe$"),
      ask("process.name eq cmd.exe"),
    ],
    [
      "a regular expression of two texts",
      ask("process.executable regex_match \\\\(cmd|a)\\.exe$"),
      ask("process.name eq cmd.exe"),
    ],
    ["letters of a regular expression", ask("process.name regex_match \\D+"), ask("process.name regex_match \\d+")],
    [
      "an encoded text and the same plain",
      ask("process.command_line contains IEX", null, { encoding: ["base64offset"] }),
      ask("process.command_line contains IEX", null),
    ],
    [
      "two encodings",
      ask("process.command_line contains IEX", null, { encoding: ["wide", "base64offset"] }),
      ask("process.command_line contains IEX", null, { encoding: ["base64offset"] }),
    ],
    [
      "letters before an encoding",
      ask("process.command_line contains IEX", null, { encoding: ["base64"] }),
      ask("process.command_line contains iex", null, { encoding: ["base64"] }),
    ],
    ["names of two fields", ask("user.name eq_field Subject"), ask("user.name eq_field subject")],
  ])("%s", (_, one, other) => {
    expect(key(one)).not.toBe(key(other));
  });
});

test("a field without a common name passes through, with letters folded as the rule says", () => {
  expect(meaning({ field: null, operator: "eq", value: "\\Dns.exe" })).toEqual({
    field: null,
    operator: "eq",
    value: "\\dns.exe",
    spelling: "\\Dns.exe",
    because: ["letters folded: the rule ignores case"],
  });
  expect(meaning({ field: null, operator: "eq", value: "A", more: sensitive }).value).toBe("A");
});

test("what was done is told, and the spelling keeps its letters", () => {
  expect(meaning(ask("process.executable ends_with \\Dns.exe", "windows", sensitive))).toEqual({
    field: "process.name",
    operator: "eq",
    value: "dns.exe",
    spelling: "Dns.exe",
    because: ["base name of the path", "letters folded: the field ignores case"],
  });
  expect(meaning(ask("registry.path eq HKEY_USERS\\x")).because).toContain("hive spelled HKU");
  expect(meaning(ask("winlog.event_data.LogonType eq network")).because).toEqual(["logon type 3"]);
  expect(meaning(ask("process.name eq dns.exe")).because).toEqual([]);
});

test("a value in normal form is its own normal form", () => {
  for (const asked of [
    ask("process.executable ends_with \\Dns.exe"),
    ask("process.executable like ?:\\Windows\\*"),
    ask("registry.path starts_with \\REGISTRY\\USER\\x"),
    ask("source.ip starts_with 10."),
    ask("source.ip cidr_match 10.0.0.1/32"),
    ask(`process.hash contains MD5=${md5}`),
    ask("winlog.event_data.AccessMask eq 0x0002"),
    ask("winlog.event_data.LogonType eq Network"),
  ]) {
    const { field, operator, value } = meaning(asked);
    expect(key({ ...asked, field, operator, value })).toBe(`${field} ${operator} ${value}`);
  }
});

test("a build asks about values a hundred thousand times, which must not be felt", () => {
  const predicates = [
    ask("process.command_line contains  -EncodedCommand "),
    ask("process.executable ends_with \\Dns.exe"),
    ask("registry.path like *\\SOFTWARE\\*\\Run"),
    ask("winlog.event_data.AccessMask eq 0x2"),
  ];
  const started = processorTime();
  for (let i = 0; i < 25_000; i++) for (const one of predicates) meaning(one);
  expect(processorTime() - started).toBeLessThan(2_000);
});
