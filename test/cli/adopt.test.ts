// `countersign adopt`: what it writes and prints, and what it leaves alone.
import assert from 'node:assert/strict';
import path from 'node:path';
import { memoryHost, ROOT, run } from './memory-host';

const AGENT = '---\nname: Helper\ndescription: Helps.\ntools: [github/get_issue]\n---\nHelp.\n';
const textOf = async (host: ReturnType<typeof memoryHost>, file: string): Promise<string | null> => {
  const found = await host.read(ROOT, file);
  return 'text' in found ? found.text : null;
};

describe('adopt on the command line', () => {
  it('writes a manifest, and a second time nothing', async () => {
    const host = memoryHost({ 'h.agent.md': AGENT });
    const first = await run('adopt', host);
    assert.equal(first.code, 0, first.err);
    const written = await textOf(host, 'agents/h.agent.yaml');
    assert.match(written ?? '', /definition: h\.agent\.md/);
    assert.match(written ?? '', /- github\/get_issue/);
    const again = await run('adopt', host);
    assert.deepEqual([again.code, again.out], [0, 'Every agent has a manifest, or there is none: nothing to adopt.\n']);
    assert.equal(await textOf(host, 'agents/h.agent.yaml'), written);
  });

  it('passes its own check', async () => {
    const host = memoryHost({ 'h.agent.md': AGENT });
    await run('adopt', host);
    const { out } = await run('check --format json', host);
    assert.doesNotMatch(out, /"(?:syntax|schema|drift)\//);
  });

  it('writes nothing on a dry run', async () => {
    const host = memoryHost({ 'h.agent.md': AGENT });
    const { code, out } = await run('adopt --dry-run', host);
    assert.equal(code, 0);
    assert.match(out, /^agents\/h\.agent\.yaml\n {2}apiVersion: countersign\/v1\n/);
    assert.match(out, /would be written/);
    assert.equal(await host.kind(path.join(ROOT, 'agents/h.agent.yaml')), null);
  });

  it('tells programs what it wrote', async () => {
    const { code, out } = await run('adopt --dry-run --format json', memoryHost({ 'h.agent.md': AGENT }));
    const found = JSON.parse(out) as { written: boolean; files: { file: string; agents: string[]; gaps: string[]; text: string }[] };
    assert.equal(code, 0);
    assert.deepEqual([found.written, found.files.map(({ file, agents }) => [file, agents])], [false, [['agents/h.agent.yaml', ['h']]]]);
    assert.ok((found.files[0]?.gaps.length ?? 0) > 0);
  });

  it('writes where it is told to', async () => {
    const host = memoryHost({ 'h.agent.md': AGENT });
    assert.equal((await run('adopt h --out gov/agents/', host)).code, 0);
    assert.ok(await textOf(host, 'gov/agents/h.agent.yaml'));
  });

  it('never writes over a file', async () => {
    const other = 'something else\n';
    const host = memoryHost({ 'h.agent.md': AGENT, 'agents/h.agent.yaml': other, '.countersign.yaml': 'exclude: ["agents/**"]\n' });
    const { code } = await run('adopt', host);
    assert.ok(code === 0 || code === 2);
    assert.equal(await textOf(host, 'agents/h.agent.yaml'), other);
  });

  for (const out of ['../x', '/x', 'a/../../x', 'C:/x', 'a\\..\\..\\x']) it(`refuses to write to ${out}`, async () => {
    const host = memoryHost({ 'h.agent.md': AGENT });
    const { code, err } = await run(`adopt --out ${out}`, host);
    assert.equal(code, 2);
    assert.match(err, /leads out of the workspace\n$/);
  });

  it('refuses a name that no agent without a manifest has', async () => {
    const { code, err } = await run('adopt nobody', memoryHost({ 'h.agent.md': AGENT }));
    assert.equal(code, 2);
    assert.match(err, /`nobody` is no agent without a manifest; there are `h`/);
  });
});
