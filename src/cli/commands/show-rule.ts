import type { Database } from "../../catalog/database.ts";
import type { RuleAnswer } from "../../catalog/queries/answers.ts";
import { corpora } from "../../catalog/queries/corpora.ts";
import { rule } from "../../catalog/queries/rule.ts";
import { search } from "../../catalog/queries/search.ts";
import { withCatalog } from "../catalog.ts";
import { type ExitCode, exitCodes, Stop } from "../exit.ts";
import { rulePage } from "../pages/rule.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface ShowRuleOptions {
  readonly raw?: boolean;
  readonly catalog?: string;
  readonly json?: boolean;
}

export async function showRule(terminal: Terminal, id: string, options: ShowRuleOptions): Promise<ExitCode> {
  const answer = await withCatalog(terminal, options, (database) => findRule(database, id.trim()));
  if (options.json === true) terminal.printJson(answer);
  else if (options.raw === true) terminal.print(rawText(answer, terminal));
  else terminal.print(rulePage(printable(answer), terminal));
  return exitCodes.done;
}

/** Byte for byte into a pipe or file; on a terminal nothing in it may steer the terminal. */
function rawText({ raw }: RuleAnswer, terminal: Terminal): string {
  const text = Number.isFinite(terminal.width) ? printable(raw) : raw;
  return text.endsWith("\n") ? text : `${text}\n`;
}

/** By `<corpus>:<id>`, `<corpus>/<slug>`, or an id or slug that only one corpus has. */
function findRule(database: Database, id: string): RuleAnswer {
  const known = corpora(database).map((one) => one.id);
  const [, corpus, name] = /^([^:/]+)[:/](.+)$/su.exec(id) ?? [null, null, id];
  const among = corpus === null || corpus === undefined || !known.includes(corpus) ? known : [corpus];
  const wanted = among === known ? id : (name ?? id);
  const found = among.map((one) => rule(database, one, wanted)).filter((one) => one !== null);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    const addresses = found.map((one) => `${one.corpus}/${one.slug}`);
    throw new Stop(`Several corpora have a rule ${id}: ${addresses.join(", ")}.`, exitCodes.inputHasErrors);
  }
  throw new Stop(`There is no rule ${id}.${suggestion(database, wanted)}`, exitCodes.inputHasErrors);
}

/** A slug's words make a search. */
function suggestion(database: Database, wanted: string): string {
  const query = wanted.replace(/[-_/:]+/gu, " ");
  const found = search(database, { query }).rules.slice(0, 3);
  return found.length === 0 ? "" : ` Did you mean ${found.map((one) => `${one.corpus}/${one.slug}`).join(", ")}?`;
}
