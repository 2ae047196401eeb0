import { openCurrent } from "../src/catalog/current.ts";
import { tactics } from "../src/catalog/queries/tactics.ts";
import { addresses } from "../src/web/addresses.ts";
import type { createApp } from "../src/web/app.tsx";
import { against } from "./limit.ts";
import { median, quantile } from "./statistics.ts";

/** What people type; each looks for something else: a program, an id, a CVE, a path, a phrase, an option. */
const searches = [
  "rundll32.exe",
  "T1059.001",
  "CVE-2024-1708",
  "C:\\Windows\\Temp",
  "it's",
  "-EncodedCommand",
  "Image|endswith",
  "scheduled task",
  "powershell",
];
const sampledPages = 300;

/** What a page may take and hold. */
const largest = { ms: 100, kb: 400 };
const repeats = 50;

/** Time and size of pages, asked of the app in process: no network, no browser. */
export async function measurePages(catalog: string, version: string): Promise<string[][]> {
  const built = new URL("../dist/web/app.js", import.meta.url).href;
  // The site is JSX, which Node does not run as it is; its types are those of the source.
  const web: { readonly createApp: typeof createApp } = await import(built);
  const current = openCurrent(catalog);
  // Nothing is kept, so that every page is made anew.
  const app = web.createApp({ catalog: current, version, keeping: { pages: 0, slow: Number.POSITIVE_INFINITY } });
  const ask = async (address: string) => {
    const started = performance.now();
    const response = await app.request(`http://localhost${address}`);
    const size = (await response.arrayBuffer()).byteLength;
    const ms = performance.now() - started;
    if (response.status !== 200) throw new Error(`${address} answered ${response.status}`);
    return { address, ms, size };
  };
  const measure = async (
    name: string,
    addresses: readonly string[],
    limits: { readonly ms: number; readonly kb: number } | null,
  ) => {
    for (const address of addresses) await ask(address);
    const found: Awaited<ReturnType<typeof ask>>[] = [];
    for (const address of addresses) found.push(await ask(address));
    const times = found.map((one) => one.ms);
    const largest = found.reduce((a, b) => (b.size > a.size ? b : a));
    const slowest = found.reduce((a, b) => (b.ms > a.ms ? b : a));
    const kb = largest.size / 1024;
    const kept = limits === null ? "" : `${against(median(times), limits.ms, "ms")}, ${against(kb, limits.kb, "KB")}`;
    return [
      name,
      String(new Set(addresses).size),
      `${median(times).toFixed(2)} ms`,
      `${quantile(times, 0.99).toFixed(2)} ms`,
      `${slowest.ms.toFixed(1)} ms ${slowest.address}`,
      `${kb.toFixed(0)} KB ${largest.address}`,
      kept,
    ];
  };
  try {
    const database = current.database();
    const techniques = tactics(database).flatMap((tactic) =>
      tactic.techniques.flatMap((one) => [one, ...one.subtechniques]),
    );
    const withRules = [...new Set(techniques.filter((one) => one.rules > 0).map((one) => one.id))];
    const spread = (sql: string, address: (row: Readonly<Record<string, string>>) => string): readonly string[] => {
      const rows = database.all<Readonly<Record<string, string>>>(sql);
      const step = Math.max(1, Math.floor(rows.length / sampledPages));
      return rows
        .filter((_, index) => index % step === 0)
        .slice(0, sampledPages)
        .map(address);
    };
    const often = (address: string): readonly string[] => Array.from({ length: repeats }, () => address);
    return [
      await measure("home", often("/"), null),
      await measure("ATT&CK", often("/attack"), null),
      await measure(
        "techniques with rules",
        withRules.map((id) => `/attack/${id}`),
        { ms: 15, kb: 200 },
      ),
      await measure(
        "rules",
        spread("SELECT corpus, slug FROM rule ORDER BY key", (one) =>
          addresses.rule({ corpus: one.corpus ?? "", slug: one.slug ?? "" }),
        ),
        null,
      ),
      await measure(
        "fields",
        spread("SELECT id FROM field WHERE rules > 0 ORDER BY id", (one) => addresses.field(one.id ?? "")),
        largest,
      ),
      await measure(
        "indicators",
        spread("SELECT id FROM indicator ORDER BY id", (one) => addresses.indicator(one.id ?? "")),
        largest,
      ),
      await measure(
        "events",
        spread("SELECT provider, event_id FROM event WHERE rules > 0 ORDER BY provider, event_id", (one) =>
          addresses.event({ provider: one.provider ?? "", eventId: one.event_id ?? "" }),
        ),
        largest,
      ),
      await measure("corpora", often("/corpora"), null),
      await measure(
        "search",
        searches.flatMap((query) => Array.from({ length: 10 }, () => `/search?q=${encodeURIComponent(query)}`)),
        null,
      ),
    ];
  } finally {
    current.close();
  }
}
