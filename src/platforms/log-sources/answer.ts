import { type Expression, isDerived, type Predicate } from "../../rule/expression.ts";
import { textsOf } from "../../vocabulary/events/facts.ts";
import { like } from "../../vocabulary/events/like.ts";

/** Field → values; `*` stands for any run of characters. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** What holds of every event of a log. */
export interface Facts {
  /** Each event has one of the values, and no other. */
  readonly one: Values;
  /** Each event has one of the values, perhaps beside others. */
  readonly among: Values;
  /** Field → fields that tell what it says. */
  readonly follows?: Values;
}

/** An expression after the choice of a log has answered a part of it. */
export interface Answered {
  /** What is left to ask; true or false where the choice answers all of it. */
  readonly rest: Expression | boolean;
  /** The predicates that the choice answers, with yes or with no. */
  readonly absorbed: readonly Predicate[];
}

/**
 * What of an expression is left to ask of the events of a log. Only what the facts imply or contradict disappears.
 * `subject`: the predicate that is answered in place of another; itself unless said.
 */
export function answer(expression: Expression, facts: Facts, subject: Subject = ownSubject): Answered {
  const absorbed: Predicate[] = [];
  return { rest: restOf(expression, { facts, subject }, absorbed), absorbed };
}

/** The predicate on which the facts are asked. */
export type Subject = (predicate: Predicate) => Predicate;

const ownSubject: Subject = (predicate) => predicate;

interface Known {
  readonly facts: Facts;
  readonly subject: Subject;
}

function restOf(expression: Expression, known: Known, absorbed: Predicate[]): Expression | boolean {
  switch (expression.type) {
    case "predicate": {
      const said = answerOf(known.subject(expression), known.facts);
      if (said === null) return expression;
      absorbed.push(expression);
      return said;
    }
    case "not": {
      const operand = restOf(expression.operand, known, absorbed);
      if (typeof operand === "boolean") return !operand;
      return operand === expression.operand ? expression : { ...expression, operand };
    }
    case "and":
    case "or": {
      if (expression.type === "and" && known.facts.follows !== undefined) {
        const told = expression.operands.filter((one) => isTold(one, expression.operands, known));
        if (told.length > 0) {
          absorbed.push(...told.filter((one) => one.type === "predicate"));
          const operands = expression.operands.filter((one) => !told.includes(one));
          return restOf({ ...expression, operands }, known, absorbed);
        }
      }
      /** The answer of one operand that is the answer of all of them. */
      const decisive = expression.type === "or";
      const rests = expression.operands.map((one) => restOf(one, known, absorbed));
      if (rests.includes(decisive)) return decisive;
      const open = rests.filter((one) => typeof one !== "boolean");
      const [only] = open;
      if (only === undefined) return !decisive;
      if (open.length === 1) return only;
      return rests.every((one, index) => one === expression.operands[index])
        ? expression
        : { ...expression, operands: open };
    }
    case "opaque":
      return expression;
    default:
      return expression satisfies never;
  }
}

/** Does another filter beside it tell what this one asks for? */
function isTold(one: Expression, others: readonly Expression[], { facts, subject }: Known): boolean {
  if (one.type !== "predicate" || one.operator !== "eq") return false;
  const telling = facts.follows?.get(subject(one).field?.canonical ?? "") ?? [];
  return others.some(
    (other) =>
      other !== one &&
      other.type === "predicate" &&
      !isDerived(other) &&
      other.operator !== "is_null" &&
      telling.includes(other.field?.canonical ?? ""),
  );
}

/** true or false where the facts say so, else null. */
function answerOf(predicate: Predicate, facts: Facts): boolean | null {
  const field = predicate.field?.canonical;
  if (field === null || field === undefined || isDerived(predicate)) return null;
  const only = facts.one.get(field);
  const held = only ?? facts.among.get(field);
  if (held === undefined) return null;
  if (predicate.operator === "is_null") return false;
  const texts = textsOf(predicate);
  if (texts === null || (predicate.operator === "regex_match" && texts.includes("*"))) return null;
  const holds = (text: string) => held.some((value) => meets(text, value));
  const said = predicate.quantifier === "all" ? texts.every(holds) : texts.some(holds);
  return said || only !== undefined ? said : null;
}

/** Do a value of a rule and one of a log mean the same? Either may hold `*`. */
export function meets(asked: string, held: string): boolean {
  return like(asked, held) || (held.includes("*") && like(held, asked));
}
