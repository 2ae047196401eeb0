#!/usr/bin/env node
// Must parse on any Node that knows ES modules: an old Node is to read one clear sentence, not a syntax error.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const needed = [22, 18];
const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  process.stdout.write(`${manifest.version}\n`);
} else {
  if (process.env.npm_lifecycle_event === "start") stopWithParent();
  begin();
}

function begin() {
  if (!isOldNode(process.versions.node)) {
    start();
    return;
  }
  const newer = bundledNode();
  if (newer) runAgain(newer);
  else fail(`detectionary needs Node ${needed.join(".")} or later, and this is Node ${process.versions.node}.`, 2);
}

/**
 * `npm start` passes a SIGTERM to the shell that it started, and that shell dies without passing it on. The server
 * would stay behind and keep its port; so it sends the signal to itself when its parent is gone.
 */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}

function isOldNode(version) {
  const [major, minor] = version.split(".").map(Number);
  return major < needed[0] || (major === needed[0] && minor < needed[1]);
}

/** The Node that a checkout installs as a development dependency. */
function bundledNode() {
  return ["node", "node.exe"]
    .map((name) => fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url)))
    .find((path) => existsSync(path));
}

function runAgain(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...args], { stdio: "inherit" });
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the child as well; passing it on would look like a second, impatient Ctrl-C.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, forward);
  child.on("error", (error) => fail(`detectionary could not start ${node}: ${error.message}`, 70));
  child.on("exit", (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : code;
    // The handlers keep no event loop alive, but a signal that comes now has no child left to go to.
    process.removeAllListeners();
  });
}

function start() {
  const main = new URL("../dist/cli/main.js", import.meta.url);
  if (!existsSync(main)) {
    fail("detectionary is not built yet: run `npm run build` in its folder (`npm start` does so by itself).", 2);
    return;
  }
  if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();
  import(main.href)
    .then((cli) => cli.main(args))
    .then(
      (code) => {
        if (typeof code === "number") process.exitCode = code;
      },
      (error) => fail(`detectionary hit a bug of its own: ${error?.stack || error}`, 70),
    );
}

function fail(message, code) {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
}
