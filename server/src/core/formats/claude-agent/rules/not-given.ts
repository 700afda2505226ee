// Tools that a subagent never gets, and lists that leave none.
import type { FormatRule } from '../../rule';
import { NOT_FOR_SUBAGENTS } from '../../claude-settings/tools';
import { patternList } from '../../../text';
import { keySpan } from '../read-tools';
import type { SubagentSubject } from '../index';

export const notGiven: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/not-given',
  severity: 'warning',
  title: 'The subagent does not get this tool',
  documentation: `Some tools are never given to a subagent: ${[...NOT_FOR_SUBAGENTS].map((tool) => `\`${tool}\``).join(', ')}. They are dropped from its list without a word. An agent that is left
without any tool cannot be started.

**Evidence:** Claude Code's page on subagents.

**Mend it:** remove the tool, and let the main conversation do what needs it.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, AskUserQuestion\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n' },
  check({ root, agent, tools }, report) {
    for (const { tool, span } of tools ?? []) {
      if (NOT_FOR_SUBAGENTS.has(tool)) report({ span, message: `Claude Code never gives \`${tool}\` to a subagent and drops it without a word. Remove it here.` });
    }
    if (!agent || agent.tools.some((tool) => tool.pattern.includes('*'))) return;
    const taken = patternList(agent.except.map((tool) => tool.pattern));
    const left = agent.tools.filter((tool) => agent.except.length === 0 || !taken.matches(tool.pattern));
    if (tools !== null && tools.length > 0 && left.length === 0 && !tools.every(({ tool }) => NOT_FOR_SUBAGENTS.has(tool))) {
      report({ span: keySpan(root, 'tools') ?? agent.span, message: `No tool is left for \`${agent.id}\`, so Claude Code refuses to start it. \`disallowedTools\` is taken off first; list a tool that stays.` });
    }
  },
};
