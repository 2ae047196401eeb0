import type { EventAnswer } from "../../catalog/queries/answers.ts";
import type { EventPageAnswer, ProviderAnswer } from "../../catalog/queries/events.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { eventRows } from "./event-rows.ts";
import { facts, more, prose, section } from "./parts.ts";
import { indicators, techniqueLinks } from "./technique.ts";

/** Rows of each list without `--all`. */
const rowsShown = { fields: 30, values: 20, techniques: 15, events: 20 } as const;

export function eventPage(event: EventPageAnswer, terminal: Terminal, all: boolean): string {
  const { style, width } = terminal;
  const limit = (list: keyof typeof rowsShown): number => (all ? Number.POSITIVE_INFINITY : rowsShown[list]);
  const fields = event.fields.slice(0, limit("fields"));
  const fieldColumns = [
    { title: "field" },
    { title: "type" },
    { title: "means", flexible: true },
    { title: "rules", align: "right" as const },
  ];
  return [
    `${style("bold", `${event.provider} ${event.eventId}  ${event.title}`)}\n`,
    facts(
      [
        ["kind", event.subcategory],
        ["channel", event.channels.join(", ")],
        ["rules", counted(event.rules, "active rule")],
        ["tied", tieWords(event)],
        ["corpora", event.vendors.map((one) => `${one.corpus} ${formatNumber(one.rules)}`).join(", ")],
        ["source", event.source],
      ],
      style,
    ),
    section("How to switch it on", logging([event.logging, event.providerLogging], terminal), style),
    section(
      "Fields",
      fields.length === 0
        ? ""
        : table(
            fieldColumns,
            fields.map((one) => [one.name, one.type, one.field ?? "", formatNumber(one.rules)]),
            width,
            style,
          ) + more(fields.length, event.fields.length),
      style,
    ),
    section("Looked for most", indicators(event.values, limit("values"), event.values.length, terminal), style),
    section("Usually needed with it", eventRows(event.together, limit("events"), terminal), style),
    section("Techniques", techniqueLinks(event.techniques, limit("techniques"), terminal), style),
  ].join("");
}

export function providerPage(provider: ProviderAnswer, terminal: Terminal, all: boolean): string {
  const { style } = terminal;
  const used = provider.events.filter((one) => one.rules > 0);
  const shown = all ? provider.events : used;
  return [
    `${style("bold", provider.name)}\n`,
    facts(
      [
        ["title", provider.title === provider.name ? null : provider.title],
        ["product", provider.product],
        ["channels", provider.channels.join(", ")],
        ["rules", counted(provider.rules, "active rule")],
        ["events", `${formatNumber(used.length)} that rules need, of ${formatNumber(provider.events.length)} known`],
        ["source", provider.source],
      ],
      style,
    ),
    section("How to switch it on", logging([provider.logging], terminal), style),
    section("Events", eventRows(shown, all ? Number.POSITIVE_INFINITY : rowsShown.events, terminal), style),
    section(
      "Techniques",
      techniqueLinks(provider.techniques, all ? Number.POSITIVE_INFINITY : rowsShown.techniques, terminal),
      style,
    ),
  ].join("");
}

function tieWords({ ties, partial }: EventAnswer): string {
  const kinds = [
    `stated ${formatNumber(ties.stated)}`,
    `by category ${formatNumber(ties.category)}`,
    `inferred ${formatNumber(ties.inferred)}`,
    ...(partial === 0 ? [] : [`partial ${formatNumber(partial)}`]),
  ];
  return kinds.join(", ");
}

function logging(known: readonly (string | null)[], terminal: Terminal): string {
  return known
    .filter((one) => one !== null)
    .map((one) => prose(one, terminal))
    .join("");
}
