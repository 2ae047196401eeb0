// Run as a process of its own: reads the files named in a JSON list with the libraries alone, each to plain values, and
// prints how long that took and how much memory. This is the floor under any build over the same files.
import { readFileSync } from "node:fs";
import { micromark } from "micromark";
import { parse as parseToml } from "smol-toml";
import { parseAllDocuments } from "yaml";

const [list = ""] = process.argv.slice(2);
const files: readonly string[] = JSON.parse(readFileSync(list, "utf8"));

const started = performance.now();
let refused = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  try {
    // YARA-L has no library: its files are read, and that is all.
    if (file.endsWith(".yaral")) continue;
    if (file.endsWith(".toml")) parseToml(text);
    else if (file.endsWith(".json")) JSON.parse(text);
    else if (file.endsWith(".md")) micromark(text);
    else for (const document of parseAllDocuments(text, { logLevel: "silent" })) document.toJS();
  } catch {
    refused++;
  }
}
const seconds = (performance.now() - started) / 1000;
const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ seconds, peakMemoryMb, files: files.length, refused })}\n`);
