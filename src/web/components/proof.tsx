import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { Fired, Outcome, ProofAnswer, Silent, TestLine } from "../../catalog/queries/test-answers.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses } from "../addresses.ts";
import { cut, operatorWord } from "../wording.ts";

/** Tests listed at once, and behind a click; the JSON has more. */
const most = { open: 6, folded: 40, reasons: 4, value: 160 } as const;

/** What tests say of one rule. `json`: where all of it stands. */
export function Proof({ proof, json }: { readonly proof: ProofAnswer; readonly json: string }): Child {
  const { counts, fired, silent, notRun, notShown } = proof;
  return (
    <>
      <p class="proof-sum">{proofSentence(proof)}</p>
      {notShown !== null && <p class="notice">{notShown}</p>}
      {notRun === null && (
        <>
          <Outcomes
            title="Fires on"
            total={counts.fired}
            json={json}
            items={fired.map((one) => (
              <>
                <TestName test={one.test} outcome={one} /> <FiredWhy outcome={one} />
              </>
            ))}
          />
          <Outcomes
            title="Silent on"
            total={counts.silent}
            json={json}
            items={silent.map((one) => (
              <>
                <TestName test={one.test} outcome={one} /> <SilentWhy outcome={one} />
              </>
            ))}
          />
        </>
      )}
    </>
  );
}

/** `Exercised by 3 tests, fires on 2.` */
export function proofSentence({ counts, notRun }: Pick<ProofAnswer, "counts" | "notRun">): string {
  if (notRun !== null) return `Our engine cannot run this rule, so no test can prove it: ${sentence(notRun)}`;
  const all = counts.fired + counts.silent;
  if (all === 0) return "No test exercises this rule: none for its techniques leaves an event in a log that it reads.";
  const effect = counts.fired === 0 ? "fires on none" : `fires on ${formatNumber(counts.fired)}`;
  return `Exercised by ${counted(all, "test")}, ${effect}.`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

interface OutcomesProps {
  readonly title: string;
  readonly total: number;
  readonly items: readonly Child[];
  readonly json: string;
}

/** A list that is open at its beginning, and says how many more there are. */
export function Outcomes({ title, total, items, json }: OutcomesProps): Child {
  if (total === 0) return null;
  const folded = items.slice(most.open, most.folded);
  const left = total - Math.min(items.length, most.folded);
  return (
    <>
      <h3 class="small-title">
        {title}
        <span class="count">{formatNumber(total)}</span>
      </h3>
      <ul class="outcomes">
        {items.slice(0, most.open).map((one) => (
          <li>{one}</li>
        ))}
      </ul>
      {folded.length > 0 && (
        <details class="more">
          <summary>{formatNumber(folded.length)} more</summary>
          <ul class="outcomes">
            {folded.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </details>
      )}
      {left > 0 && (
        <p class="note">
          … and {formatNumber(left)} more: <a href={json}>the JSON</a> lists those that are kept.
        </p>
      )}
    </>
  );
}

function TestName({ test, outcome }: { readonly test: TestLine; readonly outcome: Outcome }): Child {
  return html`<a href="${addresses.test(test.guid)}"><code>${test.technique}-${test.number}</code> ${test.name}</a> ${OutcomeChips({ outcome })}`;
}

/** How sure the event is, and whether the rule asked for the test. */
export function OutcomeChips({ outcome }: { readonly outcome: Outcome }): Child {
  const linked = outcome.linked ? html` <span class="chip t-stated">named by the rule</span>` : "";
  return html`${outcome.certainty === null ? "" : Certainty({ certainty: outcome.certainty })}${linked}`;
}

/** How sure an event is. */
export function Certainty({ certainty }: { readonly certainty: NonNullable<Outcome["certainty"]> }): Child {
  return html`<span class="chip certainty is-${certainty}">event ${certainty}</span>`;
}

/** The predicates that were true. */
export function FiredWhy({ outcome }: { readonly outcome: Fired }): Child {
  const shown = outcome.because.slice(0, most.reasons);
  if (shown.length === 0) return null;
  const reasons = shown.map(({ field, operator, value, asked, negated }, index) => {
    const name = field === null ? html`the event` : html`<code class="name">${field}</code>`;
    const says = `${negated ? "not " : ""}${field === null ? "holds" : operatorWord(operator)}`;
    const same = asked === "" || value === asked;
    const has = same ? "" : html` <span class="quiet">in</span> <code>${onLine(value)}</code>`;
    return html`${index === 0 ? "because " : ", and "}${name} ${says} ${asked === "" ? "" : html`<code class="value">${cut(asked, most.value)}</code>`}${has}`;
  });
  return html`<p class="why">${reasons}${left(outcome.reasons - shown.length)}</p>`;
}

/** The predicates that were not. */
export function SilentWhy({ outcome }: { readonly outcome: Silent }): Child {
  if (outcome.event === null) return html`<p class="why">it leaves no event in a log that the rule reads</p>`;
  const shown = outcome.failed.slice(0, most.reasons);
  if (shown.length === 0) return html`<p class="why">its events do not add up to what the rule counts</p>`;
  const reasons = shown.map(({ needs, has }, index) => {
    const found =
      has === null || has === ""
        ? html`<span class="quiet">the closest event has none</span>`
        : html`<span class="quiet">the closest event has</span> <code>${onLine(has)}</code>`;
    return html`${index === 0 ? "needs " : "; needs "}<code class="value">${cut(needs, most.value)}</code>, ${found}`;
  });
  return html`<p class="why">${reasons}${left(outcome.reasons - shown.length)}</p>`;
}

/** Values of events may be whole scripts. */
function onLine(value: string): string {
  return cut(value.replace(/\s+/g, " ").trim(), most.value);
}

function left(more: number): string {
  return more > 0 ? `; and ${counted(more, "more predicate")}` : "";
}
