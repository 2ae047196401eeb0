import { expect, test } from "vitest";
import { diagnosticGuide } from "../../corpora/content/diagnostic-guide.ts";
import { createApp } from "../app.tsx";
import { openTestSite } from "../testing.ts";
import { Diagnostics } from "./diagnostics.tsx";
import { InlineCode } from "./inline-code.tsx";

const item = { path: "a.yml", line: 3, column: 5, severity: "error", message: "No.", hint: null } as const;

test("a code leads to what it means, one that nobody explains to nothing", () => {
  const drawn = String(
    <Diagnostics
      corpus={null}
      items={[
        { ...item, code: "sigma/unknown-modifier" },
        { ...item, code: "sigma/of-an-older-version" },
      ]}
    />,
  );
  expect(drawn).toContain(
    '<a href="/diagnostics/sigma/unknown-modifier"><code class="code-name">sigma/unknown-modifier</code></a>',
  );
  expect(drawn).toContain(' <code class="code-name">sigma/of-an-older-version</code></p>');
});

test("backticks in a sentence mark code", () => {
  expect(String(<InlineCode text="Write `\\`, or `<b>`, not `" />)).toBe(
    "Write <code>\\\\</code>, or <code>&lt;b&gt;</code>, not `",
  );
});

test("every code has a page with its meaning and its remedy", async () => {
  const site = await openTestSite();
  try {
    const app = createApp({ catalog: site.catalog, version: "1.2.3", style: "" });
    for (const { code, meaning, remedy } of diagnosticGuide().values()) {
      const page = await app.request(`/diagnostics/${code}.json`);
      expect(await page.json()).toMatchObject({ code, meaning: meaning.trim(), remedy: remedy.trim() });
    }
    const list = await (await app.request("/diagnostics")).text();
    for (const code of diagnosticGuide().keys()) expect(list).toContain(`href="/diagnostics/${code}"`);
  } finally {
    site.close();
  }
});
