import { describe, expect, test } from "vitest";
import { ownRules } from "../../corpora/content/platforms/own-rules.testing.ts";
import { startPostgresCluster } from "../../platforms/sql/engines/index.ts";
import { postgresMissing } from "../../platforms/sql/engines/postgres.ts";
import { knowledge } from "./places.testing.ts";
import { planScans } from "./scan-plan.ts";
import { scansOf } from "./scan-query.ts";
import { openScanTable } from "./scan-table.ts";
import { scanWords } from "./scan-words.ts";

const missing = postgresMissing();

const forms = {
  flat: { "process.executable": "text", "process.command_line": "text" },
  json: { event: "jsonb" },
} as const;

describe.skipIf(missing !== null)(missing === null ? "PostgreSQL" : `PostgreSQL: skipped, ${missing}`, () => {
  test("asks another server for the events of conditions on columns, and for all of a log of those on JSON", async () => {
    const cluster = await startPostgresCluster();
    try {
      for (const [form, fields] of Object.entries(forms)) {
        const all = { "event.id": "text", "@timestamp": "timestamp with time zone", log_source: "text", ...fields };
        const columns = Object.entries(all).map(([name, type]) => `"${name}" ${type}`);
        await cluster.executeOn(1, `CREATE TABLE ${form} (${columns.join(", ")})`);
        await cluster.execute(`CREATE FOREIGN TABLE ${form} (${columns.join(", ")}) SERVER shard_1`);
        const table = openScanTable(scanWords.postgresql, form, new Map(Object.entries(all)));
        const { tests } = planScans(knowledge, table, [...ownRules().values()]);
        const [scan] = scansOf(
          table,
          tests.filter((one) => one.source === "linux.process_creation"),
        );
        const plan = await cluster.select(`EXPLAIN (VERBOSE, COSTS OFF) ${scan?.query}`);
        const remote = plan.find((line) => line.includes("Remote SQL:")) ?? "";
        expect(remote, form).toContain("log_source = 'linux.process_creation'");
        expect(remote.includes("CASE WHEN"), form).toBe(form === "flat");
      }
    } finally {
      await cluster.stop();
    }
  });
});
