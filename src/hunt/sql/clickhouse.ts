import {
  type ConnectionOptions,
  type SqlConnection,
  SqlOffline,
  SqlRefusal,
  type SqlRow,
  type TextRow,
  withoutSecrets,
} from "./connection.ts";
import { tableName } from "./scan-table.ts";
import { scanWords } from "./scan-words.ts";

/** The first version whose SQL is the one of today: JSONExtract, multiSearch, ILIKE, DateTime64. */
const firstModern = [21, 4] as const;

/**
 * ClickHouse by its HTTP interface (https://clickhouse.com/docs/interfaces/http), which needs no client of its own.
 * `http://user:password@host:8123/database`, or `https://`.
 */
export async function openClickHouse(url: string, options: ConnectionOptions): Promise<SqlConnection> {
  const address = addressOf(url);
  const shown = withoutSecrets(url);
  const settings = new Map<string, string>();
  if (options.write !== true) settings.set("readonly", "2");
  if (options.timeout !== undefined) settings.set("max_execution_time", String(Math.ceil(options.timeout)));
  const ask = (body: string, more: Readonly<Record<string, string>> = {}): Promise<Response> =>
    request(address, shown, body, { ...Object.fromEntries(settings), ...more }, options);
  const version = await versionOf(ask, settings);
  const words = isModern(version) ? scanWords.clickhouse : scanWords["clickhouse-old"];
  const modern = words === scanWords.clickhouse;
  const withTime = (row: TextRow): TextRow => {
    const iso = row["@timestamp"] ?? "1970-01-01T00:00:00.000Z";
    // Neither form of the column can be empty; old versions know no ISO 8601.
    const seconds = Math.min(Math.max(Math.floor(Date.parse(iso) / 1000), 0), 0xffff_ffff);
    return { ...row, "@timestamp": modern ? iso : String(seconds) };
  };
  return {
    title: `ClickHouse ${version}`,
    words,
    columns: async (table) => {
      try {
        const rows = await jsonRows(await ask(`DESCRIBE TABLE ${tableName(words, table)} FORMAT JSONEachRow`));
        return new Map(rows.map((one) => [String(one.name), String(one.type)]));
      } catch (error) {
        if (error instanceof SqlRefusal && /^Code: (?:60|81)\b/u.test(error.message)) return null;
        throw error;
      }
    },
    select: (query) => lines(() => ask(`${query}\nFORMAT JSONEachRow`)),
    execute: async (statement) => {
      await read(await ask(statement));
    },
    insert: async (table, columns, rows) => {
      const names = columns.map(words.engine.name).join(", ");
      const body = rows.map((row) => JSON.stringify(withTime(row))).join("\n");
      const statement = `INSERT INTO ${tableName(words, table)} (${names}) FORMAT JSONEachRow\n${body}`;
      // The rows are on their shards when this returns.
      const settings = { insert_distributed_sync: "1" };
      await read(await ask(statement, modern ? { ...settings, date_time_input_format: "best_effort" } : settings));
    },
    done: async () => null,
    close: async () => {},
  };
}

interface Address {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

function addressOf(url: string): Address {
  const parsed = new URL(url);
  const user = decodeURIComponent(parsed.username);
  const password = decodeURIComponent(parsed.password);
  const database = decodeURIComponent(parsed.pathname.replace(/^\//u, ""));
  parsed.username = "";
  parsed.password = "";
  parsed.pathname = "/";
  if (database !== "") parsed.searchParams.set("database", database);
  const basic = Buffer.from(`${user === "" ? "default" : user}:${password}`, "utf8").toString("base64");
  return { url: parsed, headers: user === "" && password === "" ? {} : { Authorization: `Basic ${basic}` } };
}

async function request(
  { url, headers }: Address,
  shown: string,
  body: string,
  settings: Readonly<Record<string, string>>,
  { signal, timeout }: ConnectionOptions,
): Promise<Response> {
  const address = new URL(url);
  for (const [name, value] of Object.entries(settings)) address.searchParams.set(name, value);
  // The server ends what takes too long; this is for one that does not answer at all.
  const limits = [signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout * 1000 + 10_000)];
  const response = await fetch(address, {
    method: "POST",
    body,
    headers,
    redirect: "error",
    signal: AbortSignal.any(limits.filter((one) => one !== undefined)),
  }).catch((error: unknown) => {
    throw offline(error, shown, signal);
  });
  if (!response.ok) throw refusalOf(await response.text(), response.status);
  return response;
}

function offline(error: unknown, shown: string, signal: AbortSignal | undefined): Error {
  if (signal?.aborted === true) return signal.reason instanceof Error ? signal.reason : new Error("Interrupted.");
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? (cause.message === "" ? cause.name : cause.message) : String(cause);
  return new SqlOffline(`ClickHouse at ${shown} cannot be reached: ${why}`);
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/^Code: (?:192|193|194|516)\b/u, "Put user and password into the address: http://user:password@host:8123/"],
  [/^Code: (?:60|81)\b/u, "Name the table by --table, and the database in the address: http://host:8123/database"],
  [/^Code: (?:159|160)\b/u, "Ask for a shorter time by --since and --until, or allow more by --timeout."],
  [/^Code: 241\b/u, "The server has too little memory for the query: ask for a shorter time by --since and --until."],
  [/^Code: (?:497|164|291)\b/u, "The user may not do this; reading needs SELECT on the table alone."],
];

function refusalOf(text: string, status: number): SqlRefusal {
  const message = text.trim().replace(/\s+/gu, " ").slice(0, 1000);
  const found = /Code: \d+.*/u.exec(message)?.[0];
  if (found === undefined && (status === 401 || status === 403)) {
    return new SqlRefusal(message === "" ? `HTTP ${status}` : message, hints[0]?.[1] ?? null);
  }
  if (found === undefined) {
    return new SqlRefusal(
      message === "" ? `HTTP ${status}` : message,
      "Is this the HTTP port of ClickHouse (8123, or 8443 with TLS)?",
    );
  }
  const hint = hints.find(([sign]) => sign.test(found))?.[1] ?? null;
  return new SqlRefusal(found, hint, hint === null || /^Code: 241\b/u.test(found));
}

async function versionOf(ask: (body: string) => Promise<Response>, settings: Map<string, string>): Promise<string> {
  const query = "SELECT version()";
  try {
    return (await read(await ask(query))).trim();
  } catch (error) {
    // Who may only read may not say so, nor how long a query may take.
    if (!(error instanceof SqlRefusal) || !/^Code: (?:164|452)\b/u.test(error.message)) throw error;
    settings.clear();
    return (await read(await ask(query))).trim();
  }
}

function isModern(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > firstModern[0] || (major === firstModern[0] && minor >= firstModern[1]);
}

/** An error that comes behind the first rows stands among them, with status 200. */
const lateError = /^(?:Code: \d+, e\.displayText\(\)|Code: \d+\. DB::Exception|__exception__)/u;

async function read(response: Response): Promise<string> {
  const text = await response.text();
  if (lateError.test(text)) throw refusalOf(text, 200);
  return text;
}

async function jsonRows(response: Response): Promise<readonly SqlRow[]> {
  return (await read(response))
    .split("\n")
    .filter((line) => line !== "")
    .map((line): SqlRow => JSON.parse(line));
}

async function* lines(ask: () => Promise<Response>): AsyncGenerator<readonly SqlRow[]> {
  const response = await ask();
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of response.body) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    if (parts.length > 0) yield parts.filter((line) => line !== "").map(rowOf);
  }
  rest += decoder.decode();
  if (rest.trim() !== "") yield [rowOf(rest)];
}

function rowOf(line: string): SqlRow {
  if (!line.startsWith("{")) throw refusalOf(line, 200);
  return JSON.parse(line);
}
