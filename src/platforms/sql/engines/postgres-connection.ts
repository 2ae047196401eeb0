import { connect, type Socket } from "node:net";

/** One connection to a PostgreSQL server that asks for no password; one query after the other. */
export interface PostgresConnection {
  /** The rows of a query, every value as text. */
  query(text: string): Promise<readonly (readonly (string | null)[])[]>;
  close(): void;
}

/**
 * The simple query protocol, version 3: a type letter, a length that counts itself, and a body.
 * Source: PostgreSQL 15 documentation, "Frontend/Backend Protocol".
 */
export async function connectPostgres(port: number, user: string): Promise<PostgresConnection> {
  const socket = connect(port, "127.0.0.1");
  const messages = messagesOf(socket);
  socket.write(startMessage({ user, database: "postgres", client_encoding: "UTF8" }));
  await readAnswer(messages);
  let busy: Promise<unknown> = Promise.resolve();
  return {
    query: (text) => {
      const answer = busy.then(() => {
        socket.write(queryMessage(text));
        return readAnswer(messages);
      });
      busy = answer.catch(() => undefined);
      return answer;
    },
    close: () => socket.destroy(),
  };
}

interface Message {
  readonly type: string;
  readonly body: Buffer;
}

async function* messagesOf(socket: Socket): AsyncGenerator<Message, void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 5) {
      const end = 1 + rest.readUInt32BE(1);
      if (rest.length < end) break;
      yield { type: rest.toString("latin1", 0, 1), body: rest.subarray(5, end) };
      rest = rest.subarray(end);
    }
  }
}

/** Everything up to "ready for the next query". */
async function readAnswer(messages: AsyncGenerator<Message, void>): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  let failure: string | null = null;
  for (;;) {
    const { value, done } = await messages.next();
    if (done === true) throw new Error("PostgreSQL closed the connection.");
    if (value.type === "D") rows.push(readRow(value.body));
    else if (value.type === "E") failure = readFailure(value.body);
    else if (value.type === "Z") {
      if (failure !== null) throw new Error(failure);
      return rows;
    }
  }
}

function readRow(body: Buffer): (string | null)[] {
  let at = 2;
  return Array.from({ length: body.readUInt16BE(0) }, () => {
    const length = body.readInt32BE(at);
    at += 4;
    if (length < 0) return null;
    at += length;
    return body.toString("utf8", at - length, at);
  });
}

/** The fields of a failure, each with a letter before it: `M` is the message. */
function readFailure(body: Buffer): string {
  const fields = body.toString("utf8").split("\0").filter(Boolean);
  return fields
    .filter((field) => /^[CMDHP]/u.test(field))
    .map((field) => field.slice(1))
    .join(": ");
}

function startMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const body = Object.entries(parameters).map(([name, value]) => `${name}\0${value}\0`);
  const bytes = Buffer.from(`${body.join("")}\0`);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes.length + 8, 0);
  head.writeUInt32BE(3 << 16, 4);
  return Buffer.concat([head, bytes]);
}

function queryMessage(text: string): Buffer {
  if (text.includes("\0")) throw new Error("PostgreSQL takes no NUL in a query.");
  const bytes = Buffer.from(`${text}\0`);
  const head = Buffer.alloc(5);
  head.write("Q", 0, "latin1");
  head.writeUInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}
