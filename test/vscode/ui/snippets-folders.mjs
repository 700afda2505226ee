// A snippet library that lies in another folder of the window: offered as it is typed there, watched, recorded, and taken as the place for what is saved.
// SHOTS=folder keeps pictures. It throws at the first thing that is not so.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const open = 'acme/agents/draft.agent.yaml';
export const web = true;

const LIBRARY = 'apiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: house, owner: platform }\nspec: { version: 1.2.0, snippets: ["./*.code-snippets"] }\n';
const snippet = (prefix, body) => JSON.stringify({ [prefix]: { prefix, scope: 'countersign-yaml', description: 'For the whole house', body } }, null, 2);

export const prepare = (workspace) => {
  const around = path.dirname(workspace);
  const put = (file, text) => {
    mkdirSync(path.dirname(path.join(around, file)), { recursive: true });
    writeFileSync(path.join(around, file), text);
  };
  rmSync(path.join(workspace, 'faults'), { recursive: true });
  put('acme/agents/draft.agent.yaml', 'apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: draft-agent\nspec:\n  purpose: Try snippets.\n  owner: { team: payments-platform }\n  \n');
  put('acme/.countersign.yaml', `${readFileSync(path.join(workspace, '.countersign.yaml'), 'utf8')}  - { path: ../governance/lib, version: ^1.0.0 }\n`);
  put('governance/lib/house.snippets.yaml', LIBRARY);
  put('governance/lib/house.code-snippets', snippet('house-slo', ['slo:', '\tlatencyP95: ${1:10s}']));
  // another library of the folder, which nobody names
  put('governance/drafts/drafts.snippets.yaml', LIBRARY.replace('house', 'drafts'));
  put('governance/drafts/drafts.code-snippets', snippet('house-draft', ['slo:', '\tlatencyP95: 20s']));
  put('both.code-workspace', JSON.stringify({ folders: [{ path: 'acme' }, { path: 'governance' }] }));
  return path.join(around, 'both.code-workspace');
};

export default async (page, ui) => {
  const around = path.dirname(ui.workspace);
  const shot = async (name) => process.env.SHOTS && ui.shot(path.join(process.env.SHOTS, `snippet-folders-${name}.png`));
  const input = page.locator('.quick-input-widget input').first();
  const row = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  const suggestion = (text) => page.locator('.suggest-widget .monaco-list-row', { hasText: text }).first();
  const title = (words) => page.locator('.quick-input-widget', { hasText: words }).waitFor();
  const save = async () => {
    await ui.key('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
  };
  /** Waits until something is so; the last reason why not is thrown. */
  const eventually = async (check) => {
    for (let tries = 0; ; tries++) {
      try {
        return await check();
      } catch (error) {
        if (tries === 40) throw error;
        await ui.pause(250);
      }
    }
  };
  const holds = (name, check) => eventually(() => check(readFileSync(path.join(around, name), 'utf8')));
  /** Brings a file to the front: by its tab, where it has one. */
  const front = async (name) => {
    const tab = page.locator(`.tab[data-resource-name="${name}"]`).first();
    if (!(await tab.isVisible())) return ui.openFile(name);
    await tab.click();
    await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await page.locator('.editor-instance .view-line').first().click();
  };
  /** Types at the end of the agent until what is wanted is offered: what is typed before the server has read all is not asked again. */
  const offers = async (wanted) => {
    await front('draft.agent.yaml');
    for (let timeout = 2_500; ; timeout *= 2) {
      await ui.goto(8, 3);
      await ui.key('Shift+End');
      await ui.key('Delete');
      await ui.type('house-');
      try {
        await suggestion(wanted).waitFor({ timeout });
        return;
      } catch (error) {
        await ui.key('Escape');
        if (timeout > 60_000) throw error;
      }
    }
  };

  // As it is saved there; what is not named stays out.
  await offers('house-slo');
  if (!(await page.locator('.suggest-details').isVisible())) await ui.key('Control+Space');
  await page.locator('.suggest-details', { hasText: 'From library house 1.2.0, owner platform' }).waitFor();
  assert.equal(await suggestion('house-draft').isVisible(), false, 'a library that is not named is not offered');
  await shot('completion');
  await ui.key('Escape');

  // As it is typed there, before it is saved.
  await front('house.code-snippets');
  await ui.goto(2, 8);
  await page.keyboard.press('Control+H');
  const find = page.locator('.find-widget .find-part textarea').first();
  await find.fill('10s');
  await page.locator('.find-widget .replace-part textarea').first().fill('15s');
  await ui.key('Control+Alt+Enter');
  await ui.key('Escape');
  await offers('house-slo');
  await ui.key('Enter');
  await ui.key('Escape');
  await save();
  await holds('acme/agents/draft.agent.yaml', (text) => assert.match(text, /^ {2}slo:\n {4}latencyP95: 15s$/m));

  // Its version is out of the range that is asked for: told where that is asked for.
  await front('house.snippets.yaml');
  await ui.goto(4, 18);
  await ui.key('Delete');
  await ui.type('2');
  await eventually(async () => assert.ok((await ui.problems()).some((one) => one.includes('here in version 2.2.0')), 'the version is told'));
  await shot('version');
  await front('house.snippets.yaml');
  await ui.goto(4, 18);
  await ui.key('Delete');
  await ui.type('1');
  await eventually(async () => assert.ok(!(await ui.problems()).some((one) => one.includes('here in version')), 'the version is in the range again'));

  // Recorded in the folder that uses it.
  await front('draft.agent.yaml');
  await ui.command('Countersign: What Changed in Snippet Libraries');
  await row('house').waitFor();
  await shot('changes');
  await row('Record the libraries').click();
  await holds('acme/.countersign/snippets.lock', (text) => assert.equal(JSON.parse(text).libraries.find(({ name }) => name === 'house')?.from, 'path:../governance/lib'));

  // What is saved can go there too.
  await front('draft.agent.yaml');
  await ui.goto(8, 1);
  for (let n = 0; n < 2; n++) await ui.key('Shift+ArrowDown');
  await ui.command('Countersign: Save Selection as Snippet');
  await row('house').waitFor();
  await shot('save-library');
  await row('house').click();
  await title('The word that people type to get it');
  await input.fill('house-fast');
  await ui.key('Enter');
  await title('What it inserts, and when to use it');
  await input.fill('How fast we answer');
  await ui.key('Enter');
  await page.locator('.tab.active', { hasText: 'house.code-snippets' }).waitFor();
  await save();
  await holds('governance/lib/house.code-snippets', (text) => assert.deepEqual(JSON.parse(text)['house-fast'].body[0], 'slo:'));
  await offers('house-fast');
  await shot('saved');
};
