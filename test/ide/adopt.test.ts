// Manifests for agents that have none: what is known is filled in, what is not is marked, nothing is taken twice, and what is written checks.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AGENTS, type Workspace } from '../../server/src/core/workspace';
import { formats } from '../../server/src/core/formats';
import { adopt, adoptable } from '../../server/src/ide';
import { lintAll, workspaceOf } from '../harness/workspace';

const of = (files: { readonly [path: string]: string }): Workspace => workspaceOf(new Map(Object.entries(files)));
const adopted = (files: { readonly [path: string]: string }, agents: readonly string[] | null = null, folder = 'agents') => adopt(of(files), { agents, folder });
const agentFile = (...lines: string[]): string => ['---', 'description: Helps.', ...lines, '---', 'Help.', ''].join('\n');

/** One file of agents a format, and more. */
const AGENT_FILES: { readonly [path: string]: string } = {
  '.claude/agents/review.md': '---\nname: review\ndescription: Reviews changes.\ntools: Read, Bash\nmodel: sonnet\n---\nReview.\n',
  '.github/agents/triage.agent.md': agentFile('name: Triage issues', 'tools: ["github/*"]', 'agents: [review]'),
  '.github/workflows/sort.md': '---\non: { schedule: daily }\nintent: Sorts issues.\nengine: { id: copilot, model: openai/gpt-5 }\ntools: { github: { allowed: [list_issues] }, edit: }\nsafe-outputs: { create-issue: {} }\n---\n# Sort\n',
  '.well-known/agent-card.json': '{ "name": "Invoices: all", "description": "Finds invoices.", "version": "1.0.0", "url": "https://a.example.net/x", "capabilities": {}, "provider": { "organization": "Acme" }, "skills": [{ "id": "find", "name": "Find" }] }',
  'team.yaml': 'agents:\n  root: { model: openai/gpt-5, description: Leads., instruction: Lead., toolsets: [ { type: shell } ], sub_agents: [helper] }\n  helper: { model: openai/gpt-5-mini, instruction: Help. }\n',
  'k8s/agent.yaml': 'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: { name: ops, namespace: prod }\nspec: { description: Looks after it., declarative: { modelConfig: fast, tools: [ { type: McpServer, mcpServer: { name: kube, toolNames: [get] } } ] } }\n',
  'crew/config/agents.yaml': 'writer: { role: Writer, goal: Write., backstory: Long. }\n',
  'azure.yaml': 'name: shop\nservices:\n  desk: { host: azure.ai.agent, kind: prompt, name: desk-agent, description: "Answers: all" }\n',
  'docs/agent.yaml': 'kind: prompt\nname: docs\nmodel: { id: gpt-5 }\ntools: [ { kind: web_search } ]\n',
  'root_agent.yaml': 'name: search\ninstruction: Search.\nmodel: gemini-2.5-flash\ntools: [ { name: google_search } ]\n',
  'spec.json': '{ "component_type": "Agent", "agentspec_version": "25.4.1", "name": "desk", "tools": [{ "component_type": "MCPTool", "name": "find", "client_transport": { "name": "crm" } }] }',
  '.codex/config.toml': '[agents.checker]\ndescription = "Checks."\n',
  '.gemini/agents/look.md': '---\nname: look\ndescription: Looks.\ntools: [read_file]\n---\nLook.\n',
  'acs/manifest.yaml': 'agent_control_specification_version: 0.4.0-alpha.1\nmetadata: { name: bank }\ntools: { pay: { type: Tool } }\npolicies: { a: { type: test } }\nintervention_points: { pre_tool_call: { policy_target: $.x, policy: { id: a } } }\n',
};

/** Whether all that is written is sound by itself, and governs what it was written for. */
function holds(files: { readonly [path: string]: string }): void {
  const before = of(files);
  const written = adopt(before, { agents: null, folder: 'agents' });
  assert.equal(new Set(written.map(({ path }) => path)).size, written.length, 'no file twice');
  for (const { path } of written) assert.ok(!before.exists(path), path);
  const after = of({ ...files, ...Object.fromEntries(written.map(({ path, text }) => [path, text])) });
  const paths = new Set(written.map(({ path }) => path));
  const faults = lintAll(after).filter(({ code, path }) => paths.has(path) && /^(?:syntax|schema|drift)\/|^reference\/(?:duplicate|definition)/.test(code));
  assert.deepEqual(faults.map(({ code, path, message }) => `${path} ${code} ${message}`), []);
  assert.deepEqual(adoptable(after).map(({ id, path }) => `${id} ${path}`), [], 'a second time there is nothing to do');
  for (const { agents, text } of written) if (agents.length > 0) assert.ok(text.includes('# gap: '), 'what is not known is marked');
}

describe('adopt', () => {
  it('has an agent of every format that tells of agents', () => {
    const known = new Set(adoptable(of(AGENT_FILES)).map((agent) => agent.format));
    const without = new Set(['codeowners', 'backstage', 'claude-settings', 'copilot-hooks', 'mcp', 'agentcore', 'agentgateway', 'agt']);
    assert.deepEqual(formats.map(({ id }) => id).filter((id) => !known.has(id) && !without.has(id)), []);
  });

  for (const [path, text] of Object.entries(AGENT_FILES)) it(`writes what checks for ${path}`, () => holds({ [path]: text }));

  it('writes what checks for all of them together', () => holds(AGENT_FILES));

  it('writes what checks whatever an agent is called and says', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'B', ' ', ':', '#', '-', '!', '*', '&', '"', "'", '{', '[', ',', 'é', '\\', '@', '1', '.', '/', '%', '|', '>', '?', '`'), maxLength: 24 });
    fc.assert(fc.property(word, word, fc.array(word, { maxLength: 3 }), word, (name, description, tools, model) => {
      holds({ '.github/agents/one.agent.md': `---\nname: ${JSON.stringify(name)}\ndescription: ${JSON.stringify(description)}\ntools: ${JSON.stringify(tools)}\nmodel: ${JSON.stringify(model)}\n---\n`, '.claude/agents/two.md': `---\nname: ${JSON.stringify(name)}\ndescription: ${JSON.stringify(description)}\n---\n` });
    }), { numRuns: 60 });
  });

  it('joins the owner that is known, and says from where', () => {
    const [manifest, catalog] = adopted({ '.github/agents/one.agent.md': agentFile(), '.github/CODEOWNERS': '*.md @acme/tools\n' });
    assert.match(manifest?.text ?? '', /team: .*acme\/tools.* # from CODEOWNERS/);
    assert.match(catalog?.path ?? '', /^catalog\/adopted\.catalog\.yaml$/);
  });

  it('marks the owner that is not known', () => {
    const [manifest] = adopted({ '.github/agents/one.agent.md': agentFile() });
    assert.match(manifest?.text ?? '', /# gap: name the team that owns it\n {2}owner:\n {4}team: unowned\n/);
  });

  it('takes a name that is free, in the workspace and among its own', () => {
    const files = { 'a/x.agent.md': agentFile(), 'b/x.agent.md': agentFile(), 'agents/x.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: y }\nspec: { purpose: p, owner: { team: t } }\n' };
    assert.deepEqual(adopted(files).filter(({ agents }) => agents.length > 0).map(({ path }) => path), ['agents/x-2.agent.yaml', 'agents/x-3.agent.yaml']);
  });

  it('leaves agents alone that have a manifest, and those that were not asked for', () => {
    const files = { 'a.agent.md': agentFile(), 'b.agent.md': agentFile(), 'agents/a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: t }, definition: a.agent.md }\n' };
    assert.deepEqual(adopted(files).flatMap(({ agents }) => agents), ['b']);
    assert.deepEqual(adopted(files, []), []);
    assert.deepEqual(of(files).shared(AGENTS).all.map(({ format }) => format).sort(), ['countersign', 'vscode-agent']);
  });
});
