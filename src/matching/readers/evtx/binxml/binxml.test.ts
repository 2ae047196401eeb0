import { describe, expect, test } from "vitest";
import {
  type Content,
  type ElementNode,
  element,
  nothing,
  optional,
  substitution,
  type TypedValue,
  text,
  typed,
  unsigned,
  utf16,
} from "../event-spec.testing.ts";
import { eventData as dataOf, decode, eventOf, eventWith, instance, logOf } from "../evtx.testing.ts";
import { valueTypes as types } from "../values/types.ts";

/** What an element with this content becomes, as a member of user data. */
function userData(content: readonly (Content | ElementNode | string)[], values: readonly TypedValue[] = []): unknown {
  const event = eventWith(instance(element("UserData", {}, [element("X", {}, content)]), values));
  return (event.UserData as Record<string, unknown>).X;
}

function eventData(content: readonly ElementNode[], values: readonly TypedValue[] = []): unknown {
  return eventWith(instance(element("EventData", {}, content), values)).EventData;
}

const strings = (...items: readonly string[]): TypedValue =>
  typed(0x81, utf16(items.map((one) => `${one}\0`).join("")));

test("System has numbers, texts and attributes as members", () => {
  const qualifiers = unsigned(types.uint16, 2, 16_384);
  const [record] = decode(logOf(eventOf(7, instance(element("EventData")), qualifiers))).records;
  expect(record?.data).toEqual({
    Event: {
      System: {
        Provider: { Name: "Example-Provider", Guid: "{04030201-0605-0807-090A-0B0C0D0E0F10}" },
        EventID: 4688,
        Qualifiers: 16_384,
        Version: 2,
        Level: 4,
        Task: 1,
        Opcode: 0,
        Keywords: "0x8020000000000000",
        TimeCreated: { SystemTime: "2026-01-01T00:00:00.0000007Z" },
        EventRecordID: 7,
        Correlation: {},
        Execution: { ProcessID: 4, ThreadID: 560 },
        Channel: "Example/Operational",
        Computer: "host.example",
        Security: { UserID: "S-1-5-18" },
      },
      EventData: {},
    },
  });
});

describe("a text", () => {
  test.each<[string, (Content | string)[], unknown]>([
    ["of several pieces", ["one ", "two"], "one two"],
    ["with a section", ["a", { type: "cdata", text: "<b>" }], "a<b>"],
    ["with a character by its number", [{ type: "character", code: 0x263a }, "!"], "☺!"],
    ["with entities", ["a", { type: "entity", name: "lt" }, { type: "entity", name: "quot" }], 'a<"'],
    ["with an entity that XML does not know", [{ type: "entity", name: "nbsp" }], "&nbsp;"],
    ["with an instruction", ["a", { type: "instruction", target: "t", data: "d" }, "b"], "ab"],
    ["with values", ["pid ", substitution(0), " of ", substitution(1), substitution(2)], "pid 7 of x"],
    ["that is a value keeps its type", [substitution(0)], 7],
    ["that is a value of no type", [substitution(2)], ""],
    ["with several values in one", ["[", substitution(3), "]"], "[a,b]"],
  ])("%s", (_, content, expected) => {
    expect(userData(content, [unsigned(types.uint32, 4, 7), text("x"), nothing, strings("a", "b")])).toEqual(expected);
  });
});

describe("event data", () => {
  test("members have the names of the data", () => {
    const data = [
      element("Data", { Name: "Image" }, [substitution(0)]),
      element("Data", { Name: "Nothing" }, [substitution(1)]),
      element("Data", { Name: "Empty" }),
      element("Binary", {}, [substitution(2)]),
    ];
    const values = [text("C:\\a.exe"), nothing, typed(types.binary, [1, 171])];
    expect(eventData(data, values)).toEqual({ Image: "C:\\a.exe", Nothing: "", Empty: "", Binary: "01AB" });
  });

  test("data without a name is an array, also if it is one", () => {
    const unnamed = [element("Data", {}, [substitution(0)])];
    expect(eventData(unnamed, [text("one")])).toEqual({ Data: ["one"] });
    expect(eventData(unnamed, [strings("one", "", "three")])).toEqual({ Data: ["one", "", "three"] });
    expect(eventData([...unnamed, ...unnamed], [strings("one", "two")])).toEqual({
      Data: ["one", "two", "one", "two"],
    });
    expect(eventData(unnamed, [strings()])).toEqual({ Data: [""] });
  });

  test("an array stands for as many elements", () => {
    const named = [element("Data", { Name: "D" }, [substitution(0)])];
    expect(eventData(named, [strings("a", "b")])).toEqual({ D: ["a", "b"] });
    expect(eventData(named, [strings("a")])).toEqual({ D: "a" });
    expect(eventData(named, [strings()])).toEqual({ D: "" });
  });

  test("a name that occurs again has an array, and the value that is read is not changed by it", () => {
    const twice = [
      element("Data", { Name: "D" }, [substitution(0)]),
      element("Data", { Name: "E" }, ["e"]),
      element("Data", { Name: "D" }, ["c"]),
    ];
    expect(eventData(twice, [text("a")])).toEqual({ D: ["a", "c"], E: "e" });
    expect(eventData(twice, [strings("a", "b")])).toEqual({ D: ["a", "b", "c"], E: "e" });
  });

  test("what is optional and has no value is left out, with the element that depends on it", () => {
    const data = [
      element("Data", { Name: "gone" }, [optional(0)]),
      element("Data", { Name: "dependent" }, ["x"], 0),
      element("Data", { Name: "there" }, [optional(1)], 1),
    ];
    expect(eventData(data, [nothing, text("y")])).toEqual({ there: "y" });
  });

  test("one optional value that is missing takes all of its element or attribute with it", () => {
    const data = [
      element("Data", { Name: "text" }, ["a", optional(0), "b"]),
      element("Data", { Name: "with others" }, [optional(1), optional(0)]),
      element("ComplexData", { Name: "with elements" }, [element("x", {}, ["y"]), optional(0)]),
      element("Data", { Name: "there" }, ["a", optional(1), "b", substitution(0)]),
    ];
    expect(eventData(data, [nothing, text("-")])).toEqual({ there: "a-b" });
    const root = element("UserData", {}, [element("X", { a: optional(0), b: substitution(0), c: optional(1) })]);
    expect(eventWith(instance(root, [nothing, text("-")]))).toEqual({ UserData: { X: { b: "", c: "-" } } });
  });

  test("an event whose data is optional and missing is still one", () => {
    const bare = element("Event", {}, [
      element("System", {}, [element("EventID", {}, ["7"])]),
      optional(0, types.binXml),
    ]);
    const { records } = decode(logOf({ id: 1, event: instance(bare, [nothing]) }));
    expect(records[0]?.data).toEqual({ Event: { System: { EventID: 7 } } });
  });

  test("names may be values, and any text", () => {
    const data = [
      element("Data", { Name: substitution(0) }, ["a"]),
      element("Data", { Name: "__proto__" }, ["b"]),
      element("Data", { Name: "constructor" }, ["c"]),
      element("Data", { Name: "toString" }, ["d"]),
    ];
    const made = eventData(data, [text("dynamic")]) as object;
    expect(Object.entries(made)).toEqual([
      ["dynamic", "a"],
      ["__proto__", "b"],
      ["constructor", "c"],
      ["toString", "d"],
    ]);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(eventData([data[1], data[1]] as ElementNode[], [])).toEqual(JSON.parse('{"__proto__":["b","b"]}'));
  });

  test("a further attribute stands beside", () => {
    const data = element("EventData", { Name: "Kind" }, [element("Data", { Name: "D", Type: "t" }, ["v"])]);
    expect(eventWith(instance(data))).toEqual({ EventData_Name: "Kind", EventData: { D: "v", D_Type: "t" } });
  });

  test("data with a structure has it", () => {
    const inner = [element("i", {}, ["1"]), element("i", {}, ["2"]), element("o", { a: "b" })];
    expect(eventData([element("ComplexData", { Name: "C" }, inner)])).toEqual({ C: { i: ["1", "2"], o: { a: "b" } } });
  });
});

describe("other data", () => {
  test("user data is nested, without namespaces", () => {
    const root = element("UserData", {}, [
      element("Cleared", { xmlns: "urn:a", "xmlns:b": "urn:b" }, [
        element("User", {}, [substitution(0)]),
        element("Time", { Zone: "utc" }),
        element("Kind", { Code: "1" }, ["k"]),
      ]),
    ]);
    expect(eventWith(instance(root, [text("u")]))).toEqual({
      UserData: { Cleared: { User: "u", Time: { Zone: "utc" }, Kind: "k", Kind_Code: "1" } },
    });
  });

  test("errors of processing", () => {
    const parts = [
      element("ErrorCode", {}, [substitution(0)]),
      element("DataItemName"),
      element("EventPayload", {}, [substitution(1)]),
    ];
    const values = [unsigned(types.uint32, 4, 15_005), typed(types.binary, [0x80, 0x41])];
    expect(eventWith(instance(element("ProcessingErrorData", {}, parts), values))).toEqual({
      ProcessingErrorData: { ErrorCode: 15_005, DataItemName: "", EventPayload: "8041" },
    });
  });

  test("a value of binary XML is part of the element that it stands in", () => {
    const inner = typed(types.binXml, { type: "elements", elements: [element("b", {}, [element("c", {}, ["d"])])] });
    const root = element("UserData", {}, [element("X", { q: optional(1) }, ["t", substitution(0, types.binXml)])]);
    expect(eventWith(instance(root, [inner, nothing]))).toEqual({ UserData: { X: { b: { c: "d" }, "#text": "t" } } });
    expect(
      eventWith(
        instance(element("EventData", {}, [substitution(0, types.binXml)]), [
          typed(types.binXml, {
            type: "elements",
            elements: [element("Data", { Name: "N" }, ["v"]), element("Data", {}, ["w"])],
          }),
        ]),
      ),
    ).toEqual({ EventData: { N: "v", Data: ["w"] } });
  });

  test("an empty value of binary XML is nothing", () => {
    const root = element("UserData", {}, [substitution(0, types.binXml)]);
    expect(eventWith(instance(root, [typed(types.binXml, [])]))).toEqual({ UserData: {} });
  });
});

test("a forwarded event, which has no template, is read the same", () => {
  const root = element("Event", { xmlns: "urn:event" }, [
    element("System", {}, [
      element("Provider", { Name: "P" }),
      element("EventID", { Qualifiers: "7" }, ["4624"]),
      element("Execution", { ProcessID: "12", ThreadID: "0x3" }),
      element("Channel", {}, ["12"]),
    ]),
    element("EventData", {}, [element("Data", { Name: "LogonType" }, ["3"])]),
    element("RenderingInfo", { Culture: "en-US" }, [element("Keywords", {}, [element("Keyword", {}, ["k"])])]),
  ]);
  const event = { type: "elements", elements: [root] } as const;
  const { records } = decode(logOf({ id: 1, event }, { id: 2, event: { ...event, dependencies: true } }));
  expect(records[1]?.data).toEqual(records[0]?.data);
  expect(records[0]?.data).toEqual({
    Event: {
      System: {
        Provider: { Name: "P" },
        EventID: 4624,
        Qualifiers: 7,
        Execution: { ProcessID: 12, ThreadID: "0x3" },
        Channel: "12",
      },
      EventData: { LogonType: "3" },
      RenderingInfo: { Culture: "en-US", Keywords: { Keyword: "k" } },
    },
  });
});

test("records of a template that an earlier one defined, over several chunks", () => {
  const specs = Array.from({ length: 500 }, (_, index) =>
    eventOf(index + 1, dataOf(0x2000 + (index % 3), { [`d${index % 3}`]: text(`v${index}`) })),
  );
  const log = logOf(...specs);
  expect(log.length).toBeGreaterThan(3 * 65_536);
  const { records, faults } = decode(log);
  expect(faults).toEqual([]);
  expect(records.map((one) => one.number)).toEqual(specs.map((one) => one.id));
  expect(records.map((one) => (one.data.Event as Record<string, unknown>).EventData)).toEqual(
    specs.map((_, index) => ({ [`d${index % 3}`]: `v${index}` })),
  );
});
