import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A server of a test. */
export interface ServerProcess {
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  /** What it printed, for the message of a failure. */
  output(): string;
  hasEnded(): boolean;
}

/** `nobody`, for programs that refuse to run as root. */
const unprivileged = { uid: 65534, gid: 65534 } as const;

/** The user that a server's processes get: whoever runs the tests, unless that is root. */
export function serverUser(): { readonly uid?: number; readonly gid?: number } {
  return process.getuid?.() === 0 ? unprivileged : {};
}

/** A new temporary folder that belongs to that user. */
export function serverFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `detectionary-${name}-`));
  const { uid, gid } = serverUser();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

/**
 * The shell between a test and its server ends the server when its own standard input ends, which it does however the
 * test ends, be it killed; and then it removes the folder.
 */
const guard = `
exec 3<&0
"$@" </dev/null 3<&- & server=$!
exec >/dev/null 2>&1
(cat <&3; kill -s "$GUARD_SIGNAL" "$server") & watch=$!
exec 3<&-
wait "$server"
kill "$watch"
rm -rf "$GUARD_FOLDER"
`;

/** Starts a server as `serverUser()`. `signal` is one that ends it at once, whatever it is at. */
export function startServer(
  command: readonly string[],
  { folder, signal }: { readonly folder: string; readonly signal: string },
): ServerProcess {
  const child: ChildProcess = spawn("/bin/sh", ["-c", guard, "guard", ...command], {
    ...serverUser(),
    cwd: folder,
    env: { PATH: "/usr/bin:/bin", GUARD_SIGNAL: signal, GUARD_FOLDER: folder },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const printed: string[] = [];
  let ended = false;
  const end = new Promise<void>((resolve) => {
    const finish = (): void => {
      ended = true;
      resolve();
    };
    child.on("exit", finish);
    child.on("error", (error) => {
      printed.push(String(error));
      finish();
    });
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed.push(text);
      if (printed.length > 200) printed.shift();
    });
  }
  return {
    stop: () => {
      child.stdin?.end();
      return end;
    },
    output: () => printed.join(""),
    hasEnded: () => ended,
  };
}

/** Waits until `isUp` answers; fails with what the server printed where it ends before, or takes too long. */
export async function waitUntilUp(title: string, server: ServerProcess, isUp: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isUp())) {
    if (server.hasEnded() || Date.now() > deadline) {
      await server.stop();
      throw new Error(`${title} did not start: ${server.output().slice(-2000)}`);
    }
    await sleep(50);
  }
}

/** Ports of 127.0.0.1 on which nothing listens. */
export async function freePorts(count: number): Promise<readonly number[]> {
  // All are held at once, so that they differ.
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.on("error", reject);
        server.listen(0, "127.0.0.1", resolve);
      });
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      if (address === null || typeof address === "string") throw new Error("No port.");
      return address.port;
    }),
  );
}
