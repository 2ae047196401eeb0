import { describe, expect, test } from "vitest";
import { matchingKnowledge } from "./index.ts";

const { view, vocabulary } = matchingKnowledge();

/** What a field becomes from one value of another. */
function derived(field: string, from: string, value: string): unknown {
  const form = view.derivedForms(field).find((one) => one.from === from);
  expect(form, `${field} from ${from}`).toBeDefined();
  return form?.compute(value) ?? null;
}

const md5 = "0123456789abcdef0123456789abcdef";

describe("what follows from what", () => {
  test.each([
    ["process.name", "process.executable", "C:\\Windows\\System32\\cmd.exe", "cmd.exe"],
    ["process.name", "process.executable", "/usr/bin/cu\\rl", "cu\\rl"],
    ["process.name", "process.executable", "cmd.exe", "cmd.exe"],
    ["process.name", "process.executable", "C:\\folder\\", null],
    ["file.extension", "file.path", "C:\\a.b\\c.tar.gz", "gz"],
    ["file.extension", "file.path", "C:\\a.b\\c", null],
    ["file.extension", "file.name", ".bashrc", null],
    ["file.directory", "file.path", "C:\\a\\b.txt", "C:\\a"],
    ["file.directory", "file.path", "C:\\b.txt", "C:\\"],
    ["file.directory", "file.path", "/b.txt", "/"],
    ["dll.name", "dll.path", "C:\\a\\evil.dll", "evil.dll"],
    ["process.parent.name", "process.parent.executable", "C:\\a\\b.exe", "b.exe"],
    ["process.hash.md5", "process.hash", `SHA1=0,MD5=${md5.toUpperCase()},IMPHASH=0`, md5],
    ["process.hash.md5", "process.hash", `MD5: ${md5}`, md5],
    ["process.hash.sha256", "process.hash", `MD5=${md5}`, null],
    ["process.pe.imphash", "process.hash", `MD5=0,IMPHASH=${md5}`, md5],
    ["registry.value", "registry.path", "HKLM\\Software\\Run\\Evil", "Evil"],
    ["registry.hive", "registry.path", "HKLM\\Software\\Run\\Evil", "HKLM"],
    [
      "registry.key",
      "registry.path",
      "HKLM\\Software\\Run\\Evil",
      ["HKLM\\Software\\Run", "Software\\Run", "HKLM\\Software\\Run\\Evil"],
    ],
    ["process.args", "process.command_line", 'cmd /c "a b"', ["cmd", "/c", "a b"]],
    ["process.args_count", "process.command_line", 'cmd /c "a b"', 3],
    ["user.name", "winlog.event_data.User", "CORP\\bob", "bob"],
    ["user.domain", "winlog.event_data.User", "CORP\\bob", "CORP"],
    ["user.domain", "winlog.event_data.User", "bob", null],
    ["url.path", "url.original", "http://a.example:80/b/c.php?d=e#f", "/b/c.php"],
    ["url.query", "url.original", "http://a.example/b?d=e#f", "d=e"],
    ["url.domain", "url.original", "http://u@a.example:80/b", "a.example"],
    ["url.path", "url.original", "/b?d=e", "/b"],
    ["url.domain", "url.original", "/b?d=e", null],
    ["url.extension", "url.path", "/b/c.php", "php"],
    ["source.address", "source.ip", "192.0.2.1", "192.0.2.1"],
    ["source.ip", "source.address", "example.org", null],
    ["source.ip", "source.address", "192.0.2.1", "192.0.2.1"],
    ["event.outcome", "winlog.keywords", "0x8020000000000000", "success"],
    ["event.outcome", "winlog.keywords", "0x8010000000000000", "failure"],
    ["event.outcome", "winlog.keywords", "Audit Failure", "failure"],
    ["event.outcome", "winlog.keywords", "0x8000000000000000", null],
    ["host.hostname", "winlog.computer_name", "pc1.corp.example", "pc1"],
    ["host.name", "winlog.computer_name", "pc1.corp.example", "pc1.corp.example"],
    ["event.dataset", "data_stream.dataset", "aws.cloudtrail", "aws.cloudtrail"],
    ["network.direction", "winlog.event_data.Initiated", "true", "egress"],
    ["network.direction", "winlog.event_data.Direction", "%%14592", "ingress"],
    ["network.direction", "winlog.event_data.Direction", "toString", null],
    ["dns.resolved_ip", "winlog.event_data.QueryResults", "type:  5 a.example;::ffff:192.0.2.1;", ["192.0.2.1"]],
    [
      "dns.answers.data",
      "winlog.event_data.QueryResults",
      "type:  5 a.example;::ffff:192.0.2.1;",
      ["a.example", "192.0.2.1"],
    ],
    [
      "process.command_line",
      "winlog.event_data.ContextInfo",
      "  Severity = Informational\n  Host Application = powershell.exe -x\n",
      "powershell.exe -x",
    ],
    [
      "process.command_line",
      "winlog.event_data.Data",
      "\tHostName=x\n\tHostApplication=powershell.exe -x\n",
      "powershell.exe -x",
    ],
    ["network.transport", "winlog.event_data.Protocol", "6", "tcp"],
  ])("%s from %s of %j", (field, from, value, expected) => {
    expect(derived(field, from, value)).toEqual(expected);
  });

  test("a field without other forms follows from nothing", () => {
    expect(view.derivedForms("winlog.event_data.LogonType")).toEqual([]);
    expect(view.derivedForms("no such field")).toEqual([]);
  });

  test("every form names fields of the vocabulary", () => {
    const stray = vocabulary.tables.fields
      .flatMap((one) => view.derivedForms(one.id))
      .filter((one) => vocabulary.field(one.from) === null || vocabulary.field(one.field) === null);
    expect(stray).toEqual([]);
  });

  test("a hostile text has an end", () => {
    expect(derived("process.name", "process.executable", "\\".repeat(1_000_000))).toBeNull();
    expect(derived("process.hash.md5", "process.hash", "MD5=".repeat(20_000))).toBeNull();
  });
});

describe("spellings", () => {
  test.each([
    ["registry.path", "HKEY_LOCAL_MACHINE\\a", ["HKLM\\a", "HKEY_LOCAL_MACHINE\\a", "\\REGISTRY\\MACHINE\\a"]],
    [
      "registry.path",
      "\\REGISTRY\\USER\\S-1-5-18",
      ["HKU\\S-1-5-18", "HKEY_USERS\\S-1-5-18", "\\REGISTRY\\USER\\S-1-5-18"],
    ],
    ["registry.path", "HKLMX\\a", null],
    ["registry.data.strings", "DWORD (0x0000000a)", ["0x0000000a", "10", "DWORD (0x0000000a)"]],
    [
      "registry.data.strings",
      "QWORD (0x00000001-0x00000002)",
      ["0x00000001-0x00000002", "4294967298", "QWORD (0x00000001-0x00000002)"],
    ],
    ["registry.data.strings", "0x0000000A", ["0x0000000A", "10", "DWORD (0x0000000A)"]],
    ["registry.data.strings", "10", ["10", "0x0000000a", "DWORD (0x0000000a)"]],
    ["registry.data.strings", "c.exe", null],
    ["process.pid", "0x1a2b", ["6699", "0x1a2b"]],
    ["process.pid", "6699", null],
    ["source.ip", "::ffff:192.0.2.1", ["192.0.2.1", "::ffff:192.0.2.1"]],
    ["source.ip", "2001:0DB8:0:0:0:0:0:1", ["2001:db8::1", "2001:0DB8:0:0:0:0:0:1"]],
    ["source.ip", "192.0.2.1", null],
    ["source.ip", "-", null],
    ["winlog.event_data.GrantedAccess", "0x001FFFFF", ["0x1fffff", "0x001FFFFF"]],
    [
      "winlog.event_data.TokenElevationType",
      "%%1936",
      ["%%1936", "TokenElevationTypeDefault", "TokenElevationTypeDefault (1)"],
    ],
    ["winlog.event_data.LogonType", "3", ["3", "Network"]],
    [
      "winlog.event_data.AccessList",
      "%%1537\n\t\t\t\t%%4417",
      ["%%1537\n\t\t\t\t%%4417", "%%1537", "DELETE", "%%4417", "WriteData (or AddFile)"],
    ],
    [
      "process.entity_id",
      "0197231E-C424-69E1-C922-000000000800",
      ["{0197231E-C424-69E1-C922-000000000800}", "0197231E-C424-69E1-C922-000000000800"],
    ],
    ["process.entity_id", "MzQ1", null],
    ["process.executable", "C:\\a.exe", null],
    ["no such field", "a", null],
  ])("%s %j", (field, value, expected) => {
    expect(view.spellings(field, value)).toEqual(expected);
  });

  test("numbers and truth values of JSON stay what they are", () => {
    expect(view.spellings("process.pid", 6699)).toBeNull();
    expect(view.spellings("winlog.event_data.LogonType", 3)).toEqual(["3", "Network", 3]);
    expect(view.spellings("winlog.event_data.LogonType", true)).toBeNull();
  });
});
