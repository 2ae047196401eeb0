import { expect, test } from "vitest";
import { z } from "zod";
import { readCheckedYaml } from "./checked-yaml.ts";

const schema = z.strictObject({ list: z.array(z.strictObject({ id: z.string(), size: z.number() })) });

function read(text: string): unknown {
  return readCheckedYaml("content/a.yaml", text, schema);
}

test("data that is as it must be comes back", () => {
  expect(read("list:\n  - { id: a, size: 1 }\n")).toEqual({ list: [{ id: "a", size: 1 }] });
});

test.each([
  ["a value", "list:\n  - { id: a, size: 1 }\n  - id: b\n    size: big\n", /^content\/a\.yaml:4: list\.1\.size: /],
  [
    "a missing key: the entry's own line",
    "list:\n  - { id: a, size: 1 }\n  - id: b\n",
    /^content\/a\.yaml:3: list\.1\.size: /,
  ],
  ["a key that nobody reads", "list:\n  - { id: a, size: 1, colour: red }\n", /^content\/a\.yaml:2: list\.0: .*colour/],
  ["the whole", "- 1\n", /^content\/a\.yaml:1: .*object/],
  ["broken YAML", "list:\n  - 'open\n", /^content\/a\.yaml:\d: /],
  ["a key that stands twice", "list: []\nlist: []\n", /^content\/a\.yaml:2: list stands here a second time\.$/],
  ["nothing", "", /^content\/a\.yaml:1: One YAML document/],
])("a fault is told with file and line: %s", (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test("every fault is told at once", () => {
  expect(() => read("list:\n  - { id: 1, size: 1 }\n  - { id: b, size: x }\n")).toThrow(/a\.yaml:2: .*\n.*a\.yaml:3: /);
});
