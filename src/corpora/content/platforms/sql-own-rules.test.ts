import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Platform } from "../../../platforms/platform.ts";
import { platformNamed } from "../../../platforms/registry.ts";
import { checkQueryOf } from "../../../platforms/sql/check.testing.ts";
import { type Engine, type EventRow, testEngines } from "../../../platforms/sql/engines/index.ts";
import { openTranslator } from "../../../platforms/translate.ts";
import { translationKnowledge } from "./index.ts";
import { lookupIn, ownRules } from "./own-rules.testing.ts";

/** A time so many seconds from now, as the databases read it. */
function time(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}

/** A minute ago, at the beginning of a quarter of an hour, so that spans of time do not part what belongs together. */
const quarter = -((Date.now() / 1000) % 900) - 900;

const shell = { log_source: "windows.process_creation", "process.name": "wscript.exe" };
const connection = { log_source: "windows.network_connection", "destination.ip": "93.184.216.34" };
const lookup = {
  log_source: "dns",
  "udm.metadata.event_type": "NETWORK_DNS",
  "dns.question.name": "x.dyn.example",
  "source.ip": "10.0.0.9",
};
const signIn = {
  log_source: "azure.signinlogs",
  "event.outcome": "success",
  "azure.signinlogs.properties.app_display_name": "Azure Portal",
};

/** Failed logons of one host at some times, and one that works. */
function logons(host: string, failures: readonly number[], success: number): readonly EventRow[] {
  const logon = {
    log_source: "windows.security",
    "winlog.computer_name": host,
    "source.ip": "10.0.0.9",
    "winlog.event_data.TargetUserName": "user",
    "winlog.event_data.LogonType": "3",
  };
  return [
    ...failures.map((at) => ({ ...logon, "event.code": "4625", "@timestamp": time(at) })),
    { ...logon, "event.code": "4624", "@timestamp": time(success) },
  ];
}

/** What a rule that looks at several events finds: the last column of the names is the one by which groups are told. */
const scenes: readonly {
  readonly rule: string;
  readonly rows: readonly EventRow[];
  readonly found: number;
}[] = [
  {
    rule: "eql_sequence_shell_then_connection",
    rows: [
      { ...shell, "host.id": "near", "process.entity_id": "1", "@timestamp": time(-500) },
      { ...connection, "host.id": "near", "process.entity_id": "1", "@timestamp": time(-470) },
      { ...shell, "host.id": "far", "process.entity_id": "1", "@timestamp": time(-500) },
      { ...connection, "host.id": "far", "process.entity_id": "1", "@timestamp": time(-400) },
      { ...connection, "host.id": "turned", "process.entity_id": "1", "@timestamp": time(-500) },
      { ...shell, "host.id": "turned", "process.entity_id": "1", "@timestamp": time(-470) },
      { ...shell, "host.id": "other", "process.entity_id": "1", "@timestamp": time(-500) },
      { ...connection, "host.id": "other", "process.entity_id": "2", "@timestamp": time(-470) },
      { ...shell, "host.id": "inside", "process.entity_id": "1", "@timestamp": time(-500) },
      {
        ...connection,
        "host.id": "inside",
        "process.entity_id": "1",
        "destination.ip": "10.1.2.3",
        "@timestamp": time(-470),
      },
    ],
    found: 1,
  },
  {
    rule: "eql_sequence_repeated_failures",
    rows: [
      ...logons("five", [-500, -490, -480, -470, -460], -450),
      ...logons("four", [-500, -490, -480, -470], -450),
      ...logons("slow", [-900, -490, -480, -470, -460], -450),
      ...logons("before", [-500, -490, -480, -470, -440], -450),
    ],
    found: 1,
  },
  {
    rule: "yara_l_many_lookups",
    rows: [
      ...Array.from({ length: 40 }, (_, at) => ({ ...lookup, "host.name": "many", "@timestamp": time(quarter + at) })),
      ...Array.from({ length: 39 }, (_, at) => ({ ...lookup, "host.name": "few", "@timestamp": time(quarter + at) })),
      ...Array.from({ length: 40 }, (_, at) => ({ ...lookup, "@timestamp": time(quarter + at) })),
    ],
    found: 1,
  },
  {
    rule: "kuery_new_terms_sign_in",
    rows: [
      { ...signIn, "user.email": "new@example.com", "@timestamp": time(-60) },
      { ...signIn, "user.email": "known@example.com", "@timestamp": time(-60) },
      { ...signIn, "user.email": "known@example.com", "@timestamp": time(-86_400) },
      { ...signIn, "user.email": "seldom@example.com", "@timestamp": time(-86_400) },
      { ...signIn, "user.email": "back@example.com", "@timestamp": time(-60) },
      { ...signIn, "user.email": "back@example.com", "@timestamp": time(-30 * 86_400) },
    ],
    found: 2,
  },
];

for (const { name, missing, start, platforms } of testEngines) {
  describe.skipIf(missing !== null)(missing === null ? name : `${name}: skipped, ${missing}`, () => {
    let engine: Engine;
    const platform = platformNamed(platforms[0] ?? "");
    const rules = ownRules();
    const translator = openTranslator(translationKnowledge(), { related: lookupIn(rules.values()) });
    const queryOf = (rule: string, to: Platform | null): string => {
      const found = rules.get(rule);
      if (found === undefined || to === null) throw new Error(`There is no rule ${rule}.`);
      return translator.translate(found, to).query ?? "";
    };

    beforeAll(async () => {
      engine = await start();
      const queries = [...rules.keys()].map((rule) => queryOf(rule, platform));
      // Every name in quotes is a column, or may be one.
      const rows = scenes.flatMap((one) => one.rows);
      const named = queries.flatMap((query) => checkQueryOf(platform?.id ?? "")(query).names);
      const columns = new Set([...named, ...rows.flatMap(Object.keys)]);
      await engine.load({
        name: "events",
        columns: {
          log_source: "text",
          "event.id": "text",
          ...Object.fromEntries([...columns].map((column) => [column, "text"] as const)),
          "@timestamp": "time",
        },
        rows: rows.map((row, index) => ({ "event.id": `e${index}`, ...row })),
      });
    });

    afterAll(() => engine?.stop());

    test("takes the query of every rule that we wrote", async () => {
      const faults: string[] = [];
      let asked = 0;
      for (const rule of rules.keys()) {
        const query = queryOf(rule, platform);
        if (query === "") continue;
        asked++;
        await engine.select(query).catch((error) => faults.push(`${rule}: ${error}`));
      }
      expect(faults).toEqual([]);
      expect(asked).toBeGreaterThan(50);
    });

    test.each(scenes)("$rule finds what belongs together", async ({ rule, found }) => {
      expect(await engine.select(queryOf(rule, platform))).toHaveLength(found);
    });
  });
}
