import { expect, test } from "vitest";
import { withoutMarkup } from "./guide-markup.ts";

test("searches of osquery leave the text", () => {
  const text =
    '- Look at services.\n  - !{osquery{"label":"All services","query":"SELECT name FROM services WHERE a = \'}\'"}}\n- Next.';
  expect(withoutMarkup(text)).toEqual({
    text: "- Look at services.\n- Next.",
    queries: [{ title: "All services", query: "SELECT name FROM services WHERE a = '}'" }],
  });
});

test("searches of the timeline become what Kibana's search bar takes", () => {
  const provider = (field: string, value: string, more = {}) => ({ field, value, queryType: "phrase", ...more });
  const json = JSON.stringify({
    label: "Alerts of the user",
    providers: [
      [provider("event.kind", "signal"), provider("user.id", "{{user.id}}", { excluded: true })],
      [provider("host.id", "", { queryType: "exists" })],
    ],
  });
  expect(withoutMarkup(`- !{investigate${json}}`)).toEqual({
    text: "",
    queries: [
      { title: "Alerts of the user", query: '(event.kind: "signal" and not user.id: "{{user.id}}") or (host.id: *)' },
    ],
  });
});

test.each(["!{osquery", "!{osquery{", '!{osquery{"query":1}}', "!{osquery{not json}}", "!{investigate{}}", "plain"])(
  "%s stays as it is",
  (text) => {
    expect(withoutMarkup(text)).toEqual({ text, queries: [] });
  },
);
