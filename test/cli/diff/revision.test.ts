// A workspace as git holds it is the workspace that lay on the disk then.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadWorkspace } from '../../../server/src/cli/load';
import type { Host } from '../../../server/src/cli';
import { nodeHost } from '../../../server/src/node/host';
import { revisionOf } from '../../../server/src/node/git/revision';
import { run } from '../memory-host';
import { hasGit, repository, type Repository } from './repository';

const agent = (name: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec: { purpose: x, owner: { team: t } }\n`;
const NOW = (): number => Date.UTC(2026, 10, 22);

(hasGit ? describe : describe.skip)('a revision', () => {
  let repo: Repository;
  before(() => (repo = repository()));
  after(() => repo.remove());

  const loadAt = async (root: string, name: string) => {
    const revision = await revisionOf(root, name, NOW);
    if ('why' in revision) throw new Error(revision.why);
    return loadWorkspace(revision.files, '');
  };
  const loadDisk = (root: string) => loadWorkspace(nodeHost() as Host, root);

  it('reads the same files as the disk: settings, exclusions, links, bytes, what manifests govern', async () => {
    repo.commit({
      'sub/.countersign.yaml': 'extends: [./base.yaml]\nexclude: [vendor]\n', 'sub/base.yaml': 'severity: { "policy/*": off }\n', 'sub/a.agent.yaml': agent('a').replace('purpose: x', 'purpose: x, definition: main.py'),
      'sub/main.py': 'print(1)', 'sub/umlaut ä "q".agent.yaml': agent('b'), 'sub/vendor/v.agent.yaml': agent('v'), 'sub/node_modules/n.agent.yaml': agent('n'),
      'sub/other.yaml': 'x: 1', 'sub/bin.agent.yaml': new Uint8Array([0x61, 0, 0x62]), 'sub/latin.agent.yaml': new Uint8Array([...Buffer.from(agent('l')), 0x23, 0xe4, 0x0a]),
      'sub/bom.agent.yaml': `\ufeff${agent('m')}`, 'sub/crlf.agent.yaml': agent('c').replaceAll('\n', '\r\n'), 'sub/.mcp.json': '{"mcpServers":{}}', 'outside.agent.yaml': agent('o'),
    });
    repo.link('sub/link.agent.yaml', 'a.agent.yaml');
    repo.link('sub/folder', 'more');
    repo.link('sub/away.agent.yaml', '../outside.agent.yaml');
    repo.commit({ 'sub/more/d.agent.yaml': agent('d') });
    const root = path.join(repo.root, 'sub');
    const [disk, git] = [await loadDisk(root), await loadAt(root, 'HEAD')];
    assert.deepEqual(git.workspace.paths(), disk.workspace.paths());
    for (const file of git.workspace.paths()) assert.equal(git.workspace.text(file), disk.workspace.text(file), file);
    assert.deepEqual(git.skipped, disk.skipped);
    assert.deepEqual([...git.damaged], [...disk.damaged]);
    assert.deepEqual([...git.workspace.known()].sort(), [...disk.workspace.known()].sort());
    assert.ok(git.workspace.paths().includes('main.py') && !git.workspace.paths().some((file) => file.includes('vendor')));
  });

  it('is the state of then: other texts, other settings, and nothing of the working files', async () => {
    repo.git('tag', 'then');
    repo.commit({ 'sub/.countersign.yaml': 'exclude: []\n', 'sub/later.agent.yaml': agent('later') });
    repo.write({ 'sub/unsaved.agent.yaml': agent('unsaved') });
    const root = path.join(repo.root, 'sub');
    assert.ok(!(await loadAt(root, 'then')).workspace.paths().includes('later.agent.yaml'));
    const now = (await loadAt(root, 'main')).workspace.paths();
    assert.ok(now.includes('later.agent.yaml') && now.includes('vendor/v.agent.yaml') && !now.includes('unsaved.agent.yaml'));
    assert.deepEqual((await loadAt(root, 'HEAD~1')).workspace.paths(), (await loadAt(root, 'then')).workspace.paths());
  });

  it('a folder that is not there yet is empty', async () => {
    repo.write({ 'new/a.agent.yaml': agent('a') });
    assert.deepEqual((await loadAt(path.join(repo.root, 'new'), 'then')).workspace.paths(), []);
  });

  it('runs nothing of the repository, and takes no lock', async () => {
    const trap = path.join(repo.root, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch '${path.join(repo.root, 'sprung')}'\n`);
    chmodSync(trap, 0o755);
    for (const name of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.sshCommand', 'filter.x.smudge', 'core.editor']) repo.git('config', name, trap);
    const index = readdirSync(path.join(repo.root, '.git'));
    await loadAt(path.join(repo.root, 'sub'), 'then');
    assert.ok(!existsSync(path.join(repo.root, 'sprung')));
    assert.deepEqual(readdirSync(path.join(repo.root, '.git')), index);
  });

  const wrong: readonly (readonly [name: string, says: RegExp])[] = [
    ['nowhere', /neither a folder nor a revision/], ['--help', /neither a folder nor a revision/], ['HEAD:sub/a.agent.yaml', /neither a folder nor a revision/], ['', /neither a folder nor a revision/], ['a b\nc', /neither a folder nor a revision/],
  ];
  for (const [name, says] of wrong) {
    it(`\`${name}\` is none`, async () => {
      const found = await revisionOf(repo.root, name, NOW);
      assert.ok('why' in found);
      assert.match(found.why, says);
    });
  }
  it('says that there is no repository', async () => {
    const found = await revisionOf('/', 'HEAD', NOW);
    assert.ok('why' in found);
    assert.match(found.why, /is no folder, and the workspace is no git repository/);
  });
});

(hasGit ? describe : describe.skip)('submodules and packages at a revision', () => {
  let [outer, inner]: Repository[] = [];
  const paths = async (root: string, name: string) => {
    const revision = await revisionOf(root, name, NOW);
    if ('why' in revision) throw new Error(revision.why);
    const { workspace, skipped } = await loadWorkspace(revision.files, '');
    return { paths: workspace.paths(), skipped: skipped.map(({ path: at, submodule }) => `${at} ${submodule}`), text: (at: string) => workspace.text(at) };
  };

  before(() => {
    [outer, inner] = [repository(), repository()];
    inner.commit({ 'm.agent.yaml': agent('old'), 'deep/n.agent.yaml': agent('n') });
    outer.commit({ 'a.agent.yaml': agent('a') });
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'mods/inner');
    outer.commit();
    outer.git('tag', 'one');
    inner.commit({ 'm.agent.yaml': agent('new') });
    outer.git('-C', 'mods/inner', '-c', 'protocol.file.allow=always', 'pull', '-q', 'origin', 'main');
    outer.commit();
  });
  after(() => [outer, inner].forEach((one) => one?.remove()));

  it('are read where their commits are here', async () => {
    assert.ok(outer);
    const [one, head] = [await paths(outer.root, 'one'), await paths(outer.root, 'HEAD')];
    assert.deepEqual([one.paths, one.skipped], [['a.agent.yaml', 'mods/inner/deep/n.agent.yaml', 'mods/inner/m.agent.yaml'], []]);
    assert.deepEqual([one.text('mods/inner/m.agent.yaml'), head.text('mods/inner/m.agent.yaml')], [agent('old'), agent('new')]);
    assert.deepEqual((await paths(path.join(outer.root, 'mods'), 'one')).paths, ['inner/deep/n.agent.yaml', 'inner/m.agent.yaml']);
    // the folder is empty, what it held is kept in the repository
    outer.git('submodule', '--quiet', 'deinit', '-f', 'mods/inner');
    assert.deepEqual((await paths(outer.root, 'one')).paths, one.paths);
  });

  it('are named where they are not, or lie elsewhere', async () => {
    assert.ok(outer && inner);
    outer.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},mods/inner`);
    outer.git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-q', '-m', 'x');
    assert.deepEqual(await paths(outer.root, 'HEAD').then(({ paths: found, skipped }) => [found, skipped]), [['a.agent.yaml'], ['mods/inner true']]);
    // a link to another repository of this machine is not followed
    outer.git('update-index', '--add', '--cacheinfo', `160000,${inner.git('rev-parse', 'HEAD').trim()},away`);
    outer.git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-q', '-m', 'x');
    outer.write({ 'away/.git': `gitdir: ${inner.root}/.git\n` });
    assert.deepEqual((await paths(outer.root, 'HEAD')).skipped, ['away true', 'mods/inner true']);
  });

  it('prove nothing where they changed and are not here', async () => {
    const there = repository();
    try {
      const module = (digit: string) => {
        there.git('update-index', '--add', '--cacheinfo', `160000,${digit.repeat(40)},mods/inner`);
        there.git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-q', '--allow-empty', '-m', 'x');
      };
      there.commit({ 'a.agent.yaml': agent('a') });
      module('1');
      module('1');
      module('2');
      const asked = async (words: string) => {
        const { code, out } = await run(`--workspace ${there.root} diff --format json ${words}`, { ...nodeHost(), revision: (root: string, name: string) => revisionOf(root, name, NOW) } as Host);
        const { verdict, proved, reasons } = JSON.parse(out) as { verdict: string; proved: boolean; reasons: string[] };
        return [code, verdict, proved, reasons.length];
      };
      assert.deepEqual(await asked('--base HEAD~2 --head HEAD~1'), [0, 'equal', true, 0]);
      assert.deepEqual(await asked('--base HEAD~1 --head HEAD'), [1, 'unknown', false, 1]);
      // not checked out: the last commit says what belongs there
      assert.deepEqual(await asked('--base HEAD'), [0, 'equal', true, 0]);
      assert.deepEqual(await asked('--base HEAD~1'), [1, 'unknown', false, 1]);
      assert.deepEqual(await asked('--base HEAD~1 --allow-unknown'), [0, 'unknown', false, 1]);
    } finally {
      there.remove();
    }
  });

  it('packages are those that are installed now', async () => {
    assert.ok(outer);
    outer.commit({ '.gitignore': 'node_modules\n', '.countersign.yaml': 'extends: [acme-settings]\n', 'old/o.agent.yaml': agent('o') });
    outer.write({ 'node_modules/acme-settings/package.json': '{"name":"acme-settings","version":"1.0.0"}', 'node_modules/acme-settings/.countersign.yaml': 'exclude: [old/**]\n' });
    const disk = (await loadWorkspace(nodeHost() as Host, outer.root)).workspace;
    const found = await paths(outer.root, 'HEAD');
    assert.deepEqual(found.paths, disk.paths());
    assert.ok(!found.paths.includes('old/o.agent.yaml') && found.paths.some((at) => at.startsWith('node_modules/')), found.paths.join());
  });
});
