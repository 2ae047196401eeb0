import { describe, expect, it } from "vitest";
import { lineOfCmd, splitLine } from "./command-line.ts";
import { baseName, fillVariables, unixPath, windowsPath } from "./environment.ts";

describe("command lines", () => {
  it.each([
    ["reg add HKLM /f", "reg  add HKLM /f"],
    ["clip", "clip"],
    ["clip   ", "clip"],
    ['"C:\\a b\\x.exe" -f', '"C:\\a b\\x.exe"  -f'],
    ["reg    add", "reg  add"],
  ])("gives %s as cmd does", (text, line) => {
    expect(lineOfCmd(text)).toBe(line);
  });

  it("cuts a line after its program", () => {
    expect(splitLine('"C:\\a b\\x.exe" -f "y z"')).toEqual({
      program: "C:\\a b\\x.exe",
      written: '"C:\\a b\\x.exe"',
      rest: '-f "y z"',
    });
    expect(splitLine('C:\\"a b"\\x.exe y').program).toBe("C:\\a b\\x.exe");
    expect(splitLine("")).toEqual({ program: "", written: "", rest: "" });
    expect(splitLine('"open').program).toBe("open");
  });
});

describe("paths", () => {
  it.each([
    ["a.txt", "C:\\Temp\\a.txt"],
    [".\\b\\..\\a.txt", "C:\\Temp\\a.txt"],
    ["..\\..\\..\\a", "C:\\a"],
    ["\\Windows\\x", "C:\\Windows\\x"],
    ["c:/Users/x", "C:\\Users\\x"],
    ["\\\\host\\share\\x", "\\\\host\\share\\x"],
    ['"D:\\a b"', "D:\\a b"],
  ])("makes %s full", (path, full) => {
    expect(windowsPath(path, "C:\\Temp")).toBe(full);
  });

  it("does the same for Unix", () => {
    expect(unixPath("../etc/./passwd", "/tmp")).toBe("/etc/passwd");
    expect(unixPath("/a//b/..", "/tmp")).toBe("/a");
    expect(baseName("/a/b\\c.exe")).toBe("c.exe");
  });

  it("fills in what is known and nothing else", () => {
    const facts = { windows: { temp: "C:\\T" }, powershell: {}, unix: {}, wrappers: {} };
    expect(fillVariables(`%TEMP%\\a %nope% $env:temp \${env:TEMP} $x %__proto__%`, facts)).toBe(
      "C:\\T\\a %nope% C:\\T C:\\T $x %__proto__%",
    );
  });
});
