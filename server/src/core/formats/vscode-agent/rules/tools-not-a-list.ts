// `tools` that is neither a list nor text: the author restricted nothing.
import type { FormatRule } from '../../rule';
import type { AgentSubject } from './index';

export const toolsNotAList: FormatRule<AgentSubject> = {
  code: 'format/vscode-agent/tools-not-a-list',
  severity: 'warning',
  title: '`tools` is no list, so it restricts nothing',
  documentation: `\`tools\` is a list of names (for Copilot also one text with commas). A map, a number or nothing at all after the colon is none of
these: the field does not count, and an agent without \`tools\`
gets the default tools, which are all of them for Copilot. A bare \`tools:\` looks like "no tools" and means the opposite; "none" is \`[]\`.

**Evidence:** GitHub's custom agents configuration reference (absent means all, \`[]\` means none); Visual Studio Code's page on custom agents.

**Mend it:** write \`tools: []\` for none, or the list that the agent needs.`,
  bad: { path: '.github/agents/reviewer.agent.md', text: '---\ndescription: Reviews changes.\ntools:\n---\n' },
  good: { path: '.github/agents/reviewer.agent.md', text: '---\ndescription: Reviews changes.\ntools: []\n---\n' },
  check({ malformedTools: found, text }, report) {
    if (!found) return;
    const empty = found.value.start === found.key.start;
    report({
      span: found.value,
      message: `\`tools\` ${empty ? 'has no value' : 'is not a list of names'}, so it restricts nothing: the agent gets the default tools, taken here as all. Write \`[]\` for none, or the names.`,
      ...(empty && text[found.key.end] === ':' ? { fixes: [{ title: 'Write `[]`: no tools', safe: false, edits: [{ span: { start: found.key.end, end: found.key.end + 1 }, newText: ': []' }] }] } : {}),
    });
  },
};
