import { expect, test } from "vitest";
import { corporaPresent, corpusTitle } from "../corpora/testing.ts";
import { corpusCatalog } from "./corpus-catalog.testing.ts";
import { openReadOnly } from "./database.ts";
import { rule } from "./queries/rule.ts";

test.skipIf(!corporaPresent)(
  corpusTitle("every rule of Sigma that names a test fires on it, or its page says why the test cannot show it"),
  async () => {
    const { catalog, proof } = await corpusCatalog();
    expect(proof?.tests).toBeGreaterThan(1_500);
    const database = openReadOnly(catalog);
    const linked = database.all<{ id: string }>(
      `SELECT r.id FROM rule r JOIN rule_text x ON x.rule = r.key WHERE r.corpus = 'sigma' AND r.lifecycle = 'active'
         AND json_array_length(x.document_json, '$.simulations') > 0`,
    );
    const silent = linked.filter(({ id }) => {
      const said = rule(database, "sigma", id)?.proof;
      return said?.notShown == null && said?.fired.some((one) => one.linked) !== true;
    });
    database.close();
    expect(linked).toHaveLength(65);
    expect(silent).toEqual([]);
  },
  600_000,
);
