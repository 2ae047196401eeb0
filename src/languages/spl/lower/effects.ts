import type { SourceStage, Stage } from "../../../rule/logic.ts";
import type { GeneralCommand } from "../ast.ts";
import { printCommand } from "../print.ts";
import { bindComputed, type Scope, sourceFields } from "../scope.ts";
import { namesOf, optionText, split } from "./arguments.ts";
import { type Lowering, place } from "./context.ts";

/** What a command does to events, as far as its name and arguments say it. */
type Effect =
  /** Makes these fields from others; no name: which ones is not said. */
  | { readonly type: "makes"; readonly fields: readonly string[]; readonly from: readonly string[] }
  /** Makes events: rows of its own, a stored table, or what a saved search gives. */
  | { readonly type: "source"; readonly kind: SourceStage["kind"]; readonly names: readonly string[] }
  /** Keeps a copy of the results somewhere. */
  | { readonly type: "writes"; readonly table: string };

type EffectOf = (command: GeneralCommand) => Effect;

const makes = (...fields: readonly string[]): EffectOf => {
  return () => ({ type: "makes", fields, from: [] });
};

/** `delta x as y`: the new name, or the names that the command changes. */
const makesNamed: EffectOf = (command) => {
  const [from, [as]] = split(command, "as");
  return { type: "makes", fields: as === undefined ? from : [as], from };
};

/** `apply model as y`: what stands before AS is no field, and without AS the model names its results. */
const makesResult: EffectOf = (command) => {
  const [, [as]] = split(command, "as");
  return { type: "makes", fields: as === undefined ? [] : [as], from: [] };
};

const makesOption = (made: string, read: string): EffectOf => {
  const named = (name: string | null): readonly string[] => (name === null ? [] : [name]);
  return ({ arguments: all }) => ({
    type: "makes",
    fields: named(optionText(all, made)),
    from: named(optionText(all, read)),
  });
};

const makesLast: EffectOf = ({ arguments: all }) => ({
  type: "makes",
  fields: namesOf(all).slice(-1),
  from: namesOf(all).slice(0, -1),
});

/** `fieldformat x=…`. */
const makesAssigned: EffectOf = ({ arguments: all }) => ({
  type: "makes",
  fields: all.flatMap((one) => (one.type === "option" ? [one.name] : [])).slice(0, 1),
  from: [],
});

const reads = (kind: SourceStage["kind"]): EffectOf => {
  return ({ arguments: all }) => ({ type: "source", kind, names: namesOf(all).slice(0, 1) });
};

const rows: EffectOf = () => ({ type: "source", kind: "rows", names: [] });

/** What Splunk tells about itself: the command is the table. */
const inventory: EffectOf = ({ name, arguments: all }) => ({
  type: "source",
  kind: "table",
  names: [[name, ...namesOf(all)].join(" ")],
});

const writes: EffectOf = ({ arguments: all }) => ({
  type: "writes",
  table: optionText(all, "index") ?? namesOf(all).slice(-1)[0] ?? "",
});

/** Source: Splunk, Search Reference, the page of each command; apply, fit and summary: Machine Learning Toolkit guide. */
const effects: Readonly<Record<string, EffectOf | undefined>> = {
  accum: makesNamed,
  addinfo: makes("info_min_time", "info_max_time", "info_sid", "info_search_time"),
  anomalies: makes("unexpectedness"),
  apply: makesResult,
  autoregress: makesNamed,
  concurrency: makesOption("output", "duration"),
  cyberchef: makesOption("outfield", "infield"),
  delta: makesNamed,
  fieldformat: makesAssigned,
  fit: makesResult,
  outlier: makesNamed,
  predict: makesNamed,
  rangemap: makes("range"),
  reltime: makes("reltime"),
  strcat: makesLast,
  trendline: makesNamed,
  typer: makes("eventtype"),
  inputcsv: reads("lookup"),
  loadjob: reads("function"),
  savedsearch: reads("function"),
  summary: reads("table"),
  makeresults: rows,
  gentimes: rows,
  dbinspect: inventory,
  eventcount: inventory,
  metadata: inventory,
  rest: inventory,
  collect: writes,
  outputcsv: writes,
  outputlookup: writes,
};

/** The stages of a command by its effect alone; null for commands of which more, or less, is known. */
export function lowerEffect(command: GeneralCommand, lowering: Lowering, scope: Scope): readonly Stage[] | null {
  const effect = effectOf(command);
  if (effect === null) return null;
  const span = place(lowering.home, command.span);
  const text = printCommand(command);
  switch (effect.type) {
    case "makes": {
      const from = effect.from.flatMap((name) => sourceFields(scope, name));
      for (const name of effect.fields) bindComputed(scope, name, text, from);
      if (effect.fields.length === 0) scope.maker = text;
      const fields = effect.fields.length === 0 ? ["*"] : effect.fields;
      return fields.map((field): Stage => ({ type: "derive", field, text, fields: from, span }));
    }
    case "source":
      // Of a saved search or a file the events are what they are; rows and tables have no fields of events.
      scope.columns = effect.kind === "rows" || effect.kind === "table" ? new Set() : null;
      scope.maker = text;
      return [{ type: "source", kind: effect.kind, names: effect.names, span }];
    case "writes":
      return [{ type: "lookup", table: effect.table, on: [], outputs: [], writes: true, span }];
    default:
      return effect satisfies never;
  }
}

function effectOf(command: GeneralCommand): Effect | null {
  // Source: Search Reference, anomalydetection: action=annotate adds fields, its other actions choose events.
  if (command.name === "anomalydetection") {
    const annotates = optionText(command.arguments, "action")?.toLowerCase() === "annotate";
    return annotates
      ? { type: "makes", fields: ["log_event_prob", "probable_cause", "probable_cause_freq"], from: [] }
      : null;
  }
  return Object.hasOwn(effects, command.name) ? (effects[command.name]?.(command) ?? null) : null;
}
