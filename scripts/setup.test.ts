import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const locked = {
  "": {},
  "node_modules/yaml": { version: "2.9.1", integrity: "sha512-a" },
  "node_modules/other-system": { version: "1.0.0", integrity: "sha512-b", optional: true },
};
const installed = { "node_modules/yaml": locked["node_modules/yaml"] };

describe("scripts/setup.mjs", () => {
  let folder = "";

  // A project with the real setup, an npm that only says how it was called, and a build that only writes its stamp.
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "detectionary setup "));
    for (const name of ["setup.mjs", "stamp.mjs"]) {
      mkdirSync(join(folder, "scripts"), { recursive: true });
      copyFileSync(join(import.meta.dirname, name), join(folder, "scripts", name));
    }
    write("npm-cli.js", "console.log('npm', ...process.argv.slice(2));");
    write(
      "scripts/build.mjs",
      `import { mkdirSync, writeFileSync } from "node:fs";
      import { buildStamp, stampFile } from "./stamp.mjs";
      mkdirSync("dist", { recursive: true });
      writeFileSync(stampFile, buildStamp());
      console.log("build");`,
    );
    for (const name of ["package.json", "tsconfig.json", "tsconfig.build.json"]) write(name, "{}");
    write("package-lock.json", JSON.stringify({ packages: locked }));
    write("node_modules/.package-lock.json", JSON.stringify({ packages: installed }));
    write("node_modules/node/bin/node", "");
    write("src/one.ts", "export const one = 1;");
    write("src/deep/two.ts", "export const two = 2;");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function setup(...args: readonly string[]) {
    const env = { ...process.env, npm_execpath: join(folder, "npm-cli.js") };
    const script = join(folder, "scripts", "setup.mjs");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { env, encoding: "utf8" });
    return { status, stdout, stderr };
  }

  const installs = {
    status: 0,
    stdout: "npm ci --no-audit --no-fund --loglevel=error\n",
    stderr: "detectionary: installing the dependencies (npm ci) …\n",
  };
  const builds = { status: 0, stdout: "build\n", stderr: "detectionary: building dist/ …\n" };
  const silent = { status: 0, stdout: "", stderr: "" };

  test("is silent when all is there; packages for other systems may be missing", () => {
    expect(setup()).toEqual(builds);
    expect(setup()).toEqual(silent);
  });

  test("installs when nothing is installed, or an installation was interrupted", () => {
    rmSync(join(folder, "node_modules", ".package-lock.json"));
    expect(setup("--no-build")).toEqual(installs);
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(setup("--no-build")).toEqual(installs);
  });

  test("installs when the lockfile names another version, or a package more", () => {
    const yaml = { version: "2.9.2", integrity: "sha512-c" };
    write("package-lock.json", JSON.stringify({ packages: { ...locked, "node_modules/yaml": yaml } }));
    expect(setup("--no-build")).toEqual(installs);
    const zod = { version: "4.6.7", integrity: "sha512-d" };
    write("package-lock.json", JSON.stringify({ packages: { ...locked, "node_modules/zod": zod } }));
    expect(setup("--no-build")).toEqual(installs);
  });

  test("installs when install scripts did not run, so that there is no Node 24", () => {
    rmSync(join(folder, "node_modules", "node"), { recursive: true });
    expect(setup("--no-build")).toEqual(installs);
  });

  test("fails as npm fails", () => {
    rmSync(join(folder, "node_modules"), { recursive: true });
    write("npm-cli.js", "process.exit(7);");
    expect(setup()).toEqual({ ...installs, status: 7, stdout: "" });
  });

  test("builds again when a source file changed, came or went, and not for a test", () => {
    setup();
    write("src/one.ts", "export const one = 11;");
    expect(setup()).toEqual(builds);
    write("src/three.css", "a {}");
    expect(setup()).toEqual(builds);
    rmSync(join(folder, "src", "deep", "two.ts"));
    expect(setup()).toEqual(builds);
    write("src/one.test.ts", "");
    expect(setup()).toEqual(silent);
    write("tsconfig.json", '{ "compilerOptions": {} }');
    expect(setup()).toEqual(builds);
  });
});
