// Cases of the contract of the command line, as text, each from a sentence of the documentation. UPDATE=1 writes what `check` found, and nothing else: read it.
//
//     === what it shows
//     #- agents/a.agent.yaml        a file; ` crlf` and ` bom` after the path change how it is written, ` unread` one that cannot be read; `../base/x` stands beside the workspace
//     ...its text
//                                   ` both` that it stands in `../base`, too
//     #= TITLE                      the files of that case, written above, beside these
//     #$                            from here on, what is done with these files:
//     check PATH --fail-on never    runs `check --format json`; below, all findings there must be: `FILE:LINE:COLUMN code severity a part of the message`
//     only schema/ reference/       findings of other families do not count (until the end of the case); `without` is the contrary
//     = 2                           the exit code (else: 0, or for `check` what the findings give)
//     $ can --agent a --format json any other command; below, YAML that the JSON printed must hold (objects in part, lists whole), or lines
//     out: text                     that stdout contains; `err: text` that the one line on stderr contains; `no: text` that stdout does not contain
//     replay --world open           runs `diff --base ../base --format json`; every key must be there, and every witness be decided as said on both sides; below, all
//                                   regions, in part: `CHANGE WHERE`
//     < text                        a line of standard input
//     file: path: text              a part of what a file holds afterwards
//     ? {request} => {decision}     runs `simulate --request -`, both in flow YAML
//     edit PATH: old => new         changes a file, for the steps that follow
//     ! {request} => text           a bad request: exit code 2, and the text on stderr
//
// A case that has no `.countersign.yaml` gets one that switches the shipped Standards off.
import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Host } from '../../server/src/cli';
import { memoryHost, ROOT, run } from '../cli/memory-host';

export interface ContractCase {
  readonly title: string;
  readonly files: Parameters<typeof memoryHost>[0];
  readonly steps: readonly Step[];
}

interface Step {
  readonly line: string;
  readonly below: readonly string[];
  /** what a `check` found, where UPDATE asks for it */
  found?: readonly string[];
}

interface Finding {
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

interface Filter {
  only: readonly string[];
  without: readonly string[];
}

const SETTINGS = 'standards: { baseline: off, production-readiness: off }\n';
const UNREAD = { reason: 'binary', why: 'it is not text' } as const;
const STEP = /^(?:check\b|replay\b|\$ |\? |! |only |without |edit )/;
const CHANGE = /^(?:widened|narrowed|approval-changed|obligations-changed|unknown) /;
const FINDING = /^(\S+):(\d+):(\d+) (\S+) (error|warning|information|hint)(?: (.*))?$/;

/** The cases of a file. */
export function contractCases(text: string): ContractCase[] {
  const known = new Map<string, ContractCase['files']>();
  return text.split(/^=== /m).slice(1).map((chunk) => {
    const [title = '', ...lines] = chunk.split('\n');
    const end = lines.indexOf('#$');
    assert.ok(end >= 0, `${title}: a line #$ is missing`);
    const files = { ...lines.slice(0, end).flatMap((line) => (line.startsWith('#= ') ? [known.get(line.slice(3))] : [])).at(-1), ...filesOf(lines.slice(0, end)) };
    known.set(title, files);
    const steps: { line: string; below: string[] }[] = [];
    for (const line of lines.slice(end + 1)) {
      if (line.trim() === '' || line.startsWith('//')) continue;
      if (STEP.test(line)) steps.push({ line, below: [] });
      else steps.at(-1)?.below.push(line);
    }
    return { title, files: Object.hasOwn(files, '.countersign.yaml') ? files : { ...files, '.countersign.yaml': SETTINGS, '../base/.countersign.yaml': SETTINGS }, steps };
  });
}

function filesOf(lines: readonly string[]): Record<string, string | typeof UNREAD> {
  const files: Record<string, string | typeof UNREAD> = {};
  let path = '';
  let flags: readonly string[] = [];
  let text: string[] = [];
  const flush = (): void => {
    if (path && flags.includes('unread')) files[path] = UNREAD;
    else if (path) for (const where of flags.includes('both') ? [path, `../base/${path}`] : [path]) files[where] = (flags.includes('bom') ? '\uFEFF' : '') + text.map((line) => `${line}${flags.includes('crlf') ? '\r\n' : '\n'}`).join('');
  };
  for (const line of lines) {
    if (line.startsWith('#- ')) {
      flush();
      [path = '', ...flags] = line.slice(3).split(' ');
      text = [];
    } else if (!line.startsWith('#= ')) text.push(line);
  }
  flush();
  return files;
}

/** The text of a case file with what its checks found. */
export function updated(text: string, cases: readonly ContractCase[]): string {
  const steps = cases.flatMap((one) => one.steps);
  const lines: string[] = [];
  let inside = false;
  let old = false;
  for (const line of text.split('\n')) {
    if (line === '#$' || line.startsWith('=== ')) inside = line === '#$';
    old &&= inside && (FINDING.test(line) || CHANGE.test(line));
    if (old) continue;
    lines.push(line);
    if (!inside || !STEP.test(line)) continue;
    const found = steps.shift()?.found;
    lines.push(...(found ?? []));
    old = found !== undefined;
  }
  return lines.join('\n');
}

/** Does what a case says and throws where it does not hold. */
export async function holds(given: ContractCase): Promise<void> {
  const filter: Filter = { only: [], without: [] };
  const host = memoryHost(given.files, '');
  for (const step of given.steps) {
    if (step.line.startsWith('only ')) filter.only = step.line.slice(5).split(' ');
    else if (step.line.startsWith('without ')) filter.without = step.line.slice(8).split(' ');
    else if (step.line.startsWith('check')) await checkStep(host, step, filter);
    else if (step.line.startsWith('replay')) await replayStep(host, step);
    else if (step.line.startsWith('edit ')) await editStep(host, step.line);
    else if (step.line.startsWith('$ ')) await commandStep(host, step);
    else await requestStep(host, step);
  }
}

async function checkStep(host: Host, step: Step, filter: Filter): Promise<void> {
  const { code, out, err } = await run([...words(step.line), '--format', 'json'], host);
  assert.notEqual(out, '', err);
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  const kept = findings.filter((one) => (filter.only.length === 0 || filter.only.some((start) => one.code.startsWith(start))) && !filter.without.some((start) => one.code.startsWith(start)));
  const wanted = step.below.filter((line) => !line.startsWith('= '));
  const found = kept.map((one, index) => {
    const head = `${one.file}:${one.range.start.line}:${one.range.start.character} ${one.code} ${one.severity}`;
    const [, , , , , , part = ''] = FINDING.exec(wanted[index] ?? '') ?? [];
    return part !== '' && one.message.includes(part) ? `${head} ${part}` : part === '' && (wanted[index] ?? '') === head ? head : `${head} ${one.message}`;
  });
  if (process.env.UPDATE) step.found = found.map((line, index) => (line === wanted[index] ? line : (/^(?:\S+ ){2}\S+/.exec(line)?.[0] ?? line)));
  else assert.deepEqual(found, wanted, step.line);
  const exit = step.below.find((line) => line.startsWith('= '));
  if (exit) assert.equal(code, Number(exit.slice(2)), `exit code of ${step.line}`);
  else if (!/--fail-on/.test(step.line)) assert.equal(code, findings.some((one) => one.severity === 'error') ? 1 : 0, `exit code of ${step.line}`);
}

async function commandStep(host: Host, step: Step): Promise<void> {
  const input = step.below.filter((line) => line.startsWith('< ')).map((line) => `${line.slice(2)}\n`).join('');
  const { code, out, err } = await run(words(step.line.slice(2)), withInput(host, input));
  const exit = Number(step.below.find((line) => line.startsWith('= '))?.slice(2) ?? 0);
  assert.equal(code, exit, `exit code of ${step.line}\n${err}${out.slice(0, 2000)}`);
  if (exit === 2 && out === '') assert.match(err, /^[^\n]+\n$/, `one line on stderr: ${err}`);
  const yaml: string[] = [];
  for (const line of step.below) {
    const [, word = '', rest = ''] = /^(out|no|err|file): (.*)$/.exec(line) ?? [];
    if (word === 'out') assert.ok(out.includes(rest), `stdout of ${step.line} lacks ${rest}:\n${out}`);
    else if (word === 'no') assert.ok(!out.includes(rest), `stdout of ${step.line} has ${rest}:\n${out}`);
    else if (word === 'err') assert.ok(err.includes(rest), `stderr of ${step.line} lacks ${rest}: ${err}`);
    else if (word === 'file') await fileHolds(host, rest);
    else if (!line.startsWith('< ') && !line.startsWith('= ')) yaml.push(line);
  }
  if (yaml.length > 0) within(jsonOf(out, step.line), parse(yaml.join('\n')), step.line);
}

const REGION_KEYS = ['change', 'where', 'region', 'before', 'after', 'witness', 'rules', 'agents', 'owners', 'opaque'];

interface Replayed {
  readonly change: string;
  readonly where: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly witness: unknown;
}

/** Every witness is asked again, of both folders, and decided as the difference says. */
async function replayStep(host: Host, step: Step): Promise<void> {
  const options = words(step.line).slice(1);
  const { code, out, err } = await run(['diff', '--base', '../base', '--format', 'json', ...options], host);
  assert.notEqual(out, '', err);
  const found = JSON.parse(out) as { readonly verdict: string; readonly proved: boolean; readonly world: string; readonly assumptions: readonly string[]; readonly regions: readonly Replayed[] };
  for (const key of ['verdict', 'proved', 'world', 'assumptions', 'regions']) assert.ok(Object.hasOwn(found, key), key);
  const taken = [...options.flatMap((word, index) => (word === '--at' ? ['--at', options[index + 1] ?? ''] : [])), ...(found.world === 'open' ? ['--assume'] : [])];
  for (const region of found.regions) {
    for (const key of REGION_KEYS) assert.ok(Object.hasOwn(region, key), key);
    assert.equal(region.witness === null, region.change === 'unknown', region.where);
    if (region.witness === null) continue;
    for (const [side, workspace] of [['before', '../base'], ['after', '.']] as const) {
      const asked = await run(['simulate', '--workspace', workspace, '--format', 'json', '--request', '-', ...taken], withInput(host, JSON.stringify(region.witness)));
      assert.equal(asked.code, 0, `${region.where} ${side}: ${asked.err}`);
      assert.equal(decisionKey(JSON.parse(asked.out)), decisionKey(region[side]), `${region.where} ${side}, witness ${JSON.stringify(region.witness)}`);
    }
  }
  const lines = step.below.filter((line) => !line.startsWith('= ') && !line.startsWith('verdict '));
  const told = found.regions.map(({ change, where }) => `${change} ${where}`);
  if (process.env.UPDATE) step.found = told;
  else assert.deepEqual(told, lines, step.line);
  const exit = step.below.find((line) => line.startsWith('= '));
  assert.equal(code, Number(exit?.slice(2) ?? 0), `exit code of ${step.line}\n${err}`);
  assert.equal(found.verdict, step.below.find((line) => line.startsWith('verdict '))?.slice(8) ?? (found.regions.length > 0 ? 'changed' : 'equal'));
}

/** Decisions are equal when the effect, the set of approvals and the set of obligations are. */
function decisionKey(value: unknown): string {
  const { effect, approvals, obligations } = value as { effect: string; approvals: { from: string[]; count: number; within?: string | null; distinct?: boolean }[]; obligations: unknown[] };
  return JSON.stringify([effect, approvals.map((one) => JSON.stringify([[...one.from].sort(), one.count, one.within ?? null, one.distinct ?? false])).sort(), obligations.map((one) => JSON.stringify(one)).sort()]);
}

async function editStep(host: Host, line: string): Promise<void> {
  const [, path = '', old = '', text = ''] = /^edit (\S+): (.*) => (.*)$/.exec(line) ?? [];
  const read = await host.read(ROOT, path);
  assert.ok('text' in read && read.text.includes(old), line);
  await host.write(ROOT, path, read.text.replace(old, () => text));
}

async function fileHolds(host: Host, rest: string): Promise<void> {
  const at = rest.indexOf(': ');
  const read = await host.read(ROOT, rest.slice(0, at));
  assert.ok('text' in read && read.text.includes(rest.slice(at + 2)), `${rest}\n${'text' in read ? read.text : ''}`);
}

/** One value, or the lines of JSON Lines as a list. */
function jsonOf(out: string, what: string): unknown {
  try {
    return JSON.parse(out);
  } catch {
    try {
      return out.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
    } catch {
      return assert.fail(`${what} prints no JSON: ${out.slice(0, 500)}`);
    }
  }
}

async function requestStep(host: Host, { line }: Step): Promise<void> {
  const at = line.indexOf(' => ');
  const input = JSON.stringify(parse(line.slice(2, at)));
  const wanted = line.slice(at + 4);
  const { code, out, err } = await run(['simulate', '--format', 'json', '--request', '-'], withInput(host, input));
  if (line.startsWith('! ')) {
    assert.equal(code, 2, `${line}\n${out.slice(0, 400)}`);
    assert.match(err, /^[^\n]+\n$/);
    assert.ok(err.includes(wanted), `${line}: ${err}`);
  } else {
    assert.equal(code, 0, `${line}: ${err}`);
    within(JSON.parse(out), parse(wanted), line);
  }
}

const withInput = (host: Host, input: string): Host => ({ ...host, async *input(file) {
  if (file === null) yield input;
  else yield* host.input(file);
} });

/** Every part of `wanted` must be in `found`: objects in part, lists whole; the text `*` is anything. */
function within(found: unknown, wanted: unknown, what: string): void {
  const differs = difference(found, wanted, '');
  if (differs !== null) assert.fail(`${what}\n${differs}\nin ${JSON.stringify(found).slice(0, 700)}`);
}

function difference(found: unknown, wanted: unknown, at: string): string | null {
  if (wanted === '*' && found !== undefined) return null;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found) || found.length !== wanted.length) return `${at}: ${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`;
    for (const [index, one] of wanted.entries()) {
      const differs = difference(found[index], one, `${at}/${index}`);
      if (differs !== null) return differs;
    }
    return null;
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return `${at}: ${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`;
    for (const [key, one] of Object.entries(wanted)) {
      const differs = difference((found as Record<string, unknown>)[key], one, `${at}/${key}`);
      if (differs !== null) return differs;
    }
    return null;
  }
  return Object.is(found, wanted) ? null : `${at}: ${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`;
}

/** Splits a command at blanks; quotes hold together. */
export function words(command: string): string[] {
  return [...command.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single: string | undefined, double: string | undefined) => single ?? double ?? ''));
}
