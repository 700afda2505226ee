// Reading entry by entry gives what reading whole gives, and what was kept from an earlier text changes nothing.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Composer, Parser } from 'yaml';
import { ParseMemo, parseYaml, plainValue } from '../../../server/src/core/yaml';
import { composeThoroughly } from '../../../server/src/core/yaml/compose';
import { composeFaulty } from '../../../server/src/core/yaml/blocks';

const pad = (n: number): string => ' '.repeat(n);

/** Valid block documents: nested maps and lists in every indentation style, all scalar styles, flow over several lines, comments, blank lines. */
function blockText(seed: number): string {
  let state = seed >>> 0 || 1;
  const random = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const scalar = (indent: number): string => {
    switch (random(12)) {
      case 0: return '"text: # \\" [ \\u00e9"';
      case 1: return "'it''s'";
      case 2: return `|\n${pad(indent + 2)}one: two\n${pad(indent + 2)}- three\n\n${pad(indent + 3)}# four`;
      case 3: return `>-\n${pad(indent + 2)}folded text\n${pad(indent + 2)}key: not a key`;
      case 4: return `[a, b, {c: d}]`;
      case 5: return `{\n${pad(indent + 2)}a: 1, b: [x,\n${pad(indent + 4)}y]\n${pad(indent)}}`;
      case 6: return `[\n${pad(indent + 2)}one,\n${pad(indent + 2)}two\n${pad(indent)}]`;
      case 7: return `plain text\n${pad(indent + 2)}that goes on`;
      case 8: return `"quoted\n${pad(indent + 2)}over lines"`;
      case 9: return '😀 emoji';
      case 10: return '';
      default: return ['true', '12', 'x', '~', '2026-01-01', 'a && b > 1'][random(6)] ?? 'x';
    }
  };
  const out: string[] = [];
  const noise = (indent: number): void => {
    if (random(6) === 0) out.push(`${pad(random(2) ? indent : 0)}# comment: ${random(9)}`);
    if (random(8) === 0) out.push('');
  };
  const map = (indent: number, depth: number, head: string): void => {
    const size = 1 + random(depth === 0 ? 12 : 5);
    for (let i = 0; i < size; i++) {
      noise(indent);
      const lead = i === 0 && head !== '' ? head : pad(indent);
      const n = random(4) === 0 ? '' : String(i);
      const key = [`key${n}`, `when${n}`, `"quoted${n}"`, `x-y${n}`, `'k k${n}'`][random(5)];
      if (depth < 4 && random(3) === 0) {
        out.push(`${lead}${key}:${random(5) === 0 ? ' # why' : ''}`);
        if (random(2)) map(indent + 1 + random(4), depth + 1, '');
        else seq(indent + (random(2) ? 0 : 2), depth + 1);
      } else out.push(`${lead}${key}: ${scalar(indent)}`.trimEnd());
    }
  };
  const seq = (indent: number, depth: number): void => {
    const size = 1 + random(6);
    for (let i = 0; i < size; i++) {
      noise(indent);
      if (depth < 4 && random(2)) map(indent + 2, depth + 1, `${pad(indent)}- `);
      else out.push(`${pad(indent)}- ${scalar(indent)}`.trimEnd());
    }
  };
  if (random(4) === 0) out.push('# head');
  while (out.length < 60 + random(80)) map(0, 0, '');
  return out.join(random(5) === 0 ? '\r\n' : '\n') + (random(2) ? '\n' : '');
}

describe('entry by entry', () => {
  it('reads valid documents as the whole is read', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const text = blockText(seed);
        const whole = composeThoroughly(text);
        if (whole.problems.length > 0) return;
        compared++;
        const [document] = parseYaml(text).documents;
        assert.deepEqual(document?.root, whole.root);
        assert.deepEqual(document?.problems.filter((p) => p.code !== 'duplicate-key'), []);
        assert.deepEqual(document?.comments, whole.comments);
      }),
      { numRuns: 300 },
    );
    assert.ok(compared > 200, `${compared} valid documents`);
  });

  it('reads valid documents the same way when it expects faults', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const text = blockText(seed);
        const whole = composeThoroughly(text);
        if (whole.problems.length > 0) return;
        const piece = composeFaulty(text, 0, text.length);
        assert.deepEqual(piece?.root, whole.root);
        assert.deepEqual(piece?.problems, []);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same with and without what was kept', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom('', 'x', '\n', '  ', '"', '[', '}', ': ', '- ', '#', '&a', '*a', '\nkey: 1\n', '---\n')), { maxLength: 8 }), (seed, edits) => {
        let text = blockText(seed);
        const memo = new ParseMemo();
        parseYaml(text, 0, memo);
        for (const [at, length, insert] of edits) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + insert + text.slice(start + length);
          assert.deepEqual(parseYaml(text, 0, memo), parseYaml(text));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('keeps the sound entries around a fault', () => {
    const rules = Array.from({ length: 30 }, (_, i) => `    - id: r${i}\n      effect: allow\n      when: a > ${i}\n`);
    rules[7] = '    - id: "r7\n      effect: allow\n      when: [a\n';
    const text = `kind: Policy\nspec:\n  rules:\n${rules.join('')}`;
    const [document] = parseYaml(text).documents;
    assert.ok((document?.problems.length ?? 0) > 0);
    assert.ok(document?.problems.every((p) => p.span.start >= text.indexOf('"r7') && p.span.start <= text.indexOf('- id: r8')));
    assert.equal(JSON.stringify(document?.root).match(/"text":"r\d+"/g)?.length, 30);
  });

  it('finds the documents that the library finds', () => {
    const part = fc.constantFrom('---\n', '--- # c\n', '--- a\n', '...\n', 'a: 1\n', '# c\n', '\n', '- x\n', '%YAML 1.2\n', '--- |\n', ' text\n', '---a\n');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        const theirs = [...new Composer({ version: '1.2' }).compose(new Parser().parse(text), true, text.length)];
        if (theirs.some((d) => d.errors.length > 0)) return;
        // an empty document has no content in either reading, however it is spelt
        const theirContents = theirs.map((d) => JSON.stringify(d.toJS())).filter((c) => c !== 'null');
        const ours = parseYaml(text).documents.map((d) => JSON.stringify(plainValue(d.root))).filter((c) => c !== 'null');
        assert.deepEqual(ours, theirContents, JSON.stringify(text));
      }),
      { numRuns: 1000 },
    );
  });
});
