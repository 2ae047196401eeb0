import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const here = import.meta.dirname;
const { version } = JSON.parse(readFileSync(join(here, "..", "package.json"), "utf8"));
/** Makes the Node that runs the tests look like an old one. */
const asNode20 = [
  "--import",
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.19.0"}})',
];

describe("bin/detectionary.mjs", () => {
  let folder = "";
  let bin = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "detectionary bin "));
    bin = join(folder, "bin", "detectionary.mjs");
    write("package.json", JSON.stringify({ version, type: "module" }));
    mkdirSync(dirname(bin));
    copyFileSync(join(here, "detectionary.mjs"), bin);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function installNode(): void {
    const name = process.platform === "win32" ? "node.exe" : "node";
    mkdirSync(join(folder, "node_modules", "node", "bin"), { recursive: true });
    const to = join(folder, "node_modules", "node", "bin", name);
    if (process.platform === "win32") copyFileSync(process.execPath, to);
    else symlinkSync(process.execPath, to);
  }

  function run(args: readonly string[], nodeOptions: readonly string[] = []) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, bin, ...args], {
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  test.each(["--version", "-V"])("%s prints the version, on any Node, with nothing built", (flag) => {
    expect(run([flag])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
    expect(run([flag], asNode20)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("hands the arguments to main and takes its exit code", () => {
    write("dist/cli/main.js", "export async function main(args) { console.log(JSON.stringify(args)); return 3; }");
    expect(run(["show", "two words", "--json"])).toEqual({
      status: 3,
      stdout: '["show","two words","--json"]\n',
      stderr: "",
    });
  });

  test("says what to run when nothing is built", () => {
    const { status, stdout, stderr } = run(["serve"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(
      "detectionary is not built yet: run `npm run build` in its folder (`npm start` does so by itself).\n",
    );
  });

  test("reports an unexpected error as a bug of ours", () => {
    write("dist/cli/main.js", 'export function main() { throw new TypeError("surprise"); }');
    const { status, stderr } = run([]);
    expect(status).toBe(70);
    expect(stderr).toContain("detectionary hit a bug of its own: TypeError: surprise");
  });

  test("an old Node reads one sentence", () => {
    write("dist/cli/main.js", "syntax error that is never loaded");
    expect(run(["serve"], asNode20)).toEqual({
      status: 2,
      stdout: "",
      stderr: "detectionary needs Node 22.18 or later, and this is Node 20.19.0.\n",
    });
  });

  test("an old Node hands over to the Node of the checkout", () => {
    installNode();
    write(
      "dist/cli/main.js",
      "export async function main(args) { console.log(process.versions.node, ...args); return 4; }",
    );
    expect(run(["a b", "c"], asNode20)).toEqual({ status: 4, stdout: `${process.versions.node} a b c\n`, stderr: "" });
  });

  test.skipIf(process.platform === "win32")("a signal reaches the Node of the checkout", async () => {
    installNode();
    write(
      "dist/cli/main.js",
      `export function main() {
        const wait = setInterval(() => {}, 1000);
        process.on("SIGTERM", () => { console.log("stopping"); clearInterval(wait); process.exitCode = 5; });
        console.log("ready");
      }`,
    );
    const child = spawn(process.execPath, [...asNode20, bin], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (text.includes("ready")) child.kill("SIGTERM");
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, output }).toEqual({ code: 5, output: "ready\nstopping\n" });
  });

  test.skipIf(process.platform === "win32")("stops when the shell of npm start is gone", async () => {
    write(
      "dist/cli/main.js",
      `export function main() {
        const wait = setInterval(() => {}, 1000);
        process.on("SIGTERM", () => { console.log("stopping"); clearInterval(wait); });
        console.log("ready");
      }`,
    );
    // The second command keeps the shell from becoming the node process itself.
    const shell = spawn("sh", ["-c", '"$0" "$1"; true', process.execPath, bin], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, npm_lifecycle_event: "start" },
    });
    let output = "";
    shell.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (text.includes("ready")) shell.kill("SIGTERM");
    });
    // The pipe closes when the last process that holds it has ended, and the shell's child is that one.
    await new Promise((resolve) => shell.on("close", resolve));
    expect(output).toBe("ready\nstopping\n");
  });
});
