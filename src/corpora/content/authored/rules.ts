import type { RuleDocument } from "../../../rule/document.ts";
import { readSigmaFile } from "../../sigma/index.ts";
import type { AuthoredPackage, PackageText } from "./authored-package.ts";

/** Id of the corpus that our own rules make. */
export const ownCorpus = "detectionary";

const known = new WeakMap<PackageText, readonly RuleDocument[]>();

/** The rules of a package, as its files have them. A text that is asked again is not parsed again. */
export function rulesOf({ rules }: Pick<AuthoredPackage, "rules">): readonly RuleDocument[] {
  return rules.flatMap((one) => {
    const documents = known.get(one) ?? read(one);
    known.set(one, documents);
    return documents;
  });
}

function read({ path, text }: PackageText): readonly RuleDocument[] {
  return readSigmaFile(path, text).flatMap((item) =>
    item.type === "rule" ? [{ ...item.rule, corpus: ownCorpus }] : [],
  );
}
