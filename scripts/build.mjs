// Builds dist/: TypeScript to JavaScript and declarations, style sheets bundled, other assets copied. It writes
// beside the old dist/ and swaps at the end, so that a failed build leaves a working one.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { build } from "esbuild";
import { buildStamp, filesUnder, root } from "./stamp.mjs";

const source = join(root, "src");
const target = join(root, "dist");
const fresh = join(root, "node_modules", `.detectionary-dist-${process.pid}`);
const old = `${fresh}-old`;
const copied = new Set([".sql", ".svg", ".js"]);

// Taken first: a file that changes while we build must make the next build run.
const stamp = buildStamp();
const files = filesUnder(source);
try {
  compile();
  await bundleStyles(files.filter((path) => extname(path) === ".css"));
  for (const path of files.filter((path) => copied.has(extname(path)))) copy(path);
  writeFileSync(join(fresh, ".stamp"), stamp);
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
} finally {
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
}

function compile() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "--project", join(root, "tsconfig.build.json"), "--outDir", fresh];
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.stderr.write("detectionary: the build stopped, because the type check found errors.\n");
    process.exit(1);
  }
}

/** A file whose name begins with an underscore is only ever imported by others. */
async function bundleStyles(paths) {
  const entryPoints = paths.filter((path) => !basename(path).startsWith("_"));
  if (entryPoints.length === 0) return;
  await build({ entryPoints, outbase: source, outdir: fresh, bundle: true, minify: true, logLevel: "warning" });
}

function copy(path) {
  const to = join(fresh, relative(source, path));
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(path, to);
}
