import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commitOf } from "./commit.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary commit "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const hash = "0123456789abcdef0123456789abcdef01234567";

test("the manifest beside the corpora comes first, whatever else stands in it", () => {
  put("MANIFEST.json", JSON.stringify([null, 1, { id: "other", commit: "x" }, { id: "sigma", commit: hash }]));
  put("sigma/.git/HEAD", "f".repeat(40));
  expect(commitOf(folder, "sigma")).toBe(hash);
});

test.each(["not json", "{}", '[{"id":"sigma","commit":"<script>"}]', '[{"id":"sigma"}]'])(
  "a manifest of %j tells nothing",
  (text) => {
    put("MANIFEST.json", text);
    expect(commitOf(folder, "sigma")).toBeNull();
  },
);

test.each([
  ["a commit itself", { HEAD: `${hash}\n` }, hash],
  ["a loose reference", { HEAD: "ref: refs/heads/main\n", "refs/heads/main": `${hash}\n` }, hash],
  ["a packed one", { HEAD: "ref: refs/heads/main\n", "packed-refs": `# pack\n${hash} refs/heads/main\n` }, hash],
  ["a packed one that is no commit", { HEAD: "ref: refs/heads/main\n", "packed-refs": "<b> refs/heads/main\n" }, null],
  ["a reference that leaves the folder", { HEAD: "ref: refs/../../secret\n", "../../secret": hash }, null],
  ["nothing", {}, null],
])("HEAD names %s", (_, files, expected) => {
  for (const [name, text] of Object.entries(files)) put(join("sigma", ".git", name), text);
  expect(commitOf(folder, "sigma")).toBe(expected);
});
