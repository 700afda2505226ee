// Snippet libraries as a user works with them, in the real editor, on a copy of the example workspace; see .scripts/editor/ui-scripts.mjs.
// SHOTS=folder keeps pictures. It throws at the first thing that is not so.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const open = 'agents/draft.agent.yaml';
export const web = true;

const DRAFT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: draft-agent\nspec:\n  purpose: Try snippets.\n  owner: { team: payments-platform }\n  \n';
const LETTER = 'apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: ${1:letter-agent}\nspec:\n  purpose: ${2:Write letters.}\n  owner: { team: ${3:payments-platform} }\n  lifecycle: draft';

/** A library in a package, recorded in an earlier version; a document that came from it. */
export function prepare(workspace) {
  const put = (file, text) => {
    mkdirSync(path.dirname(path.join(workspace, file)), { recursive: true });
    writeFileSync(path.join(workspace, file), text);
  };
  put('agents/draft.agent.yaml', DRAFT);
  const config = readFileSync(path.join(workspace, '.countersign.yaml'), 'utf8');
  put('.countersign.yaml', `${config}  - { package: "@acme/letters", version: ^1.0.0 }\n`);
  put('node_modules/@acme/letters/library.snippets.yaml', 'apiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: letters, owner: developer-experience }\nspec: { version: 1.1.0, snippets: ["./*.code-snippets"] }\n');
  const body = `${LETTER}\n  budget:\n    monthlyUsd: 100`;
  put('node_modules/@acme/letters/a.code-snippets', JSON.stringify({ letter: { prefix: 'letter-agent', scope: 'countersign-yaml', description: 'An agent that writes letters, with the budget that finance set', body: body.split('\n') } }));
  put('.countersign/snippets.lock', JSON.stringify({ lockVersion: 1, libraries: [{ name: 'letters', from: 'package:@acme/letters', version: '1.0.0', hash: 'sha256:00', snippets: { 'letter-agent': LETTER } }] }, null, 2));
  const hash = createHash('sha256').update(LETTER).digest('hex').slice(0, 16);
  put('agents/letters.agent.yaml', `apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: complaint-letters\nspec:\n  purpose: Answer complaints.\n  owner: { team: customer-support }\n  lifecycle: draft\n# snippet: letters/letter-agent@1.0.0 sha256:${hash}\n`);
}

export default async (page, ui) => {
  const shot = async (name) => process.env.SHOTS && ui.shot(path.join(process.env.SHOTS, `snippets-${name}.png`));
  const file = (name) => readFileSync(path.join(ui.workspace, name), 'utf8');
  const input = page.locator('.quick-input-widget input').first();
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const row = (text) => rows.filter({ hasText: text }).first();
  const title = (words) => page.locator('.quick-input-widget', { hasText: words }).waitFor();
  const notice = (words) => page.locator('.notification-list-item', { hasText: words }).first();
  const editor = (words) => page.locator('.editor-instance .view-lines', { hasText: words }).first().waitFor();
  /** As the editor has it, blanks that cannot break made plain. */
  const shows = async (words, timeout = 15_000) => {
    for (const until = Date.now() + timeout; Date.now() < until; ) {
      const texts = await page.locator('.editor-instance .view-lines').allInnerTexts();
      if (texts.some((text) => text.replaceAll('\u00a0', ' ').includes(words))) return;
      await ui.pause(250);
    }
    throw new Error(`No editor shows "${words}".`);
  };
  /** Picks from what has changed. A page that has just appeared may take the focus, and the list goes. */
  const choose = async (text) => {
    for (let tries = 0; ; tries++) {
      await ui.command('Countersign: What Changed in Snippet Libraries');
      try {
        await row(text).click();
        return;
      } catch (error) {
        if (tries === 2) throw error;
      }
    }
  };
  /** Waits until a file of the workspace is as it should be. */
  const holds = async (name, check) => {
    for (let tries = 0; ; tries++) {
      try {
        return check(file(name));
      } catch (error) {
        if (tries === 40) throw error;
        await ui.pause(250);
      }
    }
  };
  const save = async () => {
    await ui.key('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
  };

  // Completion: the blocks that fit, of every library, with where they come from and what they insert.
  // what is typed before the server has read all is not asked again, and a list that is refreshed may lose the key that takes from it
  for (let timeout = 2_500, taken = false; !taken; timeout *= 2) {
    assert.ok(timeout < 120_000, 'acme-logging is offered and inserted');
    await ui.goto(8, 3);
    await ui.key('Shift+Control+End');
    await ui.key('Delete');
    await ui.type('acme-l');
    const there = (locator) => locator.first().waitFor({ timeout }).then(() => true, () => false);
    if (await there(page.locator('.suggest-widget .monaco-list-row.focused', { hasText: 'acme-logging' }))) {
      if (!(await page.locator('.suggest-details').isVisible())) await ui.key('Control+Space');
      if (await there(page.locator('.suggest-details', { hasText: 'acme-governance' }))) {
        await shot('completion');
        await ui.key('Enter');
        taken = await shows('tamperEvident: true', timeout).then(() => true, () => false);
      }
    }
    if (!taken) await ui.key('Escape');
  }
  await ui.key('Escape');
  await save();
  await holds('agents/draft.agent.yaml', (text) => assert.match(text, /^ {2}logging:\n {4}sink: siem\n/m));

  // Insert Snippet: searched by what it is for, shown beside, put where it belongs.
  await ui.command('Countersign: Insert Snippet');
  await title('Countersign: Insert Snippet');
  await row('acme-stop-switch').waitFor();
  await shot('picker');
  await input.fill('who stops the agent');
  await row('intervention').waitFor();
  await shows('Queue the request for a person.');
  await shot('picker-preview');
  await ui.key('Enter');
  await page.locator('.tab', { hasText: 'preview.yaml' }).waitFor({ state: 'hidden' });
  await shows('escalation: { system: servicenow');
  await ui.key('Escape');
  await save();
  await holds('agents/draft.agent.yaml', (text) => assert.match(text, /^ {2}intervention:\n {4}stop: \{ by: \[/m));

  // Save Selection as Snippet: the library asks for prefix and description, then holds it.
  await ui.openFile('agents/draft.agent.yaml');
  const lines = file('agents/draft.agent.yaml').split('\n');
  const from = lines.findIndex((line) => line.startsWith('  logging:'));
  await ui.goto(from + 1, 1);
  for (let n = 0; n < 6; n++) await ui.key('Shift+ArrowDown');
  await ui.command('Countersign: Save Selection as Snippet');
  await title('The word that people type to get it');
  assert.equal(await input.inputValue(), 'our-logging');
  await input.fill('acme-logging');
  await page.locator('.quick-input-message', { hasText: 'Another snippet of this library has this prefix' }).waitFor();
  await shot('save-prefix');
  await input.fill('acme-logs-of-drafts');
  await ui.key('Enter');
  await title('What it inserts, and when to use it');
  await input.fill('Logging of agents that are tried out');
  await ui.key('Enter');
  await page.locator('.tab.active', { hasText: 'acme.code-snippets' }).waitFor();
  await editor('acme-logs-of-drafts');
  await shot('saved');
  await save();
  await holds('snippets/acme.code-snippets', (text) => {
    const saved = JSON.parse(text)['acme-logs-of-drafts'];
    assert.equal(saved?.description, 'Logging of agents that are tried out');
    assert.match(saved.body.join('\n'), /^logging:\n {2}sink: \$\{1\|siem,/);
  });

  // What Changed: the difference, the document that came from it, the record.
  await ui.command('Countersign: What Changed in Snippet Libraries');
  await row('letters').waitFor();
  await shot('changes');
  await row('letters').click();
  const preview = await ui.pageWith('.markdown-body');
  await preview.getByText('monthlyUsd: 100').waitFor();
  await shot('changes-report');
  await choose('agents/letters.agent.yaml');
  await notice('Bring `agents/letters.agent.yaml` up to date').or(notice('up to date as shown')).first().waitFor();
  await shot('update-preview');
  await notice('up to date as shown').getByRole('button', { name: 'Update' }).click();
  await page.locator('.tab.active', { hasText: /^letters\.agent\.yaml/ }).waitFor();
  await save();
  await holds('agents/letters.agent.yaml', (text) => assert.match(text, /name: complaint-letters[^]*purpose: Answer complaints\.[^]*budget:\n {4}monthlyUsd: 100\n# snippet: letters\/letter-agent@1\.1\.0 /));
  await choose('Record the libraries');
  await notice('Recorded in').waitFor();
  await shot('recorded');
  await holds('.countersign/snippets.lock', (text) => assert.equal(JSON.parse(text).libraries.find(({ name }) => name === 'letters')?.version, '1.1.0'));

  // New Snippet Library: a name that is none says so; the folder is complete.
  await ui.command('Countersign: New Snippet Library');
  await title('Its name, which is also that of its folder');
  await input.fill('Not A Name');
  await page.locator('.quick-input-message', { hasText: 'Small letters' }).waitFor();
  await shot('new-library');
  await input.fill('letters-library');
  await ui.key('Enter');
  await title('The team that owns it');
  await input.fill('developer-experience');
  await ui.key('Enter');
  await page.locator('.tab.active', { hasText: 'agents.code-snippets' }).waitFor();
  await shot('new-library-made');
  for (const name of ['library.snippets.yaml', 'package.json', 'README.md', 'test/library.test.cjs', 'snippets/agents.code-snippets']) await holds(`letters-library/${name}`, (text) => assert.ok(text.length > 50, name));
};
