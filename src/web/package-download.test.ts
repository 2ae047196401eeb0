import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "./testing.ts";

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
}, 60_000);

afterAll(() => site.close());

test("a package comes as a ZIP archive with its README first", async () => {
  const response = await site.app.request("/attack/T1059.001/sigma/download");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/zip");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="T1059.001-sigma.zip"');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
  expect(bytes.toString("utf8", 30, 30 + bytes.readUInt16LE(26))).toBe("T1059.001-sigma/README.md");
});

test.each([
  ["/attack/t1059.001/sigma/download?knob.a=1", 302, "/attack/T1059.001/sigma/download?knob.a=1"],
  ["/attack/T1059.001/chronicle/download", 302, "/attack/T1059.001/google-secops/download"],
  ["/attack/T1059.001/sigma/download?knob.a=1", 400, null],
  ["/attack/T1059.001/klingon/download", 404, null],
  ["/attack/T9999/sigma/download", 404, null],
])("%s", async (path, status, location) => {
  const response = await site.app.request(path);
  expect([response.status, response.headers.get("location")]).toEqual([status, location]);
});

test("where nothing is detected there is nothing to download, and the page does not offer it", async () => {
  const { techniques } = (await (await site.app.request("/api/packages?origin=none")).json()) as {
    techniques: { id: string; platforms: { id: string }[] }[];
  };
  const address = `/attack/${techniques[0]?.id}/${techniques[0]?.platforms[0]?.id}`;
  const response = await site.app.request(`${address}/download`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("so there is nothing to download.");
  expect(await (await site.app.request(address)).text()).not.toContain("/download");
});
