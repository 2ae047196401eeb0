import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { serve as listen, type ServerType } from "@hono/node-server";
import { type CurrentCatalog, openCurrent } from "../catalog/current.ts";
import { createApp } from "./app.tsx";

export interface ServeOptions {
  readonly catalogFile: string;
  readonly version: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Further names under which this server may be asked; `*` allows any. */
  readonly allowedHosts?: readonly string[];
  /** Replaces the style sheet of the build. */
  readonly style?: string;
  /** One line a request, for a log. */
  readonly onRequest?: (line: string) => void;
}

export interface RunningServer {
  /** Where to look at it. */
  readonly address: string;
  /** Finishes what is being answered, then closes the catalog. Asked again, it drops what is left. */
  readonly stop: () => Promise<void>;
}

const defaultPort = 4600;
const defaultHost = "127.0.0.1";

/** Why the server could not start, in words for the person who started it. */
export class StartError extends Error {}

/** How long an answer may take when the server is to stop, in milliseconds. */
const patience = 5000;

/** Starts the site. Throws a StartError when it cannot listen. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { port = defaultPort, host = defaultHost } = options;
  const catalog = openCurrent(options.catalogFile);
  const hosts = [isWildcard(host) ? hostname() : host, ...(options.allowedHosts ?? [])];
  const style = options.style === undefined ? {} : { style: options.style };
  const app = createApp({ catalog, version: options.version, hosts, ...style });
  const answer = options.onRequest === undefined ? app.fetch : logged(app.fetch, options.onRequest);
  const server = await new Promise<ServerType>((resolve, reject) => {
    const starting = listen({ fetch: answer, port, hostname: host }, () => resolve(starting));
    starting.once("error", (error: NodeJS.ErrnoException) => {
      catalog.close();
      reject(startError(error, host, port));
    });
  });
  return { address: addressOf(server, host), stop: stopper(server, catalog) };
}

/**
 * Serves until a signal comes, and gives the exit code. The first SIGTERM, SIGINT or SIGHUP lets answers finish; a
 * second one ends the process at once.
 */
export async function serve(options: ServeOptions, ready: (address: string) => void): Promise<number> {
  const server = await startServer(options);
  const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
  return new Promise((resolve, reject) => {
    let stopping = false;
    const onSignal = (): void => {
      if (stopping) process.exit(1);
      stopping = true;
      server
        .stop()
        .then(() => {
          for (const signal of signals) process.off(signal, onSignal);
          resolve(0);
        })
        .catch(reject);
    };
    for (const signal of signals) process.on(signal, onSignal);
    ready(server.address);
  });
}

function stopper(server: ServerType, catalog: CurrentCatalog): () => Promise<void> {
  let stopped: Promise<void> | null = null;
  return () => {
    if (stopped !== null) {
      if ("closeAllConnections" in server) server.closeAllConnections();
      return stopped;
    }
    // A client that keeps its connection after the answer would hold the server up as long as it likes.
    server.prependListener("request", (_, response: ServerResponse) => response.setHeader("Connection", "close"));
    stopped = new Promise<void>((resolve) => {
      const impatient = setTimeout(() => {
        if ("closeAllConnections" in server) server.closeAllConnections();
      }, patience);
      server.close(() => {
        clearTimeout(impatient);
        catalog.close();
        resolve();
      });
      // Connections that are kept open without a request would hold the server up.
      if ("closeIdleConnections" in server) server.closeIdleConnections();
    });
    return stopped;
  };
}

/** Listening on every address of the machine. */
function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function addressOf(server: ServerType, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = isWildcard(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}

function startError(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  switch (error.code) {
    case "EADDRINUSE":
      return new StartError(
        `Port ${port} is taken, perhaps by another Detectionary. Choose another one: --port ${port < 65535 ? port + 1 : port - 1}`,
      );
    case "EACCES":
      return new StartError(`This user may not listen on port ${port}. Choose one above 1023: --port ${defaultPort}`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartError(`${host} is no address of this machine. Leave --host away to listen on ${defaultHost}.`);
    default:
      return new StartError(`The server could not start: ${error.message}`);
  }
}

type Fetch = ReturnType<typeof createApp>["fetch"];

function logged(answer: Fetch, log: (line: string) => void): Fetch {
  return async (request, ...rest) => {
    const started = performance.now();
    const response = await answer(request, ...rest);
    const { pathname, search } = new URL(request.url);
    log(`${request.method} ${pathname}${search} ${response.status} ${(performance.now() - started).toFixed(1)} ms`);
    return response;
  };
}
