import { expect, test } from "vitest";
import type { RuleHead } from "../head.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import { isRefused, type TargetField } from "../platform.ts";
import { checkQuery } from "./check.testing.ts";
import { googleSecops } from "./index.ts";
import { eventMark } from "./literals.ts";

const head: RuleHead = {
  id: "1D7E2C0A-0000-4000-8000-000000000000",
  corpus: "own",
  title: "First use",
  description: "",
  techniques: [],
  authors: [],
  licence: "",
  severity: null,
  references: [],
  falsePositives: [],
  tags: [],
  path: "",
};
const place: LogPlace = {
  from: ["OKTA"],
  where: {},
  context: {},
  unlisted: {},
  has: [],
  lacks: [],
  says: {},
  source: "x",
};
const field = (name: string): TargetField => ({ name, canonical: null, type: "keyword", listed: true });

/** The rule, and what it says differently; or why there is none. */
function write(names: readonly string[], more: Partial<RuleHead> = {}): { text: string; whys: readonly string[] } {
  const written = googleSecops.write({
    type: "new_terms",
    head: { ...head, ...more },
    show: ["principal.hostname"],
    branches: [
      {
        logSource: { id: "okta.okta", title: "Okta", facts: {}, signs: [] },
        place,
        condition: {
          type: "written",
          written: { text: `${eventMark}.metadata.product_event_type = "login"`, binds: "atom" },
        },
        expression: null,
        fields: [],
        context: {},
        show: [],
      },
    ],
    fields: names.map(field),
    window: { amount: 10, unit: "day" },
  });
  if (isRefused(written)) return { text: `refused: ${written.code}`, whys: [] };
  expect(checkQuery(written.text).problems, written.text).toEqual([]);
  return { text: written.text, whys: written.remarks.map((one) => one.why) };
}

test("a value is new where the table of those seen before does not have it, and is added", () => {
  const { text, whys } = write(["principal.user.userid"]);
  expect(text.slice(text.indexOf("  events:"))).toBe(`  events:
    $e.metadata.log_type = "OKTA"
    $e.metadata.product_event_type = "login"

    $e.principal.user.userid != ""
    $new_value = hash.sha256($e.principal.user.userid)
    // The data table detectionary_seen_1d7e2c0a has one text column, value, whose rows do not expire.
    not $new_value in %detectionary_seen_1d7e2c0a.value

  match:
    $new_value over 1h

  outcome:
    $principal_user_userid = array_distinct($e.principal.user.userid)
    $principal_hostname = array_distinct($e.principal.hostname)

  condition:
    $e

  export:
    %detectionary_seen_1d7e2c0a.write_row(value: $new_value)
}`);
  expect(whys).toHaveLength(3);
  expect(whys[0]).toContain("over the 10 days before");
});

test("several fields are one value, and each of them is there", () => {
  const { text } = write(["principal.user.userid", "target.port", 'additional.fields["a\\nb"]']);
  expect(text).toContain('$e.principal.user.userid != ""\n    $e.target.port != 0\n');
  expect(text).toContain(
    'hash.sha256(strings.concat($e.principal.user.userid, "\\n", cast.as_string($e.target.port), "\\n", $e.additional.fields["a\\\\nb"]))',
  );
});

test.each([
  [{ id: 'Weird "id" / 7 }' }, "%detectionary_seen_weird_id_7.value"],
  [{ id: "" }, "%detectionary_seen_first_use.value"],
])("the table has a name of its own: %o", (more, expected) => {
  expect(write(["principal.user.userid"], more).text).toContain(expected);
});

test.each([
  [["network.direction"], "refused: value-type"],
  [["a b"], "refused: no-field"],
])("fields that no table keeps are refused: %o", (names, expected) => {
  expect(write(names).text).toBe(expected);
});
