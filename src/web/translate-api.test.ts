import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSite, type TestSite } from "./testing.ts";
import { type TranslateAnswer, translateAddress, translateLimits } from "./translate-api.ts";

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

const json = { "content-type": "application/json" };

function send(body: unknown, headers: Record<string, string> = json): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return Promise.resolve(site.app.request(translateAddress, { method: "POST", body: text, headers }));
}

async function refused(response: Response): Promise<readonly [status: number, message: string]> {
  const { error } = (await response.json()) as { error: { status: number; message: string } };
  expect(error.status).toBe(response.status);
  return [response.status, error.message];
}

const query = 'process where host.os.type == "windows" and event.type == "start" and process.name : "a.exe"';
const rule = `title: Starts a
logsource: { product: windows, category: process_creation }
detection:
  selection: { Image|endswith: '\\a.exe' }
  condition: selection
`;

describe("POST /api/translate", () => {
  test("translates a rule", async () => {
    const response = await send({ rule, to: "eql" });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { translations, errors } = (await response.json()) as TranslateAnswer;
    expect(errors).toEqual([]);
    expect(translations).toMatchObject([{ platform: "elastic-eql", verdict: "exact", rule: { title: "Starts a" } }]);
    expect(translations[0]?.query).toContain('process.executable : "*\\\\a.exe"');
  });

  test("translates a query, in the words of the asker", async () => {
    const settings = "platform: eql\nfields: { process.name: proc }\n";
    const response = await send({ rule: query, language: "eql", to: ["elastic", "eql"], settings });
    const { translations } = (await response.json()) as TranslateAnswer;
    expect(translations).toHaveLength(1);
    expect(translations[0]?.query).toContain('proc : "a.exe"');
  });

  test("says what cannot be read of it", async () => {
    const response = await send({ rule: rule.replace("condition: selection", "condition: and"), to: "eql" });
    const { translations, errors } = (await response.json()) as TranslateAnswer;
    expect(translations.map((one) => one.query)).toEqual([null]);
    expect(errors).toMatchObject([{ path: "rule", line: 5 }]);
  });

  test.each([
    [{ rule, to: "unheard" }, 400, "to: There is no platform unheard. Known are: all, "],
    [{ rule: query, language: "unheard", to: "eql" }, 400, "language: There is no language unheard."],
    [{ rule: query, to: "eql" }, 422, "This is no rule that is known."],
    [
      { rule, to: "eql", settings: "platform: eql\nfields: { none: a }" },
      400,
      "settings:2: fields.none: There is no such",
    ],
    [{ rule, to: [] }, 400, "to: "],
    [{ to: "eql" }, 400, "rule: "],
    ["{", 400, "The request is no JSON."],
    [{ rule: `${rule}---\n`.repeat(translateLimits.rules + 1), to: "eql" }, 413, "at most 50 rules."],
    [{ rule: "a".repeat(translateLimits.bytes), to: "eql" }, 413, "at most 262144 bytes."],
  ] as const)("refuses what it cannot take: %#", async (body, status, message) => {
    const [was, said] = await refused(await send(body));
    expect([was, said]).toEqual([status, expect.stringContaining(message)]);
  });

  test("cannot be sent from a form of another site", async () => {
    const [status] = await refused(await send({ rule, to: "eql" }, { "content-type": "text/plain" }));
    expect(status).toBe(415);
    const foreign = await send({ rule, to: "eql" }, { ...json, host: "elsewhere.example" });
    expect(foreign.status).toBe(421);
  });

  test("is the only address that takes anything", async () => {
    const response = await site.app.request("/attack", { method: "POST", body: "{}", headers: json });
    expect(response.status).toBe(405);
  });

  afterAll(() => expect(site.errors).toEqual([]));
});
