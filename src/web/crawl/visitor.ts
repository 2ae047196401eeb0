import type { Hono } from "hono";
import { processorTime } from "../../corpora/testing.ts";
import { jsonAddress } from "../addresses.ts";
import { lensParameter } from "../lens.ts";
import { inspectPage } from "./inspect.ts";
import { kindOf, linkOf, origin, withLens } from "./kinds.ts";
import { type Leads, leadsOf } from "./leads.ts";
import { violationsOf } from "./validate.ts";

/** What must hold for every page. */
export const limits = {
  /** Bytes. */
  size: 400_000,
  /** Milliseconds of processor time. */
  time: 100,
} as const;

/** A thing to do with some pages; each of them alone, in this order. */
export type Job =
  /** Ask for a page, look at it, and name what it leads to. */
  | { readonly type: "visit"; readonly addresses: readonly string[] }
  /** Hold it against the content model of HTML, which is too slow for every page. */
  | { readonly type: "validate"; readonly addresses: readonly string[] }
  /** Ask for its JSON. */
  | { readonly type: "twin"; readonly addresses: readonly string[] }
  /** Show it in the names of each schema. */
  | { readonly type: "lens"; readonly addresses: readonly string[]; readonly schemas: readonly string[] }
  /** See whether all that links lead to stands on it. */
  | { readonly type: "fragments"; readonly addresses: readonly string[]; readonly fragments: readonly string[] }
  /** Ask for what is no page of its own: styles, scripts and fonts, and forms sent as they stand. */
  | { readonly type: "answer"; readonly addresses: readonly string[] };

export interface Fault {
  readonly address: string;
  /** Follows the address to make a sentence. */
  readonly what: string;
}

export interface Measured {
  readonly address: string;
  readonly bytes: number;
  readonly ms: number;
}

export interface Outcome {
  readonly faults: readonly Fault[];
  readonly measured: readonly Measured[];
  readonly leads: readonly Leads[];
}

/** Does one job at a time. */
export interface Visitor {
  readonly work: (job: Job) => Promise<Outcome>;
}

export interface VisitedSite {
  readonly app: Hono;
  /** Errors of ours, as the site told them. */
  readonly errors: readonly Error[];
}

/** Asks the site in this thread. */
export function createVisitor({ app, errors }: VisitedSite): Visitor {
  const warm = new Set<string>();
  /** What this visitor has named before: most links of a page stand on all pages. */
  const named = new Set<string>();

  function isNew(name: string): boolean {
    const before = named.size;
    return named.add(name).size > before;
  }

  async function ask(address: string) {
    const started = processorTime();
    const response = await app.request(origin + address);
    const bytes = await response.arrayBuffer();
    const ms = processorTime() - started;
    const html = response.headers.get("content-type")?.startsWith("text/html") ?? false;
    return { status: response.status, html, bytes: bytes.byteLength, ms, text: new TextDecoder().decode(bytes) };
  }

  function refused({ status, html }: { status: number; html: boolean }): string | null {
    if (status === 200) return html ? null : "is no HTML page";
    const error = status === 500 ? errors.at(-1)?.stack : undefined;
    return error === undefined ? `answered ${status}` : `answered ${status}: ${error}`;
  }

  async function visit(address: string): Promise<Outcome> {
    const kind = kindOf(address);
    // What is asked for the first time compiles its code and reads its statements.
    for (let time = 0; time < 3 && !warm.has(kind); time++) await ask(address);
    warm.add(kind);
    const answer = await ask(address);
    const problem = refused(answer);
    if (problem !== null) return { ...nothing, faults: [{ address, what: problem }] };
    const whats: string[] = [];
    if (answer.bytes > limits.size) whats.push(`has ${answer.bytes} bytes`);
    let { ms } = answer;
    if (ms > limits.time) {
      ms = await again(address);
      if (ms > limits.time) whats.push(`takes ${ms.toFixed(0)} ms`);
    }
    const inspection = inspectPage(answer.text);
    const { faults, leads } = leadsOf(inspection, address, isNew);
    whats.push(...inspection.faults, ...faults);
    return {
      faults: whats.map((what) => ({ address, what })),
      measured: [{ address, bytes: answer.bytes, ms }],
      leads: [leads],
    };
  }

  async function again(address: string): Promise<number> {
    const times: number[] = [];
    for (let time = 0; time < 5; time++) times.push((await ask(address)).ms);
    return times.sort((a, b) => a - b)[2] ?? 0;
  }

  async function validate(address: string): Promise<readonly string[]> {
    return violationsOf((await ask(address)).text);
  }

  async function twin(address: string): Promise<readonly string[]> {
    const asked = jsonAddress(address);
    const response = await app.request(origin + asked);
    if (response.status !== 200) return [`has a twin that answered ${response.status}`];
    const type = response.headers.get("content-type");
    if (type !== "application/json") return [`has a twin of type ${type}`];
    const data: unknown = JSON.parse(await response.text());
    return typeof data === "object" && data !== null ? [] : ["has a twin without data"];
  }

  async function lens(address: string, schemas: readonly string[]): Promise<readonly string[]> {
    const plain = inspectPage((await ask(address)).text);
    const known = new Set(plain.links.map((href) => plainAddress(href, address)));
    const whats: string[] = [];
    for (const schema of schemas) {
      const answer = await ask(withLens(address, schema));
      const problem = refused(answer);
      if (problem !== null) {
        whats.push(`in names of ${schema} ${problem}`);
        continue;
      }
      const { faults, links } = inspectPage(answer.text);
      whats.push(...faults.map((fault) => `in names of ${schema} ${fault}`));
      if (answer.bytes > limits.size) whats.push(`in names of ${schema} has ${answer.bytes} bytes`);
      for (const href of links) {
        const to = plainAddress(href, address);
        if (to === null) continue;
        if (!known.has(to)) whats.push(`leads to ${href} in names of ${schema} only`);
        const names = new URL(href, origin + address).searchParams.get(lensParameter);
        // The choice of names leads to this page in other names, and jumps within a page keep its address.
        const stays = to.split("#")[0] === address;
        if (!stays && names !== schema) whats.push(`leads to ${href}, which loses the names of ${schema}`);
      }
    }
    return whats;
  }

  async function fragments(address: string, wanted: readonly string[]): Promise<readonly string[]> {
    const { ids } = inspectPage((await ask(address)).text);
    return wanted.filter((id) => !ids.has(id)).map((id) => `has nothing at #${id}, where a link leads`);
  }

  async function answers(address: string): Promise<readonly string[]> {
    const { status } = await app.request(origin + address);
    return status === 200 ? [] : [`answered ${status}`];
  }

  async function look(job: Exclude<Job, { type: "visit" }>, address: string): Promise<readonly string[]> {
    switch (job.type) {
      case "validate":
        return validate(address);
      case "twin":
        return twin(address);
      case "lens":
        return lens(address, job.schemas);
      case "fragments":
        return fragments(address, job.fragments);
      case "answer":
        return answers(address);
      default:
        return job satisfies never;
    }
  }

  return {
    work: async (job) => {
      const outcomes: Outcome[] = [];
      for (const address of job.addresses) {
        if (job.type === "visit") outcomes.push(await visit(address));
        else {
          const faults = (await look(job, address)).map((what) => ({ address, what }));
          outcomes.push({ ...nothing, faults });
        }
      }
      return {
        faults: outcomes.flatMap((one) => one.faults),
        measured: outcomes.flatMap((one) => one.measured),
        leads: outcomes.flatMap((one) => one.leads),
      };
    },
  };
}

const nothing: Outcome = { faults: [], measured: [], leads: [] };

/** Address and fragment of a link within the site, whatever names it is shown in; null for any other. */
function plainAddress(href: string, base: string): string | null {
  const link = linkOf(href, base);
  return link.type === "inside" ? `${link.address}#${link.fragment}` : null;
}
