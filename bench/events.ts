// Windows events as a busy domain writes them, made by us: node bench/events.ts COUNT [SEED] prints them as NDJSON.
import { hostEvents } from "./host-events.ts";
import { type Random, seeded } from "./random.ts";
import { suspiciousEvents } from "./suspicious-events.ts";

/** One in so many events is one that rules look for. */
const suspiciousOneIn = 200;

export type WindowsEvent = Readonly<Record<string, unknown>>;

/** What makes an event: its log, id and data. */
export interface EventKind {
  /** How often it occurs beside the others. */
  readonly weight: number;
  readonly make: (random: Random) => EventParts;
}

export interface EventParts {
  readonly log: "sysmon" | "security";
  readonly id: number;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const logs = {
  sysmon: {
    provider: "Microsoft-Windows-Sysmon",
    guid: "5770385F-C22A-43E0-BF4C-06F5698FFBD9",
    channel: "Microsoft-Windows-Sysmon/Operational",
    keywords: "0x8000000000000000",
  },
  security: {
    provider: "Microsoft-Windows-Security-Auditing",
    guid: "54849625-5478-4994-A5BA-3E3B0328C30D",
    channel: "Security",
    keywords: "0x8020000000000000",
  },
} as const;

/** The same events for the same seed, one after the other, some ten a second from 2026-03-02 on. */
export function* windowsEvents(count: number, seed = 1): Generator<WindowsEvent> {
  const random = seeded(seed);
  const pick = weighted(hostEvents);
  const pickSuspicious = weighted(suspiciousEvents);
  let time = Date.parse("2026-03-02T06:00:00Z");
  for (let record = 1; record <= count; record++) {
    const kind = random.below(suspiciousOneIn) === 0 ? pickSuspicious(random) : pick(random);
    time += random.below(200);
    yield wholeEvent(kind.make(random), record, time, random);
  }
}

/** Events that a collector forwards carry the text that Windows shows for them. */
function renderingOf(log: string, data: Readonly<Record<string, unknown>>): object {
  const lines = Object.entries(data).map(([name, value]) => `${name}: ${value}`);
  return {
    Message: [log === "sysmon" ? "Sysmon event:" : "An event of the security log.", ...lines].join("\r\n"),
    Level: "Information",
    Task: "",
    Opcode: "Info",
    Culture: "en-GB",
  };
}

function wholeEvent(parts: EventParts, record: number, time: number, random: Random): WindowsEvent {
  const { provider, guid, channel, keywords } = logs[parts.log];
  const iso = new Date(time).toISOString();
  const fraction = String(random.below(10_000)).padStart(4, "0");
  const data =
    parts.log === "sysmon"
      ? { RuleName: "-", UtcTime: iso.replace("T", " ").replace("Z", ""), ...parts.data }
      : parts.data;
  return {
    Event: {
      System: {
        Provider: { Name: provider, Guid: guid },
        EventID: parts.id,
        Version: parts.version,
        Level: parts.log === "sysmon" ? 4 : 0,
        Task: parts.id,
        Opcode: 0,
        Keywords: keywords,
        TimeCreated: { SystemTime: iso.replace("Z", `${fraction}Z`) },
        EventRecordID: record,
        Correlation: {},
        Execution: { ProcessID: 3200, ThreadID: 4000 + random.below(60) },
        Channel: channel,
        Computer: `WS-${String(1 + random.below(40)).padStart(3, "0")}.corp.example`,
        Security: parts.log === "sysmon" ? { UserID: "S-1-5-18" } : {},
      },
      EventData: data,
      ...(random.below(2) === 0 ? { RenderingInfo: renderingOf(parts.log, data) } : {}),
    },
  };
}

function weighted(kinds: readonly EventKind[]): (random: Random) => EventKind {
  const all = kinds.flatMap((one) => Array.from({ length: one.weight }, () => one));
  return (random) => random.pick(all);
}

if (import.meta.main) {
  const [count = "1000", seed = "1"] = process.argv.slice(2);
  for (const event of windowsEvents(Number(count), Number(seed))) process.stdout.write(`${JSON.stringify(event)}\n`);
}
