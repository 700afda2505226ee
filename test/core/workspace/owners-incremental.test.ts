// Whatever order owners, teams and agents come, go and change in: the owners and findings are those of a workspace that was read afresh.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLinter } from '../../../server/src/core/lint';
import { AGENTS, ownershipOfFile, type Workspace } from '../../../server/src/core/workspace';
import { workspaceOf } from '../../harness/workspace';

const catalog = (teams: string, people = ''): string => `apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { ${teams} }\n  people: { ${people} }\n`;
const agent = (name: string, rest: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec: { purpose: p, lifecycle: production, ${rest} }\n`;
const component = (owner: string): string => `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: c }\nspec: { owner: ${owner} }\n`;
const loose = (metadata = ''): string => `---\ndescription: d\ntools: [s/t]\n${metadata}---\n`;
const approve = 'approvals: [ { gate: deploy, from: [pay, risk] } ]';

const VARIANTS: Readonly<Record<string, readonly (string | null)[]>> = {
  'c.catalog.yaml': [null, catalog('pay: { members: [ann], github: "@o/pay" }, risk: { members: [bob], backstage: risk }'), catalog('pay: { members: [ann] }, risk: { github: "@o/pay", contact: x }', 'ann: { github: "@ann" }'), catalog('web: { github: "@o/web", backstage: "group:default/pay" }')],
  'CODEOWNERS': [null, '* @o/pay\n', '/x/ @o/risk @o/ghosts\n/y/\n', '# comment\n/x/ @ann\n* @o/web\n/m.agent.yaml @o/risk\n', '[S] @o/pay\n/x/\n'],
  '.github/CODEOWNERS': [null, '/y/ @o/pay\n'],
  'x/catalog-info.yaml': [null, component('pay'), component('group:default/risk'), component('ghosts'), 'not: ours\n'],
  'catalog-info.yaml': [null, component('web')],
  'x/a.agent.md': [null, loose(), loose('metadata: { owner: risk }\n'), loose('metadata: { owner: "@o/pay" }\n')],
  'y/b.agent.md': [null, loose()],
  'm.agent.yaml': [null, agent('m', `owner: { team: pay }, ${approve}`), agent('m', `definition: x/a.agent.md, ${approve}`), agent('m', `owner: { team: risk }, definition: y/b.agent.md, outputs: [mail], ${approve}`)],
  'p.policy.yaml': [null, 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: pay }\nspec: { rules: [ { id: r, effect: require_approval, actions: [call], resources: ["*"], approval: { from: [pay] } } ] }\n'],
  '.countersign.yaml': [null, 'formats: { codeowners: off }\n', 'exclude: [x/**]\n'],
};
const PATHS = Object.keys(VARIANTS);

const seen = (workspace: Workspace, findings: (path: string) => readonly unknown[]): unknown => ({
  findings: workspace.paths().flatMap((path) => [...findings(path)]),
  agents: workspace.shared(AGENTS).all,
  owners: PATHS.map((path) => ownershipOfFile(workspace.ask(), path)),
});

describe('owners, edit by edit', () => {
  it('are those of a workspace that was read afresh', () => {
    const step = fc.record({ path: fc.nat(PATHS.length - 1), variant: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const files = new Map(PATHS.flatMap((path) => (path === '.countersign.yaml' ? [] : [[path, VARIANTS[path]?.[1] ?? ''] as [string, string]])));
        const workspace = workspaceOf(files);
        const linter = createLinter(workspace);
        for (const { path: at, variant } of steps) {
          workspace.paths().forEach((path) => linter.get(path));
          const path = PATHS[at] ?? '';
          const text = VARIANTS[path]?.[variant % (VARIANTS[path]?.length ?? 1)] ?? null;
          if (text === null) files.delete(path);
          else files.set(path, text);
          workspace.applyChange({ files: [[path, text]] });
          const fresh = workspaceOf(files);
          const freshLinter = createLinter(fresh);
          assert.deepEqual(seen(workspace, (file) => linter.get(file)), seen(fresh, (file) => freshLinter.get(file)));
        }
      }),
      { numRuns: 100 },
    );
  });
});
