import { describe, expect, test } from "vitest";
import { cut, percent, table } from "./table.ts";
import type { Styler } from "./terminal.ts";

const plain: Styler = (_, text) => text;
const wide = Number.POSITIVE_INFINITY;

describe("table", () => {
  const columns = [
    { title: "field" },
    { title: "rules", align: "right" as const },
    { title: "samples", flexible: true },
  ];
  const rows = [
    ["Image", 1204, "\\cmd.exe, \\powershell.exe, \\pwsh.exe"],
    ["CommandLine", 7, "-enc\n  hidden"],
  ];

  test("puts columns in line and keeps each row on one line", () => {
    expect(table(columns, rows, wide, plain)).toBe(
      [
        "field        rules  samples",
        "Image         1204  \\cmd.exe, \\powershell.exe, \\pwsh.exe",
        "CommandLine      7  -enc hidden",
        "",
      ].join("\n"),
    );
  });

  test("cuts flexible columns where the terminal is too narrow", () => {
    expect(table(columns, rows, 40, plain)).toBe(
      [
        "field        rules  samples",
        "Image         1204  \\cmd.exe, \\powershe…",
        "CommandLine      7  -enc hidden",
        "",
      ].join("\n"),
    );
  });

  test("overflows rather than hide a column that must stay whole", () => {
    expect(table([{ title: "id" }], [["a".repeat(60)]], 40, plain)).toBe(`id\n${"a".repeat(60)}\n`);
  });

  test("takes the width from the widest flexible column first", () => {
    const two = [
      { title: "a", flexible: true },
      { title: "b", flexible: true },
    ];
    expect(table(two, [["a".repeat(15), "b".repeat(60)]], 40, plain)).toBe(
      `a                b\n${"a".repeat(15)}  ${"b".repeat(22)}…\n`,
    );
  });

  test("formats a cell after it was cut", () => {
    const bracketed: Styler = (format, text) => `<${String(format)}>${text}</>`;
    expect(table([{ title: "x" }], [[{ text: "y", format: "red" }]], wide, bracketed)).toBe("<dim>x</>\n<red>y</>\n");
  });

  test("counts characters outside of ASCII as one column each", () => {
    expect(
      table(
        [{ title: "x" }, { title: "y" }],
        [
          ["é😀", "1"],
          ["abc", "2"],
        ],
        wide,
        plain,
      ),
    ).toBe("x    y\né😀   1\nabc  2\n");
  });
});

test("cut shortens only what is too long", () => {
  expect([cut("abc", 3), cut("abcd", 3), cut("abcd", Number.POSITIVE_INFINITY)]).toEqual(["abc", "ab…", "abcd"]);
});

test("percent never rounds something to nothing, nor a part to all", () => {
  expect([
    percent(0, 0),
    percent(0, 5),
    percent(5, 5),
    percent(1, 1_000_000),
    percent(999_999, 1_000_000),
    percent(1, 3),
    percent(1, 200),
  ]).toEqual(["0 %", "0 %", "100 %", "0.01 %", "99.9 %", "33.3 %", "0.50 %"]);
});
