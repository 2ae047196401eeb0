import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../main.ts";
import { capture } from "../testing.ts";

const hint = "This catalog holds only the embedded rules. For the public ones: detectionary build --corpora DIR\n";

describe("serve", () => {
  let folder = "";
  let catalog = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "detectionary serve "));
    catalog = join(folder, "catalog.sqlite");
    await capture(["build", "--out", catalog]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("says where it is once it answers there, and ends with 0 on SIGTERM", async () => {
    const messages: string[] = [];
    const { promise: ready, resolve } = Promise.withResolvers<string>();
    const running = main(["serve", "--port", "0", "--catalog", catalog, "--json", "--log"], {
      input: (async function* () {})(),
      output: { write: (text) => resolve(text) },
      messages: { write: (text) => messages.push(text) },
      environment: {},
    });
    const told = JSON.parse(await Promise.race([ready, running.then((code) => `"ended with ${code}: ${messages}"`)]));
    expect(told).toEqual({ address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/), catalog });
    const response = await fetch(`${told.address}healthz`);
    expect(response.status).toBe(200);
    await response.text();
    process.emit("SIGTERM");
    expect(await running).toBe(0);
    expect(messages).toEqual([hint, expect.stringMatching(/^GET \/healthz 200 \d+\.\d ms\n$/)]);
  });

  test("a port that is taken is wrong usage, and says what to do", async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, "127.0.0.1", () => {
        const address = taken.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const result = await capture(["serve", "--port", String(port), "--catalog", catalog]);
    taken.close();
    expect(result).toEqual({
      code: 2,
      output: "",
      messages: `${hint}error: Port ${port} is taken, perhaps by another Detectionary. Choose another one: --port ${port + 1}\n`,
    });
  });
});
