import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { openClickHouse } from "./clickhouse.ts";
import { type SqlConnection, SqlRefusal, withoutSecrets } from "./connection.ts";

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Asked {
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
}

type Answer = (asked: Asked, response: ServerResponse) => void;

/** A server that says it is ClickHouse, and answers all else as a test wants it. */
async function serve(answer: Answer, seen: Asked[] = []): Promise<string> {
  const made = createServer((request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    request.on("data", (bytes: Buffer) => parts.push(bytes));
    request.on("end", () => {
      const { url = "", headers } = request;
      const asked = { url, authorization: headers.authorization ?? "", body: Buffer.concat(parts).toString() };
      seen.push(asked);
      if (asked.body === "SELECT version()") response.end("24.3.1\n");
      else answer(asked, response);
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const address = made.address();
  return typeof address === "object" && address !== null ? `127.0.0.1:${address.port}` : "";
}

async function rowsOf(connection: SqlConnection): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const rows of connection.select("SELECT 1")) all.push(...rows);
  return all;
}

describe("ClickHouse over HTTP", () => {
  test("signs in by a header, and asks to read alone", async () => {
    const seen: Asked[] = [];
    const host = await serve((_, response) => response.end(), seen);
    const connection = await openClickHouse(`http://ann:p%40ss@${host}/siem`, { timeout: 5 });
    await rowsOf(connection);
    const last = seen.at(-1);
    expect(Buffer.from((last?.authorization ?? "").replace("Basic ", ""), "base64").toString()).toBe("ann:p@ss");
    const url = new URL(last?.url ?? "", "http://x");
    expect([...url.searchParams].sort()).toEqual([
      ["database", "siem"],
      ["max_execution_time", "5"],
      ["readonly", "2"],
    ]);
    expect(last?.url).not.toContain("ss");
  });

  test("reads lines that come in pieces, in the middle of a character too", async () => {
    const bytes = Buffer.from('{"a":"漢"}\n{"a":"b"}\n{"a":1}');
    const host = await serve((_, response) => {
      let at = 0;
      const next = (): void => {
        if (at >= bytes.length) response.end();
        else {
          response.write(bytes.subarray(at, at + 5));
          at += 5;
          setTimeout(next, 1);
        }
      };
      next();
    });
    expect(await rowsOf(await openClickHouse(`http://${host}/`, {}))).toEqual([{ a: "漢" }, { a: "b" }, { a: 1 }]);
  });

  test("knows an error behind the first rows", async () => {
    const host = await serve((_, response) => response.end('{"a":1}\nCode: 241. DB::Exception: Memory limit'));
    await expect(rowsOf(await openClickHouse(`http://${host}/`, {}))).rejects.toThrow(/^Code: 241/u);
  });

  test("says what may mend a refusal", async () => {
    const host = await serve((_, response) => {
      response.statusCode = 500;
      response.end("Code: 159, e.displayText() = DB::Exception: Timeout exceeded\n");
    });
    const error = await rowsOf(await openClickHouse(`http://${host}/`, {})).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(SqlRefusal);
    expect(error).toMatchObject({ hint: expect.stringContaining("--since"), ofQuery: false });
  });

  test("asks who may not change settings without them", async () => {
    const seen: Asked[] = [];
    const made = createServer((request, response) => {
      const limited = (request.url ?? "").includes("readonly");
      seen.push({ url: request.url ?? "", authorization: "", body: "" });
      response.statusCode = limited ? 500 : 200;
      response.end(
        limited ? "Code: 164, e.displayText() = Cannot modify 'readonly' setting in readonly mode" : "24.3\n",
      );
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
    const address = made.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect((await openClickHouse(`http://127.0.0.1:${port}/`, {})).title).toBe("ClickHouse 24.3");
    expect(seen.map(({ url }) => url)).toEqual(["/?readonly=2", "/"]);
  });

  test("goes nowhere else", async () => {
    const host = await serve((_, response) => {
      response.statusCode = 302;
      response.setHeader("location", "http://127.0.0.1:1/");
      response.end();
    });
    await expect(rowsOf(await openClickHouse(`http://${host}/`, {}))).rejects.toThrow(/cannot be reached/u);
  });
});

test("an address is shown without what signs in", () => {
  expect(withoutSecrets("postgres://ann:secret@db:5432/siem?password=secret#x")).toBe("postgres://db:5432/siem");
  expect(withoutSecrets("http:// ann:secret@db/")).not.toContain("secret");
});
