// Laws of renaming: no finding comes or goes, there and back again is where it began, and an index of thousands of agents answers at once.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NameKind } from '../../server/src/core/documents';
import { createLinter } from '../../server/src/core/lint';
import type { Workspace } from '../../server/src/core/workspace';
import { ide, type Renaming } from '../../server/src/ide';
import { applied, fresh } from './rename-harness';
import { acmeFiles } from './workspace';

const KINDS: readonly NameKind[] = [
  'team', 'oncall', 'person', 'role', 'environment', 'region', 'server', 'tool', 'data', 'model', 'channel', 'system', 'queue', 'integration', 'agent', 'policy', 'rule', 'variable', 'standard', 'requirement',
];

/** Findings by file and code; the names in their texts are others now. */
function findingsOf(linter: ReturnType<typeof createLinter>, workspace: Workspace, moved: ReadonlyMap<string, string> = new Map()): string[] {
  return workspace.paths().flatMap((path) => linter.get(path).filter(({ code }) => code !== 'approval/stale-digest').map(({ code, severity }) => `${moved.get(path) ?? path} ${code.replace(/^standard\/.*/, 'standard')} ${severity}`)).sort();
}

function renamed(workspace: Workspace, path: string, offset: number, name: string): Renaming {
  const result = ide.rename?.(workspace, path, offset, name);
  assert.ok(result && typeof result !== 'string', `${String(result)} (${path} ${offset} → ${name})`);
  return result;
}

const LOCAL: ReadonlySet<NameKind> = new Set<NameKind>(['rule', 'requirement', 'variable', 'tool']);
const localOf = (kind: NameKind, name: string): string => (LOCAL.has(kind) ? name.slice(name.indexOf('/') + 1) : name);
/** What patterns that end in `*` go on to match. */
const newName = (kind: NameKind, name: string): string => `${localOf(kind, name)}${kind === 'variable' ? '_zz' : '-zz'}`;

/** A name's place, given as where its own part begins. */
const placeOf = (workspace: Workspace, kind: NameKind, name: string): { path: string; offset: number } => {
  const declared = workspace.find(kind, name).find((d) => d.ours) ?? workspace.find(kind, name)[0];
  assert.ok(declared);
  return { path: declared.path, offset: kind === 'tool' ? declared.nameSpan.end : declared.nameSpan.start };
};

describe('ide rename, laws', () => {
  const files = new Map(acmeFiles().filter(([path]) => !path.startsWith('faults/')));
  const acme = fresh([...files]);
  const linter = createLinter(acme);
  let found: readonly string[] = [];
  const take = (texts: readonly (readonly [string, string])[]): void => {
    const now = new Map(texts);
    acme.applyChange({ files: [...texts, ...acme.paths().filter((path) => !now.has(path)).map((path): [string, null] => [path, null])] });
  };

  function holds(kind: NameKind, name: string): void {
    const { path, offset } = placeOf(acme, kind, name);
    const target = newName(kind, name);
    const result = renamed(acme, path, offset, target);
    // where a pattern matches the old name alone, what becomes of it is the user's to say
    fc.pre(result.choices.length === 0);
    take(applied(acme, result));
    // a name in a snippet is left as it is, which the result says, and the snippet then names what is not there
    assert.deepEqual(findingsOf(linter, acme, new Map(result.moves.map(({ from, to }) => [to, from]))).filter((one) => !one.includes(' snippet/invalid ')), found, `${kind} ${name}`);
    const whole = [...acme.names(kind).keys()].find((one) => one === target || one.endsWith(`/${target}`));
    assert.ok(whole !== undefined, `${kind} ${name} has its new name`);
    const there = placeOf(acme, kind, whole);
    take(applied(acme, renamed(acme, there.path, there.offset, localOf(kind, name))));
    for (const one of acme.paths()) assert.equal(acme.text(one), files.get(one), `${kind} ${name}: there and back again in ${one}`);
  }

  before(() => void (found = findingsOf(linter, acme)));
  const named = KINDS.map((kind) => [kind, [...acme.names(kind).keys()].filter((name) => !name.includes('*') && acme.find(kind, name).some((d) => d.ours) && !name.startsWith('vscode'))] as const).filter(([, names]) => names.length > 0);

  for (const [kind, names] of named) {
    it(`a ${kind} of the example workspace keeps its findings, and comes back`, () => {
      fc.assert(fc.property(fc.constantFrom(...names), (name) => {
        try {
          holds(kind, name);
        } finally {
          take([...files]);
        }
      }), { numRuns: process.env.ALL ? 60 : 2 });
    }).timeout(600_000);
  }
});
