import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { freePorts, serverFolder, startServer, waitUntilUp } from "./server-process.ts";

test("a stopped server leaves neither its process nor its folder", async () => {
  const folder = serverFolder("test");
  const server = startServer(["/bin/sh", "-c", "echo up $$; exec sleep 600"], { folder, signal: "TERM" });
  await waitUntilUp("sleep", server, async () => server.output().includes("up"));
  const [, id] = server.output().trim().split(" ");
  expect(isRunning(Number(id))).toBe(true);
  await server.stop();
  await server.stop();
  expect([isRunning(Number(id)), existsSync(folder)]).toEqual([false, false]);
});

test("a server ends with a test that is killed", async () => {
  const module = join(import.meta.dirname, "server-process.ts");
  const source = `
    import { serverFolder, startServer } from ${JSON.stringify(module)};
    const folder = serverFolder("test");
    const server = startServer(["/bin/sh", "-c", "echo $$; exec sleep 600"], { folder, signal: "TERM" });
    const wait = setInterval(() => {
      if (server.output() === "") return;
      clearInterval(wait);
      console.log(JSON.stringify({ folder, id: Number(server.output()) }));
    }, 10);`;
  const killed = spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve) => killed.stdout.once("data", (data) => resolve(String(data))));
  const { folder, id }: { folder: string; id: number } = JSON.parse(line);
  expect([isRunning(id), existsSync(folder)]).toEqual([true, true]);
  killed.kill("SIGKILL");
  for (let i = 0; i < 100 && existsSync(folder); i++) await sleep(50);
  expect([isRunning(id), existsSync(folder)]).toEqual([false, false]);
});

test("a server that ends at once is reported with what it said", async () => {
  const server = startServer(["/bin/sh", "-c", "echo no such setting >&2; exit 1"], {
    folder: serverFolder("test"),
    signal: "TERM",
  });
  await expect(waitUntilUp("The server", server, async () => false)).rejects.toThrow(
    /The server did not start: no such setting/,
  );
});

test("free ports differ", async () => {
  expect(new Set(await freePorts(9)).size).toBe(9);
});

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
