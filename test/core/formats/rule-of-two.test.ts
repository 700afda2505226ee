// What comes with an agent's program counts for the rule of two, as far as the agent may do about anything with it.
import assert from 'node:assert/strict';
import { findingsOf } from '../../../server/src/core/analysis';
import { ENGINE } from '../../../server/src/core/policy';
import { NOW, workspaceOf } from '../../harness/workspace';

const agent = (tools: string): string => `---\nname: a\ndescription: d\ntools: ${tools}\n---\n`;
function found(tools: string, allow: readonly string[]): readonly string[] {
  const workspace = workspaceOf(new Map([['.claude/agents/a.md', agent(tools)], ['.claude/settings.json', JSON.stringify({ permissions: { allow } })]]));
  return findingsOf(workspace.shared(ENGINE), { now: NOW }).findings.map((finding) => finding.code);
}

describe('the rule of two over tools that come with a program', () => {
  it('a shell that runs everything has all three', () => assert.deepEqual(found('Bash', ['Bash']), ['capability/rule-of-two']));
  it('a shell that runs some commands has none for certain', () => assert.deepEqual(found('Bash', ['Bash(npm test:*)']), []));
  it('reading, and fetching from anywhere', () => assert.deepEqual(found('Read, WebFetch', ['WebFetch']), ['capability/rule-of-two']));
  it('reading, and fetching from one host', () => assert.deepEqual(found('Read, WebFetch', ['WebFetch(domain:docs.example.com)']), []));
  it('fetching alone', () => assert.deepEqual(found('WebFetch', ['WebFetch']), []));
});
