import type { RuleDocument } from "../../../rule/document.ts";
import { readSigmaFile } from "../../sigma/index.ts";
import type { AuthoredPackage } from "./authored-package.ts";

/** Id of the corpus that our own rules make. */
export const ownCorpus = "detectionary";

/** The rules of a package, as its files have them. */
export function rulesOf({ rules }: Pick<AuthoredPackage, "rules">): readonly RuleDocument[] {
  return rules.flatMap(({ path, text }) =>
    readSigmaFile(path, text).flatMap((item) => (item.type === "rule" ? [{ ...item.rule, corpus: ownCorpus }] : [])),
  );
}
