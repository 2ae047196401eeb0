import { describe, expect, test } from "vitest";
import { openProgress } from "./progress.ts";
import { openTerminal, type Sink } from "./terminal.ts";

async function* nothing(): AsyncGenerator<string> {}

function open(sink: Partial<Sink>) {
  const written: string[] = [];
  let time = 0;
  const messages: Sink = { write: (text) => written.push(text), columns: 80, ...sink };
  const terminal = openTerminal({ input: nothing(), output: messages, messages, environment: {} });
  const progress = openProgress(terminal, () => time);
  const at = (ms: number): void => {
    time = ms;
  };
  return { progress, written, at };
}

describe("the progress bar", () => {
  test("waits for a second, is drawn at most ten times a second, and is erased", () => {
    const { progress, written, at } = open({ isTTY: true });
    at(999);
    progress.show("sigma", 10, 100);
    expect(written).toEqual([]);
    at(1000);
    progress.show("sigma", 50, 100);
    at(1050);
    progress.show("sigma", 51, 100);
    progress.end();
    expect(written).toEqual([`\r\u001b[K${"█".repeat(14)}${"░".repeat(14)}  50 %  sigma 50/100`, "\r\u001b[K"]);
  });

  test("leaves nothing behind where it was never drawn", () => {
    const { progress, written } = open({ isTTY: true });
    progress.show("sigma", 1, 2);
    progress.end();
    expect(written).toEqual([]);
  });

  test("says nothing into a pipe", () => {
    const { progress, written, at } = open({});
    at(5000);
    progress.show("sigma", 1, 2);
    progress.end();
    expect(written).toEqual([]);
  });

  test("never fills the line, which would wrap", () => {
    const { progress, written, at } = open({ isTTY: true, columns: 20 });
    at(5000);
    progress.show("sigma", 3, 2);
    expect(written).toEqual([`\r\u001b[K${"█".repeat(19)}`]);
  });
});
