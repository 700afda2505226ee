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
function findingsOf(workspace: Workspace, moved: ReadonlyMap<string, string> = new Map()): string[] {
  const linter = createLinter(workspace);
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

function holds(files: readonly (readonly [string, string])[], kind: NameKind, name: string): void {
  const before = fresh(files);
  const { path, offset } = placeOf(before, kind, name);
  const target = newName(kind, name);
  const result = renamed(before, path, offset, target);
  // where a pattern matches the old name alone, what becomes of it is the user's to say
  fc.pre(result.choices.length === 0);
  const moved = new Map(result.moves.map(({ from, to }) => [to, from]));
  const after = fresh(applied(before, result));
  assert.deepEqual(findingsOf(after, moved), findingsOf(before), `${kind} ${name}`);
  const whole = [...after.names(kind).keys()].find((one) => one === target || one.endsWith(`/${target}`));
  assert.ok(whole !== undefined, `${kind} ${name} has its new name`);
  const there = placeOf(after, kind, whole);
  const back = renamed(after, there.path, there.offset, localOf(kind, name));
  assert.deepEqual(new Map(applied(after, back)), new Map(files.filter(([one]) => before.paths().includes(one))), `${kind} ${name}: there and back again`);
}

describe('ide rename, laws', () => {
  const files = acmeFiles().filter(([path]) => !path.startsWith('faults/'));
  const acme = fresh(files);
  const named = KINDS.map((kind) => [kind, [...acme.names(kind).keys()].filter((name) => !name.includes('*') && acme.find(kind, name).some((d) => d.ours) && !name.startsWith('vscode'))] as const).filter(([, names]) => names.length > 0);

  for (const [kind, names] of named) {
    it(`a ${kind} of the example workspace keeps its findings, and comes back`, () => {
      fc.assert(fc.property(fc.constantFrom(...names), (name) => holds(files, kind, name)), { numRuns: process.env.ALL ? 60 : 1 });
    }).timeout(120_000);
  }
});
