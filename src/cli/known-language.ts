import { keptAsText } from "../languages/kept-as-text.ts";
import type { Language } from "../languages/language.ts";
import { languages } from "../languages/registry.ts";
import { wrongUsage } from "./exit.ts";

/** The language of this id; wrong usage where there is none, with those that there are. */
export function knownLanguage(id: string): Language {
  const language = languages.get(id);
  if (language !== undefined) return language;
  const name = keptAsText.get(id);
  if (name !== undefined) throw wrongUsage(`${name} is kept as text: its queries are not parsed.`);
  const known = [...languages.values()].map((one) =>
    one.id === one.name.toLowerCase() ? one.id : `${one.id} (${one.name})`,
  );
  throw wrongUsage(`There is no language ${id}. Known are: ${known.join(", ")}.`);
}
