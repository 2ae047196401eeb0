import { expect, test } from "vitest";
import { asUuid, namedUuid } from "./named-uuid.ts";

test("is that of RFC 9562, appendix A.4", () => {
  expect(namedUuid("www.example.com", "6ba7b810-9dad-11d1-80b4-00c04fd430c8")).toBe(
    "2ed6657d-e927-568b-95e1-2665a8aea6a2",
  );
});

test("has one namespace for all time", () => {
  expect(namedUuid("splunk:sigma:1")).toBe(namedUuid("splunk:sigma:1"));
  expect(namedUuid("splunk:sigma:1")).toBe("43757be0-7e54-576c-ab87-3067dc118fa6");
  expect(namedUuid("splunk:sigma:2")).not.toBe(namedUuid("splunk:sigma:1"));
});

test("leaves what is a UUID", () => {
  expect(asUuid(" 42F53695-AD4A-4546-ABB6-7D837F644A71 ")).toBe("42f53695-ad4a-4546-abb6-7d837f644a71");
  expect(asUuid("task-at-logon")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
});
