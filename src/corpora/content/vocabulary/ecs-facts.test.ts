import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";
import { fieldFile } from "./field-files.ts";
import { readFieldTables } from "./index.ts";

const { ecs, namespaces } = readFieldTables();

test("core.yaml takes from ECS what stands in no namespace", () => {
  const name = "content/vocabulary/fields/core.yaml";
  const { fields } = readCheckedYaml(name, readFileSync(join(contentFolder, "..", name), "utf8"), fieldFile);
  const stray = fields
    .map(({ id }) => id)
    .filter((id) => !Object.hasOwn(ecs, id) && !namespaces.some(({ prefix }) => id.startsWith(prefix)));
  expect(fields.length).toBeGreaterThan(50);
  expect(stray).toEqual([]);
});

test("ecs.json has names and types of ECS", () => {
  expect(Object.keys(ecs).length).toBeGreaterThan(1500);
  expect(ecs).toMatchObject({
    "@timestamp": "date",
    "destination.port": "long",
    "process.args_count": "long",
    "process.code_signature.trusted": "boolean",
    "process.executable": "keyword",
    "source.ip": "ip",
  });
  expect(ecs).not.toHaveProperty(["winlog.event_id"]);
});
