import { expect, test } from "vitest";
import { analyseRule } from "../../../languages/analyse.ts";
import { platformNamed } from "../../../platforms/registry.ts";
import { openTranslator } from "../../../platforms/translate.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { readRuleFile } from "../../recognise.ts";
import { vocabulary } from "../vocabulary/index.ts";
import { translationKnowledge } from "./index.ts";

const rule = `name: Archive tool on many hosts
id: 7d0a3d57-3a07-4b2b-9a34-1f4bb8a4a001
version: 1
date: '2026-11-01'
author: Detectionary authors
status: production
type: Anomaly
description: Archives are packed again and again.
data_source:
- Sysmon EventID 1
search: '| tstats count from datamodel=Endpoint.Processes where Processes.process_name=rar.exe by _time span=10m Processes.user | where count > 5'
tags:
  security_domain: endpoint
`;

test("groups by the time span of a rule, not by each moment as well", () => {
  const [item] = readRuleFile("archive.yml", rule) ?? [];
  const platform = platformNamed("logscale");
  if (item?.type !== "rule" || platform === null) throw new Error("The rule is not read.");
  const named = nameRule(vocabulary(), analyseRule(item.rule, {}));
  const { query } = openTranslator(translationKnowledge()).translate(named, platform);
  expect(query).toContain("groupBy([UserName, _window]");
  expect(query).not.toContain("groupBy([@timestamp");
});
