import { describe, expect, test } from "vitest";
import { recordLimits } from "../limits.ts";
import { readWhole } from "../testing.ts";
import { readElement } from "./element.ts";
import { eventXml } from "./event-xml.ts";

const event = (data: string) => `<Event><System><EventID>1</EventID></System><EventData>${data}</EventData></Event>`;
const eventData = (text: string) =>
  readWhole(eventXml, text).events.map((one) => (one.Event as Record<string, unknown>).EventData);

describe("values", () => {
  test.each([
    ["the five entities", "&lt;&gt;&amp;&quot;&apos;", "<>&\"'"],
    ["references", "&#65;&#x1F600;&#0;", "A\u{1f600}\0"],
    ["references that are no characters", "&#xD800;&#x110000;", "\ufffd\ufffd"],
    ["entities that XML does not have stay as written", "&nbsp;&xxe; & &amp", "&nbsp;&xxe; & &amp"],
    ["blanks and line ends stay", " a\r\n\tb ", " a\r\n\tb "],
    ["CDATA", "a<![CDATA[<b>&amp;]]]>c", "a<b>&amp;]c"],
    ["comments", "a<!-- </Event> --->b", "ab"],
  ])("%s", (_, written, expected) => {
    expect(eventData(event(`<Data Name="x">${written}</Data>`))).toEqual([{ x: expected }]);
  });

  test("a name twice is a list, and names of JavaScript's own are names", () => {
    const [data] = eventData(event('<Data Name="a">1</Data><Data Name="a">2</Data><Data Name="__proto__">3</Data>'));
    expect(JSON.stringify(data)).toBe('{"a":["1","2"],"__proto__":"3"}');
  });
});

describe("hostile XML", () => {
  test("declared entities are not known, in the file or in an event", () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
    expect(eventData(`${bomb}<Events>${event('<Data Name="x">&b;&f;</Data>')}</Events>`)).toEqual([{ x: "&b;&f;" }]);
    const { events, faults } = readWhole(eventXml, event('<!ENTITY a "b"><Data Name="x">&a;</Data>'));
    expect(events).toEqual([]);
    expect(faults.map((one) => one.code)).toEqual(["xml-syntax"]);
  });

  test("depth is capped", () => {
    const { faults } = readWhole(eventXml, event("<a>".repeat(10_000) + "</a>".repeat(10_000)) + event(""));
    expect(faults.map((one) => one.message)).toEqual([`Nests deeper than ${recordLimits.depth} levels.`]);
  });

  test("size is capped, and what follows is read", () => {
    const text = event(`<Data Name="x">${"y".repeat(recordLimits.bytes)}</Data>`) + event('<Data Name="x">z</Data>');
    const { faults } = readWhole(eventXml, text, 1024 * 1024);
    expect(faults.map(({ number, offset, code }) => ({ number, offset, code }))).toEqual([
      { number: 1, offset: 0, code: "xml-too-large" },
    ]);
    expect(eventData(text)).toEqual([{ x: "z" }]);
  });

  test("many attributes and long values cost no stack", () => {
    const attributes = Array.from({ length: 100_000 }, (_, i) => ` a${i}="${i}"`).join("");
    expect("element" in readElement(`<a${attributes}/>`)).toBe(true);
    expect("why" in readElement(`<a${attributes} b/>`)).toBe(true);
    expect("element" in readElement(`<a b="${"x".repeat(5_000_000)}"/>`)).toBe(true);
  });

  test("a quote that is not closed costs its own event alone", () => {
    const text = `${event('<Data Name="x>1</Data>')}\n${event('<Data Name="y">2</Data>')}`;
    const { faults } = readWhole(eventXml, text);
    expect(faults.map((one) => one.code)).toEqual(["xml-syntax"]);
    expect(eventData(text)).toEqual([{ y: "2" }]);
  });
});

test.each([
  ["<a>", "<a> is not closed."],
  ["<a></b>", "</b> closes nothing."],
  ["<a/><b/>", "A second element follows."],
  ["x<a/>", "Text stands outside of the element."],
  ["<a b=1/>", "A tag is damaged."],
  ["<a><![CDATA[</a>", "CDATA is not closed."],
  ["<a><!--</a>", "A comment is not closed."],
  ["<!DOCTYPE a><a/>", "Declarations are not read."],
  ["", "Has no element."],
])("%s: %s", (text, why) => {
  expect(readElement(text)).toEqual({ why });
});
