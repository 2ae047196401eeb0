import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, StartError, serve, startServer } from "./serve.ts";
import { openTestSite, type TestSite } from "./testing.ts";

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

function start(
  options: { readonly port?: number; readonly host?: string; readonly onRequest?: (line: string) => void } = {},
) {
  return startServer({ catalogFile: site.catalogFile, version: "1.2.3", port: 0, ...options });
}

/** The status of a request that names the server as it likes, which fetch does not allow. */
function statusFor(address: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${address}healthz`, { headers: { host }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** A client that has sent half of a request. */
async function halfRequest(server: RunningServer) {
  const { port, hostname } = new URL(server.address);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("connect", resolve));
  await new Promise((resolve) => socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n", resolve));
  // The server has it once it has answered somebody who came later.
  await (await fetch(`${server.address}healthz`)).text();
  return socket;
}

describe("startServer", () => {
  test("listens on this machine only, and answers under its own names", async () => {
    const lines: string[] = [];
    const server = await start({ onRequest: (line) => lines.push(line) });
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await fetch(`${server.address}healthz`)).status).toBe(200);
    expect(await statusFor(server.address, "localhost")).toBe(200);
    expect(await statusFor(server.address, "evil.example")).toBe(421);
    expect(lines[0]).toMatch(/^GET \/healthz 200 \d+\.\d ms$/);
    await server.stop();
    await expect(fetch(`${server.address}healthz`)).rejects.toThrow();
  });

  test("connections that are only kept open do not hold it up", async () => {
    const server = await start();
    await (await fetch(server.address)).text();
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test("a request that has begun is answered before it stops", async () => {
    const server = await start();
    const socket = await halfRequest(server);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      answer += text;
    });
    const began = performance.now();
    const stopped = server.stop();
    socket.write("\r\n");
    await Promise.all([stopped, closed]);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(answer).toContain('"status":"ok"');
  });

  test("asked to stop again, it drops what is left", async () => {
    const server = await start();
    const socket = await halfRequest(server);
    const began = performance.now();
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const stopped = server.stop();
    await Promise.all([server.stop(), stopped, closed]);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test("a port that is taken, and an address that is not ours", async () => {
    const server = await start();
    const port = Number(new URL(server.address).port);
    const taken = start({ port });
    await expect(taken).rejects.toThrow(StartError);
    await expect(taken).rejects.toThrow(
      `Port ${port} is taken, perhaps by another Detectionary. Choose another one: --port ${port === 65535 ? port - 1 : port + 1}`,
    );
    await server.stop();
    await expect(start({ host: "203.0.113.7" })).rejects.toThrow(
      "203.0.113.7 is no address of this machine. Leave --host away to listen on 127.0.0.1.",
    );
  });
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "serve ends with 0 on %s and leaves no handler behind",
  async (signal) => {
    const before = process.listenerCount(signal);
    let address = "";
    const code = await serve({ catalogFile: site.catalogFile, version: "1.2.3", port: 0 }, (ready) => {
      address = ready;
      process.emit(signal);
    });
    expect(code).toBe(0);
    expect(process.listenerCount(signal)).toBe(before);
    await expect(fetch(address)).rejects.toThrow();
  },
);
