import { describe, expect, it } from "vitest";
import { detailsOf, registryName } from "./registry.ts";

const sid = "S-1-5-21-1-2-3-1001";

describe("registryName", () => {
  it.each([
    ["HKEY_LOCAL_MACHINE\\SOFTWARE\\X", "HKLM\\SOFTWARE\\X"],
    ["hklm\\system\\currentcontrolset\\control\\Lsa", "HKLM\\System\\CurrentControlSet\\Control\\Lsa"],
    ["HKLM:\\Software\\Microsoft\\X", "HKLM\\SOFTWARE\\Microsoft\\X"],
    ["HKLM:/Software/X/", "HKLM\\SOFTWARE\\X"],
    ["Registry::HKEY_LOCAL_MACHINE\\SAM", "HKLM\\SAM"],
    ["Microsoft.PowerShell.Core\\Registry::HKU\\.DEFAULT", "HKU\\.DEFAULT"],
    ["HKCU\\Environment", `HKU\\${sid}\\Environment`],
    ["HKEY_CURRENT_USER\\Software\\Classes\\CLSID\\{1}", `HKU\\${sid}_Classes\\CLSID\\{1}`],
    ["HKCU:\\\\Software\\\\X", `HKU\\${sid}\\Software\\X`],
    ["HKCR\\mscfile", "HKCR\\mscfile"],
    ["C:\\not\\a\\key", "C:\\not\\a\\key"],
    ['"HKLM\\SOFTWARE\\X"', "HKLM\\SOFTWARE\\X"],
  ])("names %s as Sysmon does", (key, name) => {
    expect(registryName(key, sid)).toBe(name);
  });
});

describe("detailsOf", () => {
  it.each([
    ["REG_DWORD", "1", "DWORD (0x00000001)"],
    ["DWord", "0x10", "DWORD (0x00000010)"],
    ["REG_DWORD", "4294967295", "DWORD (0xffffffff)"],
    ["REG_DWORD", "-1", "DWORD (0xffffffff)"],
    ["REG_DWORD", "no number", "DWORD (0x00000000)"],
    ["REG_QWORD", "4294967297", "QWORD (0x00000001-0x00000001)"],
    ["REG_BINARY", "00ff", "Binary Data"],
    ["REG_SZ", "", "(Empty)"],
    ["REG_SZ", "C:\\x.dll", "C:\\x.dll"],
    ["REG_EXPAND_SZ", "%SystemRoot%\\x", "%SystemRoot%\\x"],
    ["REG_MULTI_SZ", "a\\0b", "Binary Data"],
  ])("shows %s %s", (type, data, shown) => {
    expect(detailsOf(type, data)).toBe(shown);
  });
});
