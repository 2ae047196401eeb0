import type { MacroDefinition } from "../../languages/language.ts";
import { textOf, textsOf } from "../untyped.ts";
import type { DefinitionKind } from "./definitions.ts";

/**
 * Macros by the name under which SPL calls them: `name`, or `name(2)` with two arguments. The generated
 * `<detection>_filter` macros stand in no file and are not among them.
 */
export const macroKind: DefinitionKind<MacroDefinition> = {
  folders: ["macros"],
  noun: "macro",
  needs: "a name and a definition",
  read: (name, value) => {
    if (value.definition === undefined || value.definition === null) return null;
    const parameters = textsOf(value.arguments);
    return {
      key: parameters.length === 0 ? name : `${name}(${parameters.length})`,
      definition: { definition: textOf(value.definition), arguments: parameters },
    };
  },
};
