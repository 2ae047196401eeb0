import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSite, type TestSite } from "./testing.ts";

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return Promise.resolve(site.app.request(path, { headers }));
}

async function text(path: string): Promise<string> {
  const response = await get(path);
  expect(response.status).toBe(200);
  return response.text();
}

const rule = "/rules/detectionary/encoded_powershell_fetches_from_network";

/** The indicator `process.name is powershell.exe`. */
const shell = "/indicators/49fb9c3910d60b0b";

/** Page, its JSON twin, a heading that it must hold and a key of its data. */
const pages = [
  ["/", "/index.json", "de<i>·</i>tec<i>·</i>tion<i>·</i>ary</h1>", "embeddedOnly"],
  ["/attack", "/attack.json", "<h1>ATT&amp;CK 18.1</h1>", "tactics"],
  ["/attack?q=powershell", "/attack.json?q=powershell", "2 techniques found.", "tactics"],
  ["/attack/T1059.001", "/attack/T1059.001.json", "<h1>PowerShell</h1>", "indicators"],
  ["/attack/T1059", "/attack/T1059.json", "<h1>Command and Scripting Interpreter</h1>", "subtechniques"],
  ["/attack/T1059.001", "/attack/T1059.001.json", '<h2 id="packages-title">Detection packages', "packages"],
  ["/attack/T1059.001/sigma", "/attack/T1059.001/sigma.json", "<h1>Detect PowerShell in Sigma</h1>", "detections"],
  ["/packages", "/packages.json", "<h1>Detection packages</h1>", "techniques"],
  ["/packages?platform=sigma&page=1", "/packages.json?platform=sigma&page=1", "Show all", "platforms"],
  [rule, `${rule}.json`, "<h1>Encoded PowerShell Command Holds a Network Download</h1>", "logic"],
  [rule, `${rule}.json`, '<h2 id="translations-title">Translations', "translations"],
  ["/corpora", "/corpora.json", "<h1>Corpora</h1>", "corpora"],
  ["/corpora/detectionary", "/corpora/detectionary.json", "<h1>Detectionary</h1>", "diagnostics"],
  ["/diagnostics", "/diagnostics.json", "<h1>Diagnostics</h1>", "areas"],
  [
    "/diagnostics/sigma/unknown-modifier",
    "/diagnostics/sigma/unknown-modifier.json",
    "<h1><code>sigma/unknown-modifier</code></h1>",
    "remedy",
  ],
  ["/search", "/search.json", "What are you looking for?", "rules"],
  ["/search?q=powershell", "/search.json?q=powershell", "<mark>PowerShell</mark>", "rules"],
  ["/fields", "/fields.json", "<h1>Fields</h1>", "facets"],
  ["/fields?mapped=no", "/fields.json?mapped=no", "Unmapped names", "unmapped"],
  ["/fields?sort=role", "/fields.json?sort=role", ">parent process</h2>", "facets"],
  ["/fields/process.executable", "/fields/process.executable.json", "<h1>Process image, full path</h1>", "operators"],
  ["/fields/process.image", "/fields/process.image.json", "<h1>Process image</h1>", "forms"],
  ["/fields/file.path?forms=all", "/fields/file.path.json?forms=all", "<h1>File</h1>", "forms"],
  ["/indicators", "/indicators.json", "<h1>Indicators</h1>", "indicators"],
  ["/indicators?field=Image&q=shell", "/indicators.json?field=Image&q=shell", "Image is a name of", "meant"],
  [shell, `${shell}.json`, "rules look for this value", "noise"],
  ["/search?technique=T1059.001", "/search.json?technique=T1059.001", "<h1>Rules for T1059.001</h1>", "rules"],
] as const;

describe("pages", () => {
  test.each(pages)("%s", async (path, twin, heading, key) => {
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(page.headers.get("vary")).toBe("Accept");
    const html = await page.text();
    expect(html.startsWith("<!doctype html>\n<html")).toBe(true);
    expect(html).toContain(heading);
    expect(html).toContain(`<link rel="alternate" type="application/json" href="${twin.replaceAll("&", "&amp;")}"`);

    const json = await get(twin);
    expect(json.status).toBe(200);
    expect(json.headers.get("content-type")).toBe("application/json");
    const data = (await json.json()) as Record<string, unknown>;
    expect(Object.keys(data)).toContain(key);

    const negotiated = await get(path, { accept: "application/json" });
    expect(negotiated.headers.get("vary")).toBe("Accept");
    expect(await negotiated.json()).toEqual(data);
  });

  test("the JSON of a technique has the keys that others build on", async () => {
    const data = (await (await get("/attack/T1059.001.json")).json()) as Record<string, unknown>;
    expect(data).toMatchObject({ id: "T1059.001", name: "PowerShell", tactics: ["Execution"] });
    for (const key of ["events", "fields", "indicators", "exclusions", "rules"])
      expect(data[key]).toBeInstanceOf(Array);
  });

  test("browsers get HTML, whatever else they accept", async () => {
    const accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    expect((await get("/attack", { accept })).headers.get("content-type")).toContain("text/html");
    expect((await get("/attack", { accept: "*/*" })).headers.get("content-type")).toContain("text/html");
  });

  test.each([
    ["/attack/t1133?names=ecs&family=yes", "/attack/T1133?names=ecs&family=yes"],
    ["/tactics/TA0001?names=splunk", "/tactics/initial-access?names=splunk"],
    ["/attack/t1059.001/sigma?names=ecs", "/attack/T1059.001/sigma?names=ecs"],
    ["/attack/T1059.001/chronicle", "/attack/T1059.001/google-secops"],
    ["/events/Sysmon", "/events/Microsoft-Windows-Sysmon"],
    ["/events/microsoft-windows-sysmon/1", "/events/Microsoft-Windows-Sysmon/1"],
  ])("%s moves to %s, with the same question", async (from, to) => {
    const response = await get(from);
    expect([response.status, response.headers.get("location")]).toEqual([302, to]);
  });

  test.each([
    ["/search?event=1", "event goes with a provider."],
    ["/search?family=yes", "family goes with a technique."],
    ["/search?alone=yes", "alone goes with a tactic."],
    ["/attack/T1133?family=perhaps", "family must be yes or no."],
  ])("%s makes no sense", async (path, why) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(why);
  });

  test("the technique page leads to the rules behind its numbers", async () => {
    const html = await text("/attack/T1059.001");
    expect(html).toContain('<a href="/search?technique=T1059.001">');
    expect(html).toContain('href="/search?technique=T1059.001&amp;corpus=detectionary"');
    expect(html).toMatch(/href="\/search\?technique=T1059\.001&amp;facet=process\.image"/);
    expect(html).toMatch(/href="\/indicators\/[0-9a-f]{16}"/);
    expect(html).toContain(`href="${rule}"`);
  });

  test("the rule page marks what is looked for, and links it from the tree", async () => {
    const html = await text(rule);
    expect(html).toMatch(/<mark class="looked-for">Image\|endswith:/);
    const [, line] = /<a class="place" href="#L(\d+)"/.exec(html) ?? [];
    expect(html).toContain(`<span class="line" id="L${line}">`);
  });

  test("pages of fields and indicators lead to each other and to the rules behind their numbers", async () => {
    const field = await text("/fields/process.executable");
    expect(await text("/fields/process.name")).toContain(`href="${shell}"`);
    expect(field).toContain('href="/search?field=process.executable&amp;corpus=detectionary"');
    expect(field).toContain('href="/fields/process.image?forms=all"');
    expect(field).toContain('href="/indicators?field=process.executable"');
    const indicator = await text(shell);
    expect(indicator).toContain('<a class="field" href="/fields/process.name">');
    expect(indicator).toContain('href="/search?indicator=49fb9c3910d60b0b&amp;corpus=detectionary"');
    const rules = (await (await get("/search.json?indicator=49fb9c3910d60b0b")).json()) as { total: number };
    const { lookedFor } = (await (await get(`${shell}.json`)).json()) as { lookedFor: { total: number } };
    expect(rules.total).toBe(lookedFor.total);
    expect(await text("/search?indicator=49fb9c3910d60b0b")).toContain(
      `<a href="${shell}"><code class="value">powershell.exe</code></a>`,
    );
    expect(await text("/search?excludes=0000000000000000")).toContain("that leave out <code>0000000000000000</code>");
  });

  test("pages of fields and indicators speak in the names of the chosen schema", async () => {
    const indicator = await text(`${shell}?names=splunk`);
    expect(indicator).toContain('data-field="process.name">process_name</code>');
    expect(await text("/fields?names=sigma")).toContain('data-field="process.executable">Image</code>');
    const field = await text("/fields/process.executable?names=sigma");
    expect(field).toContain('data-field="process.executable">Image</code>');
    expect(field).toContain('<code class="name">process_path</code>');
    expect(await text("/fields?names=sigma")).toContain('<input type="hidden" name="names" value="sigma"/>');
  });

  test.each([
    ["/fields?q=nothinghasthisname", "No field matches."],
    ["/fields?page=900", "There are not that many pages."],
    ["/fields?mapped=no&q=nothinghasthisname", "No raw name matches."],
    ["/indicators?q=nothinghasthisvalue", "No indicator matches."],
    ["/indicators?page=900", "There are not that many pages."],
    ["/indicators?field=proces.name", "Did you mean"],
    ["/indicators?field=nothing.of.the.kind", "There is no field nothing.of.the.kind."],
  ])("%s is empty and says what to do next", async (path, words) => {
    expect(await text(path)).toContain(words);
  });

  test.each(["%", "_", "'; DROP", '"><script>', "\\", "!", "100%_"])("a filter by %s is no error", async (value) => {
    for (const path of ["/fields?q=", "/indicators?q=", "/indicators?field="]) {
      expect(await text(`${path}${encodeURIComponent(value)}`)).not.toMatch(/<script>|syntax error|no such column/i);
    }
  });

  test("only the embedded rules: says how to get the full catalog", async () => {
    expect(await text("/")).toContain("<code>npx detectionary build --corpora DIR</code>");
  });

  test("the notice of ATT&CK and the licences stand on every page", async () => {
    for (const [path] of pages) {
      const html = await text(path);
      expect(html).toContain("© 2025 The MITRE Corporation.");
      expect(html).toContain("(Apache-2.0)");
      expect(html).toContain("Detectionary 1.2.3");
    }
  });

  test("attack filters by name, and by whether there are rules", async () => {
    const named = await text("/attack?q=T1059.001");
    expect(named).toContain('href="/attack/T1059.001"');
    expect(named).not.toContain('href="/attack/T1059.002"');
    expect(named).not.toContain('href="/attack/T1566"');
    expect(await text("/attack?covered=without")).not.toContain('href="/attack/T1059"');
    expect(await text("/attack?q=nothing-has-this-name")).toContain("No technique matches.");
  });

  test.each([
    "rundll32.exe",
    "T1059.001",
    "CVE-2024-1708",
    "C:\\Windows\\Temp",
    "it's",
    "-EncodedCommand",
    "Image|endswith",
    '"',
    "*",
    "NEAR(",
    "a OR",
    "'; DROP",
  ])("searching for %s is no error", async (query) => {
    const html = await text(`/search?q=${encodeURIComponent(query)}`);
    expect(html).not.toMatch(/fts5|syntax error|no such column/i);
  });
});

test("a technique without sections has no list of them", async () => {
  expect(await text("/attack/T1086")).not.toContain("On this page");
});

describe("refusals", () => {
  test.each([
    ["/attack/T9999", 404, "ATT&amp;CK has no technique with this id"],
    ["/rules/detectionary/none", 404, "The catalog has no such rule."],
    ["/rules/none/none", 404, "The catalog has no such rule."],
    ["/corpora/none", 404, "The catalog holds no corpus of this name."],
    ["/diagnostics/sigma/none", 404, "There is no diagnostic of this name."],
    ["/fields/nothing.of.the.kind", 404, "No rule filters on a field of this name."],
    ["/fields/process.nam", 404, "Did you mean process.name"],
    ["/fields?mapped=perhaps", 400, "mapped must be yes or no."],
    ["/fields?sort=size", 400, "sort must be rules or role."],
    ["/fields?page=none", 400, "page must be a whole number"],
    ["/indicators/0000000000000000", 404, "The catalog has no indicator with this id."],
    ["/indicators?operator=resembles", 400, "operator must be one of these: eq, contains"],
    ["/indicators?sort=size", 400, "sort must be one of these: reach, excluded, vendors."],
    ["/nothing/here", 404, "There is no page at this address."],
    ["/search?q=a&page=0", 400, "page must be a whole number"],
    ["/search?q=a&page=1e9", 400, "page must be a whole number"],
    [`/search?q=${"a".repeat(401)}`, 400, "A search may have at most 400 characters."],
    [`/attack/T1059?x=${"a".repeat(401)}`, 400, "A search may have at most 400 characters."],
  ] as const)("%s: %i", async (path, status, message) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).toContain(message);
    expect(html).toContain('<header class="masthead">');

    const json = await get(path, { accept: "application/json" });
    expect(json.status).toBe(status);
    const { error } = (await json.json()) as { error: { status: number; message: string } };
    expect(error.status).toBe(status);
    expect(error.message.length).toBeGreaterThan(10);
  });

  test("a slash too many at the end leads to the page, and never to another host", async () => {
    const response = await get("/attack/?q=shell");
    expect([response.status, response.headers.get("location")]).toEqual([302, "/attack?q=shell"]);
    expect((await get("//example.org/")).status).toBe(404);
  });

  test("other methods than GET and HEAD", async () => {
    const response = await site.app.request("/search", { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    const head = await site.app.request("/attack", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("an id in small letters leads to the real one", async () => {
    const response = await get("/attack/t1059.001");
    expect([response.status, response.headers.get("location")]).toEqual([302, "/attack/T1059.001"]);
    expect((await get("/attack/t1059.001.json")).headers.get("location")).toBe("/attack/T1059.001.json");
  });

  test("a name that only one field has leads to that field", async () => {
    const response = await get("/fields/ParentImage");
    expect([response.status, response.headers.get("location")]).toEqual([302, "/fields/process.parent.executable"]);
  });

  test("a rule's own id leads to its page", async () => {
    const response = await get("/rules/detectionary/7cdc2fdf-8e92-4247-8929-dd7996df093a");
    expect([response.status, response.headers.get("location")]).toEqual([302, rule]);
  });
});

describe("security", () => {
  test("headers of every answer", async () => {
    for (const path of ["/", "/attack.json", "/styles/app.css", "/favicon.svg", "/healthz", "/nothing"]) {
      const { headers } = await get(path);
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
    }
  });

  test.each([
    ["localhost:4600", 200],
    ["127.0.0.1", 200],
    ["[::1]:4600", 200],
    ["192.168.1.20:4600", 200],
    ["evil.example", 421],
    ["localhost.evil.example:4600", 421],
    ["127.0.0.1.evil.example", 421],
    ["", 421],
  ])("asked as %s: %i", async (host, status) => {
    expect((await get("/healthz", { host })).status).toBe(status);
  });

  test("no page holds a script but ours, nor a style attribute", async () => {
    const ours = /<script type="module" src="\/client\/site\.js\?v=[\w-]+"><\/script>/;
    for (const [path] of pages) {
      const html = await text(path);
      expect(html).toMatch(ours);
      expect(html.replace(ours, "")).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/i);
    }
  });

  test("what is searched for is shown as text", async () => {
    const html = await text(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(html).not.toContain("<script>");
  });
});

describe("caching", () => {
  test("a page that has not changed is not sent again", async () => {
    const first = await get("/attack/T1059.001");
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"[\w-]{12}"$/);
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const again = await get("/attack/T1059.001", { "if-none-match": `"other", ${tag}` });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", tag]);
    expect((await get("/attack/T1059.001", { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("HTML, JSON and other pages have tags of their own", async () => {
    const paths = ["/attack/T1059", "/attack/T1059.json", "/attack/T1059.001", "/search?q=a", "/search?q=b"];
    const tags = await Promise.all(paths.map(async (path) => (await get(path)).headers.get("etag")));
    const negotiated = await get("/attack/T1059", { accept: "application/json" });
    expect(new Set([...tags, negotiated.headers.get("etag")]).size).toBe(6);
  });

  test("assets under their hash are kept for ever", async () => {
    const html = await text("/");
    const addresses = [...html.matchAll(/(?:href)="(\/(?:styles|fonts|favicon)[^"]+)"/g)].map(
      ([, address]) => address ?? "",
    );
    expect(addresses).toHaveLength(5);
    for (const address of addresses) {
      const response = await get(address);
      expect([response.status, response.headers.get("cache-control")]).toEqual([
        200,
        "public, max-age=31536000, immutable",
      ]);
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(200);
      const bare = await get(address.split("?")[0] ?? "");
      expect([bare.status, bare.headers.get("cache-control")]).toEqual([200, "no-cache"]);
    }
    const css = await text(addresses.find((address) => address.startsWith("/styles")) ?? "");
    expect(css).toContain("@font-face");
    expect(css).not.toContain("@import");
  });
});

test("healthz", async () => {
  const response = await get("/healthz");
  expect(await response.json()).toEqual({ status: "ok", version: "1.2.3", generation: site.catalog.generation() });
});

test("an error of ours is a page, and the log hears of it", async () => {
  const { createApp } = await import("./app.tsx");
  const errors: Error[] = [];
  const broken = {
    database: () => {
      throw new Error("the disk is gone");
    },
    generation: () => "0",
    close: () => {},
  };
  const app = createApp({
    catalog: broken,
    version: "1.2.3",
    style: "",
    onError: (error) => errors.push(error),
  });
  const response = await app.request("/attack");
  expect(response.status).toBe(500);
  const html = await response.text();
  expect(html).toContain("Something went wrong on our side");
  expect(html).not.toContain("the disk is gone");
  expect(errors.map((error) => error.message)).toEqual(["the disk is gone"]);
  const json = await app.request("/attack.json");
  expect([json.status, await json.json()]).toEqual([
    500,
    { error: { status: 500, message: "Something went wrong on our side; the server's log has the details." } },
  ]);
});

test("nothing above was an error of ours", () => {
  expect(site.errors).toEqual([]);
});

describe("snapshots", () => {
  test.each([
    ["technique", "/attack/T1059.001"],
    ["rule", rule],
    ["search", "/search?q=rundll32"],
    ["problem", "/attack/T9999"],
  ])("%s", async (name, path) => {
    const html = await (await get(path)).text();
    await expect(normal(html)).toMatchFileSnapshot(join(import.meta.dirname, "snapshots", `${name}.html.snap`));
  });

  /** One tag a line, and without what each build changes; translations have goldens of their own. */
  function normal(html: string): string {
    return html
      .replace(/(<div class="translations">).*?(?=<\/section>)/su, "$1…</div>")
      .replace(/(Translations)<span class="count">\d+</g, '$1<span class="count">N<')
      .replace(/\?v=[\w-]{12}/g, "?v=HASH")
      .replace(/<time datetime="\d{4}-\d\d-\d\dT[^"]*">[^<]*</g, '<time datetime="NOW">NOW<')
      .replace(/(?<!\n)<(?=[a-z!])/g, "\n<");
  }
});
