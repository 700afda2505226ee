// Real files, where they are at hand: nothing is misread, nothing throws, every span lies inside the text.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readForeign, recogniseFile, type ForeignFile } from '../../../server/src/core/formats';

const corpus = path.resolve('../shared/corpus');

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

  it('are taken for what they are', () => {
    const wrong: string[] = [];
    for (const { kind, name, text } of realFiles()) {
      const left = name.endsWith('.well-known/mcp.json') || name.endsWith('.test-client-invalid/mcp.json') || name.endsWith('vs_code_settings_file_without_mcp.json');
      const mcp = (kind === 'mcp-json' || kind === 'snyk-mcp-configs') && !left;
      const expected = name.endsWith('.agent.md') ? 'vscode-agent' : mcp ? 'mcp' : kind === 'codeowners' ? kind : null;
      const format = recogniseFile(name, text)?.id ?? null;
      if (format !== expected) wrong.push(`${kind} ${name}: ${String(format)}, not ${String(expected)}`);
    }
    assert.deepEqual(wrong, []);
  });

  it('give findings that were each looked at', () => {
    const counts: Record<string, number> = {};
    for (const { name, text } of realFiles()) for (const { code } of readForeign(name, text)?.problems ?? []) counts[code] = (counts[code] ?? 0) + 1;
    assert.deepEqual(counts, { 'format/mcp/undeclared-input': 1, 'format/mcp/unpinned-package': 15 });
  });

  it('are read at every size and with bytes that do not belong', () => {
    for (const { name, text } of realFiles()) {
      check(name, text);
      const next = numbers(text.length);
      for (let i = 0; i < 12; i++) check(name, text.slice(0, next(text.length + 1)));
      for (let i = 0; i < 12; i++) {
        const at = next(text.length + 1);
        const noise = Array.from({ length: 1 + next(6) }, () => String.fromCharCode(next(3) === 0 ? next(65_536) : next(128))).join('');
        check(name, text.slice(0, at) + noise + text.slice(at + next(4)));
      }
    }
  });
});
