import type { Expression } from "../../rule/expression.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import { answer, type Facts, type Subject } from "./answer.ts";
import type { LogSourceAlternative, LogSourceChoice, LogSources } from "./choice.ts";
import { type Combination, combinationsOf, contextField, macroSubject, withSubjects } from "./combinations.ts";
import { bestOf, factsOf, isIn, type OpenSign, openSign, tellingOf } from "./signs.ts";
import type { LogSource, SigmaLogSource } from "./tables.ts";

export function openLogSources(list: readonly LogSource[]): LogSources {
  const byId = new Map(list.map((one) => [one.id, one]));
  const bySigma = new Map(
    list.flatMap((one) => (one.sigma === undefined ? [] : [[sigmaKey(one.sigma), one] as const])),
  );
  const signs = list.flatMap((source) => source.signs.map((sign) => openSign(source, sign)));
  const telling = tellingOf(signs);
  return {
    all: list,
    choose: (context, expression) => {
      if (isSigma(context)) return chooseSigma(context, expression, bySigma);
      const inContext = signs.filter((one) => isIn(context, one));
      const subject = macroSubject(context);
      const asked = expression === null ? null : withSubjects(expression, subject);
      const combinations = combinationsOf(context, asked, telling);
      if (combinations === null) return unknown("The filters tell too many kinds of events apart.");
      const evaluate: Evaluate = (source, facts, differs) => alternativeOf(source, facts, expression, subject, differs);
      const choice = chooseBySigns(context, inContext, combinations, evaluate);
      return choice.type === "unknown"
        ? choice
        : { ...choice, alternatives: asOne(choice.alternatives, byId, evaluate) };
    },
  };
}

/** null where no event of the log meets the expression. */
type Evaluate = (source: LogSource, facts: Facts, differs?: string) => LogSourceAlternative | null;

function unknown(why: string): LogSourceChoice {
  return { type: "unknown", why };
}

/** Only Sigma says where events come from by product, category and service; EQL has a category beside its indices. */
function isSigma(context: SourceContext): boolean {
  if (context.product !== undefined || context.service !== undefined) return true;
  return context.corpus?.some((one) => one === "sigma" || one === "detectionary") ?? false;
}

function sigmaKey({ product = "", category = "", service = "" }: SigmaLogSource): string {
  return [product, category, service].join("|").toLowerCase();
}

function chooseSigma(
  context: SourceContext,
  expression: Expression | null,
  bySigma: ReadonlyMap<string, LogSource>,
): LogSourceChoice {
  const [product] = context.product ?? [];
  const [category] = context.category ?? [];
  const [service] = context.service ?? [];
  const source = bySigma.get(sigmaKey({ product, category, service }));
  if (source === undefined) {
    const said = Object.entries({ product, category, service }).filter(([, value]) => value !== undefined);
    const words = said.map(([key, value]) => `${key} ${value}`).join(", ");
    return unknown(`No log source is known for Sigma's ${words === "" ? "empty log source" : words}.`);
  }
  const alternative = alternativeOf(source, factsOf(source), expression, undefined);
  if (alternative === null) return unknown("The filters ask for what no event of the log source has.");
  return { type: "chosen", alternatives: [alternative] };
}

function chooseBySigns(
  context: SourceContext,
  signs: readonly OpenSign[],
  combinations: readonly Combination[],
  evaluate: Evaluate,
): LogSourceChoice {
  const chosen = new Map<LogSource, Set<OpenSign>>();
  for (const combination of combinations) {
    const best = bestOf(signs, combination);
    if (best.length === 0) return unknown(reasonOf(context, combination));
    for (const one of best) chosen.set(one.source, (chosen.get(one.source) ?? new Set()).add(one));
  }
  const alternatives = [...chosen].flatMap(([source, own]) => {
    const differs = [...own].find((one) => one.sign.differs !== undefined)?.sign.differs;
    return evaluate(source, factsOfAll([...own]), differs) ?? [];
  });
  if (alternatives.length === 0) return unknown("The filters ask for what no event of any log source has.");
  return { type: "chosen", alternatives };
}

function alternativeOf(
  source: LogSource,
  facts: Facts,
  expression: Expression | null,
  subject: Subject | undefined,
  differs?: string,
): LogSourceAlternative | null {
  const said = differs === undefined ? {} : { differs };
  if (expression === null) return { source, rest: null, absorbed: [], ...said };
  const { rest, absorbed } = answer(expression, facts, subject);
  if (rest === false) return null;
  return { source, rest: rest === true ? null : rest, absorbed, ...said };
}

/** What holds of events of one log that several signs lead to: the macros of either may bring them. */
function factsOfAll(signs: readonly OpenSign[]): Facts {
  const one = new Map<string, readonly string[]>();
  for (const { facts } of signs) {
    for (const [field, values] of facts.one) one.set(field, [...new Set([...(one.get(field) ?? []), ...values])]);
  }
  const [first] = signs;
  return { one, among: first?.facts.among ?? new Map(), follows: first?.facts.follows ?? new Map() };
}

/** Logs of several operating systems, of which the same is asked, are the log of the same kind that names no system. */
function asOne(
  alternatives: readonly LogSourceAlternative[],
  byId: ReadonlyMap<string, LogSource>,
  evaluate: Evaluate,
): readonly LogSourceAlternative[] {
  const kinds = Map.groupBy(alternatives, ({ source }) => source.id.slice(source.id.indexOf(".") + 1));
  return [...kinds].flatMap(([kind, own]) => {
    const [first] = own;
    const general = byId.get(kind);
    if (own.length < 2 || general === undefined || first === undefined) return own;
    const whole = evaluate(general, factsOf(general), first.differs);
    const rest = JSON.stringify(whole?.rest);
    return whole !== null && own.every((one) => JSON.stringify(one.rest) === rest) ? [whole] : own;
  });
}

/** The parts of a context that say most of where events come from, the one to name first. */
const telltales: readonly string[] = ["datamodel", "macro", "table", "index", "data_source", "category"];

function reasonOf(context: SourceContext, { asked }: Combination): string {
  const kind = telltales.find((one) => (context[one] ?? []).length > 0);
  const where = kind === undefined ? "events that name no log" : `${kind} ${context[kind]?.join(", ")}`;
  const own = [...asked].filter(([field]) => !telltales.some((one) => contextField(one) === field));
  const filters = own.map(([field, value]) => `${field} ${value}`).join(", ");
  return `No log source is known for ${where}${filters === "" ? "" : ` with ${filters}`}.`;
}
