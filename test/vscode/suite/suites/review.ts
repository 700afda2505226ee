// Decision changes in the real editor: against the last saved text, in comments, problems and marks; accepted with a reason.
import { ConfigurationTarget, commands, languages, workspace } from 'vscode';
import { equal, ok, until } from '../support/check';
import { replace, root, show, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

interface Change { readonly key: string; readonly change: string; readonly where: string; readonly sentence: string; readonly accepted: { readonly reason: string } | null; readonly place: { readonly uri: string } | null }
interface Shown { readonly folders: readonly { readonly folder: string; readonly state: string; readonly base: string; readonly changes: readonly Change[] }[]; readonly threads: readonly { readonly uri: string; readonly body: string; readonly label: string }[]; readonly description: string }

const compare = (choice?: unknown): Thenable<Shown> => commands.executeCommand<Shown>('countersign.compareWith', choice ?? { kind: 'now' });
const policy = (limit: number): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: suite-limits, owner: suite-team }\nspec:\n  rules:\n    - { id: small, effect: allow, agents: [suite-reviewed], actions: [call], resources: ["tool:suite/paid"], when: has(args.amount) && args.amount <= ${limit} }\n`;

/** What changes for the agent of this suite. */
const mine = (shown: Shown | undefined): readonly Change[] => (shown?.folders ?? []).flatMap(({ changes }) => changes).filter(({ where }) => where.includes('suite-reviewed'));

describe('decision changes', () => {
  before(async () => {
    await write('suite.catalog.yaml', CATALOG);
    await write('suite-reviewed.agent.yaml', agent('suite-reviewed', '  lifecycle: production\n  tools: [suite/paid]\n'));
  });
  after(async () => {
    await workspace.fs.delete(root().with({ path: `${root().path}/.countersign/accepted.yaml` })).then(undefined, () => undefined);
    await compare({ kind: 'auto' });
  });

  it('are live from unsaved text, with a comment, a problem and a lens at the rule, and go when accepted', async () => {
    const document = await show('suite-limits.policy.yaml', policy(500));
    let last: Shown | undefined;
    await compare({ kind: 'saved' });
    await until('the comparison', async () => (last = await compare())?.folders.some(({ state, base }) => state === 'ready' && base === 'last saved text') && mine(last).length === 0, () => last);
    ok(last?.description.startsWith('vs last saved text'), `what it is compared with: ${last?.description}`);

    await replace(document, '500', '900');
    const change = await until('the widening', async () => mine((last = await compare()))[0], () => last);
    equal([change.change, change.place?.uri], ['widened', document.uri.toString()]);
    const thread = last?.threads.find(({ uri }) => uri === document.uri.toString());
    ok(thread?.body.includes('Allows more than before'), `the comment: ${JSON.stringify(thread)}`);
    ok(thread?.label.startsWith('▲ widens'), `its label: ${thread?.label}`);
    await until('the problem', () => languages.getDiagnostics(document.uri).some(({ source, code }) => source === 'countersign review' && code === 'widened'));
    const lenses = await commands.executeCommand<readonly { readonly command?: { readonly title: string } }[]>('vscode.executeCodeLensProvider', document.uri);
    ok(lenses.some(({ command }) => command?.title.startsWith('▲ widens')), `the lens: ${JSON.stringify(lenses.map(({ command }) => command?.title))}`);

    const folder = last?.folders.find(({ changes }) => changes.some(({ key }) => key === change.key))?.folder;
    ok(await commands.executeCommand('countersign.review.accept', folder, change.key, { reason: 'Agreed in the suite', by: 'eve' }), 'it was accepted');
    await until('the acceptance', async () => mine((last = await compare()))[0]?.accepted?.reason === 'Agreed in the suite', () => last);
    await until('the problem to go', () => !languages.getDiagnostics(document.uri).some(({ source }) => source === 'countersign review'));

    await replace(document, '900', '500');
    await until('the change to go', async () => mine((last = await compare())).length === 0, () => last);
  });

  it('says over a rule how many agents and tests it has, and lists them', async () => {
    const document = await show('suite-limits.policy.yaml', policy(500));
    const titles = async (): Promise<readonly string[]> => (await commands.executeCommand<readonly { readonly command?: { readonly title: string } }[]>('vscode.executeCodeLensProvider', document.uri)).map(({ command }) => command?.title ?? '');
    let last: readonly string[] = [];
    await until('the counts', async () => (last = await titles()).includes('1 agent') && last.includes('No test'), () => last);
    equal(await commands.executeCommand('countersign.showAgentsOfRule', document.uri.toString(), 0, 0), 1);
    equal(await commands.executeCommand('countersign.showTestsOfRule', document.uri.toString(), 0, 0), 0);
    await workspace.getConfiguration('countersign').update('lenses', { agents: false }, ConfigurationTarget.Workspace);
    await until('the counts to go', async () => !(last = await titles()).includes('1 agent') && last.includes('No test'), () => last);
    await workspace.getConfiguration('countersign').update('lenses', undefined, ConfigurationTarget.Workspace);
  });

  it('can be switched off', async () => {
    await compare({ kind: 'off' });
    await until('nothing', async () => (await compare()).folders.length === 0);
  });
});
