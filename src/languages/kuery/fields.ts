/**
 * Fields that Elasticsearch analyses into terms (types `text` and `match_only_text`): a value there is matched term by
 * term and without regard to case, while on all other fields it must be equal. From the field reference of ECS
 * (`message`, `error.message`) and of the Windows integration's PowerShell log. Fields that are not listed are
 * taken for `keyword`, which is what ECS makes of nearly all.
 */
const fullText: ReadonlySet<string> = new Set([
  "message",
  "error.message",
  "powershell.file.script_block_text",
  "powershell.command.value",
  "powershell.command.invocation_details.value",
]);

/** ECS gives the analysed twin of a keyword field the name `<field>.text`. */
const fullTextSuffix = ".text";

/** `process.io.text` is the one ECS field of that name which is no twin. */
const notFullText: ReadonlySet<string> = new Set(["process.io.text"]);

export function isFullText(field: string): boolean {
  return fullText.has(field) || (field.endsWith(fullTextSuffix) && !notFullText.has(field));
}
