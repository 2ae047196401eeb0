import { expect, test } from "vitest";
import { byCode } from "./corpus.tsx";

test("a code that comes as error and as warning is one filter with both counts", () => {
  expect(
    byCode([
      { code: "a/x", severity: "error", count: 3 },
      { code: "a/y", severity: "warning", count: 2 },
      { code: "a/y", severity: "error", count: 2 },
    ]),
  ).toEqual([
    { code: "a/y", severity: "warning", count: 4 },
    { code: "a/x", severity: "error", count: 3 },
  ]);
});
