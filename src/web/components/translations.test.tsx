import { expect, test } from "vitest";
import type { ReportPart, Translation } from "../../platforms/translation.ts";
import { Translations } from "./translations.tsx";

const translation = (rest: Partial<Translation>): Translation => ({
  platform: "elastic-eql",
  query: "any where true",
  verdict: "exact",
  broader: false,
  report: [],
  logSources: [],
  fields: [],
  ...rest,
});

const part = (rest: Partial<ReportPart>): ReportPart => ({
  part: "a eq b",
  verdict: "approximated",
  code: "words",
  why: "It finds words.",
  ...rest,
});

const draw = (...translations: readonly Translation[]): string =>
  String(<Translations translations={translations} whole="/a.json" />);

test("opens the first that has a query", () => {
  const html = draw(translation({ query: null, verdict: "not-expressible" }), translation({ platform: "splunk" }));
  expect(html.match(/<details [^>]*>/g)).toEqual([
    '<details name="translation" id="to-elastic-eql">',
    '<details name="translation" id="to-splunk" open="">',
  ]);
  expect(html).toContain('<span class="verdict is-not-expressible">cannot be said</span>');
  expect(html.match(/<pre/g)).toHaveLength(1);
});

test("says what is not exact, and why", () => {
  const report = [
    part({ verdict: "exact", why: "The log holds only such events." }),
    part({}),
    part({ verdict: "lost" }),
  ];
  const html = draw(translation({ report, verdict: "approximated" }));
  expect(html.match(/<li>/g)).toHaveLength(2);
  expect(html).toContain("<code>a eq b</code>");
  expect(html).not.toContain("holds only such events");
  const many = draw(translation({ report: Array.from({ length: 20 }, () => part({})) }));
  expect(many.match(/<li>/g)).toHaveLength(13);
  expect(many).toContain('… and 8 more parts: <a href="/a.json">');
});

test("cuts a long query at a line, and copies it from the JSON", () => {
  const whole = draw(translation({}));
  expect(whole).toContain('data-copy="query-elastic-eql">');
  const query = `${"a".repeat(2000)}\n${"b".repeat(2000)}`;
  const cut = draw(translation({ query }));
  expect(cut).toContain(`<code>${"a".repeat(2000)}</code>`);
  expect(cut).toContain('data-whole="/a.json" data-pointer="/translations/0/query"');
  expect(cut).toContain("2,001 more characters");
});

test("shows hostile text as text", () => {
  const html = draw(translation({ query: "</code><script>", report: [part({ part: "<b>", why: "<i>" })] }));
  expect(html).not.toMatch(/<script|<b>|<i>/);
});
