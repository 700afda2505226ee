// Names of agents behind `Agent` that bind nobody.
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';

export const agentList: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/agent-list',
  severity: 'information',
  title: 'The names of agents in brackets do not restrict a subagent',
  documentation: `\`Agent(reviewer, tester)\` is a list of those who may be called in the main conversation only. A subagent that has the tool may call every agent there is, whatever stands in
the brackets.

**Evidence:** Claude Code's page on subagents.

**Mend it:** take \`Agent\` away where the agent must not delegate; forbid single agents with \`deny\` in the settings: \`Agent(deployer)\`.`,
  bad: { path: '.claude/agents/lead.md', text: '---\nname: lead\ndescription: Leads.\ntools: Read, Agent(reviewer)\n---\nYou lead.\n' },
  good: { path: '.claude/agents/lead.md', text: '---\nname: lead\ndescription: Leads.\ntools: Read, Agent\n---\nYou lead.\n' },
  check({ tools }, report) {
    for (const { tool, inside, span } of tools ?? []) {
      if ((tool === 'Agent' || tool === 'Task') && inside !== null && inside.trim() !== '' && inside.trim() !== '*') {
        report({ span, message: 'In a subagent the names in brackets restrict nothing: whoever has the tool may call every agent. Take `Agent` away, or forbid single agents with `deny` in the settings.' });
      }
    }
  },
};
