import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusTitle } from "../../testing.ts";
import { matchingKnowledge } from "./index.ts";
import { eventsOfFile, regressionFiles, regressionFolder } from "./regression-events.testing.ts";

const files = corporaPresent ? regressionFiles() : [];

describe.skipIf(!corporaPresent)(corpusTitle("Sigma's regression data"), () => {
  test("there are about a hundred files", () => {
    expect(files.length).toBeGreaterThan(90);
  });

  test.each(files.map((file) => ({ file, name: relative(regressionFolder, file) })))(
    "$name is recognised",
    ({ file }) => {
      const { view } = matchingKnowledge();
      const events = eventsOfFile(file);
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
    },
  );
});
