import { textOf, textsOf } from "../untyped.ts";
import type { DefinitionKind } from "./definitions.ts";
import { topOrTags } from "./layout.ts";
import { shortened } from "./short-text.ts";

/**
 * Analytic stories, each as its categories and its use case. Descriptions are not kept: their first sentences mostly repeat
 * the name.
 */
export const storyKind: DefinitionKind<string> = {
  folders: ["stories", "removed/stories"],
  noun: "story",
  needs: "a name",
  read: (name, value) => {
    const at = topOrTags(value);
    const parts = [textsOf(at("category")).join(", "), textOf(at("usecase")).trim()];
    return { key: name, definition: shortened(parts.filter((one) => one !== "").join(" · ")) };
  },
};
