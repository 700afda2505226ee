// The simulator for agents of other tools: their terms in the form, their rules in the answer.
import assert from 'node:assert/strict';
import { choicesOf, simulate } from '../../server/src/ide';
import type { SimulatorDecision } from '../../server/src/protocol';
import { NOW, workspaceOf } from '../harness/workspace';

const SETTINGS = '{ "permissions": {\n  "allow": ["Bash(npm test)"],\n  "deny": ["Bash(rm:*)"] } }\n';
const workspace = workspaceOf(new Map([['.claude/settings.json', SETTINGS]]));
const locate = ({ path, span }: { path: string; span: { start: number } }) => ({ uri: path, range: { start: { line: span.start, character: 0 }, end: { line: 0, character: 0 } } });

function decided(command: string): SimulatorDecision {
  const answer = simulate(workspace, { agent: 'claude', action: 'call', resource: 'tool:claude/Bash', args: { command } }, { now: NOW, locate });
  assert.ok('decision' in answer, JSON.stringify(answer));
  return answer.decision;
}

describe('ide: the simulator for agents of other tools', () => {
  it('offers the tools that come with the program, and asks for a command, a path, an address', () => {
    const field = (resource?: string): string | undefined => choicesOf(workspace, { agent: 'claude', action: 'call', ...(resource === undefined ? {} : { resource }) }).fields?.[0]?.name;
    const { chosen, resources } = choicesOf(workspace, { agent: 'claude', action: 'call' });
    assert.equal(chosen.resource, 'claude/Bash');
    assert.ok(['claude/Bash', 'claude/Read', 'claude/WebFetch'].every((name) => resources.some((option) => option.name === name && option.declared)));
    assert.deepEqual([field(), field('claude/Read'), field('claude/WebFetch'), field('claude/Grep')], ['command', 'file_path', 'url', 'path']);
  });

  it('names the rule as it is written, under its format, at its place', () => {
    const denied = decided('rm -rf x');
    assert.deepEqual([denied.effect, denied.matched.map(({ name, policy, label }) => [name, policy, label])], ['deny', [['Bash(rm:*)', 'claude-settings', 'settings.json:3']]]);
    assert.match(denied.matched[0]?.detail ?? '', /`args.command` matches `rm \*`; `args.command` is rm -rf x$/);
  });

  it('says why where no rule is for it', () => {
    assert.match(decided('curl x').sentence ?? '', /^No rule is for this\. The mode is not written/);
    assert.match(decided('ls').sentence ?? '', /^No rule is for this\. By itself the tool lets this run: commands that only read\.$/);
  });
});
