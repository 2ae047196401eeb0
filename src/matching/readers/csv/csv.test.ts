import { describe, expect, test } from "vitest";
import { recordLimits } from "../limits.ts";
import { recogniseFormat } from "../registry.ts";
import { readWhole } from "../testing.ts";
import { csv } from "./csv.ts";
import { openRowCutter } from "./row-cutter.ts";

const events = (text: string) => readWhole(csv, text).events;

describe("recognition", () => {
  const formatOf = (text: string, name: string) => recogniseFormat(new TextEncoder().encode(text), name)?.id ?? null;
  test.each([
    ["EventID,Image\n1,a\n2,b\n", "", "csv"],
    ["EventID;Image\n1;a\n", "x.csv", "csv"],
    ["_raw\n", "x.CSV", "csv"],
    ['"@timestamp","process.name"\n"a","b,c"\n\n', "", "csv"],
    ["Dear all,\nthis is, as you see, a letter.\n", "", null],
    ["1,2\n3,4\n5,6\n", "", null],
    ["title: rule\nid: 1\n", "rule.yml", null],
  ])("%j called %j is %s", (text, name, expected) => {
    expect(formatOf(text, name)).toBe(expected);
  });
});

describe("rows", () => {
  test.each([
    ["quotes, delimiters and line ends in quotes", 'a,b\n"x ""y""","1,\r\n2"\n', [{ a: 'x "y"', b: "1,\r\n2" }]],
    ["a quote in a bare cell", 'a,b\n5" disk,x\n', [{ a: '5" disk', b: "x" }]],
    ["blanks after a closing quote", 'a,b\n"x" ,"y" \n', [{ a: "x", b: "y" }]],
    [
      "CRLF, blank lines and no last line end",
      "a,b\r\n\r\n1,2\r\n3,4",
      [
        { a: "1", b: "2" },
        { a: "3", b: "4" },
      ],
    ],
    ["empty cells are missing fields", 'a,b,c\n,"",x\n', [{ c: "x" }]],
    ["names without a cell, and cells without a name", "a,,b\n1,2,3\n", [{ a: "1", b: "3" }]],
    ["blanks around names go, those around values stay", "a , b\n 1 ,2\n", [{ a: " 1 ", b: "2" }]],
    [
      "the Event Viewer's last column",
      "Level,Event ID\nError,7,text\n",
      [{ Level: "Error", "Event ID": "7", Message: "text" }],
    ],
    ["numbers and JSON stay text", 'a,b\n1,"{""c"":1}"\n', [{ a: "1", b: '{"c":1}' }]],
    ["names alone", "a,b\n", []],
    ["nothing", "", []],
  ])("%s", (_, text, expected) => {
    expect(events(text)).toEqual(expected);
  });
});

describe("damage", () => {
  test("quotes that never close cost their line alone", () => {
    const { events, faults } = readWhole(csv, 'a,b\n1,"x\n2,y\n3,z\n');
    expect(events).toEqual([
      { a: "2", b: "y" },
      { a: "3", b: "z" },
    ]);
    expect(faults).toEqual([{ number: 1, offset: 4, code: "csv-truncated", message: expect.any(String) }]);
  });

  test("a row above the cap is told, and those after its line are read", () => {
    const { events, faults } = readWhole(csv, `a,b\n1,"${"x".repeat(recordLimits.bytes)}\n2,y\n`, 1024 * 1024);
    expect(faults.map((one) => one.code)).toEqual(["csv-too-large"]);
    expect(events).toEqual([{ a: "2", b: "y" }]);
  });

  test("rows that all seem to go on for ever are not read again for ever", () => {
    const faults: string[] = [];
    const cap = 100_000;
    const cutter = openRowCutter(",", { row: () => {}, fault: (_, code) => faults.push(code) }, cap);
    // Wherever a row begins, its second cell opens, is closed by the next line, and opens again.
    const bytes = new TextEncoder().encode('x","y\n'.repeat(200_000));
    cutter.push(bytes);
    cutter.end();
    // Each is a row that was read to the cap; going back to each line would make them 200,000.
    expect(faults.length).toBeGreaterThan(10);
    expect(faults.length).toBeLessThan(100);
  });
});
