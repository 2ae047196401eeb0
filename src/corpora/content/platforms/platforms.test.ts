import { expect, test } from "vitest";
import { readLogSources, readPlaces } from "./index.ts";

test("every platform's places belong to log sources that there are", () => {
  const sources = readLogSources();
  const places = readPlaces(sources);
  expect(sources.length).toBeGreaterThan(0);
  expect([...places.values()].every((one) => Object.keys(one.places).length > 0)).toBe(true);
});
