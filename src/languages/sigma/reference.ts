/**
 * Names of search identifiers that `of` means. `them`: all but those that begin with an underscore; otherwise a name
 * in which `*` stands for any run of characters (Sigma Rules Specification, "Condition").
 */
export function matchingNames(target: string, names: readonly string[]): readonly string[] {
  if (target === "them") return names.filter((name) => !name.startsWith("_"));
  const parts = target.split("*");
  return names.filter((name) => matches(parts, name));
}

/** Does a name consist of these literal parts with anything between them? Linear: each part is found leftmost. */
function matches(parts: readonly string[], name: string): boolean {
  const first = parts[0] ?? "";
  const last = parts[parts.length - 1] ?? "";
  if (parts.length === 1) return name === first;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  const end = name.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
