// Whose agents and everything else are, strongest source first; and that an edit is told only to those whom it concerns.
import assert from 'node:assert/strict';
import { readAll } from './ownership-support';
import { createLinter } from '../../../server/src/core/lint';
import { ENGINE } from '../../../server/src/core/policy';
import { parseRequest } from '../../../server/src/core/model';
import { AGENTS, changeApprovers, ownershipOfAgent, ownershipOfDocument, ownershipOfFile, ownershipOfName, type Workspace } from '../../../server/src/core/workspace';
import { NOW, filesOf, workspaceOf } from '../../harness/workspace';

const CATALOG = `#- c.catalog.yaml
apiVersion: countersign/v1
kind: Catalog
metadata: { name: c, owner: web }
spec:
  teams:
    payments: { title: Payments, members: [ann, bob], contact: pay@example.com, oncall: pay-duty, github: "@Acme/Pay", backstage: "group:default/pay" }
    risk: { members: [cid] }
    web: { contact: "#web" }
  people: { ann: { github: ann-gh, email: ann@example.com }, bob: , cid: }
  servers: { pay: { owner: payments } }
  tools: { pay/refund: { owner: risk }, pay/list: {}, crm/find: {} }
  data: { orders: { owner: web } }
`;
const agentFile = (path: string, metadata = ''): string => `#- ${path}\n---\ndescription: d\n${metadata}---\n`;
const backstage = (path: string, owner: string, kind = 'Component'): string => `#- ${path}\napiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: x }\nspec: { owner: "${owner}" }\n`;
const world = (text: string): Workspace => workspaceOf(filesOf(CATALOG + text));
const ownerOf = (workspace: Workspace, name: string) => {
  const agent = workspace.shared(AGENTS).find(name);
  assert.ok(agent && agent !== 'ambiguous');
  return agent.owner;
};

describe('owners', () => {
  for (const [title, text, expected] of [
    ['of a manifest', `${agentFile('x/a.agent.md', 'metadata: { owner: web }\n')}#- m.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: risk }, definition: x/a.agent.md }\n#- CODEOWNERS\n* @acme/web\n`, ['risk', ['risk'], 'manifest']],
    ['by the metadata of the file', `${agentFile('x/a.agent.md', 'metadata: { owner: web }\n')}#- CODEOWNERS\n* @acme/risk\n`, ['web', ['web'], 'metadata']],
    ['by a handle in the metadata of the file', agentFile('x/a.agent.md', 'metadata: { owner: "@acme/pay" }\n'), ['payments', ['payments'], 'metadata']],
    ['by Backstage before CODEOWNERS', `${agentFile('x/a.agent.md')}${backstage('x/catalog-info.yaml', 'pay')}#- CODEOWNERS\n* @acme/web\n`, ['payments', ['payments'], 'backstage']],
    ['by the nearest file of Backstage', `${agentFile('x/y/a.agent.md')}${backstage('catalog-info.yaml', 'web')}${backstage('x/catalog-info.yaml', 'group:default/risk')}${backstage('x/y/catalog-info.yaml', '', 'Group')}`, ['risk', ['risk'], 'backstage']],
    ['by a group that nobody knows', `${agentFile('x/a.agent.md')}${backstage('catalog-info.yaml', 'ghosts')}`, ['group:default/ghosts', ['group:default/ghosts'], 'backstage']],
    ['by CODEOWNERS, the handle of a team', `${agentFile('x/a.agent.md')}#- .github/CODEOWNERS\nx/ @acme/pay @acme/risk\n`, ['payments', ['payments', 'risk'], 'codeowners']],
    ['by CODEOWNERS, the name behind the slash', `${agentFile('x/a.agent.md')}#- .github/CODEOWNERS\nx/ @other/risk\n`, ['risk', ['risk'], 'codeowners']],
    ['by CODEOWNERS, shown as it is', `${agentFile('x/a.agent.md')}#- .github/CODEOWNERS\nx/ @acme/ghosts\n`, ['@acme/ghosts', ['@acme/ghosts'], 'codeowners']],
    ['by CODEOWNERS, teams before people', `${agentFile('x/a.agent.md')}#- .github/CODEOWNERS\nx/ @ann-gh @acme/pay\n`, ['payments', ['payments', '@ann-gh'], 'codeowners']],
    ['by CODEOWNERS, a mail address of a team', `${agentFile('x/a.agent.md')}#- .github/CODEOWNERS\nx/ Pay@example.com\n`, ['payments', ['payments'], 'codeowners']],
    ['of the first CODEOWNERS alone', `${agentFile('x/a.agent.md')}#- .github/CODEOWNERS\nx/ @acme/risk\n#- CODEOWNERS\n* @acme/web\n#- docs/CODEOWNERS\n* @acme/web\n`, ['risk', ['risk'], 'codeowners']],
    ['by all sections of GitLab', `${agentFile('x/a.agent.md')}#- .gitlab/CODEOWNERS\n* @acme/web\n^[O] @acme/risk\n*.md\n[S]\n/x/ @acme/pay\n`, ['web', ['web', 'payments', 'risk'], 'codeowners']],
    ['of nobody where a line leaves it so', `${agentFile('x/a.agent.md')}#- .github/CODEOWNERS\n* @acme/web\nx/\n`, null],
    ['of nobody', agentFile('x/a.agent.md'), null],
  ] as const) {
    it(title, () => {
      const owner = ownerOf(world(text), 'a');
      assert.deepEqual(owner && [owner.team, owner.teams, owner.source], expected);
    });
  }

  it('come with all that is known of them', () => {
    const workspace = world(`${agentFile('x/a.agent.md')}#- .github/CODEOWNERS\n\nx/ @acme/pay @ann-gh\n`);
    const agent = workspace.shared(AGENTS).all[0];
    assert.ok(agent);
    const { learned, ...found } = ownershipOfAgent(workspace.ask(), agent);
    assert.deepEqual(found, { team: 'payments', teams: ['payments', '@ann-gh'], source: 'codeowners', title: 'Payments', accountable: 'ann', contact: 'pay@example.com', oncall: 'pay-duty', outputs: null });
    assert.deepEqual([learned?.path, learned && workspace.text(learned.path)?.slice(learned.span.start, learned.span.end)], ['.github/CODEOWNERS', 'x/ @acme/pay @ann-gh']);
  });

  it('of tools, data, rules and documents', () => {
    const policy = '#- p/p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec: { rules: [ { id: a, effect: deny, owner: risk }, { id: b, effect: deny } ] }\n';
    const workspace = world(`${policy}#- CODEOWNERS\n/p/ @acme/pay\n`);
    const queries = workspace.ask();
    const of = (kind: Parameters<typeof ownershipOfName>[1], name: string): unknown => {
      const { team, source } = ownershipOfName(queries, kind, name);
      return [team, source];
    };
    assert.deepEqual(of('tool', 'pay/refund'), ['risk', 'catalog']);
    assert.deepEqual(of('tool', 'pay/list'), ['payments', 'catalog']);
    assert.deepEqual(of('tool', 'crm/find'), [null, null]);
    assert.deepEqual(of('data', 'orders'), ['web', 'catalog']);
    assert.deepEqual(of('rule', 'p/a'), ['risk', 'metadata']);
    assert.deepEqual(of('rule', 'p/b'), ['payments', 'codeowners']);
    assert.deepEqual(of('policy', 'p'), ['payments', 'codeowners']);
    assert.equal(ownershipOfDocument(queries, 'c.catalog.yaml', 0).team, 'web');
    assert.equal(ownershipOfFile(queries, 'p/anything.txt').team, 'payments');
  });

  it('cannot approve what their agent does, whoever says that it is theirs', () => {
    const policy = '#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec: { rules: [ { id: a, effect: require_approval, actions: [call], resources: ["*"], approval: { from: [payments, risk] } } ] }\n';
    const people = (line: string): unknown => {
      const workspace = world(`${agentFile('x/a.agent.md', 'tools: [pay/refund]\n')}${policy}#- CODEOWNERS\n${line}\n`);
      const parsed = parseRequest({ agent: 'a', action: 'call', resource: 'tool:pay/refund' });
      assert.ok('request' in parsed);
      return workspace.shared(ENGINE).decide(parsed.request, { at: NOW }).approvals[0]?.people;
    };
    assert.deepEqual(people('* @nobody/else'), ['ann', 'bob', 'cid']);
    assert.deepEqual(people('* @acme/pay'), ['cid']);
    assert.deepEqual(people('* @ann-gh'), ['bob', 'cid']);
  });

  it('and who must approve a change', () => {
    const workspace = world('#- m.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: payments }, approvals: [ { gate: deploy, from: [risk, payments], count: 2 } ] }\n#- CODEOWNERS\n* @acme/web\n[S][2] @acme/pay\n/m.agent.yaml\n^[O] @ann-gh\n*\n');
    assert.deepEqual(changeApprovers(workspace.ask(), 'm.agent.yaml').map(({ because, id, from, count, people, optional, handles }) => [because, id, from, count, people, optional, handles]), [
      ['gate', 'a#approvals/0', ['risk', 'payments'], 2, ['cid'], false, ['@Acme/Pay']],
      ['codeowners', null, ['web'], 1, [], false, ['@acme/web']],
      ['codeowners', 'S', ['payments'], 2, ['ann', 'bob'], false, ['@acme/pay']],
      ['codeowners', 'O', ['ann'], 1, ['ann'], true, ['@ann-gh']],
    ]);
  });
});

describe('an edit of owners', () => {
  const FILES = filesOf(`${CATALOG}${agentFile('x/a.agent.md')}${agentFile('y/b.agent.md')}#- m.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: m }\nspec: { purpose: p, owner: { team: risk } }\n#- CODEOWNERS\n/x/ @acme/pay\n/y/ @acme/web\n${backstage('svc/catalog-info.yaml', 'pay')}`);

  function edited(path: string, change: (text: string) => string): readonly string[] {
    const workspace = workspaceOf(FILES);
    const linter = createLinter(workspace);
    readAll(workspace, linter);
    return [...workspace.applyChange({ files: [[path, change(FILES.get(path) ?? '')]] })].sort();
  }

  it('of CODEOWNERS is told to the files whose owner is another', () => {
    assert.deepEqual(edited('CODEOWNERS', (text) => text.replace('/x/ @acme/pay', '/x/ @acme/risk')), ['CODEOWNERS', 'c.catalog.yaml', 'svc/catalog-info.yaml', 'x/a.agent.md']);
    assert.deepEqual(edited('CODEOWNERS', (text) => `# more\n${text}`), ['CODEOWNERS', 'c.catalog.yaml']);
  });

  it('of a tool in the Catalog is told to nobody who does not use it', () => {
    // what else rests on the whole Catalog of an agent is no matter of owners
    const told = edited('c.catalog.yaml', (text) => text.replace('crm/find: {}', 'crm/find: { description: d }'));
    assert.deepEqual(told.filter((path) => !path.endsWith('.agent.md')), ['c.catalog.yaml']);
  });

  it('of a handle in the Catalog is told to those whose owner it may be', () => {
    assert.deepEqual(edited('c.catalog.yaml', (text) => text.replace('@Acme/Pay', '@acme/payers')), ['CODEOWNERS', 'c.catalog.yaml', 'svc/catalog-info.yaml', 'x/a.agent.md', 'y/b.agent.md']);
  });

  it('changes the owner at once', () => {
    const workspace = workspaceOf(FILES);
    assert.equal(ownerOf(workspace, 'b')?.team, 'web');
    workspace.applyChange({ files: [['CODEOWNERS', '* @acme/pay\n']] });
    assert.equal(ownerOf(workspace, 'b')?.team, 'payments');
    workspace.applyChange({ files: [['c.catalog.yaml', (FILES.get('c.catalog.yaml') ?? '').replace('@Acme/Pay', '@acme/payers')]] });
    assert.equal(ownerOf(workspace, 'b')?.team, '@acme/pay');
    workspace.applyChange({ files: [['CODEOWNERS', null]] });
    assert.equal(ownerOf(workspace, 'b'), null);
  });
});
