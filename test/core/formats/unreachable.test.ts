// Rules of which the first that matches decides: what is never asked is found, and its fix makes it decide.
import assert from 'node:assert/strict';
import { createLinter } from '../../../server/src/core/lint';
import { parseRequest } from '../../../server/src/core/model';
import { ENGINE } from '../../../server/src/core/policy';
import { Workspace } from '../../../server/src/core/workspace';

const NOW = Date.UTC(2026, 10, 23);
const workspaceOf = (path: string, text: string): Workspace => {
  const workspace = new Workspace();
  workspace.applyChange({ files: [[path, text]], now: NOW });
  return workspace;
};
const findings = (workspace: Workspace, path: string) => createLinter(workspace).get(path).filter(({ code }) => code.endsWith('/unreachable-rule'));

const rule = (lines: string): string => `[[rule]]\n${lines}\n\n`;
const GEMINI = 'ci/gemini-policy.toml';
const deny = (priority: number, more = ''): string => rule(`mcpName = "github"\ntoolName = "delete_repo"\ndecision = "deny"\npriority = ${priority}${more}`);
const allow = (more = '', priority = 200): string => rule(`mcpName = "github"\ndecision = "allow"\npriority = ${priority}${more}`);

describe('rules that are never asked', () => {
  it('of Gemini are found, and a higher priority makes them decide', () => {
    const text = allow() + deny(100);
    const workspace = workspaceOf(GEMINI, text);
    const [finding, ...more] = findings(workspace, GEMINI);
    assert.ok(finding);
    assert.deepEqual([more, text.slice(finding.span.start, finding.span.end).replaceAll('"', '')], [[], 'delete_repo']);
    const edit = finding.fixes?.[0]?.edits[0];
    assert.ok(edit);
    const mended = workspaceOf(GEMINI, text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end));
    assert.deepEqual(findings(mended, GEMINI), []);
    const decide = (of: Workspace): string => {
      const parsed = parseRequest({ agent: 'gemini', action: 'call', resource: 'tool:github/delete_repo' });
      return 'request' in parsed ? of.shared(ENGINE).decide(parsed.request, { at: NOW }).effect : 'bad';
    };
    assert.deepEqual([decide(workspace), decide(mended)], ['allow', 'deny']);
  });

  for (const [what, text, count] of [
    ['of equal priorities the first decides', allow() + deny(200), 1],
    ['a rule that stands first', deny(200) + allow(), 0],
    ['the same decision', allow() + rule('mcpName = "github"\ntoolName = "read"\ndecision = "allow"\npriority = 1'), 0],
    ['a wider rule that asks something', allow('\nargsPattern = "x"') + deny(100), 0],
    ['a wider rule for one mode', allow('\nmodes = ["default"]') + deny(100), 0],
    ['a wider rule for one agent', allow('\nsubagent = "helper"') + deny(100), 0],
    ['a wider rule by what the server says', allow('\ntoolAnnotations = { readOnlyHint = true }') + deny(100, '\ntoolAnnotations = { destructiveHint = true }'), 0],
    ['another server', allow().replace('github', 'gitlab') + deny(100), 0],
    ['every tool', rule('toolName = "*"\ndecision = "ask_user"\npriority = 500') + deny(100), 1],
    ['no room above', allow('', 999) + deny(100), 1],
  ] as const) {
    it(`of Gemini: ${what}`, () => assert.equal(findings(workspaceOf(GEMINI, text), GEMINI).length, count));
  }

  const AGT = 'policies/refunds.yaml';
  const agt = (second: string, more = ''): string =>
    `apiVersion: governance.toolkit/v1\nname: refunds\nagents: [refund-bot]\ndefault_action: deny\n${more}rules:\n  - { name: one, condition: "tool_name == 'refund'", action: allow, priority: 10 }\n  - { name: two, ${second} }\n`;
  for (const [what, text, title] of [
    ['the same condition below', agt('condition: "tool_name == \'refund\'", action: deny, priority: 5'), null],
    ['the same condition above', agt('condition: "tool_name == \'refund\'", action: deny, priority: 11').replace('priority: 10', 'priority: 10'), null],
    ['without a priority', agt('condition: "tool_name == \'refund\'", action: deny'), null],
    ['another condition', agt('condition: "tool_name == \'list\'", action: deny, priority: 5'), undefined],
    ['another stage', agt('condition: "tool_name == \'refund\'", action: deny, priority: 5, stage: post_tool'), undefined],
    ['switched off', agt('condition: "tool_name == \'refund\'", action: deny, priority: 5, enabled: false'), undefined],
    ['another order', agt('condition: "tool_name == \'refund\'", action: deny, priority: 5', 'conflict_resolution: deny_overrides\n'), undefined],
  ] as const) {
    it(`of the toolkit: ${what}`, () => {
      const found = findings(workspaceOf(AGT, text), AGT);
      assert.deepEqual(found.map(({ fixes }) => fixes?.[0]?.title ?? null), title === undefined ? [] : [title]);
    });
  }
});
