import type { AuthoredAnswer } from "../catalog/queries/authored-package.ts";
import { vocabulary } from "../corpora/content/vocabulary/index.ts";
import { readSigmaFile } from "../corpora/sigma/index.ts";
import { analyseRule } from "../languages/analyse.ts";
import { isRefused } from "../platforms/platform.ts";
import type { System } from "../platforms/systems.ts";
import type { Translator } from "../platforms/translate.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import type { OwnPackage } from "./authored.ts";
import type { Guide, Source } from "./detection-package.ts";

type File = AuthoredAnswer["authored"]["file"];

/** A question each, in the order in which they are asked, with the searches that answer it. */
export function investigationOf(
  { investigation }: File,
  { translator }: OwnPackage,
  system: System,
  source: Source,
): readonly Guide[] {
  return investigation.map(({ question, answer, fields, pivots }) => ({
    title: question,
    text: `${answer.trim()}\n\nLook at: ${fields.map((one) => `\`${one}\``).join(", ")}.`,
    queries: pivots.flatMap((one) => {
      const query = pivotQuery(one, translator, system);
      return query === null ? [] : [{ title: one.title, query }];
    }),
    source,
  }));
}

/** A pivot is a rule of Sigma, said in the first language of the system that can say it, without the header of a rule. */
function pivotQuery(
  { title, logsource, selection }: File["investigation"][number]["pivots"][number],
  translator: Translator,
  system: System,
): string | null {
  const text = JSON.stringify({
    title,
    license: "Apache-2.0",
    logsource,
    detection: { selection, condition: "selection" },
  });
  const [item] = readSigmaFile("pivot.yml", text);
  if (item?.type !== "rule") return null;
  const rule = nameRule(vocabulary(), analyseRule(item.rule, {}));
  for (const platform of system.platforms) {
    const { target } = translator.trace(rule, platform);
    const written = target === null ? null : platform.write(target);
    if (written !== null && !isRefused(written)) return written.text;
  }
  return null;
}

const steps = [
  ["contain", "Contain"],
  ["evidence", "Keep evidence"],
  ["eradicate", "Eradicate"],
  ["recover", "Recover"],
] as const;

/** The playbook: what is done, in the order in which it is done, and when others have to know. */
export function responseOf({ response }: File, source: Source): readonly Guide[] {
  const lists = steps.map(([key, title]): Guide => {
    const text = response[key]
      .map(({ step, how }, index) => `${index + 1}. **${step.trim()}** ${how.trim()}`)
      .join("\n");
    return { title, text, queries: [], source };
  });
  const escalate = response.escalate.map((one) => `- ${one.trim()}`).join("\n");
  return [...lists, { title: "Escalate", text: escalate, queries: [], source }];
}
