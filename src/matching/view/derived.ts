import type { Values } from "../../vocabulary/values/values.ts";
import type { Field, Vocabulary } from "../../vocabulary/vocabulary.ts";
import { argumentsOf } from "./arguments.ts";
import type { DerivedForm, Scalar } from "./layout.ts";

type Compute = DerivedForm["compute"];

/** A way from a text to another one; null where it does not lead there. */
type OfText = (text: string) => Scalar | readonly Scalar[] | null;

/** What follows from what: by the forms of a facet, and a few that cross facets. */
export function openDerivedForms(vocabulary: Vocabulary, values: Values): (field: string) => readonly DerivedForm[] {
  const known = new Map<string, readonly DerivedForm[]>();
  const own = new Map(others.map((one) => [one.field, others.filter(({ field }) => field === one.field)]));
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const field = vocabulary.field(id);
    const siblings = field === null ? [] : vocabulary.formsOf(field.facet).filter((one) => one.id !== id);
    const fromForms = siblings.flatMap((from): DerivedForm[] => {
      const compute = field === null ? null : formOf(field, from, values);
      return compute === null ? [] : [{ field: id, from: from.id, compute }];
    });
    const made = [...fromForms, ...(own.get(id) ?? [])];
    // Rules have a few thousand fields; a hostile rule may ask for any number of them.
    if (known.size < 20_000) known.set(id, made);
    return made;
  };
}

/** How a form of a facet follows from another one; null where it does not. */
function formOf(to: Field, from: Field, { hashLabels }: Values): Compute | null {
  const path = from.type === "path" && from.form === "full path";
  if (path && to.type === "name" && to.form === "base name") return text(baseName);
  if (path && to.form === "folder") return text(folder);
  if ((path || (from.type === "name" && from.form === "base name")) && to.form === "extension") return text(extension);
  if (from.type === "hashes" && to.type === "hash") {
    const label = hashLabels.get(to.form ?? "");
    return label === undefined ? null : text(hashOf(label));
  }
  if (from.type === "registry_path" && from.form === "key and value name") {
    if (to.form === "value name") return text(lastPart);
    if (to.form === "key") return text(registryKeys);
    if (to.form === "hive") return text(hive);
  }
  if (from.form === "key" && to.form === "hive") return text(hive);
  if (from.type === "command_line" && to.form === "arguments one by one") return text(argumentsOf);
  // An address of either kind is one of them; the reverse holds only for what looks like one.
  if (to.form === "either" && (from.form === "IP address" || from.form === "host name")) return (value) => value;
  if (from.form === "either" && to.form === "IP address") return text((one) => (isAddress(one) ? one : null));
  if (from.form === "either" && to.form === "host name") return text((one) => (isAddress(one) ? null : one));
  if (to.facet === "url") return urlForm(from, to);
  if (to.facet === "event.dataset") return (value) => value;
  if (to.facet === "host") return hostForm(from, to);
  return null;
}

function urlForm(from: Field, to: Field): Compute | null {
  if (from.form === "whole" && to.form === "as logged") return (value) => value;
  if (from.form !== "whole" && from.form !== "as logged") return null;
  switch (to.form) {
    case "whole":
      return text((one) => (/^[a-z][a-z0-9+.-]*:\/\//iu.test(one) ? one : null));
    case "path":
      return text((one) => urlParts(one)?.path ?? null);
    case "query":
      return text((one) => urlParts(one)?.query ?? null);
    case "host":
      return text((one) => urlParts(one)?.host ?? null);
    default:
      return null;
  }
}

function hostForm(from: Field, to: Field): Compute | null {
  if (to.id === "host.hostname") return text((one) => (isAddress(one) ? one : (one.split(".")[0] ?? one)));
  if (from.id === "host.hostname") return null;
  return (value) => value;
}

/** Between facets. */
const others: readonly DerivedForm[] = [
  { field: "user.name", from: "winlog.event_data.User", compute: text((one) => account(one).name) },
  { field: "user.domain", from: "winlog.event_data.User", compute: text((one) => account(one).domain) },
  {
    field: "process.parent.user.name",
    from: "winlog.event_data.ParentUser",
    compute: text((one) => account(one).name),
  },
  { field: "user.domain", from: "user.email", compute: text((one) => one.split("@")[1] ?? null) },
  { field: "url.extension", from: "url.path", compute: text(urlExtension) },
  { field: "url.extension", from: "url.original", compute: text((one) => urlExtension(urlParts(one)?.path ?? "")) },
  {
    field: "url.scheme",
    from: "url.original",
    compute: text((one) => /^([a-z][a-z0-9+.-]*):\/\//iu.exec(one)?.[1]?.toLowerCase() ?? null),
  },
  { field: "process.args_count", from: "process.command_line", compute: text((one) => argumentsOf(one).length) },
  { field: "event.outcome", from: "winlog.keywords", compute: auditOutcome },
  {
    field: "host.os.family",
    from: "host.os.type",
    compute: (value) => (value === "windows" || value === "macos" ? value : null),
  },
  { field: "winlog.event_data.Image", from: "process.executable", compute: (value) => value },
  // Who opened the connection, as Sysmon 3 says it, and as the filtering platform does.
  {
    field: "network.direction",
    from: "winlog.event_data.Initiated",
    compute: oneOf({ true: "egress", false: "ingress" }),
  },
  {
    field: "network.direction",
    from: "winlog.event_data.Direction",
    compute: oneOf({ "%%14592": "ingress", "%%14593": "egress" }),
  },
  {
    field: "dns.resolved_ip",
    from: "winlog.event_data.QueryResults",
    compute: text((one) => answers(one).filter(isAddress)),
  },
  { field: "dns.answers.data", from: "winlog.event_data.QueryResults", compute: text(answers) },
  // PowerShell says in a text which program it runs in.
  { field: "process.command_line", from: "winlog.event_data.ContextInfo", compute: text(hostApplication) },
  { field: "process.command_line", from: "winlog.event_data.Data", compute: text(hostApplication) },
  {
    field: "network.iana_number",
    from: "winlog.event_data.Protocol",
    compute: text((one) => (/^\d{1,3}$/u.test(one) ? one : null)),
  },
  {
    field: "network.transport",
    from: "winlog.event_data.Protocol",
    compute: oneOf({ "1": "icmp", "6": "tcp", "17": "udp", "58": "ipv6-icmp" }),
  },
];

/** By a table of texts in small letters. */
function oneOf(table: Readonly<Record<string, string>>): Compute {
  const known = new Map(Object.entries(table));
  return text((one) => known.get(one.toLowerCase()) ?? null);
}

function text(compute: OfText): Compute {
  return (value) => {
    // Longer texts than any log has are not taken apart.
    const whole = String(value);
    return whole.length > 100_000 ? null : compute(whole);
  };
}

function separatorAt(path: string): number {
  return Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
}

/** Of a path of Unix a backslash is a letter: only where no slash stands in front is it a separator. */
function baseName(path: string): string | null {
  const at = path.startsWith("/") ? path.lastIndexOf("/") : separatorAt(path);
  const name = path.slice(at + 1);
  return name === "" ? null : name;
}

function folder(path: string): string | null {
  const at = path.startsWith("/") ? path.lastIndexOf("/") : separatorAt(path);
  if (at === -1) return null;
  // The root is a folder with its separator.
  return at === 0 || path[at - 1] === ":" ? path.slice(0, at + 1) : path.slice(0, at);
}

function extension(path: string): string | null {
  const name = baseName(path) ?? "";
  const dot = name.lastIndexOf(".");
  return dot <= 0 || dot === name.length - 1 ? null : name.slice(dot + 1);
}

/** One of several hashes in a text: `MD5=…,SHA256=…`, also `MD5:…` or with blanks, as exports rewrite it. */
function hashOf(label: string): OfText {
  const pattern = new RegExp(`(?:^|[,;\\s{"'|])${label}"?\\s*[=:]\\s*"?([0-9A-Fa-f]{32,128})(?![0-9A-Fa-f])`, "iu");
  return (one) => pattern.exec(one)?.[1]?.toLowerCase() ?? null;
}

function lastPart(path: string): string | null {
  const at = path.lastIndexOf("\\");
  return at === -1 || at === path.length - 1 ? null : path.slice(at + 1);
}

/** Rules ask for the key with its hive and without; of a path that is a key alone (a key that was made), for that as well. */
function registryKeys(path: string): readonly string[] | null {
  const last = path.lastIndexOf("\\");
  const first = path.indexOf("\\", path.startsWith("\\") ? 1 : 0);
  if (last === -1 || first === -1) return null;
  const key = path.slice(0, last);
  return key.length > first ? [key, key.slice(first + 1), path] : [key, path];
}

function hive(path: string): string | null {
  const first = path.indexOf("\\");
  return first <= 0 ? null : path.slice(0, first);
}

function account(one: string): { readonly name: string | null; readonly domain: string | null } {
  const at = one.indexOf("\\");
  if (at === -1) return { name: one === "" ? null : one, domain: null };
  return { name: one.slice(at + 1) || null, domain: one.slice(0, at) || null };
}

function urlParts(
  one: string,
): { readonly host: string | null; readonly path: string; readonly query: string | null } | null {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/iu.exec(one);
  const rest = scheme === null ? one : one.slice(scheme[0].length);
  if (scheme === null && !rest.startsWith("/")) return null;
  const end = rest.search(/[?#]/u);
  const path = end === -1 ? rest : rest.slice(0, end);
  const query = rest[end] === "?" ? (rest.slice(end + 1).split("#")[0] ?? null) : null;
  const host = scheme?.[1]?.replace(/^.*@/u, "").replace(/:\d*$/u, "") ?? null;
  return { host: host === "" ? null : host, path: path === "" ? "/" : path, query };
}

function urlExtension(path: string): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot === -1 || dot === name.length - 1 ? null : name.slice(dot + 1);
}

function isAddress(one: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/u.test(one) || (one.includes(":") && /^[0-9a-f:.%]+$/iu.test(one));
}

/** Bits 53 and 52 of the keywords of an audit event: https://learn.microsoft.com/windows/win32/wes/eventmanifestschema-keywordtype-complextype */
function auditOutcome(value: Scalar): string | null {
  const one = String(value).trim();
  if (/^audit success$/iu.test(one)) return "success";
  if (/^audit failure$/iu.test(one)) return "failure";
  if (!/^0x[0-9a-f]{1,16}$/iu.test(one)) return null;
  const bits = BigInt(one);
  if ((bits & 0x20000000000000n) !== 0n) return "success";
  return (bits & 0x10000000000000n) !== 0n ? "failure" : null;
}

/** `type:  5 alias.example;::ffff:192.0.2.1;` of Sysmon 22: names and addresses. */
function answers(one: string): readonly string[] {
  return one
    .split(";", 200)
    .map((part) =>
      part
        .trim()
        .replace(/^type:\s*\d+\s*/u, "")
        .replace(/^::ffff:(?=\d+\.)/iu, ""),
    )
    .filter((part) => part !== "");
}

function hostApplication(one: string): string | null {
  return /(?:^|[\n\r\t ])Host ?Application ?= ?([^\n\r]+)/u.exec(one)?.[1]?.trim() ?? null;
}
