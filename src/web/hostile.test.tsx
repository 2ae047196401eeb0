import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSite, type TestSite } from "./testing.ts";

/** Text that would do harm if it ever came out as HTML. */
const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>' onmouseover='alert(1)`;

const sigmaRule = `title: ${JSON.stringify(`Evil ${evil}`)}
id: 11111111-2222-4333-8444-555555555555
status: ${JSON.stringify(evil)}
description: ${JSON.stringify(`[click](javascript:alert(1)) ${evil}`)}
author: ${JSON.stringify(evil)}
license: ${JSON.stringify(evil)}
references:
    - javascript:alert(1)
    - "data:text/html,<script>alert(1)</script>"
    - ${JSON.stringify(`https://example.org/${evil}`)}
    - https://good.example/page
tags: [attack.t1059.001, ${JSON.stringify(evil)}]
falsepositives: [${JSON.stringify(evil)}]
fields: [${JSON.stringify(evil)}]
related: [{ id: ${JSON.stringify(evil)}, type: ${JSON.stringify(evil)} }]
logsource: { category: ${JSON.stringify(evil)}, product: windows }
detection:
    selection:
        ${JSON.stringify(`${evil}|contains`)}: ${JSON.stringify(evil)}
        CommandLine|contains: ${JSON.stringify(evil)}
    filter:
        Image: ${JSON.stringify(evil)}
    condition: selection and not filter
level: high
`;

const elasticRule = `[metadata]
creation_date = "2026/01/01"
maturity = "production"

[rule]
author = [${JSON.stringify(evil)}]
description = ${JSON.stringify(evil)}
language = "eql"
license = "Elastic License v2"
name = ${JSON.stringify(evil)}
note = """## ${evil.replaceAll('"', "'")}

<script>alert(1)</script> [a](javascript:alert(1)) [b](https://good.example/) ![c](https://evil.example/pixel.png)

<a href="https://evil.example" onclick="alert(1)">d</a>
"""
risk_score = 47
rule_id = "21111111-2222-4333-8444-555555555555"
severity = ${JSON.stringify(evil)}
type = "eql"
query = '''
process where process.name : "<script>alert(2)</script>" and not process.args : "<img src=x onerror=alert(3)>"
'''
`;

const broken = `title: ${JSON.stringify(evil)}\nlogsource: {}\ndetection: {condition: ${JSON.stringify(evil)}, a: 1}\n`;

let site: TestSite;
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary hostile "));
  write("sigma/rules/windows/evil.yml", sigmaRule);
  // Windows has no files with angle brackets in their names.
  write(`sigma/rules/windows/${process.platform === "win32" ? "b onclick=x" : "<b onclick=x>"}.yml`, broken);
  write("elastic/rules/windows/evil.toml", elasticRule);
  site = await openTestSite(folder);
});

afterAll(() => {
  site.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const paths = [
  "/",
  "/attack/T1059.001",
  "/attack/T1059.001/sigma",
  "/attack/T1059.001/elastic",
  `/attack/T1059.001/elastic?knob.a=${encodeURIComponent(evil)}&knob.${encodeURIComponent(evil)}=1`,
  `/attack/T1059.001/${encodeURIComponent(evil)}`,
  "/packages",
  `/packages?q=${encodeURIComponent(evil)}`,
  `/packages?platform=${encodeURIComponent(evil)}&log=${encodeURIComponent(evil)}`,
  "/rules/sigma/evil",
  "/rules/elastic/evil",
  "/corpora",
  "/corpora/sigma",
  "/corpora/elastic",
  "/attack/T1059.001?names=splunk",
  "/rules/sigma/evil?names=ocsf",
  `/attack?names=${encodeURIComponent(evil)}`,
  "/events",
  `/events?q=${encodeURIComponent(evil)}&product=${encodeURIComponent(evil)}`,
  `/events/${encodeURIComponent(evil)}`,
  `/groups?q=${encodeURIComponent(evil)}`,
  "/fields",
  "/fields?mapped=no",
  `/fields?q=${encodeURIComponent(evil)}&role=${encodeURIComponent(evil)}`,
  `/fields/${encodeURIComponent(evil)}`,
  "/fields/process.executable",
  "/fields/winlog.event_data.CommandLine",
  "/indicators?q=alert",
  `/indicators?q=${encodeURIComponent(evil)}&field=${encodeURIComponent(evil)}&facet=${encodeURIComponent(evil)}`,
  `/indicators/${encodeURIComponent(evil)}`,
  `/search?indicator=${encodeURIComponent(evil)}&excludes=${encodeURIComponent(evil)}`,
  `/search?field=${encodeURIComponent(evil)}&provider=${encodeURIComponent(evil)}`,
  "/search?q=alert",
  "/search?technique=T1059.001",
  `/search?q=${encodeURIComponent(evil)}`,
  `/search?technique=${encodeURIComponent(evil)}&corpus=${encodeURIComponent(evil)}`,
  `/attack?q=${encodeURIComponent(evil)}`,
  `/attack/${encodeURIComponent(evil)}`,
  `/corpora/sigma?code=${encodeURIComponent(evil)}`,
];

describe("pages of hostile rules", () => {
  test.each(paths)("%s holds only tags, attributes and addresses of ours", async (path) => {
    const html = (await (await site.app.request(path)).text()).replace(ourScript, "");
    for (const [, name = "", attributes = ""] of html.matchAll(/<([a-zA-Z][^\s/>]*)((?:[^">]|"[^"]*")*)>/g)) {
      expect(ourTags).toContain(name);
      for (const [, attribute = "", value = ""] of attributes.matchAll(/\s([^\s="]+)(?:="([^"]*)")?/g)) {
        expect(attribute).not.toMatch(/^on|^style$|^srcdoc$/i);
        if (attribute === "href" || attribute === "src" || attribute === "action") {
          expect(value).toMatch(/^(?:\/(?!\/)|#|https?:\/\/)/);
        }
      }
    }
  });

  test("the rule's text, values and tags are there, as text", async () => {
    const html = await (await site.app.request("/rules/sigma/evil")).text();
    expect(html).toContain("<h1>Evil &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).toContain('<code class="value">&quot;&gt;&lt;script&gt;');
    expect(html).toContain(
      '<a href="https://good.example/page" rel="noopener noreferrer nofollow">good.example/page</a>',
    );
    expect(html).not.toContain('href="javascript:');
  });

  test("Markdown of a rule keeps its good links only", async () => {
    const html = await (await site.app.request("/rules/elastic/evil")).text();
    expect(html).toContain('<a href="https://good.example/" rel="noopener noreferrer nofollow">b</a>');
    expect(html).toContain("<a>a</a>");
    expect(html).not.toContain("<img");
  });

  test("pages of every field and indicator of the rules hold them as text", async () => {
    const database = site.catalog.database();
    const fields = database.all<{ id: string }>(
      "SELECT DISTINCT field_id AS id FROM predicate p JOIN rule r ON r.key = p.rule WHERE r.corpus <> 'detectionary' AND field_id IS NOT NULL",
    );
    const indicators = database.all<{ id: string }>("SELECT id FROM indicator WHERE spelling LIKE '%alert(%'");
    expect([fields.length > 3, indicators.length > 3]).toEqual([true, true]);
    for (const path of [
      ...fields.map((one) => `/fields/${encodeURIComponent(one.id)}`),
      ...indicators.map((one) => `/indicators/${one.id}`),
    ]) {
      const response = await site.app.request(path);
      const html = (await response.text()).replace(ourScript, "");
      expect([path, response.status, /<script|<img|\sonmouseover="/.test(html)]).toEqual([path, 200, false]);
    }
  });

  test("no error of ours came of it", () => {
    expect(site.errors).toEqual([]);
  });
});

const ourScript = /<script type="module" src="\/client\/site\.js\?v=[\w-]+"><\/script>/;

const ourTags =
  "!doctype a article aside b blockquote body br button circle code dd details div dl dt em figure footer form h1 h2 h3 h4 h5 h6 head header hr html i input label li link main mark meta nav ol option p path pre rect search section select small span strong summary svg table tbody td th thead time title tr ul caption".split(
    " ",
  );
