import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import type { EventData } from "../../../matching/readers/log-format.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../../testing.ts";
import { matchingKnowledge } from "./index.ts";

const folder = join(corpusFolder("sigma"), "regression_data");
const files = corporaPresent
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && one.name.endsWith(".json"))
      .map((one) => join(one.parentPath, one.name))
  : [];

/** Objects that follow each other without a comma, as the files have them. */
function eventsIn(text: string): readonly EventData[] {
  return JSON.parse(`[${text.trim().replace(/\}\s*\n\s*\{/gu, "},{")}]`).flat();
}

describe.skipIf(!corporaPresent)(corpusTitle("Sigma's regression data"), () => {
  test("there are about a hundred files", () => {
    expect(files.length).toBeGreaterThan(90);
  });

  test.each(files.map((file) => ({ file, name: relative(folder, file) })))("$name is recognised", ({ file }) => {
    const { view } = matchingKnowledge();
    const events = eventsIn(readFileSync(file, "utf8"));
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      const layout = view.layoutOf(event);
      expect(layout.kinds.length).toBeGreaterThan(1);
      expect(layout.kinds).toContain("windows");
      expect(view.timeOf(event, layout)).not.toBeNull();
      const names = new Set<string>();
      view.visit(event, layout, (name) => names.add(name));
      expect([...names]).toEqual(expect.arrayContaining(["EventID", "Channel", "Provider_Name", "Computer"]));
      expect([...names].filter((name) => layout.canonicalOf(name) === null)).toEqual([]);
      expect([...names].some((name) => name.includes("#"))).toBe(false);
    }
  });
});
