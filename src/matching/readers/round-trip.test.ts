import { expect, test } from "vitest";
import { randomFrom } from "../../languages/mutation.ts";
import { csv } from "./csv/csv.ts";
import { jsonDocument } from "./json/document.ts";
import { ndjson } from "./json/ndjson.ts";
import { readWhole } from "./testing.ts";
import { eventXml } from "./xml/event-xml.ts";

const random = randomFrom(11);
const pick = (limit: number): number => Math.floor(random() * limit);
const characters = [
  '"',
  "'",
  "\\",
  "{",
  "}",
  "[",
  "]",
  "<",
  ">",
  "&",
  ",",
  ";",
  "\n",
  "\r\n",
  "\t",
  " ",
  "é",
  "😀",
  "a",
  "]]>",
  "-->",
];

function text(): string {
  return Array.from({ length: pick(12) }, () => characters[pick(characters.length)]).join("");
}

function value(depth: number): unknown {
  switch (pick(depth > 4 ? 4 : 6)) {
    case 0:
      return text();
    case 1:
      return pick(1000) / 8 - 50;
    case 2:
      return [true, false, null][pick(3)];
    case 3:
      return [];
    case 4:
      return Array.from({ length: pick(4) }, () => value(depth + 1));
    default:
      return object(depth + 1);
  }
}

/** The first name is none that an answer of a program has. */
function object(depth: number): Record<string, unknown> {
  return Object.fromEntries([
    ["id", pick(9)],
    ...Array.from({ length: pick(5) }, () => [text(), value(depth)] as const),
  ]);
}

const rounds = Array.from({ length: 150 }, (_, index) => index);

test("what JSON writes is read, on lines, one after the other, and in lists, however it is set", () => {
  for (const round of rounds) {
    const events = Array.from({ length: 1 + pick(5) }, () => object(0));
    const size = 1 + pick(40);
    const indent = [0, 1, 2, "\t"][round % 4];
    const written = events.map((one) => JSON.stringify(one, null, indent));
    const expected = { events, numbers: events.map((_, index) => index + 1), faults: [] };
    expect(readWhole(ndjson, events.map((one) => JSON.stringify(one)).join("\n"), size)).toEqual(expected);
    for (const between of ["", "\n", " "])
      expect(readWhole(jsonDocument, written.join(between), size)).toEqual(expected);
    expect(readWhole(jsonDocument, JSON.stringify(events, null, indent), size)).toEqual(expected);
    expect(readWhole(jsonDocument, JSON.stringify({ Records: events }, null, indent), size)).toEqual(expected);
  }
});

test("what is written by RFC 4180 is read", () => {
  for (const _ of rounds) {
    const rows = Array.from({ length: 1 + pick(5) }, () => ({ a: `x${text()}`, b: `${text()}y`, c: `z${text()}` }));
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
    const lines = rows.map(({ a, b, c }) => [a, b, c].map(quoted).join(","));
    expect(readWhole(csv, ["a,b,c", ...lines].join("\r\n"), 1 + pick(40))).toMatchObject({ events: rows, faults: [] });
  }
});

test("what is written as XML is read, by entities and by CDATA", () => {
  const escaped = (one: string): string =>
    one.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const sections = (one: string): string => `<![CDATA[${one.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
  for (const _ of rounds) {
    const events = Array.from({ length: 1 + pick(5) }, () => ({ EventData: { a: text(), b: text(), c: text() } }));
    const written = events.map(
      ({ EventData: { a, b, c } }) =>
        `<Event><System/><EventData><Data Name="a">${escaped(a)}</Data><Data Name='b'>${sections(b)}</Data><Data Name="c">${escaped(c)}</Data></EventData></Event>`,
    );
    const read = readWhole(eventXml, `<Events>${written.join("\n")}</Events>`, 1 + pick(40));
    expect(read.faults).toEqual([]);
    expect(read.events.map((one) => one.Event)).toEqual(events.map((one) => ({ System: {}, ...one })));
  }
});
