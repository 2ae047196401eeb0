import { oneLine } from "../../plain-text.ts";

/**
 * Stanzas of a `.conf` file. A value ends with its line unless a backslash is the last character of it; the value then has
 * a line end there. https://docs.splunk.com/Documentation/Splunk/9.3.1/Admin/Howtoeditaconfigurationfile
 */
export function stanza(name: string, settings: readonly (readonly [string, string])[]): string {
  return [`[${stanzaName(name)}]`, ...settings.map(([key, value]) => `${key} = ${value}`)].join("\n");
}

/** A name that no bracket ends. */
export function stanzaName(name: string): string {
  return oneLine(name.replaceAll("[", "(").replaceAll("]", ")")).replace(/\\+$/u, "");
}

/** A text on one line, which no backslash at its end joins with the next setting. */
export function lineValue(text: string): string {
  return oneLine(text).replace(/[\\\s]+$/u, "");
}

/**
 * A search over several lines. A line of its own that ends with a backslash gets a blank behind it, so that this is not
 * taken for the one that continues it; one that begins like a comment or a stanza gets a blank in front.
 */
export function searchValue(search: string): string {
  const lines = search
    .replace(/\r\n?/gu, "\n")
    .replace(/\n+$/u, "")
    .split("\n")
    .map((line) => line.replace(/^(?=[#;[])/u, " ").replace(/\\\s*$/u, "$& "));
  const last = lines.at(-1) ?? "";
  // Blanks at the end of a value may be cut off, and what is below would be joined: a comment of SPL ends it.
  if (/\\\s*$/u.test(last)) lines.push("``` end ```");
  return lines.join("\\\n");
}
