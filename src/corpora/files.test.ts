import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  listFiles,
  maximumFileBytes,
  maximumFirstLineBytes,
  maximumLevels,
  readFirstLine,
  readTextFile,
} from "./files.ts";

let base = "";
let folder = "";

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "detectionary files "));
  folder = join(base, "corpus");
  mkdirSync(folder);
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}

/** Code and line of the failure; the text where there is none. */
function outcome(path: string): string {
  const read = readTextFile(folder, path);
  return read.type === "text" ? read.text : `${read.failure.code}:${read.failure.line}`;
}

describe("listing", () => {
  test("finds the endings below the folder asked for, sorted, with slashes", () => {
    for (const path of ["rules/b/2.yml", "rules/a/1.yaml", "rules/b/10.yml", "rules/b/notes.md", "other/3.yml"])
      write(path, "x");
    expect(listFiles(folder, "rules", [".yml", ".yaml"])).toEqual([
      "rules/a/1.yaml",
      "rules/b/10.yml",
      "rules/b/2.yml",
    ]);
  });

  test("a folder that is not there holds nothing", () => {
    expect(listFiles(folder, "rules", [".yml"])).toEqual([]);
  });

  test("a folder with the name of a file is walked", () => {
    write("rules/odd.yml/inner.yml", "x");
    expect(listFiles(folder, "rules", [".yml"])).toEqual(["rules/odd.yml/inner.yml"]);
  });

  test("what lies too deep is reported under the folder where the walk stops", () => {
    const last = Array.from({ length: maximumLevels }, () => "d").join("/");
    write(`${last}/reached.yml`, "x");
    write(`${last}/d/d/d/hidden.yml`, "x");
    expect(listFiles(folder, "", [".yml"])).toEqual([`${last}/d`, `${last}/reached.yml`]);
    expect(outcome(`${last}/d`)).toBe("corpus/unreadable:1");
    expect(outcome(`${last}/reached.yml`)).toBe("x");
  });

  test("a loop of folder links ends", () => {
    write("rules/1.yml", "x");
    symlinkSync("..", join(folder, "rules", "again"));
    expect(listFiles(folder, "", [".yml"])).toEqual(["rules/1.yml"]);
  });

  test("a folder that is a link to itself is reported", () => {
    symlinkSync("rules", join(folder, "rules"));
    expect(listFiles(folder, "rules", [".yml"])).toEqual(["rules"]);
    expect(outcome("rules")).toBe("corpus/unreadable:1");
  });

  // Root opens every folder, so that nothing would be tested.
  test.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "a folder that cannot be opened is reported",
    () => {
      write("rules/closed/1.yml", "x");
      chmodSync(join(folder, "rules/closed"), 0o000);
      try {
        expect(listFiles(folder, "rules", [".yml"])).toEqual(["rules/closed"]);
        expect(outcome("rules/closed")).toBe("corpus/unreadable:1");
      } finally {
        chmodSync(join(folder, "rules/closed"), 0o755);
      }
    },
  );
});

describe("reading", () => {
  test("a text comes without its byte order mark", () => {
    write("1.yml", new Uint8Array([0xef, 0xbb, 0xbf, 0x61]));
    expect(outcome("1.yml")).toBe("a");
  });

  test("a file of 10 MB is refused with its size", () => {
    write("big.yml", "a".repeat(10 * 1024 * 1024));
    expect(readTextFile(folder, "big.yml")).toEqual({
      type: "failure",
      failure: {
        path: "big.yml",
        line: 1,
        code: "corpus/too-large",
        message: "This file has 10485760 bytes; at most 2097152 are read.",
      },
    });
  });

  test("the cap itself is read, one byte more is not, and a reader may raise it", () => {
    write("cap.yml", "a".repeat(maximumFileBytes));
    write("over.yml", "a".repeat(maximumFileBytes + 1));
    expect(readTextFile(folder, "cap.yml").type).toBe("text");
    expect(outcome("over.yml")).toBe("corpus/too-large:1");
    expect(readTextFile(folder, "over.yml", maximumFileBytes + 1).type).toBe("text");
  });

  test("an empty file is a failure", () => {
    write("empty.yml", "");
    expect(outcome("empty.yml")).toBe("corpus/empty:1");
  });

  test.each([
    ["a stray byte", [0x61, 0x0a, 0x62, 0x0a, 0xff, 0x0a, 0x63], 3],
    ["a character cut short at the end", [0x61, 0x0a, 0xe2, 0x82], 2],
    ["a surrogate", [0xed, 0xa0, 0x80], 1],
    ["an overlong slash", [0x0a, 0x0a, 0x0a, 0xc0, 0xaf], 4],
  ])("invalid UTF-8 is a failure with its line: %s", (_, bytes, line) => {
    write("bytes.yml", new Uint8Array(bytes));
    expect(outcome("bytes.yml")).toBe(`corpus/invalid-utf8:${line}`);
  });

  test("a file that is gone is a failure", () => {
    expect(outcome("gone.yml")).toBe("corpus/unreadable:1");
  });

  test("a link inside the corpus is followed", () => {
    write("real.yml", "x");
    symlinkSync("real.yml", join(folder, "link.yml"));
    expect(outcome("link.yml")).toBe("x");
  });

  test("a link that leaves the corpus is listed and not followed", () => {
    writeFileSync(join(base, "secret.yml"), "secret");
    symlinkSync(join("..", "secret.yml"), join(folder, "link.yml"));
    expect(listFiles(folder, "", [".yml"])).toEqual(["link.yml"]);
    expect(outcome("link.yml")).toBe("corpus/outside:1");
  });

  test("a folder link that leaves the corpus is not followed either", () => {
    mkdirSync(join(base, "outside"));
    writeFileSync(join(base, "outside", "secret.yml"), "secret");
    symlinkSync(join("..", "outside"), join(folder, "rules"));
    expect(listFiles(folder, "rules", [".yml"])).toEqual(["rules/secret.yml"]);
    expect(outcome("rules/secret.yml")).toBe("corpus/outside:1");
  });

  test("a neighbour whose name begins like the corpus is outside", () => {
    mkdirSync(join(base, "corpus-2"));
    writeFileSync(join(base, "corpus-2", "1.yml"), "secret");
    expect(outcome("../corpus-2/1.yml")).toBe("corpus/outside:1");
  });

  test("a loop of file links and a link to nothing are failures", () => {
    symlinkSync("b.yml", join(folder, "a.yml"));
    symlinkSync("a.yml", join(folder, "b.yml"));
    symlinkSync("nowhere", join(folder, "c.yml"));
    expect(listFiles(folder, "", [".yml"])).toEqual(["a.yml", "b.yml", "c.yml"]);
    expect(["a.yml", "b.yml", "c.yml"].map(outcome)).toEqual(Array(3).fill("corpus/unreadable:1"));
  });

  test.skipIf(process.platform === "win32")("a pipe does not keep the reader waiting", () => {
    expect(spawnSync("mkfifo", [join(folder, "pipe.yml")]).status).toBe(0);
    expect(outcome("pipe.yml")).toBe("corpus/unreadable:1");
  });

  test("the corpus may itself be reached through a link", () => {
    write("1.yml", "x");
    symlinkSync("corpus", join(base, "alias"));
    expect(readTextFile(join(base, "alias"), "1.yml").type).toBe("text");
  });

  test("a failure does not tell where on the machine the corpus stands", () => {
    const read = readTextFile(folder, "gone.yml");
    expect(read.type === "failure" ? read.failure.message : "").not.toContain(base);
  });
});

describe("the first line", () => {
  const firstLine = (path: string): string => {
    const read = readFirstLine(folder, path);
    return read.type === "text" ? read.text : `${read.failure.path} ${read.failure.code}`;
  };

  test.each([
    ["a,b\n1,2\n", "a,b"],
    ["a,b\r\n1,2\r\n", "a,b"],
    ["a,b\r1,2", "a,b"],
    ["a,b", "a,b"],
    ["\ufeffa,b\n", "a,b"],
    ["\n1,2\n", ""],
    ["", "table.csv corpus/empty"],
    [new Uint8Array([0x61, 0xff, 0x0a]), "table.csv corpus/invalid-utf8"],
    [new Uint8Array([0x61, 0x0a, 0xff]), "a"],
  ])("of %j is %j", (content, expected) => {
    write("table.csv", content);
    expect(firstLine("table.csv")).toBe(expected);
  });

  test("is read of a file that is too large to be read whole", () => {
    write("table.csv", `a,b\n${"1,2\n".repeat(maximumFileBytes / 2)}`);
    expect(firstLine("table.csv")).toBe("a,b");
  });

  test("has a greatest length", () => {
    write("table.csv", "a".repeat(maximumFirstLineBytes));
    expect(firstLine("table.csv")).toBe("a".repeat(maximumFirstLineBytes));
    write("table.csv", `${"a".repeat(maximumFirstLineBytes)}\n`);
    expect(firstLine("table.csv")).toBe("table.csv corpus/too-large");
  });

  test("is not read outside of the corpus, nor of what is no file", () => {
    writeFileSync(join(base, "secret.csv"), "a,b\n");
    mkdirSync(join(folder, "folder.csv"));
    expect(firstLine("../secret.csv")).toBe("../secret.csv corpus/outside");
    expect(firstLine("folder.csv")).toBe("folder.csv corpus/unreadable");
    expect(firstLine("nowhere.csv")).toBe("nowhere.csv corpus/unreadable");
  });
});
