// How far rules of `allow` reach: what is told of each, alone and beside a denial.
import assert from 'node:assert/strict';
import { lintAll, workspaceOf } from '../../harness/workspace';

/** A rule of `allow`, and what is told of it alone and beside `deny Bash(rm -rf:*)`: `w` wider than it looks, `e` the denial does not hold against it. */
const GRANTS: readonly (readonly [rule: string, alone: string, beside: string])[] = [
  ['Bash(npm test:*)', '', ''], ['Bash(npm:*)', '', 'e'], ['Bash(uv:*)', '', 'e'], ['Bash(uv run pytest:*)', '', ''], ['Bash(pnpm exec:*)', 'w', 'e'],
  ['Bash(python:*)', 'w', 'e'], ['Bash(python3 -c ":*)', 'w', 'e'], ['Bash(python scripts/lint.py:*)', '', ''], ['Bash(PORT=80 python3 -c ":*)', 'w', 'e'], ['Bash(NODE_ENV=test npm test:*)', '', ''],
  ['Bash(curl:*)', 'w', 'w'], ['Bash(curl -sL:*)', 'w', 'w'], ['Bash(curl -sL https://docs.acme.com/:*)', '', ''], ['Bash(curl https://docs.acme.com/x)', '', ''],
  ['Bash(gh auth:*)', 'w', 'w'], ['Bash(gh auth status)', '', ''], ['Bash(gh pr list:*)', '', ''], ['Bash(find:*)', '', ''], ['Bash', 'w', 'e'], ['PowerShell(*)', 'w', 'e'],
  ['Read(//c//**)', 'w', 'w'], ['Read(//tmp/**)', '', ''], ['Read(~/**)', 'w', 'w'],
];

const SIGNS: { readonly [code: string]: string } = { 'format/claude-settings/broad-grant': 'w', 'format/claude-settings/interpreter-escape': 'e' };
const told = (permissions: object): string => lintAll(workspaceOf(new Map([['.claude/settings.json', JSON.stringify({ permissions })]]))).map(({ code }) => SIGNS[code] ?? '').join('');

describe('how far a grant of Claude Code reaches', () => {
  for (const [rule, alone, beside] of GRANTS) {
    it(rule, () => assert.deepEqual([told({ allow: [rule] }), told({ allow: [rule], deny: ['Bash(rm -rf:*)'] })], [alone, beside]));
  }

  it('a subagent that is skipped is not said to have every tool', () => {
    const codes = (head: string): readonly string[] => lintAll(workspaceOf(new Map([['.claude/agents/a.md', `---\n${head}---\nx\n`]]))).map(({ code }) => code);
    assert.deepEqual(codes('name: a\ndescription: d\n'), ['format/claude-agent/all-tools']);
    assert.deepEqual(codes('name: a\n'), ['format/claude-agent/no-description']);
    assert.deepEqual(codes('name: x:a\ndescription: d\n'), ['format/claude-agent/bad-name']);
  });
});
