// Installs and builds what is missing, and is silent and quick when nothing is. It runs before anything is
// installed, on Node 20, so it may import nothing but Node's own modules.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildStamp, root, stampFile } from "./stamp.mjs";

const builds = !process.argv.includes("--no-build");

if (!isInstalled()) {
  say("installing the dependencies (npm ci) …");
  // Warnings would say that the Node of the machine is too old, which the one being installed mends.
  runNpm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}
if (builds && !isBuilt()) {
  say("building dist/ …");
  run(process.execPath, [join(root, "scripts", "build.mjs")]);
}

/**
 * npm writes node_modules/.package-lock.json as the last step of an installation, so that file tells a complete one
 * from one that was interrupted, whoever ran npm. Packages missing from it must be optional: they are for other machines.
 */
function isInstalled() {
  const installedFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const installed = readJson(installedFile).packages;
  const wanted = readJson(join(root, "package-lock.json")).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const found = installed[path];
    if (found ? found.version !== entry.version || found.integrity !== entry.integrity : !entry.optional) return false;
    if (found && entry.optional && !existsSync(join(root, path))) return false;
  }
  return ["node", "node.exe"].some((name) => existsSync(join(root, "node_modules", "node", "bin", name)));
}

function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === buildStamp();
}

function runNpm(args) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) run(process.env.npm_node_execpath || process.execPath, [cli, ...args]);
  // Windows starts a .cmd file only through a shell; these arguments hold nothing that a shell would read.
  else if (process.platform === "win32") run("npm.cmd", args, { shell: true });
  else run("npm", args);
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) say(`could not run ${command}: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status || 1);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function say(message) {
  process.stderr.write(`detectionary: ${message}\n`);
}
