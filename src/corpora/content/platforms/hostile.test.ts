import { describe, expect, test } from "vitest";
import { span } from "../../../kit/span.ts";
import type { AnalysedRule } from "../../../languages/analyse.ts";
import { lowerQuery } from "../../../languages/analyse.ts";
import { selects } from "../../../languages/reference-evaluator.ts";
import { languages } from "../../../languages/registry.ts";
import { checkers } from "../../../platforms/checkers.testing.ts";
import type { Platform, TargetBranch } from "../../../platforms/platform.ts";
import { platforms } from "../../../platforms/registry.ts";
import { openTranslator, type TranslationTrace } from "../../../platforms/translate.ts";
import { bareDocument } from "../../../rule/bare-document.ts";
import type { Expression, Operator, Predicate } from "../../../rule/expression.ts";
import { predicatesOf } from "../../../rule/predicates.ts";
import { thorough } from "../../testing.ts";
import { hostileText, randomOf } from "./hostile.testing.ts";
import { translationKnowledge } from "./index.ts";

/** Hostile values that every platform is given, ten in a rule. */
const values = thorough ? 20_000 : 5_000;

/** Fields of text that most platforms have for the start of a process. */
const fields = [
  "process.command_line",
  "process.parent.command_line",
  "process.executable",
  "process.parent.executable",
  "process.pe.original_file_name",
  "process.pe.description",
  "process.pe.product",
  "process.working_directory",
  "winlog.event_data.IntegrityLevel",
] as const;

const operators: readonly Operator[] = ["eq", "contains", "starts_with", "ends_with", "wildcard"];
const here = span(0, 0);

const document = bareDocument({
  corpus: "sigma",
  id: "7d0a3d57-3a07-4b2b-9a34-1f4bb8a4ffff",
  path: "hostile.yml",
  title: "*/ ``` --> */ \n | delete \u2028 // \" ' $" + "{x}",
  status: "test",
  authors: ["`*/ ``` */ \r\n DROP"],
});

function predicate(canonical: string, operator: Operator, text: string, caseSensitive: boolean): Predicate {
  const value =
    operator === "wildcard"
      ? {
          type: "pattern" as const,
          tokens: [
            { type: "literal" as const, text },
            { type: "any" as const },
            { type: "literal" as const, text: "end" },
          ],
        }
      : text;
  const field = { raw: canonical, canonical };
  return {
    type: "predicate",
    field,
    operator,
    values: [value],
    raw: [""],
    quantifier: "any",
    caseSensitive,
    span: here,
  };
}

function ruleOf(operands: readonly Expression[]): AnalysedRule {
  const [only] = operands;
  const expression: Expression =
    operands.length === 1 && only !== undefined ? only : { type: "or", operands, span: here };
  const attributes = { product: "windows" };
  const logic = {
    stages: [
      { type: "source" as const, kind: "category" as const, names: ["process_creation"], attributes, span: here },
      { type: "filter" as const, expression, span: here },
    ],
  };
  return { document, outcome: "parsed", logic, predicates: predicatesOf(logic), queries: [] };
}

/** A text for which the predicate holds. */
function holding({ operator, values: [value] }: Predicate): string {
  const text =
    typeof value === "object"
      ? value.tokens.map((one) => (one.type === "literal" ? one.text : "")).join("-")
      : String(value);
  return operator === "contains"
    ? `a${text}b`
    : operator === "starts_with"
      ? `${text}b`
      : operator === "ends_with"
        ? `a${text}`
        : text;
}

/** The event in which one field of the branch holds a text, chosen as the platform chooses events. */
function eventWith(platform: Platform, branch: TargetBranch, canonical: string, text: string): Record<string, string> {
  const event: Record<string, string> = {};
  for (const [name, [first = ""]] of Object.entries(platform.chosenBy?.(branch.place) ?? branch.place.where))
    event[name] = first.replaceAll("*", "x");
  for (const one of branch.fields) if (one.raw === canonical) event[one.name] = text;
  return event;
}

/** What is wrong with the query that was made of a rule; nothing where it says what the rule does and no more. */
function faultsOf(
  platform: Platform,
  { translation, target }: TranslationTrace,
  predicates: readonly Predicate[],
): readonly string[] {
  const query = translation.query ?? "";
  const language = platform.language === null ? undefined : languages.get(platform.language);
  if (language === undefined) {
    const check = checkers.get(platform.id);
    if (check === undefined) throw new Error(`Nothing checks what ${platform.id} writes.`);
    const { problems, literals } = check(query);
    const bare = literals.map(plain);
    const missing = predicates.filter((one) => !bare.some((literal) => literal.includes(plain(textOf(one)))));
    return [...problems, ...missing.map((one) => `The value is gone: ${JSON.stringify(textOf(one)).slice(0, 200)}`)];
  }
  const parsed = language.parse(query);
  const problems = parsed.diagnostics.filter((one) => one.severity === "error").map((one) => one.message);
  if (problems.length > 0) return problems;
  const logic = lowerQuery(language, parsed.ast);
  const [branch] = target?.type === "selection" ? target.branches : [];
  if (branch === undefined) return ["There is no branch."];
  return predicates.flatMap((one) => {
    const canonical = one.field?.canonical ?? "";
    if (!selects(logic, eventWith(platform, branch, canonical, holding(one))))
      return [`It misses ${JSON.stringify(holding(one)).slice(0, 200)}`];
    const other = `${holding(one).slice(0, -1)}\u0001\u0001`;
    const found = one.operator === "eq" && selects(logic, eventWith(platform, branch, canonical, other));
    return found ? [`It finds ${JSON.stringify(other).slice(0, 200)}`] : [];
  });
}

function textOf({ values: [value] }: Predicate): string {
  return typeof value === "object" ? (value.tokens[0]?.type === "literal" ? value.tokens[0].text : "") : String(value);
}

/** Without what escaping adds, and in one letter case. */
function plain(text: string): string {
  return text.replaceAll("\\", "").toLowerCase();
}

describe.each([...platforms])("$id", (platform) => {
  test(`no value and no name of ${values} breaks out of its literal`, { timeout: 300_000 }, () => {
    const random = randomOf(20_261_129);
    const translator = openTranslator(translationKnowledge());
    let said = 0;
    const faults: string[] = [];
    for (let done = 0; done < values; ) {
      // One long text in every tenth rule: a pattern of that length is more than an evaluator of expressions takes.
      const long = done % 100 === 0 ? Math.floor(random() * fields.length) : -1;
      const predicates = fields.map((field, at) => {
        const operator = at === long ? "contains" : operators[Math.floor(random() * operators.length)];
        return predicate(field, operator ?? "eq", hostileText(random, at === long), random() < 0.3);
      });
      const named = predicate(`winlog.event_data.${hostileText(random).slice(0, 200)}`, "eq", "needle", false);
      done += predicates.length + 1;
      const whole = translator.trace(ruleOf(predicates), platform);
      // One value that the platform cannot say must not hide the others.
      const parts = whole.translation.query === null ? predicates.map((one) => [one]) : [predicates];
      for (const part of [...parts, [named]]) {
        const trace = part === predicates ? whole : translator.trace(ruleOf(part), platform);
        if (trace.translation.query === null) continue;
        said += part.length;
        faults.push(...faultsOf(platform, trace, part));
        if (faults.length > 20) break;
      }
      if (faults.length > 20) break;
    }
    expect(faults.map((one) => one.slice(0, 400))).toEqual([]);
    expect(said).toBeGreaterThan(values * 0.6);
  });
});
