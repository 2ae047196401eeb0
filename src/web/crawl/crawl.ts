import { isQuestion, kindOf, sampleOf } from "./kinds.ts";
import type { Leads } from "./leads.ts";
import type { Fault, Job, Measured, Outcome, Visitor } from "./visitor.ts";

export interface CrawlOptions {
  readonly schemas: readonly string[];
  /** Addresses that have a page; those that no link leads to are visited when the links have ended. */
  readonly known: readonly string[];
  /** Of kinds with very many pages one known page in so many is visited; a link to an unknown one is always followed. */
  readonly oneIn?: Readonly<Record<string, number>>;
  /** Questions to lists that are followed, of each kind; all other addresses are followed without a limit. */
  readonly questionsOfKind: number;
  /** Pages of each kind that are held against the content model, and whose JSON is asked for. */
  readonly sampleOfKind: number;
}

export interface Crawl {
  readonly faults: readonly Fault[];
  /** Pages by kind. */
  readonly kinds: ReadonlyMap<string, readonly Measured[]>;
  /** Questions that a page leads to and that were left out, by kind. */
  readonly left: ReadonlyMap<string, number>;
  /** Known pages that were left out because there are very many of their kind. */
  readonly thinned: ReadonlySet<string>;
  /** Known addresses that no link leads to. */
  readonly unlinked: readonly string[];
}

/** Pages handed to a visitor at once. */
const batchSize = 25;

/**
 * Follows every link from the home page on. Lists take any question, so of each kind of question a sample is followed:
 * the same one each time, drawn when everything else has been seen.
 */
export async function crawl(visitors: readonly Visitor[], options: CrawlOptions): Promise<Crawl> {
  const faults: Fault[] = [];
  const measured: Measured[] = [];
  /** Each address that was seen, with the page that leads to it. */
  const origins = new Map<string, string>([["/", "the start"]]);
  const fragments = new Map<string, Set<string>>();
  const resources = new Set<string>();
  const forms = new Map<string, Set<string>>();
  const questions = new Map<string, Set<string>>();
  const asked = new Map<string, number>();
  const waiting = ["/"];
  const unlinked: string[] = [];

  const thinned = thinnedOut(options);

  const follow = ({ from, pages, fragments: jumps, resources: own, forms: sent }: Leads): void => {
    for (const address of pages) {
      if (origins.has(address)) continue;
      origins.set(address, from);
      if (thinned.has(address)) continue;
      if (isQuestion(address)) entry(questions, kindOf(address), () => new Set<string>()).add(address);
      else waiting.push(address);
    }
    for (const jump of jumps) {
      const at = jump.indexOf("#");
      entry(fragments, jump.slice(0, at), () => new Set<string>()).add(jump.slice(at + 1));
    }
    for (const one of own) resources.add(one);
    for (const one of sent) entry(forms, kindOf(one), () => new Set<string>()).add(one);
  };
  const take = (outcome: Outcome): void => {
    faults.push(...outcome.faults);
    measured.push(...outcome.measured);
    for (const leads of outcome.leads) follow(leads);
  };

  for (;;) {
    await workOff(visitors, () => visitOf(waiting.splice(0, batchSize)), take);
    for (const [kind, open] of questions) {
      const before = asked.get(kind) ?? 0;
      const drawn = sampleOf(open, options.questionsOfKind - before);
      asked.set(kind, before + drawn.length);
      for (const address of drawn) open.delete(address);
      waiting.push(...drawn);
    }
    if (waiting.length > 0) continue;
    const alone = options.known.filter((address) => !origins.has(address) && !thinned.has(address));
    if (alone.length === 0) break;
    for (const address of alone) origins.set(address, "the catalog");
    unlinked.push(...alone);
    waiting.push(...alone);
  }

  const kinds = Map.groupBy(measured, ({ address }) => kindOf(address));
  const rest: Job[] = [...kinds.values()].flatMap((pages) => {
    const addresses = sampleOf(
      pages.map((one) => one.address),
      options.sampleOfKind,
    );
    return [
      { type: "validate", addresses },
      { type: "twin", addresses },
      { type: "lens", addresses: addresses.slice(0, 1), schemas: options.schemas },
    ] as const;
  });
  for (const [address, wanted] of fragments) {
    rest.push({ type: "fragments", addresses: [address], fragments: [...wanted] });
  }
  rest.push({ type: "answer", addresses: [...resources] });
  for (const own of forms.values()) rest.push({ type: "answer", addresses: sampleOf(own, options.sampleOfKind) });
  await workOff(visitors, () => rest.shift() ?? null, take);

  return {
    faults: faults.map(({ address, what }) => {
      const from = what.startsWith("answered") ? origins.get(address) : undefined;
      return { address, what: from === undefined ? what : `${what} (${from} leads there)` };
    }),
    kinds,
    left: new Map([...questions].map(([kind, open]) => [kind, open.size])),
    unlinked,
    thinned,
  };
}

function thinnedOut({ known, oneIn = {} }: CrawlOptions): ReadonlySet<string> {
  const kinds = Map.groupBy(known, kindOf);
  return new Set(
    Object.entries(oneIn).flatMap(([kind, number]) => {
      const all = kinds.get(kind) ?? [];
      const kept = new Set(sampleOf(all, Math.ceil(all.length / number)));
      return all.filter((address) => !kept.has(address));
    }),
  );
}

function visitOf(addresses: readonly string[]): Job | null {
  return addresses.length === 0 ? null : { type: "visit", addresses };
}

/** Lets all visitors work until there is no job left, and none can come of those that are being done. */
async function workOff(
  visitors: readonly Visitor[],
  next: () => Job | null,
  take: (outcome: Outcome) => void,
): Promise<void> {
  const idle = [...visitors];
  const busy = new Set<Promise<void>>();
  for (;;) {
    for (let visitor = idle.pop(); visitor !== undefined; visitor = idle.pop()) {
      const job = next();
      if (job === null) {
        idle.push(visitor);
        break;
      }
      const free = visitor;
      const done: Promise<void> = free.work(job).then((outcome) => {
        take(outcome);
        idle.push(free);
        busy.delete(done);
      });
      busy.add(done);
    }
    if (busy.size === 0) return;
    await Promise.race(busy);
  }
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
