import { expect, test } from "vitest";
import { fileName, openNames } from "./file-name.ts";
import { madeDetection } from "./testing.ts";

test.each([
  ["A task was made", "a-task-was-made"],
  ["../../etc/passwd", "etc-passwd"],
  ["C:\\Windows\\x", "c-windows-x"],
  ["  Ünïcode — naïve  ", "unicode-naive"],
  ["日本", "rule"],
  ["", "rule"],
  ["CON", "rule-con"],
  ["com1", "rule-com1"],
  ["nul.", "rule-nul"],
  ["a\0b\nc", "a-b-c"],
  [".hidden", "hidden"],
  ["x".repeat(300), "x".repeat(80)],
])("%j is %s", (text, name) => expect(fileName(text, "rule")).toBe(name));

test("two of one title have two names, the same each time", () => {
  const both = [madeDetection({ id: "a:1" }), madeDetection({ id: "a:2", title: "A TASK was made!" })];
  expect(both.map(openNames(both))).toEqual(["a-task-was-made", "a-task-was-made-2"]);
  expect(both.map(openNames(both))).toEqual(both.map(openNames(both)));
});
