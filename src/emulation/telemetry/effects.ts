import type { ShellCommand } from "../shells/command.ts";
import { type Bound, bind, fillTemplate, holds } from "./arguments.ts";
import { baseName, pathOn } from "./environment.ts";
import { windowsFacts } from "./programs.ts";
import { atMost, leave, notShown, now, type Origin, type Process, type Scene } from "./scene.ts";
import * as sysmon from "./sysmon.ts";
import type { Effect, EmulationTables, Leaf } from "./tables.ts";
import { leaveUnixConnection, leaveUnixFile } from "./unix-events.ts";
import { windowsEvent } from "./windows-event.ts";
import { securityHead, subject } from "./windows-process.ts";

/** A command whose effects are looked for. */
export interface Acting {
  /** As tables call it. */
  readonly name: string;
  readonly command: ShellCommand;
  readonly process: Process;
  readonly origin: Origin;
  /** Starts a program by its command line; what a leaf `process-started` asks for. */
  readonly start: (commandLine: string, parent: Process, origin: Origin) => void;
}

interface Index {
  readonly effects: ReadonlyMap<string, readonly Effect[]>;
  readonly switches: ReadonlySet<string>;
}

const byTables = new WeakMap<EmulationTables, Index>();

function indexOf(tables: EmulationTables): Index {
  const known = byTables.get(tables);
  if (known !== undefined) return known;
  const effects = new Map<string, Effect[]>();
  for (const effect of tables.effects) {
    for (const name of effect.commands) effects.set(name, [...(effects.get(name) ?? []), effect]);
  }
  const made = { effects, switches: new Set(tables.shells.powershellSwitches) };
  byTables.set(tables, made);
  return made;
}

/** Keeps everything that the table says of a command. */
export function leaveEffects(scene: Scene, acting: Acting): void {
  const { effects, switches } = indexOf(scene.tables);
  for (const effect of effects.get(acting.name) ?? []) {
    const fits = effect.platform === "any" || (effect.platform === "windows") === (scene.platform === "windows");
    if (!fits) continue;
    const bound = bind(effect, acting.command, switches);
    if (bound === null) continue;
    const values = withMachine(scene, bound.values);
    for (const leaf of effect.leaves) leaveOne(scene, acting, leaf, { values, certain: bound.certain });
  }
}

/** Variables that every command has. */
function withMachine(scene: Scene, values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const { windows, unix } = scene.tables.machine;
  const common: readonly (readonly [string, string])[] =
    scene.platform === "windows"
      ? [
          ["machine_user", windows.user],
          ["machine_domain", windows.domain],
          ["machine_computer", windows.computer],
          ["machine_sid", windows.sid],
          ["machine_time", now(scene).toISOString()],
        ]
      : [
          ["machine_user", unix.user],
          ["machine_computer", unix.computer],
          ["machine_home", unix.home],
          ["machine_time", now(scene).toISOString()],
        ];
  return new Map([...common, ...values]);
}

function leaveOne(scene: Scene, acting: Acting, leaf: Leaf, bound: Bound): void {
  const { values } = bound;
  if (leaf.needs?.some((name) => !values.has(name)) === true) return;
  if (leaf.lacks?.some((name) => values.has(name)) === true) return;
  if (leaf.when !== undefined && !holds(leaf.when, values)) return;
  const certainty = atMost(atMost(leaf.certainty, acting.origin.certainty), bound.certain ? "certain" : "likely");
  const why = fillTemplate(leaf.why, values) ?? leaf.why;
  const origin: Origin = { span: acting.origin.span, certainty, why };
  const process = leaf.by === undefined ? acting.process : serviceProcess(scene, leaf.by);
  const filled = (template: string): string | null => fillTemplate(template, values);
  /** A text that names something; null where only running the command would tell it. */
  const named = (template: string): string | null => {
    const text = filled(template);
    if (text === null || bound.certain || !/[$(]|%\S+%/u.test(text)) return text;
    notShown(scene, "what has a name that only running the command would tell");
    return null;
  };
  const at = (template: string, from?: string): string | null => {
    const path = named(template);
    return path === null || isRegistryPath(path) || isNowhere(path)
      ? null
      : fileAt(scene, acting, path, from === undefined ? null : filled(from));
  };
  switch (leaf.event) {
    case "registry-set": {
      const [key, name, type, data] = [named(leaf.key), named(leaf.name), filled(leaf.type), filled(leaf.data)];
      if (key === null || name === null || type === null || data === null || !isRegistryPath(key)) return;
      sysmon.leaveRegistrySet(scene, process, { key, name, type: type === "" ? guessType(data) : type, data }, origin);
      return;
    }
    case "registry-key-created":
    case "registry-key-deleted": {
      const key = named(leaf.key);
      if (key === null || !isRegistryPath(key)) return;
      const type = leaf.event === "registry-key-created" ? "CreateKey" : "DeleteKey";
      sysmon.leaveRegistryChange(scene, process, { type, key, name: null }, origin);
      return;
    }
    case "registry-value-deleted": {
      const [key, name] = [named(leaf.key), named(leaf.name)];
      if (key === null || name === null || !isRegistryPath(key)) return;
      sysmon.leaveRegistryChange(scene, process, { type: "DeleteValue", key, name }, origin);
      return;
    }
    case "file-created":
    case "file-deleted": {
      const path = at(leaf.path, leaf.event === "file-created" ? leaf.from : undefined);
      if (path === null) return;
      leaveFile(scene, process, leaf.event === "file-created" ? "created" : "deleted", path, origin);
      return;
    }
    case "image-loaded": {
      const path = named(leaf.path);
      if (path === null || path === "" || scene.platform !== "windows") return;
      sysmon.leaveImageLoaded(scene, process, libraryAt(path, acting.process.directory), origin);
      return;
    }
    case "connection": {
      const url = named(leaf.url);
      const port = leaf.port === undefined ? null : filled(leaf.port);
      if (url !== null) leaveConnection(scene, process, url, port, origin);
      return;
    }
    case "process-accessed":
      sysmon.leaveProcessAccess(scene, process, { image: leaf.target, access: leaf.access }, origin);
      return;
    case "pipe-created": {
      const name = named(leaf.name);
      if (name !== null) sysmon.leavePipeCreated(scene, process, name, origin);
      return;
    }
    case "process-started": {
      const line = named(leaf.command);
      if (line === null || line.trim() === "") return;
      const parent = leaf.parent === undefined ? acting.process : serviceProcess(scene, leaf.parent);
      // What a service starts for somebody runs as that one.
      const { user, integrity } = acting.process;
      acting.start(line, { ...parent, user, integrity }, origin);
      return;
    }
    case "windows-log":
      leaveWindowsLog(scene, leaf, values, origin);
      return;
    case "unix-log": {
      const data = Object.fromEntries(Object.entries(leaf.data).map(([name, text]) => [name, filled(text) ?? "-"]));
      if (scene.platform !== "linux") return;
      leave(scene, leaf.kind, { "@timestamp": now(scene).toISOString(), ...data }, origin);
      return;
    }
    case "unshown":
      notShown(scene, leaf.reason);
      return;
    default:
      leaf satisfies never;
  }
}

function leaveWindowsLog(
  scene: Scene,
  leaf: Extract<Leaf, { event: "windows-log" }>,
  values: ReadonlyMap<string, string>,
  origin: Origin,
): void {
  const own = Object.fromEntries(
    Object.entries(leaf.data).map(([name, text]) => [name, fillTemplate(text, values) ?? "-"]),
  );
  const security = leaf.channel === "Security" && leaf.userData === undefined;
  const head = security
    ? { ...securityHead(leaf.id, 0, 0), provider: leaf.provider }
    : {
        provider: leaf.provider,
        id: leaf.id,
        version: 0,
        level: 4,
        task: 0,
        opcode: 0,
        keywords: "0x8000000000000000",
        channel: leaf.channel,
      };
  const data = security ? { ...subject(scene, false), ...own } : own;
  const body = leaf.userData === undefined ? { EventData: data } : { UserData: { [leaf.userData]: data } };
  leave(scene, leaf.kind, windowsEvent(scene, head, body), origin);
}

/** A file made or gone, in the logs of the platform. */
export function leaveFile(
  scene: Scene,
  process: Process,
  what: "created" | "deleted",
  path: string,
  origin: Origin,
): void {
  const known = madeName(scene, path);
  if (what === "created") scene.made.add(known);
  else scene.made.delete(known);
  if (scene.platform !== "windows") leaveUnixFile(scene, process, what, path, origin);
  else if (what === "created" && /^[A-Z]:\\.*:[^\\:]+$/u.test(path)) sysmon.leaveStream(scene, process, path, origin);
  else if (what === "created") sysmon.leaveFileCreated(scene, process, path, origin);
  else sysmon.leaveFileDeleted(scene, process, path, origin);
}

/** Whether the test has made this file itself, so that what is written to its end makes none. */
export function isMade(scene: Scene, path: string): boolean {
  return scene.made.has(madeName(scene, path));
}

function madeName(scene: Scene, path: string): string {
  return scene.platform === "windows" ? path.toLowerCase() : path;
}

/** A service of the machine that acts for others. Its number says which, so that equal tests leave equal events. */
export function serviceProcess(scene: Scene, image: string): Process {
  const facts = windowsFacts(
    scene.tables,
    baseName(image)
      .toLowerCase()
      .replace(/\.exe$/u, ""),
  );
  const [path = image] = image.split(" -");
  const id = 600 + 4 * ([...path].reduce((sum, char) => sum + char.charCodeAt(0), 0) % 800);
  const user = scene.platform === "windows" ? "NT AUTHORITY\\SYSTEM" : "root";
  return { image: path, commandLine: image, id, facts, user, integrity: "System", directory: "C:\\Windows\\system32" };
}

/** Whether a path names a place of the registry, in any spelling that `reg` or PowerShell know. */
export function isRegistryPath(path: string): boolean {
  return /^"?(?:(?:microsoft\.powershell\.core\\)?registry::)?(?:hk(?:lm|cu|u|cr|cc)|hkey_[a-z_]+):?(?:[\\/]|$)/iu.test(
    path.trim(),
  );
}

function isNowhere(path: string): boolean {
  return (
    path === "" ||
    /^(?:nul|con|\/dev\/\S*|&?\d|-|\$null)$/iu.test(path.trim()) ||
    /^(?:env|function|variable|cert|alias|wsman):/iu.test(path)
  );
}

/** The full path of a file; inside a folder where the target is one and the file has a name already. */
function fileAt(scene: Scene, acting: Acting, path: string, from: string | null): string {
  const isFolder =
    /[\\/]$/u.test(path) ||
    path === "." ||
    (from !== null && !baseName(path).includes(".") && baseName(from).includes("."));
  const target = isFolder && from !== null ? `${path.replace(/[\\/]$/u, "")}/${baseName(from)}` : path;
  return pathOn(scene.platform, target, acting.process.directory);
}

function libraryAt(path: string, directory: string): string {
  const plain = path.replace(/^"|"$/gu, "");
  if (/[\\/]/u.test(plain)) return pathOn("windows", plain, directory);
  return `C:\\Windows\\System32\\${/\.\w+$/u.test(plain) ? plain : `${plain}.dll`}`;
}

/** Types that PowerShell gives a new value by what stands there. */
function guessType(data: string): string {
  return /^-?\d{1,10}$/u.test(data) || /^0x[0-9a-f]{1,8}$/iu.test(data) ? "DWord" : "String";
}

const ports: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21, ssh: 22, ldap: 389, smb: 445 };

/** A look-up of the name and a connection. What is neither an address nor a name of a host is left out. */
export function leaveConnection(
  scene: Scene,
  process: Process,
  url: string,
  port: string | null,
  origin: Origin,
): void {
  const found = /^(?:([a-z]+):\/\/)?(?:[^@/\s]*@)?(\[[0-9a-f:]+\]|[^:/?#\s\\]+)(?::(\d{1,5}))?/iu.exec(
    url.trim().replace(/^\\\\/u, ""),
  );
  if (/^[a-z]:[\\/]/iu.test(url.trim())) return;
  const host = found?.[2]?.replace(/^\[|\]$/gu, "") ?? "";
  if (!/^[a-z0-9:](?:[\w.:-]*[\w])?$/iu.test(host)) return;
  const number = Number(found?.[3] ?? port ?? ports[found?.[1]?.toLowerCase() ?? "https"] ?? 443);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) return;
  const isAddress = /^\d{1,3}(?:\.\d{1,3}){3}$/u.test(host) || host.includes(":");
  const to = { host: isAddress ? null : host, address: isAddress ? host : null, port: number };
  if (scene.platform !== "windows") {
    leaveUnixConnection(scene, process, to, origin);
    return;
  }
  if (!isAddress && host !== "localhost") sysmon.leaveDnsQuery(scene, process, host, origin);
  sysmon.leaveConnection(scene, process, to, { ...origin, certainty: atMost(origin.certainty, "likely") });
}
