// Use of the command line: options, folders, exit codes.
import assert from 'node:assert/strict';
import path from 'node:path';
import { ROOT, memoryHost, run } from './memory-host';

const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: Does it.\n  owner: { team: x }\n';
const BROKEN = AGENT.replace('purpose: Does it.', 'purpse: Does it.');
const HOST = memoryHost({ '.countersign.yaml': '', 'agents/a.agent.yaml': AGENT, 'agents/b.agent.yaml': BROKEN.replace('name: a', 'name: b'), 'README.md': '# Read', '../other/x.yaml': 'a: b' });

interface Output { findings: { file: string; code: string; severity: string; range: object }[]; summary: { files: number; error: number } }
const findings = (out: string): Output => JSON.parse(out) as Output;

describe('wrong use', () => {
  const cases: readonly (readonly [command: string, says: RegExp])[] = [
    ['', /name a command/],
    ['chek', /unknown command 'chek'.*check/],
    ['check --formt json', /unknown option '--formt'.*--format/],
    ['check --format yaml', /Allowed choices are text, json, sarif, github, junit, markdown/],
    ['check --fail-on hint', /Allowed choices are error, warning, information, never/],
    ['check nowhere.yaml', /`nowhere\.yaml` is not there/],
    ['check ../other/x.yaml', /outside the workspace/],
    ['check --workspace nowhere', /`nowhere` is not there/],
    ['check --workspace README.md', /is a file/],
    ['agents more', /too many arguments/],
    ['explain nothing/known', /there is no code `nothing\/known`/],
    ['explain schema/unknwn-key', /did you mean `schema\/unknown-key`/],
    ['lsp', /lsp --stdio/],
  ];
  for (const [command, says] of cases) {
    it(`\`${command}\` is exit 2 with one line`, async () => {
      const { code, out, err } = await run(command, HOST);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, says);
      assert.match(err, /^countersign: [^\n]+\n$/);
    });
  }
});

describe('help and version', () => {
  for (const command of ['--help', '-h', 'check --help', 'explain --help']) {
    it(`\`${command}\` prints on stdout, exit 0`, async () => {
      const { code, out, err } = await run(command, HOST);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /^Usage: countersign /);
      assert.ok(out.split('\n').every((line) => line.length <= 100));
    });
  }
  it('names each command and gives examples', async () => {
    const { out } = await run('--help', HOST);
    for (const word of ['check', 'explain', 'agents', 'sources', 'lsp', 'Examples:', 'Exit codes:']) assert.ok(out.includes(word), word);
  });
  it('prints the version', async () => assert.deepEqual(await run('--version', HOST), { code: 0, out: '1.2.3\n', err: '' }));
});

describe('check', () => {
  it('exits 1 on an error, and reports in the form asked for', async () => {
    const { code, out } = await run('check --format json', HOST);
    assert.equal(code, 1);
    assert.ok(findings(out).findings.some((f) => f.file === 'agents/b.agent.yaml' && f.code === 'schema/unknown-key'));
    assert.ok(findings(out).findings.every((f) => f.file === 'agents/b.agent.yaml'));
    assert.equal(findings(out).summary.files, 3);
  });

  it('limits what is reported to the paths', async () => {
    const clean = await run('check agents/a.agent.yaml --format json', HOST);
    assert.deepEqual([clean.code, findings(clean.out).findings, findings(clean.out).summary.files], [0, [], 1]);
    const folder = await run('check agents --format json', HOST);
    assert.deepEqual([folder.code, findings(folder.out).summary.files], [1, 2]);
    const fromFolder = await run('check a.agent.yaml', HOST, { cwd: path.join(ROOT, 'agents') });
    assert.deepEqual([fromFolder.code, fromFolder.out], [0, 'No problems in 1 file.\n']);
  });

  it('reads the whole workspace also when a path limits the report', async () => {
    const catalog = 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { y: { title: Y } }\n';
    const { out } = await run('check agents --format json', memoryHost({ 'agents/a.agent.yaml': AGENT, 'c.catalog.yaml': catalog }));
    assert.deepEqual(findings(out).findings.map((f) => f.code), ['reference/unknown-team']);
  });

  it('fails on what --fail-on says', async () => {
    assert.equal((await run('check --fail-on never', HOST)).code, 0);
    const host = memoryHost({ 'a.agent.yaml': AGENT, 'c.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { y: { title: Y } }\n' });
    assert.equal((await run('check', host)).code, 0);
    assert.equal((await run('check --fail-on warning', host)).code, 1);
    assert.equal((await run('check --fail-on information', host)).code, 1);
  });

  it('takes --workspace before and after the command', async () => {
    for (const command of ['--workspace agents check --format json', 'check --format json --workspace agents']) {
      const { out } = await run(command, HOST);
      assert.deepEqual(findings(out).findings.map((f) => f.file).filter((f, i, all) => all.indexOf(f) === i), ['b.agent.yaml'], command);
    }
  });

  it('finds the workspace upwards by its marks', async () => {
    const { out } = await run('check --format json', HOST, { cwd: path.join(ROOT, 'agents') });
    assert.equal(findings(out).findings[0]?.file, 'agents/b.agent.yaml');
  });

  it('leaves out what the settings exclude', async () => {
    const { code, out } = await run('check', memoryHost({ '.countersign.yaml': 'exclude: [old]\n', 'old/b.agent.yaml': BROKEN }));
    assert.deepEqual([code, out], [0, 'No problems in 1 file.\n']);
  });

  it('reports documents that could not be read, and names other files on stderr', async () => {
    const big = { reason: 'too-large' as const, why: 'it has 50,000,000 bytes; files over 2,000,000 are not read' };
    const { code, out, err } = await run('check --format json', memoryHost({ 'big.policy.yaml': big, 'big.json': big }));
    assert.equal(code, 1);
    assert.deepEqual(findings(out).findings.map((f) => [f.file, f.code, f.severity, f.range]), [
      ['big.policy.yaml', 'syntax/too-large', 'error', { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }],
    ]);
    assert.match(err, /skipped big\.json: it has 50,000,000 bytes/);
  });

  it('draws its progress on a terminal only, and wipes it', async () => {
    let time = 0;
    const host = { ...HOST, now: () => (time += 200) };
    assert.equal((await run('check', host)).err, '');
    const { err } = await run('check', host, { isErrorTTY: true });
    assert.match(err, /\r[█░]+ \d+\/\d+ files (read|checked) *\r/);
    assert.match(err, /\r +\r$/);
    assert.equal((await run('check', host, { isErrorTTY: true, columns: 0 })).code, 1);
  });

  for (const format of ['text', 'json', 'sarif', 'github', 'junit', 'markdown']) {
    it(`writes ${format} that names the finding`, async () => {
      const { code, out } = await run(`check --format ${format}`, HOST);
      assert.equal(code, 1);
      assert.ok(out.includes('agents/b.agent.yaml') && out.includes('schema/unknown-key') && out.endsWith('\n'));
    });
  }
});

describe('explain', () => {
  it('prints the page of a code', async () => {
    const { code, out } = await run('explain schema/unknown-key', HOST);
    assert.equal(code, 0);
    assert.match(out, /^schema\/unknown-key\n/);
    assert.match(out, /Severity: error\./);
  });
  it('lists all codes without one', async () => {
    const text = await run('explain', HOST);
    assert.deepEqual(await run('explain --list', HOST), text);
    assert.match(text.out, /^CODE +SEVERITY +WHAT IS REPORTED\n/);
    const json = JSON.parse((await run('explain --format json', HOST)).out) as { code: string }[];
    assert.equal(json.length, text.out.trim().split('\n').length - 1);
    assert.ok(json.some((doc) => doc.code === 'reference/unknown-team'));
  });
});

describe('sources', () => {
  it('lists each file that was read and what it was taken for', async () => {
    const mcp = '{ "servers": { "git": { "command": "git-mcp" }, "web": { "url": "https://example.com/mcp" } } }';
    const host = memoryHost({ 'a.agent.yaml': AGENT, '.vscode/mcp.json': mcp, 'x.json': '{}', 'README.md': '' });
    const { code, out } = await run('sources --format json', host);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), [{ file: '.vscode/mcp.json', format: 'mcp', servers: ['git', 'web'] }, { file: 'a.agent.yaml', format: 'countersign', servers: [] }]);
    assert.match((await run('sources', host)).out, /^FILE +FORMAT +SERVERS\n\.vscode\/mcp\.json {2}mcp +git, web\n/);
  });
});

describe('lsp', () => {
  it('hands over to the host', async () => assert.equal((await run('lsp --stdio', { ...HOST, serve: () => Promise.resolve(7) })).code, 7));
});
