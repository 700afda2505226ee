// An agent file that says nothing of the agent: the tool loads it all the same, with every default.
import type { FormatRule } from '../../rule';
import type { AgentSubject } from './index';

export const noFrontmatter: FormatRule<AgentSubject> = {
  code: 'format/vscode-agent/no-frontmatter',
  severity: 'warning',
  title: 'An agent without readable frontmatter gets every default',
  documentation: `VS Code loads every \`*.agent.md\` as an agent, by its name alone. Without frontmatter between two \`---\` lines, beginning on the
very first line, the agent has its file's name, no description and the default
tools: Countersign counts all of them, and shows them as assumed.

**Evidence:** Visual Studio Code's page on custom agents: the header is optional, and \`.agent.md\` is what makes the file an agent.

**Mend it:** begin the file with a \`description\` and the \`tools\` that the agent needs.`,
  bad: { path: '.github/agents/reviewer.agent.md', text: '# Reviewer\n\nYou review changes.\n' },
  good: { path: '.github/agents/reviewer.agent.md', text: "---\ndescription: Reviews changes and never edits.\ntools: ['read', 'search']\n---\n\nYou review changes.\n" },
  check({ root, top, agent }, report) {
    if (root) return;
    report({
      span: top,
      message: `\`${agent.id}\` is loaded as an agent by this file's name, and has no readable frontmatter: it gets the default tools, taken here as all. Begin the file with \`---\`, \`description\`, \`tools\` and \`---\`.`,
    });
  },
};
