// Real files, where they are at hand: nothing is misread, nothing throws, every span lies inside the text.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readForeign, type ForeignFile } from '../../../server/src/core/formats';
import { lintAll, workspaceOf } from '../../harness/workspace';

const corpus = path.resolve('../shared/corpus');
/** How many files of each kind are taken for what, and how often each finding is given: counts, no contents. */
const summary = path.resolve('test/core/formats/corpus-summary.json');

type Counts = { [group: string]: { [name: string]: number } };

function count(counts: Counts, group: string, name: string): void {
  const inner = (counts[group] ??= {});
  inner[name] = (inner[name] ?? 0) + 1;
}

const sorted = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, inner]) => [group, Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))]));

interface Real {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

function realFiles(): Real[] {
  return readFileSync(path.join(corpus, 'index.tsv'), 'utf8').split('\n').slice(1).filter((line) => line.includes('\t')).map((line) => {
    const [kind = '', repository = '', name = ''] = line.split('\t');
    return { kind, name, text: readFileSync(path.join(corpus, kind, repository.replace('/', '__'), name), 'utf8') };
  });
}

function spans(file: ForeignFile): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const visit = (value: unknown): void => {
    if (value instanceof Map) for (const item of value.values()) visit(item);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      if ('start' in value && 'end' in value) found.push({ start: Number(value.start), end: Number(value.end) });
      Object.values(value).forEach(visit);
    }
  };
  visit(file);
  return found;
}

function check(name: string, text: string): void {
  const file = readForeign(name, text);
  if (!file) return;
  for (const { start, end } of spans(file)) assert.ok(0 <= start && start <= end && end <= text.length, `${name}: ${start}..${end} of ${text.length}`);
}

/** A small generator, so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

describe('real files', function () {
  before(function () {
    if (!existsSync(path.join(corpus, 'index.tsv'))) this.skip();
  });

  it('are taken for what they are, and give findings that were each looked at', () => {
    const formats: Counts = {};
    const findings: Counts = {};
    for (const { kind, name, text } of realFiles()) {
      const file = readForeign(name, text);
      count(formats, kind, file?.format ?? 'left alone');
      for (const { code } of file?.problems ?? []) count(findings, file?.format ?? '', code);
    }
    const found = { formats: sorted(formats), findings: sorted(findings) };
    if (process.env.UPDATE) writeFileSync(summary, `${JSON.stringify(found, null, 2)}\n`);
    assert.deepEqual(found, JSON.parse(readFileSync(summary, 'utf8')), 'read what is new, then UPDATE=1');
  });

  // TRIES=50 for as many of each, SEED=7 for others
  it('are read at every size and with bytes that do not belong', () => {
    const tries = Number(process.env.TRIES ?? 12);
    for (const { name, text } of realFiles()) {
      check(name, text);
      const next = numbers(text.length + Number(process.env.SEED ?? 0));
      for (const spoilt of spoiltTexts(text, tries, next)) check(name, spoilt);
    }
  });

  it('are checked by every rule, whole and spoilt, and each finding has a place', () => {
    for (const { name, text } of realFiles()) {
      const next = numbers(text.length + 1 + Number(process.env.SEED ?? 0));
      for (const given of [text, ...spoiltTexts(text, 1, next)]) {
        for (const { code, span, message } of lintAll(workspaceOf(new Map([[name, given]])))) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= given.length, `${name}: ${code} ${span.start}..${span.end} of ${given.length}`);
          assert.notEqual(code, 'internal/fault', `${name}: ${message}`);
          // a finding is about a place of the file, not about all of it
          if (given === text) assert.ok(span.end - span.start < text.length / 2 || span.end - span.start < 400, `${name}: ${code} marks ${span.end - span.start} of ${text.length}`);
        }
      }
    }
  });
});

/** Cut off somewhere, and with something else put in. */
function* spoiltTexts(text: string, tries: number, next: (below: number) => number): Generator<string> {
  for (let i = 0; i < tries; i++) yield text.slice(0, next(text.length + 1));
  for (let i = 0; i < tries; i++) {
    const at = next(text.length + 1);
    const noise = Array.from({ length: 1 + next(6) }, () => String.fromCharCode(next(3) === 0 ? next(65_536) : next(128))).join('');
    yield text.slice(0, at) + noise + text.slice(at + next(4));
  }
}
