import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { platforms } from "../src/platforms/registry.ts";
import { pageFile, withTable } from "./platform-tables.ts";

test.each([...platforms])("the page of $id shows the tables as they are", (platform) => {
  const page = readFileSync(pageFile(platform), "utf8");
  expect(withTable(page, platform)).toBe(page);
});
