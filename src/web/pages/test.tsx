import type { Child } from "hono/jsx";
import type { RuleLine } from "../../catalog/queries/answers.ts";
import { test } from "../../catalog/queries/test.ts";
import type { Outcome, TestAnswer } from "../../catalog/queries/test-answers.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, jsonAddress } from "../addresses.ts";
import { VendorBadge, vendorClass } from "../components/badges.tsx";
import { StackedBar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { type CommandParts, commandParts } from "../components/command-parts.ts";
import { DerivedEvents, mostEvents } from "../components/derived-events.tsx";
import { Empty } from "../components/empty.tsx";
import { Figures } from "../components/figures.tsx";
import { elsewhere, Head, quiet } from "../components/head.tsx";
import { FiredWhy, OutcomeChips, Outcomes, SilentWhy } from "../components/proof.tsx";
import { Contents, type ContentsEntry, Section } from "../components/section.tsx";
import { Script, TestCommand } from "../components/test-command.tsx";
import { runsOn } from "../components/test-table.tsx";
import { renderMarkdown } from "../markdown.ts";
import { definePage, found, type Site } from "../page.ts";
import { cut } from "../wording.ts";

/** Characters and prerequisites shown at most; the JSON has all. */
const most = { script: 20_000, prerequisites: 20 } as const;

/** One test: what it does, the events that it must leave, and the rules that these meet. */
export const testPage = definePage<TestAnswer>({
  path: "/tests/:test",
  load: ({ database }, { params }) => {
    const asked = params.test ?? "";
    const answer = test(database, asked);
    if (answer === null) {
      return {
        type: "missing",
        what: "The catalog has no such test.",
        hint: "Tests are named by their GUID, or by technique and number: T1059.001-3.",
      };
    }
    if (asked !== answer.guid) return { type: "moved", to: addresses.test(answer.guid) };
    return found(answer);
  },
  view: (data, site) => ({
    title: `${data.name} (${data.technique}-${data.number})`,
    summary: `${data.source.name} test of ${data.technique}: the ${counted(data.events, "event")} that it must leave, and the ${counted(data.fired, "detection rule")} that fire on them.`,
    place: "attack",
    body: <TestBody data={data} site={site} />,
  }),
});

function TestBody({ data, site }: { readonly data: TestAnswer; readonly site: Site }): Child {
  const { stands, source } = data;
  const json = jsonAddress(addresses.test(data.guid));
  const command = data.command.slice(0, most.script);
  const parts = commandParts(
    command,
    data.derived.slice(0, mostEvents).map((one) => one.span),
  );
  return (
    <>
      <Breadcrumb
        crumbs={[
          { label: "Tests", href: addresses.tests },
          ...(stands === null ? [] : [{ label: `${stands.id} ${stands.name}`, href: addresses.technique(stands.id) }]),
          { label: `${data.technique}-${data.number}` },
        ]}
      />
      <Head
        id={`${data.technique}-${data.number}`}
        what={`test of ${source.name}`}
        title={data.name}
        facts={[
          quiet(runsOn(data)),
          <code>{data.guid}</code>,
          elsewhere(source.url, `${source.name}, ${source.licence}`) ?? quiet(`${source.name}, ${source.licence}`),
          <a href={json}>as JSON</a>,
        ]}
      />
      <div class="columns">
        <div class="text">
          <Figures
            items={[
              { label: "events derived", value: data.events, href: "#events" },
              { label: "rules that fire", value: data.fired, href: "#fired" },
              { label: "silent rules listed", value: data.rulesSilent.length, href: "#silent" },
            ]}
          />
          {data.vendors.length > 0 && (
            <div class="shares">
              <StackedBar
                parts={data.vendors.map(({ corpus, rules }) => ({ name: vendorClass(corpus), value: rules }))}
              />
              <p class="chips">
                {data.vendors.map(({ corpus, rules }) => (
                  <VendorBadge corpus={corpus} label={site.corpusNames.get(corpus)} count={rules} />
                ))}
              </p>
            </div>
          )}
          {data.description.trim() !== "" && <div class="prose lead-in">{renderMarkdown(data.description, 3)}</div>}
          <Command data={data} parts={parts} json={json} />
          <Section id="fired" title="Rules that fire" count={data.fired}>
            {data.fired === 0 ? (
              <Empty title={data.events === 0 ? "Without events no rule can fire." : "No rule fires on its events."} />
            ) : (
              <Outcomes
                title="Active rules"
                total={data.fired}
                json={json}
                items={data.rulesFired.map((one) => (
                  <>
                    <RuleName rule={one.rule} outcome={one} site={site} /> <FiredWhy outcome={one} />
                  </>
                ))}
              />
            )}
          </Section>
          {data.rulesSilent.length > 0 && (
            <Section
              id="silent"
              title="Rules that stay silent"
              count={data.rulesSilent.length}
              note="Of rules for its technique, those that name it, and those for which this is one of the closest tests. What each lacks stands below."
            >
              <Outcomes
                title="Active rules"
                total={data.rulesSilent.length}
                json={json}
                items={data.rulesSilent.map((one) => (
                  <>
                    <RuleName rule={one.rule} outcome={one} site={site} /> <SilentWhy outcome={one} />
                  </>
                ))}
              />
            </Section>
          )}
          <Section
            id="events"
            title="Events that it must leave"
            count={data.events}
            note="Derived from the command alone: nobody ran it. Certain ones come from what it plainly does, likely ones from what it does as a rule, possible ones if the machine is so."
          >
            {data.events === 0 ? (
              <Empty title="We can derive no event from this test." />
            ) : (
              <DerivedEvents events={data.derived} partOf={parts.partOf} json={json} />
            )}
            {data.unshown.length > 0 && (
              <>
                <h3 class="small-title">What no event here shows</h3>
                <ul class="plain">
                  {data.unshown.slice(0, most.prerequisites).map((one) => (
                    <li>{cut(one, 300)}</li>
                  ))}
                </ul>
              </>
            )}
          </Section>
          <Preparation data={data} json={json} />
        </div>
        <Contents entries={contentsOf(data)} />
      </div>
    </>
  );
}

interface CommandProps {
  readonly data: TestAnswer;
  readonly parts: CommandParts;
  readonly json: string;
}

function Command({ data, parts, json }: CommandProps): Child {
  const isManual = data.shell === "manual";
  const note = parts.events.length > 0 ? "Underlined parts lead to the events that come from them." : undefined;
  return (
    <Section
      id="command"
      title={isManual ? "Steps" : "Command"}
      {...(isManual || note === undefined ? {} : { note: `With the defaults of its inputs filled in. ${note}` })}
    >
      {isManual ? (
        <div class="prose">{renderMarkdown(data.command, 3)}</div>
      ) : (
        <TestCommand parts={parts} label={`Command of ${data.name}`} />
      )}
      <Rest text={data.command} json={json} />
    </Section>
  );
}

function Rest({ text, json }: { readonly text: string; readonly json: string }): Child {
  if (text.length <= most.script) return null;
  return (
    <p class="note">
      … and {formatNumber(text.length - most.script)} more characters: <a href={json}>all of it in the JSON</a>.
    </p>
  );
}

function RuleName({
  rule,
  outcome,
  site,
}: {
  readonly rule: RuleLine;
  readonly outcome: Outcome;
  readonly site: Site;
}): Child {
  return (
    <>
      <VendorBadge corpus={rule.corpus} label={site.corpusNames.get(rule.corpus)} />{" "}
      <a href={addresses.rule(rule)}>{rule.title}</a> <OutcomeChips outcome={outcome} />
      {outcome.event !== null && outcome.event < mostEvents && (
        <>
          {" "}
          <a class="quiet" href={`#event-${outcome.event + 1}`}>
            event {outcome.event + 1}
          </a>
        </>
      )}
    </>
  );
}

/** What must be there before, and what takes it away again. */
function Preparation({ data, json }: { readonly data: TestAnswer; readonly json: string }): Child {
  const { prerequisites, cleanup } = data;
  return (
    <>
      {prerequisites.length > 0 && (
        <Section id="prerequisites" title="Prerequisites" count={prerequisites.length}>
          {prerequisites.slice(0, most.prerequisites).map(({ description, check, get }, index) => (
            <details class="chapter">
              <summary>
                <h3>{cut(description.trim() === "" ? `Prerequisite ${index + 1}` : description, 300)}</h3>
              </summary>
              <p class="label">Is it there?</p>
              <Script text={cut(check, 4000)} label={`Check of prerequisite ${index + 1}`} />
              <p class="label">Get it</p>
              <Script text={cut(get, 4000)} label={`How to get prerequisite ${index + 1}`} />
            </details>
          ))}
        </Section>
      )}
      {cleanup.trim() !== "" && (
        <Section id="cleanup" title="Cleanup" note="No event is derived from it.">
          <Script text={cleanup.slice(0, most.script)} label={`Cleanup of ${data.name}`} />
          <Rest text={cleanup} json={json} />
        </Section>
      )}
    </>
  );
}

function contentsOf(data: TestAnswer): readonly ContentsEntry[] {
  return [
    { id: "command", title: data.shell === "manual" ? "Steps" : "Command", present: true },
    { id: "fired", title: "Rules that fire", count: data.fired, present: true },
    { id: "silent", title: "Silent rules", count: data.rulesSilent.length, present: data.rulesSilent.length > 0 },
    { id: "events", title: "Events", count: data.events, present: true },
    { id: "prerequisites", title: "Prerequisites", present: data.prerequisites.length > 0 },
    { id: "cleanup", title: "Cleanup", present: data.cleanup.trim() !== "" },
  ]
    .filter((one) => one.present)
    .map(({ present: _, ...entry }) => entry);
}
