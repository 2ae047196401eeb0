import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { commitOf } from "../corpora/commit.ts";
import { contentFolder } from "../corpora/content/folder.ts";
import { attackVersions, embeddedAttack } from "../corpora/content/index.ts";
import { events as shippedEvents } from "../corpora/content/vocabulary/events.ts";
import { vocabulary as shippedVocabulary } from "../corpora/content/vocabulary/index.ts";
import { values as shippedValues } from "../corpora/content/vocabulary/value-files.ts";
import type { CorpusReader, ReadFailure } from "../corpora/corpus.ts";
import { emulationSources } from "../corpora/emulation-sources.ts";
import { eventSources } from "../corpora/event-sources.ts";
import { uniqueRules } from "../corpora/identity.ts";
import { attackReader, contentReader, ruleReaders } from "../corpora/registry.ts";
import { analyseRule } from "../languages/analyse.ts";
import type { AttackKnowledge } from "../rule/attack.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import { createForBulk, type Database } from "./database.ts";
import { openFieldRegister } from "./field-register.ts";
import { foldOnto } from "./fold-attack.ts";
import { catalogFormat, packageVersion, readSql } from "./format.ts";
import { openLedger } from "./indicators.ts";
import { openInheritance } from "./inherited-ties.ts";
import type { KeptProof } from "./kept-proof.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { CatalogRefusal } from "./refusal.ts";
import { regressionsAgainst } from "./regressions.ts";
import { openReplacement } from "./replacement.ts";
import type { BuildReport, CorpusReport, ProofReport } from "./report.ts";
import { type RuleThread, type RuleThreadAnswer, startRuleThread } from "./rule-thread.ts";
import { openSlugs } from "./slug.ts";
import { openTally } from "./tally.ts";
import { tiedOf } from "./tied.ts";
import { writeAttack } from "./write-attack.ts";
import { writeEvents } from "./write-events.ts";
import { writePackages } from "./write-packages.ts";
import { proofReport, writeProof } from "./write-proof.ts";
import { type RuleWriter, writeDiagnostic, writeRule } from "./write-rule.ts";
import { writeTranslations } from "./write-translations.ts";

export interface BuildOptions {
  /** Holds a folder a corpus, named by its id. Without it, only the project's own content is built. */
  readonly corporaFolder?: string;
  readonly out: string;
  /** Keep the old catalog when the new one reads or understands less than it. */
  readonly strict?: boolean;
  /** Count what becomes of the rules on every platform; takes about as long again. */
  readonly translations?: boolean;
  /** Run the rules on the tests of upstreams that have any, and keep what came of it. */
  readonly proof?: boolean;
  readonly onProgress?: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
}

export interface BuildProgress {
  /** `tests` while rules are run on them. */
  readonly corpus: string;
  /** Rules done, of about `total` files; or tests. */
  readonly done: number;
  readonly total: number;
}

/** Rules between two looks at the clock and at the signal. */
const stride = 64;

/**
 * Reads every corpus that is there and writes a new catalog beside the old one, which is swapped in at the end. Until
 * then the old one stays whole, whatever happens. Throws an AbortError on the signal, a CatalogRefusal when there is nothing to read.
 */
export async function buildCatalog(options: BuildOptions): Promise<BuildReport> {
  const started = performance.now();
  const out = resolve(options.out);
  refuseToShrink(out, options);
  const { unfinished, swapIn, discard } = openReplacement(out);
  const thread = threadFor(options);
  try {
    const { corpora, translations, proof } = await write(unfinished, options, thread);
    const notAsked = proof === null ? emulationSources.map((one) => one.id) : [];
    const regressions = regressionsAgainst(out, corpora, notAsked);
    if (options.strict === true && regressions.length > 0) discard();
    else swapIn();
    return {
      seconds: seconds(started),
      peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
      catalog: out,
      corpora,
      regressions,
      translations,
      proof,
    };
  } catch (error) {
    thread?.stop();
    discard();
    throw error;
  }
}

function threadFor(options: BuildOptions): RuleThread | null {
  const { corporaFolder = null, translations = false, proof = false, onProgress } = options;
  if (!translations && !proof) return null;
  return startRuleThread({ corporaFolder, translations, proof }, (done, total) =>
    onProgress?.({ corpus: "tests", done, total }),
  );
}

/** The signal stops the wait as it stops the build. */
async function answerOf(thread: RuleThread, { signal }: BuildOptions): Promise<RuleThreadAnswer> {
  const stopped = new Promise<never>((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([thread.answer, stopped]);
}

/** Nobody means to lose a catalog of all corpora by forgetting an option. */
function refuseToShrink(out: string, { corporaFolder }: BuildOptions): void {
  if (corporaFolder !== undefined || readMeta(out)?.get("embedded_only") !== "0") return;
  const way = "Name the corpora with --corpora, or another file with --out";
  throw new CatalogRefusal(`${out} holds public corpora, which the embedded rules alone would replace. ${way}.`);
}

type Written = Pick<BuildReport, "corpora" | "translations" | "proof">;

async function write(file: string, options: BuildOptions, thread: RuleThread | null): Promise<Written> {
  const database = createForBulk(file);
  try {
    const corpora = await fill(database, options);
    database.execute("COMMIT");
    // Indexes are made while the thread is still at work: proof adds little to them.
    database.execute(readSql("indexes.sql"));
    const { translations, verdicts, proof } = thread === null ? nothingAsked : await answerOf(thread, options);
    database.execute("BEGIN");
    writeTranslations(database, verdicts);
    const kept = proof === null ? null : keepProof(database, proof, options.corporaFolder, corpora.length);
    database.execute("COMMIT");
    database.execute("ANALYZE");
    return { corpora: [...corpora, ...(kept?.corpora ?? [])], translations, proof: kept?.report ?? null };
  } finally {
    database.close();
  }
}

const nothingAsked: RuleThreadAnswer = { translations: [], verdicts: [], proof: null };

/** Writes tests, what came of them, and a row for each of their upstreams. */
function keepProof(
  database: Database,
  proof: KeptProof,
  folder: string | undefined,
  position: number,
): { readonly report: ProofReport; readonly corpora: readonly CorpusReport[] } {
  const present = emulationSources.flatMap((source) => {
    const reading = proof.sources.find((one) => one.id === source.id);
    if (reading === undefined || folder === undefined) return [];
    return [{ source, reading, commit: commitOf(folder, source.id) }];
  });
  writeProof(database, proof, (test) => {
    const own = present.find((one) => one.source.id === test.corpus);
    return own === undefined || own.commit === null ? null : own.source.fileUrl(own.commit, test.path);
  });
  const report = proofReport(database, proof);
  const corpora = present.map(({ source, reading, commit }, index) => {
    const tally = openTally();
    tally.failed.push(...reading.failures);
    const { id } = source;
    const own: CorpusReport = {
      id,
      commit,
      files: reading.files,
      seconds: proof.seconds,
      ...tally.result(),
      tied: tiedOf(database, id),
    };
    writeCorpusRow(database, source, own, position + index);
    for (const failure of reading.failures) writeFailure(database, id, failure);
    return own;
  });
  return { report, corpora };
}

async function fill(database: Database, options: BuildOptions): Promise<readonly CorpusReport[]> {
  database.execute(readSql("schema.sql"));
  database.execute("BEGIN");
  const folder = options.corporaFolder;
  const present = folder === undefined ? [] : ruleReaders.filter((one) => existsSync(join(folder, one.id)));
  if (folder !== undefined && present.length === 0) {
    const known = ruleReaders.map((one) => one.id).join(", ");
    throw new CatalogRefusal(`No corpus stands in ${folder}. Expected at least one of these folders in it: ${known}.`);
  }
  const reports: CorpusReport[] = [];
  const attack = readAttack(database, folder, reports);
  const versions = attackVersions();
  const fold = foldOnto(attack, versions);
  writeAttack(database, attack, versions, fold);
  const vocabulary = shippedVocabulary();
  const ledger = openLedger(database);
  const fields = openFieldRegister(database, vocabulary);
  const writer: RuleWriter = {
    database,
    ledger,
    fields,
    fold: fold.tags,
    knowledge: { vocabulary, values: shippedValues() },
    events: shippedEvents(),
    inheritance: openInheritance(database),
    next: { rule: 1, predicate: 1 },
  };
  for (const reader of [contentReader, ...present]) {
    const home = reader === contentReader ? contentFolder : join(folder ?? "", reader.id);
    const commit = reader === contentReader || folder === undefined ? null : commitOf(folder, reader.id);
    reports.push(await writeCorpus({ writer, reader, home, commit, position: reports.length }, options));
  }
  reports.push(...describeEvents(writer, folder, reports.length));
  ledger.write();
  fields.write();
  writePackages(database, fold);
  writeMeta(database, "format", catalogFormat());
  writeMeta(database, "version", packageVersion());
  writeMeta(database, "built_at", new Date().toISOString());
  writeMeta(database, "embedded_only", present.length === 0 ? "1" : "0");
  return reports;
}

/** ATT&CK as the corpora folder has it, or the skeleton that the project ships. */
function readAttack(database: Database, folder: string | undefined, reports: CorpusReport[]): AttackKnowledge {
  const home = folder === undefined ? "" : join(folder, attackReader.id);
  if (folder === undefined || !existsSync(home)) return embeddedAttack();
  const started = performance.now();
  const reading = attackReader.read(home);
  const tally = openTally();
  let attack: AttackKnowledge | null = null;
  for (const item of reading.items) {
    if (item.type === "attack") attack = item.attack;
    else if (item.type === "failure") tally.failed.push(item.failure);
  }
  const report: CorpusReport = {
    id: attackReader.id,
    commit: commitOf(folder, attackReader.id),
    files: reading.files,
    seconds: seconds(started),
    ...tally.result(),
    tied: tiedOf(database, attackReader.id),
  };
  writeCorpusRow(database, attackReader, report, reports.length);
  for (const failure of tally.failed) writeFailure(database, attackReader.id, failure);
  reports.push(report);
  return attack ?? embeddedAttack();
}

/** Writes providers and events with what the upstreams that are there say of them; a report for each of these. */
function describeEvents(
  { database, events, knowledge }: RuleWriter,
  folder: string | undefined,
  position: number,
): readonly CorpusReport[] {
  const started = performance.now();
  const present = folder === undefined ? [] : eventSources.filter((one) => existsSync(join(folder, one.id)));
  const readings = present.map((one) => ({ source: one, reading: one.read(join(folder ?? "", one.id)) }));
  writeEvents(
    database,
    events,
    knowledge.vocabulary,
    readings.map((one) => one.reading),
  );
  return readings.map(({ source, reading }, index) => {
    const tally = openTally();
    tally.failed.push(...reading.failures);
    const report: CorpusReport = {
      id: source.id,
      commit: folder === undefined ? null : commitOf(folder, source.id),
      files: reading.files,
      seconds: index === 0 ? seconds(started) : 0,
      ...tally.result(),
      tied: tiedOf(database, source.id),
    };
    writeCorpusRow(database, source, report, position + index);
    for (const failure of reading.failures) writeFailure(database, source.id, failure);
    return report;
  });
}

interface CorpusWriting {
  readonly writer: RuleWriter;
  readonly reader: CorpusReader;
  readonly home: string;
  readonly commit: string | null;
  readonly position: number;
}

async function writeCorpus(
  { writer, reader, home, commit, position }: CorpusWriting,
  options: BuildOptions,
): Promise<CorpusReport> {
  const started = performance.now();
  const reading = reader.read(home);
  const slugOf = openSlugs();
  const tally = openTally();
  let done = 0;
  for (const item of uniqueRules(reading.items)) {
    if (item.type === "failure") {
      tally.failed.push(item.failure);
      writeFailure(writer.database, reader.id, item.failure);
    } else if (item.type === "rule") {
      const analysed = nameRule(writer.knowledge.vocabulary, analyseRule(item.rule, reading.environment));
      const url = commit === null ? null : reader.fileUrl(commit, item.rule.path);
      const written = writeRule(writer, analysed, slugOf(item.rule.path), url);
      tally.add(analysed, written);
      if (analysed.outcome === "failed") {
        const first = written.diagnostics.find((one) => one.severity === "error");
        if (first !== undefined)
          tally.failed.push({ path: first.path, line: first.line, code: first.code, message: first.message });
      }
    }
    if (++done % stride === 0) {
      options.onProgress?.({ corpus: reader.id, done, total: reading.files });
      await new Promise((resume) => setImmediate(resume));
      options.signal?.throwIfAborted();
    }
  }
  writer.inheritance.write();
  const report: CorpusReport = {
    id: reader.id,
    commit,
    files: reading.files,
    seconds: seconds(started),
    ...tally.result(),
    tied: tiedOf(writer.database, reader.id),
  };
  writeCorpusRow(writer.database, reader, report, position);
  options.onProgress?.({ corpus: reader.id, done: reading.files, total: reading.files });
  return report;
}

function writeCorpusRow(
  database: Database,
  reader: Omit<CorpusReader, "read">,
  report: CorpusReport,
  position: number,
): void {
  database.run(
    "INSERT INTO corpus VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    reader.id,
    position,
    reader.name,
    reader.repository,
    report.commit,
    reader.licence,
    report.files,
    report.rules,
    report.active,
    report.parsed,
    report.queryless,
    report.unread,
    report.failed.length,
    report.nodes,
    report.opaque,
    report.predicates,
    report.mapped,
    JSON.stringify(report.tied),
    report.folded,
  );
}

function writeFailure(database: Database, corpus: string, failure: ReadFailure): void {
  writeDiagnostic(database, corpus, null, { ...failure, column: 1, severity: "error", hint: null });
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 10) / 100;
}
