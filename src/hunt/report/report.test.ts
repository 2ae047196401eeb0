import { expect, test } from "vitest";
import type { Hit } from "../../matching/hit.ts";
import { openHistogram } from "./histogram.ts";
import { sampleHits } from "./testing.ts";
import { timeScale } from "./time-scale.ts";
import { openTimeline, type ReportAbout } from "./timeline.ts";

const about: ReportAbout = {
  version: "1.2.3",
  made: "2026-04-18T00:00:00Z",
  events: 5000,
  rulesRun: 40,
  rulesNotRun: 2,
  sources: 12,
};

function report(hits: readonly Hit[]): string {
  const timeline = openTimeline();
  for (const hit of hits) timeline.add(hit);
  return timeline.html(about);
}

const occurrences = (text: string, part: string): number => text.split(part).length - 1;

test("nothing of a log becomes markup, and nothing is loaded", () => {
  const page = report(sampleHits(300, 14));
  expect(page).toContain("Hostile &lt;script&gt;alert(0)&lt;/script&gt; &amp; &quot;title&quot; \\u202e");
  expect(page).not.toMatch(/<script|<img|\u202e|<b>bob/u);
  expect(page).not.toMatch(/(?:src|href)="(?!#)/u);
  expect(page).toMatch(
    /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[^&]+&#39;/u,
  );
  // A policy with a hash refuses every other style, so none may be needed.
  expect(page).not.toContain(" style=");
});

test("what met the rule is marked, and sequences are drawn", () => {
  const page = report(sampleHits(300, 14));
  expect(page).toContain("powershell <mark>-enc</mark>");
  expect(occurrences(page, '<g class="chain"><path d="M')).toBeGreaterThan(10);
  expect(page).toContain("4 events that share");
});

test("100,000 hits of few or many rules stay below 5 MB", () => {
  for (const rules of [1, 50, 5000]) {
    const page = report(sampleHits(100_000, rules));
    expect(page.length).toBeLessThan(5_000_000);
    expect(page).toContain("<h1>100,000 hits of ");
  }
});

test("no hit says so, and hits without a time stand in the tables alone", () => {
  expect(report([])).toContain("<h1>0 hits of 0 rules</h1>");
  const [first] = sampleHits(1, 1);
  const page = report(first === undefined ? [] : [first]);
  expect(page).toContain("No hit has a time");
  expect(page).toContain("<tr><td>no time</td>");
});

test("bins widen with the span and lose no hit", () => {
  const histogram = openHistogram(16);
  for (let at = 0; at < 1000; at++) histogram.add(at % 2 === 0 ? "even" : "odd", at * 1000 + 7, at === 500 ? 0 : 3);
  const lanes = [...histogram.lanes().values()].map((bins) => [...bins.values()]);
  expect(lanes.map((bins) => bins.reduce((sum, one) => sum + one.count, 0))).toEqual([500, 500]);
  expect(Math.max(...lanes.map((bins) => bins.length))).toBeLessThanOrEqual(16);
  expect(lanes.flat().filter((one) => one.severity === 0)).toHaveLength(1);
  expect(histogram.width()).toBe(65_536);
});

test("ticks are times that people read", () => {
  const labels = (from: string, to: string) =>
    timeScale(Date.parse(from), Date.parse(to), 6).ticks.map((one) => one.label);
  expect(labels("2026-04-17T05:03:00Z", "2026-04-17T05:28:00Z")).toEqual(["05:05", "05:10", "05:15", "05:20", "05:25"]);
  expect(labels("2026-04-17T20:00:00Z", "2026-04-18T08:00:00Z")).toEqual([
    "20:00",
    "22:00",
    "2026-04-18",
    "02:00",
    "04:00",
    "06:00",
    "08:00",
  ]);
  expect(labels("2026-04-17T05:03:00Z", "2026-04-17T05:03:00Z")).toContain("05:03:00.000");
  expect(timeScale(5, 5, 6).share(5)).toBe(0.5);
  expect(labels("1601-01-01T00:00:00Z", "2026-01-01T00:00:00Z").length).toBeLessThanOrEqual(7);
});
