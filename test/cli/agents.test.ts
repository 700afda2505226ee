// The list of agents: manifests joined with what they govern, and the agent files that nothing governs.
import assert from 'node:assert/strict';
import { memoryHost, run } from './memory-host';

const manifest = (name: string, spec: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec:\n  purpose: Does it.\n${spec.replace(/^(?=.)/gm, '  ')}\n`;
const agentFile = (...lines: string[]): string => ['---', 'name: Helper', 'description: Helps.', ...lines, '---', 'Help.', ''].join('\n');

async function agentsOf(files: Record<string, string>): Promise<Record<string, unknown>[]> {
  const { code, out } = await run('agents --format json', memoryHost(files));
  assert.equal(code, 0);
  return JSON.parse(out) as Record<string, unknown>[];
}

describe('agents', () => {
  it('has exactly the keys of the contract, in order', async () => {
    const [entry] = await agentsOf({ 'a.agent.yaml': manifest('a', 'owner: { team: x }\ntools: [pay/refund, "crm/*", "!crm/delete"]\nmodel: anthropic/claude\ndelegates: [b, { agent: c, reason: r }]\nlifecycle: production') });
    assert.equal(
      JSON.stringify(entry),
      '{"id":"a","format":"countersign","file":"a.agent.yaml","definition":[],"owner":{"team":"x","teams":["x"],"source":"manifest"},"lifecycle":"production",' +
        '"tools":["pay/refund","crm/*"],"except":["crm/delete"],"delegates":["b","c"],"model":"anthropic/claude","capabilities":[]}',
    );
  });

  it('takes from the governed file the blocks that the manifest lacks, and lists it no second time', async () => {
    const file = agentFile('tools: [github/get_issue]', 'model: GPT-5 (copilot)');
    const both = { '.github/agents/h.agent.md': file, 'agents/a.agent.yaml': manifest('a', 'owner: { team: x }\ndefinition: .github/agents/h.agent.md') };
    const [entry, ...rest] = await agentsOf(both);
    assert.deepEqual(rest, []);
    assert.deepEqual([entry?.['id'], entry?.['definition'], entry?.['tools'], entry?.['model'], entry?.['lifecycle']], ['a', ['.github/agents/h.agent.md'], ['github/get_issue'], 'GPT-5 (copilot)', 'draft']);
    const [own] = await agentsOf({ ...both, 'agents/a.agent.yaml': manifest('a', 'owner: { team: x }\ndefinition: ./.github/agents/h.agent.md\ntools: [pay/refund]\nmodel: { provider: openai, name: gpt-5 }') });
    assert.deepEqual([own?.['tools'], own?.['model']], [['pay/refund'], 'openai/gpt-5']);
  });

  it('lists an agent file that nothing governs, with all tools where it names none', async () => {
    const [entry] = await agentsOf({ '.github/agents/h.agent.md': agentFile() });
    assert.deepEqual(entry, {
      id: 'h', format: 'vscode-agent', file: '.github/agents/h.agent.md', definition: [], owner: null, lifecycle: null, tools: ['*'], except: [], delegates: [], model: null, capabilities: [],
    });
  });

  it('tells agents of one id apart, and keeps an agent without a name', async () => {
    const found = await agentsOf({ 'a.agent.yaml': manifest('x', ''), 'b.agent.yaml': manifest('x', ''), 'c.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\n' });
    assert.deepEqual(found.map((entry) => [entry['id'], entry['owner']]), [['x@a.agent.yaml', null], ['x@b.agent.yaml', null], ['c', null]]);
  });

  it('unites the capabilities of tools, data and channels that the Catalog knows', async () => {
    const catalog = 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  tools:\n    crm/find: { capabilities: [reads-private-data] }\n    crm/delete: { capabilities: [executes-code] }\n  channels: { email: { capabilities: [ingests-untrusted-content] } }\n  data: { orders: { capabilities: [reads-private-data, changes-state] }, other: { capabilities: [communicates-externally] } }\n';
    const [entry] = await agentsOf({ 'c.catalog.yaml': catalog, 'a.agent.yaml': manifest('a', 'owner: { team: x }\ntools: ["crm/*", "!crm/delete"]\ninputs: [email]\ndata: [{ source: orders, access: [read] }]') });
    assert.deepEqual(entry?.['capabilities'], ['changes-state', 'ingests-untrusted-content', 'reads-private-data']);
  });

  it('survives manifests of any shape', async () => {
    for (const spec of ['tools: 3\ndefinition: { a: b }\nowner: [x]\nmodel: [1]\ndata: x\ninputs: { a: 1 }\ndelegates: [[1]]', 'definition: ["../../etc/passwd", /etc/passwd]', 'tools: ["!x"]']) {
      const [entry] = await agentsOf({ 'a.agent.yaml': manifest('a', spec) });
      assert.equal(entry?.['id'], 'a');
    }
  });

  it('prints a table', async () => {
    const { out } = await run('agents', memoryHost({ 'a.agent.yaml': manifest('refund', 'owner: { team: payments }\ntools: [a/b, c/d, e/f, g/h]'), 'x.agent.md': agentFile() }));
    assert.match(out, /^AGENT +OWNER +LIFECYCLE +TOOLS +MODEL +FILE\nrefund +payments +draft +a\/b, c\/d, e\/f and 1 more +a\.agent\.yaml\nx +nobody +all +x\.agent\.md\n\n2 agents, 1 without an owner\.\n$/);
    assert.match((await run('agents', memoryHost({ 'x.yaml': '' }))).out, /^There is no agent here/);
  });
});
