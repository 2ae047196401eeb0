import { cover, type Span } from "../../kit/span.ts";
import { isOperator, takeOperator } from "../../kit/tokens.ts";
import { errorFrom } from "../error-node.ts";
import type { ErrorNode, Node, Sequence, Step } from "./ast.ts";
import { event } from "./event.ts";
import { expression } from "./expressions.ts";
import { primary } from "./operands.ts";
import { beginsStep, isWord, passOver, type Reader, takeWord } from "./reader.ts";

/** Units of `maxspan`. Source: "Time units" of the Elasticsearch documentation. */
const units: ReadonlySet<string> = new Set(["d", "h", "m", "s", "ms", "micros", "nanos"]);

/** `with runs` goes from 1 to this. Source: "EQL syntax reference", with runs statement. */
const maximumRuns = 100;

/** Stands on the word sequence, sample or join. */
export function sequence(reader: Reader, kind: Sequence["kind"]): Sequence {
  const { cursor } = reader;
  const start = cursor.peek().span;
  takeWord(reader, kind);
  const by: Node[] = [];
  let maxspan: string | null = null;
  for (;;) {
    if (takeWord(reader, "by")) keys(reader, by);
    else if (isWord(cursor.peek(), "with")) maxspan = setting(reader, "maxspan")?.value ?? maxspan;
    else break;
  }
  const steps: (Step | ErrorNode)[] = [];
  let until: Step | null = null;
  while (cursor.peek().type !== "end" && !isOperator(cursor.peek(), "|")) {
    if (isWord(cursor.peek(), "until") && until === null) {
      takeWord(reader, "until");
      const end = stepOrError(reader);
      if (end.type === "step") until = end;
      else steps.push(end);
    } else steps.push(stepOrError(reader));
  }
  const made: Sequence = { type: "sequence", kind, by, maxspan, steps, until, span: cover(start, cursor.last()) };
  check(reader, made, start);
  return made;
}

function check(reader: Reader, made: Sequence, at: Span): void {
  if (made.steps.length === 0) {
    reader.report(
      "expected-step",
      "error",
      "A step such as [process where …] was expected.",
      reader.cursor.peek().span,
    );
  }
  const gap = made.steps.find((step) => step.type === "step" && step.missing);
  if (gap !== undefined && made.maxspan === null) {
    reader.report("missing-needs-maxspan", "warning", "A missing event needs with maxspan.", gap.span);
  }
  if (made.kind === "sample" && made.by.length === 0) {
    const keyed = made.steps.every((step) => step.type === "error" || step.by.length > 0);
    if (!keyed) reader.report("sample-needs-by", "warning", "A sample needs by and a field.", at);
  }
}

/** Join keys: operands without operators, so that what follows them is not swallowed. */
function keys(reader: Reader, found: Node[]): void {
  reader.open.keys = true;
  do found.push(primary(reader, expression));
  while (takeOperator(reader, ","));
  reader.open.keys = false;
}

function stepOrError(reader: Reader): Step | ErrorNode {
  const { cursor } = reader;
  const bang = isOperator(cursor.peek(), "!");
  if (isOperator(cursor.peek(bang ? 1 : 0), "[")) return step(reader);
  const at = cursor.peek().span;
  reader.report("expected-step", "error", "A step such as [process where …] was expected.", at);
  cursor.next();
  passOver(
    reader,
    () =>
      isOperator(cursor.peek(), "|") ||
      isOperator(cursor.peek(), "[") ||
      beginsStep(reader) ||
      isWord(cursor.peek(), "until"),
  );
  return errorFrom(reader, at.start);
}

function step(reader: Reader): Step {
  const { cursor, open } = reader;
  const start = cursor.peek().span;
  const missing = takeOperator(reader, "!");
  const opening = cursor.next().span;
  open.step = true;
  const query = event(reader);
  open.step = false;
  if (!takeOperator(reader, "]"))
    reader.report("unclosed-step", "error", "A closing ] was expected for this [.", opening);
  const by: Node[] = [];
  let runs = 1;
  for (;;) {
    if (takeWord(reader, "by")) keys(reader, by);
    else if (isWord(cursor.peek(), "with")) runs = runsOf(reader) ?? runs;
    else break;
  }
  return { type: "step", missing, query, by, runs, span: cover(start, cursor.last()) };
}

function runsOf(reader: Reader): number | null {
  const found = setting(reader, "runs");
  if (found === null) return null;
  const runs = Number(found.value);
  if (!Number.isInteger(runs) || runs < 1 || runs > maximumRuns) {
    reader.report("runs-range", "error", `A whole number from 1 to ${maximumRuns} was expected.`, found.span);
    return Number.isInteger(runs) && runs > maximumRuns ? runs : null;
  }
  return runs;
}

/** `with name = value`: stands on with. null, and reported, where it is something else. */
function setting(reader: Reader, name: "maxspan" | "runs"): { readonly value: string; readonly span: Span } | null {
  const { cursor } = reader;
  const start = cursor.peek().span;
  takeWord(reader, "with");
  if (takeWord(reader, name) && takeOperator(reader, "=") && cursor.peek().type === "number") {
    const amount = cursor.next();
    if (name === "runs") return { value: amount.text, span: amount.span };
    const unit = cursor.peek();
    if (unit.type === "word" && units.has(unit.text)) {
      cursor.next();
      return { value: amount.text + unit.text, span: cover(amount.span, unit.span) };
    }
    reader.report("time-unit", "error", "A time unit was expected: d, h, m, s or ms.", unit.span);
    const bare = !(unit.type === "word" && !isWord(unit, "by") && !isWord(unit, "with") && !isWord(unit, "until"));
    if (!bare) cursor.next();
    return { value: amount.text + (bare ? "" : unit.text), span: cover(amount.span, cursor.last()) };
  }
  reader.report("malformed-with", "error", `with ${name}= and a value were expected.`, start);
  const goesOn = (): boolean => ["by", "with", "until"].some((word) => isWord(cursor.peek(), word));
  passOver(
    reader,
    () =>
      goesOn() || isOperator(cursor.peek(), "|") || isOperator(cursor.peek(), "[") || isOperator(cursor.peek(), "!"),
  );
  return null;
}
