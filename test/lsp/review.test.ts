// Review over the wire: a base, what changes against it from unsaved text, accepting, the simulator's second decision.
import assert from 'node:assert/strict';
import {
  MATRIX, REVIEW, REVIEW_ACCEPT, REVIEW_BASE, REVIEW_CHANGED, REVIEW_CONFIGURED, SIMULATOR_DECIDE,
  type MatrixResult, type ReviewAcceptResult, type ReviewBase, type ReviewFolder, type ReviewResult, type SimulatorDecideResult,
} from '../../server/src/protocol';
import { calm, connect, eventually, type TestClient } from './client';
import { memoryHost } from './memory-host';

const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: Test., lifecycle: production, owner: { team: t }, tools: [s/t] }\n';
const policy = (limit: number): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: o }\nspec:\n  rules:\n    - { id: r, effect: allow, actions: [call], resources: ["tool:*"], when: args.amount <= ${limit} }\n`;
const POLICY = 'file:///w/p.policy.yaml';
const ACCEPTED = 'file:///w/.countersign/accepted.yaml';
const FILES = { 'file:///w/a.agent.yaml': AGENT, [POLICY]: policy(500), 'file:///w/x.policy.yaml': policy(1).replace('name: p', 'name: x').replace('<= 1', '< 0') };
const saved: ReviewBase = { kind: 'texts', label: 'last saved text', files: [] };

describe('lsp: review', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const base = (given: ReviewBase | null, folder = 'file:///w'): Promise<boolean> => client.connection.sendRequest(REVIEW_BASE, { folder, base: given });
  const folders = async (): Promise<readonly ReviewFolder[]> => (await client.connection.sendRequest<ReviewResult>(REVIEW, {})).folders ?? [];
  const ready = (holds: (folder: ReviewFolder) => boolean = () => true): Promise<ReviewFolder> => eventually(async () => (await folders())[0], (folder) => folder?.state === 'ready' && holds(folder), 'the review') as Promise<ReviewFolder>;
  const words = ({ changes }: ReviewFolder): string[] => changes.map(({ change, where }) => `${change} ${where}`);

  it('compares unsaved text with what was saved, says when that changed, and gives the place', async () => {
    client = await connect(memoryHost(FILES));
    let changes = 0;
    client.connection.onNotification(REVIEW_CHANGED, () => void changes++);
    client.open(POLICY, policy(500));
    assert.equal(await base(saved), true);
    assert.deepEqual([(await ready()).verdict, words(await ready())], ['equal', []]);
    const before = changes;
    client.change(POLICY, 2, policy(900));
    const found = await ready((folder) => folder.changes.length > 0);
    assert.ok(changes > before);
    const [change] = found.changes;
    assert.ok(change);
    assert.equal(change.change, 'widened');
    assert.deepEqual([change.place?.uri, change.place?.range.start, change.at], [POLICY, { line: 5, character: 12 }, 'p/r']);
    assert.equal(change.sentence, 'a may now call s/t when amount > 500 and amount <= 900.');
    assert.deepEqual([change.teams, change.approvers, change.accepted], [['t'], ['o'], null]);
    client.change(POLICY, 3, policy(500));
    await ready((folder) => folder.changes.length === 0);
  });

  it('says that there is nothing to compare where neither state holds anything', async () => {
    client = await connect(memoryHost({ 'file:///w/README.md': '# Empty\n' }));
    await base({ kind: 'texts', label: 'HEAD', files: [] });
    assert.deepEqual([(await ready()).verdict, (await ready()).nothing], ['equal', true]);
    client.open('file:///w/p.policy.yaml', policy(500));
    assert.equal((await ready((folder) => !folder.nothing)).verdict, 'changed');
  });

  it('says that a file of policies cannot be read, and so do the simulator and the matrix, until it can be read', async () => {
    const host = memoryHost(FILES);
    const big = 'file:///w/big.policy.yaml';
    host.files.set(big, { path: 'big.policy.yaml', reason: 'too-large', why: 'it has 50,000,000 bytes; files over 2,000,000 are not read' });
    client = await connect(host);
    await base({ kind: 'texts', label: 'main', files: [{ uri: POLICY, text: policy(500).replace('effect:', 'efect:') }] });
    const words = '`big.policy.yaml` cannot be read';
    assert.deepEqual((await ready()).incomplete, [words, '`p/r` in `p.policy.yaml` is malformed (main)']);
    const decide = async (): Promise<boolean | undefined> => {
      const answer = await client.connection.sendRequest<SimulatorDecideResult>(SIMULATOR_DECIDE, { folder: 'file:///w', request: { agent: 'a', action: 'call', resource: 'tool:s/t', args: { amount: 1 } } });
      return 'decision' in answer ? answer.decision.incomplete : undefined;
    };
    const matrix = async (): Promise<readonly string[] | undefined> => (await client.connection.sendRequest<MatrixResult>(MATRIX, {})).frame?.incomplete;
    assert.deepEqual([await decide(), await matrix()], [true, [words]]);
    assert.deepEqual(await client.codes(big), ['syntax/too-large']);
    // its size in an editor is no matter
    client.open(big, policy(1).replace('name: p', 'name: big'));
    await ready((folder) => !folder.incomplete.includes(words));
    assert.deepEqual([await decide(), await matrix(), await client.codes(big)], [false, [], []]);
    client.close(big);
    await ready((folder) => folder.incomplete.includes(words));
    assert.deepEqual(await client.codes(big), ['syntax/too-large']);
    host.files.set(big, policy(1).replace('name: p', 'name: big'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: big, type: 2 }] });
    await ready((folder) => !folder.incomplete.includes(words));
  });

  it('compares with the texts of a revision, and keeps them while other files change', async () => {
    client = await connect(memoryHost(FILES));
    assert.equal(await base({ kind: 'texts', label: 'main', files: [{ uri: POLICY, text: policy(100) }, { uri: 'file:///w/x.policy.yaml', text: null }, { uri: 'file:///elsewhere/p.policy.yaml', text: policy(1) }] }), true);
    const found = await ready((folder) => folder.changes.length > 0);
    assert.equal(found.base, 'main');
    assert.ok(found.changes.every(({ change }) => change === 'widened'));
    await base({ kind: 'texts', label: 'other', files: [{ uri: POLICY, text: policy(900) }] });
    await ready((folder) => folder.base === 'other' && folder.changes.some(({ change }) => change === 'narrowed'));
    await base(null);
    assert.deepEqual(await folders(), []);
  });

  it('reads the state before by its own configuration, also where only a file that it extends differs', async () => {
    client = await connect(memoryHost({
      ...FILES, 'file:///w/.countersign.yaml': 'extends: [config/base.yaml]\n', 'file:///w/config/base.yaml': 'exclude: [old/**]\n', 'file:///w/old/p.policy.yaml': policy(900).replace('name: p', 'name: old'),
    }));
    const configured = (...paths: string[]): Promise<boolean> => client.connection.sendRequest(REVIEW_CONFIGURED, { folder: 'file:///w', paths });
    await base(saved);
    await ready();
    assert.deepEqual([await configured('p.policy.yaml'), await configured('p.policy.yaml', '.countersign.yaml'), await configured('config/base.yaml'), await configured()], [false, true, true, false]);
    // what is left out now was read then
    await base({ kind: 'texts', label: 'main', files: [{ uri: 'file:///w/config/base.yaml', text: 'exclude: []\n' }, { uri: 'file:///w/old/p.policy.yaml', text: policy(900).replace('name: p', 'name: old') }] });
    const found = await ready((folder) => folder.base === 'main' && folder.changes.length > 0);
    assert.deepEqual(words(found), ['narrowed a · call · tool:s/t · args.amount > 500, args.amount <= 900']);
  });

  it('compares with another folder', async () => {
    client = await connect(memoryHost({ ...FILES, 'file:///v/a.agent.yaml': AGENT, 'file:///v/p.policy.yaml': policy(100) }), { folders: ['file:///w', 'file:///v'] });
    assert.equal(await base({ kind: 'folder', label: 'v', uri: 'file:///v' }), true);
    const found = await ready((folder) => folder.changes.length > 0);
    assert.deepEqual([found.folder, found.base, found.changes[0]?.change], ['file:///w', 'v', 'widened']);
    // the other folder is compared as it is now
    client.open('file:///v/p.policy.yaml', policy(500));
    await ready((folder) => folder.changes.length === 0);
    assert.equal(await base({ kind: 'folder', label: 'w', uri: 'file:///w' }), false);
    assert.equal(await base({ kind: 'folder', label: 'none', uri: 'file:///none' }), false);
    assert.equal(await base(saved, 'file:///none'), false);
  });

  it('writes an acceptance that then accepts', async () => {
    client = await connect(memoryHost(FILES));
    await base({ kind: 'texts', label: 'main', files: [{ uri: POLICY, text: policy(100) }] });
    const [change] = (await ready((folder) => folder.changes.length > 0)).changes;
    const accept = (key: string): Promise<ReviewAcceptResult> => client.connection.sendRequest(REVIEW_ACCEPT, { folder: 'file:///w', key, reason: 'Agreed', by: 'eve' });
    assert.equal(await accept('nothing'), null);
    const edit = await accept(change?.key ?? '');
    assert.ok(edit && 'newText' in edit);
    assert.deepEqual([edit.uri, edit.create], [ACCEPTED, true]);
    client.open(ACCEPTED, edit.newText);
    const found = await ready((folder) => folder.changes.some(({ accepted }) => accepted !== null));
    assert.deepEqual(found.changes.map(({ accepted }) => accepted), [{ by: 'eve', reason: 'Agreed' }]);
  });

  it('gives the simulator the decision of the base where it is asked for', async () => {
    client = await connect(memoryHost(FILES));
    const decide = (compare?: boolean): Promise<SimulatorDecideResult> => client.connection.sendRequest(SIMULATOR_DECIDE, { request: { agent: 'a', action: 'call', resource: 'tool:s/t', args: { amount: 300 } }, compare });
    await eventually(decide, (result) => 'decision' in result && result.decision.effect === 'allow', 'reading');
    const none = await decide(true);
    assert.ok('decision' in none);
    assert.equal(none.base, null);
    await base({ kind: 'texts', label: 'main', files: [{ uri: POLICY, text: policy(100) }] });
    const asked = await decide(true);
    assert.ok('decision' in asked);
    assert.deepEqual([asked.decision.effect, asked.base?.label, asked.base?.decision?.effect], ['allow', 'main', 'deny']);
    const unasked = await decide();
    assert.ok('decision' in unasked);
    assert.deepEqual(unasked.base, { label: 'main', decision: null });
  });

  it('refuses what is no base, and goes on', async () => {
    client = await connect(memoryHost(FILES));
    for (const wrong of [{}, { kind: 'texts', label: 'x' }, { kind: 'texts', label: 'x', files: [{ uri: 1, text: '' }] }, { kind: 'folder', label: 'x' }, { kind: 'else', label: 'x', uri: 'y' }]) await assert.rejects(base(wrong as unknown as ReviewBase), /must be a folder, or texts/);
    await assert.rejects(client.connection.sendRequest(REVIEW_ACCEPT, { folder: 1 }), /must be texts/);
    await assert.rejects(client.connection.sendRequest(REVIEW_BASE, {}), /`folder` must be a URI/);
    assert.equal(await base(saved), true);
    await ready();
    await calm();
  });
});
