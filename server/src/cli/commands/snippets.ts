// countersign snippets: what the libraries of a workspace hold, whether they are sound, and what is recorded of them.
import { Option } from 'commander';
import { LOCK_FILE, expand, fragmentPlaces, fromOf, lockState, nextLock, offers, originsIn, valuesAt, type LockEntry, type Offer } from '../../core/snippets';
import { checkSource } from '../check-source';
import { UsageError } from '../io';
import { FAIL_ON, REPORTS, REPORT_FORMATS, fails, makeReport, type FailOn, type ReportFormat } from '../reports';
import { listLibraries, named, placeWords } from '../snippets/entries';
import { outdatedDocuments, updateDocuments, type UpdatedFile } from '../snippets/lock';
import { listWords, lockWords, showWords } from '../snippets/words';
import { printable } from '../terminal/cells';
import { count } from '../terminal/wrap';
import { pathFilter } from '../workspace-folder';
import type { AddCommand, Context } from './command';
import { reportOptions } from './report-options';

interface CheckOptions {
  readonly format: ReportFormat;
  readonly failOn: FailOn;
}

interface FormatOptions {
  readonly format: 'text' | 'json';
}

interface UpdateOptions extends FormatOptions {
  readonly dryRun?: boolean;
  readonly documents?: boolean;
}

const format = (): Option => new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');

export const snippets: AddCommand = (program, run) => {
  const group = program.command('snippets').description('check, list and show the snippet libraries of the workspace, and record their versions')
    .action(() => Promise.reject(new UsageError('name what to do: `snippets check`, `list`, `show`, `lock` or `update`; `countersign snippets --help` says more')));
  group.command('check').argument('[path...]', 'report only what is in these files and folders').description('check the snippets of the libraries, their syntax and what they insert')
    .addOption(new Option('--format <format>', 'how to report').choices(REPORT_FORMATS).default('text'))
    .addOption(new Option('--fail-on <severity>', 'exit with 1 on findings of this severity or worse').choices(FAIL_ON).default('warning'))
    .action(run<CheckOptions>(runCheck));
  group.command('list').argument('[library...]', 'these libraries only').description('list the libraries and what they hold').addOption(format()).action(run<FormatOptions>(runList));
  group.command('show').argument('<name>', 'library/prefix, a prefix, or the name in the file').description('show a snippet as it is inserted').addOption(format()).action(run<FormatOptions>(runShow));
  group.command('lock').description(`record version and content of the libraries that .countersign.yaml names, in ${LOCK_FILE}`).addOption(format()).action(run<FormatOptions>(runLock));
  group.command('update').argument('[library...]', 'these libraries only').description('show what changed since the libraries were recorded, and record what is here')
    .option('--documents', 'also bring documents up to date that were inserted from snippets which have changed').option('--dry-run', 'only show it').addOption(format()).action(run<UpdateOptions>(runUpdate));
};

/** Findings about snippets: all of snippet files and of SnippetLibrary documents, and those of the settings that speak of libraries. */
async function runCheck(context: Context, paths: readonly string[], options: CheckOptions): Promise<number> {
  const { host, io } = context;
  const root = await context.root();
  const within = await pathFilter(host, root, io.cwd, paths);
  const loaded = await context.load();
  const { workspace } = loaded;
  const concerned = (path: string): boolean => {
    const facts = workspace.facts(path);
    return facts?.role === 'snippets' || path.endsWith('.code-snippets') || facts?.role === 'config' || facts?.documents.some(({ kind }) => kind === 'SnippetLibrary') === true;
  };
  const source = checkSource(loaded, (path) => within(path) && concerned(path));
  const findings = [...source.findings].filter(({ path, code, span }) => workspace.facts(path)?.role !== 'config' || code.startsWith('snippet/') || inLibraries(workspace.text(path) ?? '', span.start));
  const report = makeReport({ ...source, findings });
  io.stdout.write(REPORTS[options.format](report, reportOptions(context, root, options.failOn)));
  return report.findings.some((finding) => fails(finding.severity, options.failOn)) ? 1 : 0;
}

/** Whether a place of the settings lies in the block `libraries`, or in that of what is extended, which may name libraries too. */
function inLibraries(text: string, offset: number): boolean {
  const keys = [...text.matchAll(/^([A-Za-z-]+):/gm)].filter(({ index }) => index <= offset);
  return ['libraries', 'extends'].includes(keys.at(-1)?.[1] ?? '');
}

async function runList(context: Context, names: readonly string[], options: FormatOptions): Promise<number> {
  const { workspace } = await context.load();
  const all = listLibraries(workspace);
  const unknown = names.find((name) => !all.some(({ library }) => library === name));
  if (unknown !== undefined) throw new UsageError(`\`${printable(unknown)}\` is no library of this workspace; there are ${all.map(({ library }) => `\`${printable(library)}\``).join(', ')}`);
  const chosen = names.length > 0 ? all.filter(({ library }) => names.includes(library)) : all;
  context.io.stdout.write(options.format === 'json' ? `${JSON.stringify(chosen, null, 2)}\n` : listWords(chosen, context.colour));
  return 0;
}

async function runShow(context: Context, [name = '']: readonly string[], options: FormatOptions): Promise<number> {
  const { workspace } = await context.load();
  const found = named(offers(workspace.ask()), name);
  if (found.length === 0) throw new UsageError(`there is no snippet \`${printable(name)}\` here; \`countersign snippets list\` names them all`);
  const places = fragmentPlaces();
  const homes = found.map(({ snippet }) => placeWords(snippet, places, workspace.now));
  context.io.stdout.write(options.format === 'json' ? `${JSON.stringify(found.map((offer, index) => shown(offer, homes[index] ?? null, workspace.now)), null, 2)}\n` : showWords(found, homes, workspace.now, context.colour));
  return 0;
}

const shown = ({ snippet, prefix, library, path }: Offer, place: string | null, now: number): unknown => ({
  library: library?.name ?? null, version: library?.version ?? null, owner: library?.owner ?? null, from: library ? (library.path === null ? 'shipped' : fromOf(library)) : null, file: path,
  prefix, prefixes: snippet.prefixes.map(({ text }) => text), name: snippet.name, description: snippet.description, place, body: snippet.body, expanded: expand(snippet.parsed.parts, valuesAt(now)).text,
});

async function runLock(context: Context, _: readonly string[], options: FormatOptions): Promise<number> {
  const { workspace } = await context.load();
  const state = lockState(workspace.ask());
  const missing = state.entries.filter(({ status }) => status === 'missing');
  const kept = state.entries.filter(({ status }) => status === 'tampered');
  await context.host.write(await context.root(), LOCK_FILE, nextLock(state, (entry) => entry.status !== 'tampered', originsIn(workspace)));
  const closing = kept.length > 0
    ? `${kept.map(({ library }) => `\`${printable(library)}\``).join(', ')} changed without a new version and stays recorded as it was. Look at it with \`countersign snippets update --dry-run\`; \`countersign snippets update\` records it.`
    : missing.length > 0 ? `${missing.map(({ library }) => `\`${printable(library)}\``).join(', ')} is named and not here, so it stays recorded as it was. Install the package, fetch the submodule (\`git submodule update --init\`), or name its folder with \`--folder\`.`
    : state.here.length === 0 ? 'The settings name no library that is here, so nothing is recorded.' : `Recorded in ${LOCK_FILE}. Commit it.`;
  write(context, options, true, state.entries, [], closing);
  return kept.length + missing.length > 0 ? 1 : 0;
}

async function runUpdate(context: Context, names: readonly string[], options: UpdateOptions): Promise<number> {
  const { workspace } = await context.load();
  const state = lockState(workspace.ask());
  const unknown = names.find((name) => !state.entries.some(({ library }) => library === name));
  if (unknown !== undefined) throw new UsageError(`\`${printable(unknown)}\` is no library that .countersign.yaml names and that is here${state.entries.length > 0 ? `; there are ${state.entries.map(({ library }) => `\`${printable(library)}\``).join(', ')}` : ''}`);
  const concerned = state.entries.filter(({ library }) => names.length === 0 || names.includes(library));
  const documents = outdatedDocuments(workspace);
  const files = options.documents ? updateDocuments(workspace, (library) => names.length === 0 || names.includes(library)) : [];
  const changed = concerned.filter(({ status }) => status !== 'same' && status !== 'missing');
  const written = options.dryRun !== true && (changed.length > 0 || state.broken);
  if (written) await context.host.write(await context.root(), LOCK_FILE, nextLock(state, (entry) => concerned.includes(entry), originsIn(workspace)));
  if (!options.dryRun) for (const { file, after } of files) await context.host.write(await context.root(), file, after);
  write(context, options, written, concerned, documents, closingOf(concerned, changed, documents.filter(({ gone }) => !gone).length, files, options), files);
  return options.dryRun && changed.length + files.length > 0 ? 1 : 0;
}

/** What was done, and what can be done next. */
function closingOf(concerned: readonly LockEntry[], changed: readonly LockEntry[], outdated: number, files: readonly UpdatedFile[], { dryRun, documents }: UpdateOptions): string {
  const libraries = changed.length === 0 ? (concerned.some(({ status }) => status === 'missing') ? 'Every library that is here is as it was recorded.' : 'Every library is as it was recorded.')
    : dryRun ? `${changed.length} of ${concerned.length} would be recorded: \`countersign snippets update\` does it.` : `Recorded in ${LOCK_FILE}. Commit it.`;
  const kept = files.reduce((sum, { conflicts }) => sum + conflicts, 0);
  const words = files.length > 0 ? `${count(files.length, 'file')} ${dryRun ? 'would be' : files.length === 1 ? 'was' : 'were'} brought up to date${kept > 0 ? `; ${count(kept, 'place')} that both sides changed ${dryRun ? 'would stay' : 'stayed'} as written` : ''}.`
    : documents && outdated > 0 ? 'What these documents were inserted from is not recorded: compare them by hand, or in the editor (*What Changed in Snippet Libraries*).'
    : outdated > 0 ? '`countersign snippets update --documents` brings the documents up to date; with `--dry-run` it shows how.' : '';
  return [libraries, words].filter(Boolean).join('\n');
}

function write(context: Context, options: FormatOptions, written: boolean, entries: readonly LockEntry[], documents: ReturnType<typeof outdatedDocuments>, closing: string, files: readonly UpdatedFile[] = []): void {
  context.io.stdout.write(options.format === 'json' ? `${JSON.stringify({ written, file: LOCK_FILE, libraries: entries, documents, updated: files }, null, 2)}\n` : lockWords(entries, documents, files, closing, context.colour));
}
