// Control characters, those that turn the direction of text, and halves of a pair of surrogates: a log may hold what
// somebody wrote to mislead its reader.
const unsafe = /[\p{Cc}\p{Bidi_Control}\p{Cs}]/gu;

const entities: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Any text as content or as the value of an attribute in quotes; what cannot be seen is written as `\u001b`. */
export function escapeHtml(text: string): string {
  return text
    .replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/[&<>"']/gu, (char) => entities.get(char) ?? "");
}
