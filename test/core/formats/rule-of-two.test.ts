// What comes with an agent's program counts for the rule of two, as far as the agent may do about anything with it.
import assert from 'node:assert/strict';
import { findingsOf } from '../../../server/src/core/analysis';
import { analyse } from '../../../server/src/core/lint';
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
  it('searching sends nothing to whoever wrote the page', () => assert.deepEqual(found('Read, WebSearch', ['WebSearch']), []));

  it('shows the way that the work takes', () => {
    const files = new Map([
      ['.claude/settings.json', JSON.stringify({ permissions: { allow: ['Bash'] } })],
      ['.claude/agents/helper.md', '---\nname: helper\ndescription: d\ntools: Bash\n---\n'],
      ['.claude/agents/lead.md', '---\nname: lead\ndescription: d\ntools: Read, Agent\n---\n'],
    ]);
    const problem = analyse(workspaceOf(files)).get('.claude/agents/lead.md')?.find(({ code }) => code === 'capability/rule-of-two');
    const shown = (problem?.related ?? []).map(({ path, span, message }) => [path?.split('/').at(-1), files.get(path ?? '')?.slice(span.start, span.end), message]);
    assert.deepEqual(shown, [
      ['lead.md', 'lead', '`lead` hands work to `helper`.'], ['helper.md', 'Bash', '`helper` takes in untrusted content by `tool:claude/Bash`.'],
      ['lead.md', 'Read', '`lead` reads private data by `tool:claude/Read`.'], ['helper.md', 'Bash', '`helper` sends out or changes something by `tool:claude/Bash`.'],
    ]);
  });
});
