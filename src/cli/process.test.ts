import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

/** Runs `main` of the source in a process of its own, with the streams and signals that a user has. */
function nodeArgs(...args: readonly string[]): string[] {
  const main = pathToFileURL(join(import.meta.dirname, "main.ts")).href;
  const script = `import { main } from ${JSON.stringify(main)}; process.exitCode = await main(process.argv.slice(1));`;
  return ["--no-warnings", "--input-type=module", "--eval", script, "--", ...args];
}

const long = Array.from({ length: 15_000 }, (_, index) => `host.name : "server-${index}"`).join(" or ");

test("results go to stdout, messages to stderr, the code to the shell", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, nodeArgs("parse", "--language", "none", "-"), {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^error: There is no language none\. Known are: /);
});

test("a long result reaches a slow pipe whole", () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    nodeArgs("parse", "--language", "kuery", "-", "--json"),
    {
      encoding: "utf8",
      input: long,
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout).predicates).toHaveLength(15_000);
});

test("a reader that goes away early ends the command without a word", async () => {
  const child = spawn(process.execPath, nodeArgs("parse", "--language", "kuery", "-", "--json"));
  const messages: string[] = [];
  child.stderr.on("data", (chunk) => messages.push(String(chunk)));
  child.stdout.once("data", () => child.stdout.destroy());
  child.stdin.end(long);
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, messages: messages.join("") }).toEqual({ code: 0, messages: "" });
});

test.skipIf(!existsSync("/dev/full"))("a result that cannot be written is an error in one line", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, nodeArgs("parse", "--language", "kuery", "-"), {
    encoding: "utf8",
    input: "a : b",
    stdio: ["pipe", full, "pipe"],
  });
  closeSync(full);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^error: the result cannot be written: ENOSPC[^\n]*\n$/),
  });
});

test("a pipe gets no colours, whatever the terminal could do", () => {
  const { stdout } = spawnSync(process.execPath, nodeArgs("parse", "--language", "kuery", "-"), {
    encoding: "utf8",
    input: "a : b*",
    env: { ...process.env, TERM: "xterm-256color", NO_COLOR: "" },
  });
  expect(stdout).toMatch(/^a +starts_with +b +/m);
  expect(stdout).not.toContain("\u001b");
});
