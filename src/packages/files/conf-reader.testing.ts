/** For tests: the stanzas of a `.conf` file, read as Splunk reads them. */
export function readConf(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const stanzas = new Map<string, Map<string, string>>();
  let open: Map<string, string> | null = null;
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, name] = /^\[(.*)\]\s*$/u.exec(line) ?? [];
    if (name !== undefined) {
      if (stanzas.has(name)) throw new Error(`The stanza ${name} stands twice.`);
      open = new Map();
      stanzas.set(name, open);
      continue;
    }
    const equals = line.indexOf("=");
    if (equals < 1 || open === null) throw new Error(`Neither a stanza nor a setting: ${line}`);
    const key = line.slice(0, equals).trim();
    if (open.has(key)) throw new Error(`The setting ${key} stands twice.`);
    const parts = [line.slice(equals + 1).trimStart()];
    while (parts.at(-1)?.endsWith("\\") === true) {
      parts.push(`${parts.pop()?.slice(0, -1)}`, lines[++at] ?? "");
    }
    open.set(key, parts.join("\n").trimEnd());
  }
  return stanzas;
}
