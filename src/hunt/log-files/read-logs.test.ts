import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findLogs } from "./find-logs.ts";
import type { ReadOptions } from "./read-log.ts";
import { readLogs } from "./read-logs.ts";

let folder = "";
const at = (name: string) => join(folder, name);
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `{"i":${from + i},"text":"${"x".repeat(100)}"}\n`).join("");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary logs "));
  mkdirSync(at("sub/deeper"), { recursive: true });
  writeFileSync(at("a.ndjson"), '{"i":1}\noops\n{"i":2}\n');
  writeFileSync(at("empty.log"), "");
  writeFileSync(at("notes.txt"), "Nothing of interest.\n");
  writeFileSync(at("sub/b.json"), '[{"i":3}]');
  writeFileSync(at("sub/deeper/c.csv.gz"), gzipSync("i,j\n4,x\n"));
  writeFileSync(at("sub/.hidden"), '{"i":9}\n');
  symlinkSync(folder, at("sub/loop"));
  symlinkSync(at("a.ndjson"), at("sub/same.ndjson"));
  writeFileSync(at("members.gz"), Buffer.concat([gzipSync(lines(0, 5000)), gzipSync(lines(5000, 9000))]));
  writeFileSync(at("cut.gz"), gzipSync(lines(0, 20_000)).subarray(0, 10_000));
  writeFileSync(at("trailing.gz"), Buffer.concat([gzipSync(lines(0, 2000)), Buffer.from("no gzip at all")]));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(paths: readonly string[], options: ReadOptions = {}) {
  const records: (readonly [string, number, unknown])[] = [];
  const faults: string[] = [];
  const formats = new Set<string | null>();
  for await (const { file, format, batch } of readLogs(paths, options)) {
    formats.add(format);
    const name = file.replace(`${folder}/`, "");
    for (const { number, data } of batch.records) records.push([name, number, data.i]);
    for (const { number, code } of batch.faults) faults.push(`${name} ${number} ${code}`);
  }
  return { records, faults, formats: [...formats] };
}

test("a folder is read with all below it, each file once, links and loops of them, too", async () => {
  const { records, faults } = await read([folder]);
  expect(records.filter(([name]) => !/(members|cut|trailing)\.gz$/.test(name))).toEqual([
    ["a.ndjson", 1, 1],
    ["a.ndjson", 3, 2],
    ["sub/b.json", 1, 3],
    ["sub/deeper/c.csv.gz", 1, "4"],
  ]);
  expect(faults).toContain("a.ndjson 2 json-syntax");
  expect(faults).toContain("notes.txt null file-skipped");
});

test("files stand in the order in which they were named", async () => {
  const { files } = await findLogs([at("sub/b.json"), at("a.ndjson"), at("sub"), at("a.ndjson")]);
  expect(files.map((one) => one.path)).toEqual([
    at("sub/b.json"),
    at("a.ndjson"),
    ...[
      "sub/deeper/c.csv.gz",
      "sub/loop/cut.gz",
      "sub/loop/empty.log",
      "sub/loop/members.gz",
      "sub/loop/notes.txt",
      "sub/loop/trailing.gz",
    ].map(at),
  ]);
});

test("patterns", async () => {
  expect((await read([at("*.ndjson"), at("**/*.json")])).records).toEqual([
    ["a.ndjson", 1, 1],
    ["a.ndjson", 3, 2],
    ["sub/b.json", 1, 3],
  ]);
  expect((await read([at("*.none")])).faults).toEqual(["*.none null file-none"]);
});

test("a file whose name looks like a pattern is that file", async () => {
  writeFileSync(at("what?.ndjson"), '{"i":7}\n');
  expect((await read([at("what?.ndjson")])).records).toEqual([["what?.ndjson", 1, 7]]);
  rmSync(at("what?.ndjson"));
});

describe("what cannot be read is told, and the rest is read", () => {
  test("files that are not there, are no logs, or are empty", async () => {
    const { records, faults } = await read([at("missing"), at("notes.txt"), at("empty.log"), at("a.ndjson")]);
    expect(faults).toEqual(["missing null file-unreadable", "notes.txt null file-unknown", "a.ndjson 2 json-syntax"]);
    expect(records).toHaveLength(2);
  });

  // Whoever may read everything is refused nothing.
  test.runIf(process.getuid?.() !== 0)("files that may not be read", async () => {
    writeFileSync(at("secret.ndjson"), "{}");
    chmodSync(at("secret.ndjson"), 0);
    expect((await read([at("secret.ndjson")])).faults).toEqual(["secret.ndjson null file-unreadable"]);
    rmSync(at("secret.ndjson"));
  });

  test("a link that leads to itself", async () => {
    symlinkSync(at("self"), at("self"));
    expect((await read([at("self")])).faults).toEqual(["self null file-unreadable"]);
    rmSync(at("self"));
  });
});

describe("gzip", () => {
  test("of several members is one file", async () => {
    const { records, faults } = await read([at("members.gz")]);
    expect(records).toHaveLength(9000);
    expect(records.at(-1)).toEqual(["members.gz", 9000, 8999]);
    expect(faults).toEqual([]);
  });

  test("that is cut off gives what came before, and says so", async () => {
    const { records, faults } = await read([at("cut.gz")]);
    expect(records.length).toBeGreaterThan(1000);
    expect(faults[0]).toBe("cut.gz null gzip-damaged");
  });

  test("with something behind it gives what came before", async () => {
    const { records, faults } = await read([at("trailing.gz")]);
    expect(records.length).toBeGreaterThan(1000);
    expect(faults[0]).toBe("trailing.gz null gzip-damaged");
  });

  test("of nothing but zeros is unpacked piece by piece", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    writeFileSync(at("bomb.gz"), bomb);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    for await (const _ of readLogs([at("bomb.gz")], { format: "ndjson" })) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(most).toBeLessThan(100 * 1024 * 1024);
    rmSync(at("bomb.gz"));
  });
});

test("every part says how much of the file was read, packed or not", async () => {
  writeFileSync(at("large.ndjson"), lines(0, 30_000));
  for (const name of ["large.ndjson", "members.gz"]) {
    const read: number[] = [];
    for await (const part of readLogs([at(name)])) read.push(part.read);
    expect(read.length).toBeGreaterThan(2);
    expect(read.toSorted((a, b) => a - b)).toEqual(read);
    expect(read.at(-1)).toBe(statSync(at(name)).size);
  }
  rmSync(at("large.ndjson"));
});

describe("the standard input", () => {
  async function* pieces(bytes: Uint8Array, size: number) {
    for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size);
  }

  test.each([1, 100_000])("in pieces of %s bytes", async (size) => {
    const plain = new TextEncoder().encode(lines(0, 200));
    for (const bytes of [plain, gzipSync(plain)]) {
      const { records, formats } = await read(["-"], { stdin: pieces(bytes, size) });
      expect(records).toHaveLength(200);
      expect(formats).toEqual(["ndjson"]);
    }
  });

  test("ends where the reader wants no more", async () => {
    let asked = 0;
    async function* endless() {
      for (;;) {
        asked++;
        yield new TextEncoder().encode(lines(0, 100));
      }
    }
    for await (const { batch } of readLogs(["-"], { stdin: endless() })) if (batch.records.length > 0) break;
    expect(asked).toBeLessThan(5);
    const stop = new AbortController();
    let parts = 0;
    for await (const _ of readLogs(["-"], { stdin: endless(), signal: stop.signal })) if (++parts === 3) stop.abort();
    expect(parts).toBe(3);
  });
});

test("a format can be told, and has to exist", async () => {
  expect((await read([at("notes.txt")], { format: "syslog" })).formats).toEqual(["syslog"]);
  await expect(read([at("a.ndjson")], { format: "word" })).rejects.toThrow("There is no format word. Known are: ");
});
