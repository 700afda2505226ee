// Names under `tools` and `disallowedTools` that are nearly those of a tool.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import { isMcpName } from '../../claude-settings/rule-text';
import { KNOWN } from '../../claude-settings/tools';
import type { SubagentSubject } from '../index';

export const unknownTool: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/unknown-tool',
  severity: 'warning',
  title: 'Claude Code has no tool of this name',
  documentation: `Names of tools are compared letter by letter, and a name that no tool has is dropped without a word: under \`tools\` the agent lacks what was meant, under \`disallowedTools\` it
keeps it. \`mcp__*\` is taken under \`disallowedTools\` only. Only names that are close to one of a tool are reported.

**Evidence:** Claude Code's pages on subagents and on its tools.

**Mend it:** write the name as the tools reference has it.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, bash\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Bash\n---\nYou review changes.\n' },
  check({ tools, disallowed }, report) {
    for (const entry of [...(tools ?? []), ...(disallowed ?? [])]) {
      const { tool, span, value } = entry;
      const gives = tools?.includes(entry) ?? false;
      if (tool === 'mcp__*' && gives) {
        report({ span, message: '`mcp__*` counts under `disallowedTools` only; here it gives no tool. Name the servers: `mcp__server`.' });
        continue;
      }
      if (KNOWN.has(tool) || isMcpName(tool) || tool.includes('*')) continue;
      const meant = [...KNOWN].find((known) => known.toLowerCase() === tool.toLowerCase()) ?? nearest(tool, KNOWN);
      if (meant === null) continue;
      report({
        span,
        message: `Claude Code has no tool \`${tool}\` and drops the name without a word${gives ? '' : ', so the agent keeps the tool'}. \`${meant}\` may be meant.`,
        fixes: [{ title: `Write \`${meant}\``, safe: false, edits: [{ span: { start: span.start, end: span.end }, newText: meant + value.slice(tool.length) }] }],
      });
    }
  },
};
