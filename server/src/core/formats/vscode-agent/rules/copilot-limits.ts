// What GitHub Copilot asks of an agent file, and VS Code does not.
import type { FormatRule } from '../../rule';
import { spanOf } from '../../fields';
import { pairOf, textOf } from '../../../yaml';
import type { AgentSubject } from './index';

/** Characters that the text below the frontmatter may have. */
const MAX_PROMPT = 30_000;

export const promptTooLong: FormatRule<AgentSubject> = {
  code: 'format/vscode-agent/prompt-too-long',
  severity: 'warning',
  title: 'The text is longer than GitHub Copilot takes',
  documentation: `GitHub Copilot takes 30,000 characters of text below the frontmatter. What stands behind them, often the last rules of what the agent must never do, cannot be relied on.
An agent with \`target: vscode\` is not meant.

**Evidence:** GitHub's page on the configuration of custom agents: "The prompt can be a maximum of 30,000 characters."

**Mend it:** move parts into instructions or skills, or write \`target: vscode\`.`,
  bad: { path: '.github/agents/long.agent.md', text: `---\ndescription: Knows everything.\ntools: ['read']\n---\n${'Never do that. '.repeat(2_001)}\n` },
  good: { path: '.github/agents/long.agent.md', text: "---\ndescription: Knows what it needs.\ntools: ['read']\n---\nNever do that.\n" },
  check({ agent, text, body, root }, report) {
    if (body === null || agent.environment?.value === 'vscode' || text.length - body <= MAX_PROMPT || text.slice(body).trim().length <= MAX_PROMPT) return;
    const pair = pairOf(root, 'description') ?? pairOf(root, 'name');
    const at = agent.environment?.span ?? (pair ? spanOf(pair.key) : agent.span);
    report({ span: at, message: `\`${agent.id}\` has ${text.slice(body).trim().length.toLocaleString('en-US')} characters of text, and GitHub Copilot takes ${MAX_PROMPT.toLocaleString('en-US')}. Move parts into instructions or skills.` });
  },
};

export const noDescription: FormatRule<AgentSubject> = {
  code: 'format/vscode-agent/no-description',
  severity: 'warning',
  title: 'GitHub Copilot asks for a description',
  documentation: `\`description\` is required for agents that run in GitHub Copilot; it is also what other agents choose by. VS Code does without, so that only agents with \`target: github-copilot\` are meant.

**Evidence:** GitHub's page on the configuration of custom agents marks \`description\` as required.

**Mend it:** say in a sentence what the agent is for.`,
  bad: { path: '.github/agents/docs.agent.md', text: "---\nname: docs\ntarget: github-copilot\ntools: ['read']\n---\nWrite.\n" },
  good: { path: '.github/agents/docs.agent.md', text: "---\nname: docs\ndescription: Writes documentation.\ntarget: github-copilot\ntools: ['read']\n---\nWrite.\n" },
  check({ agent, root }, report) {
    if (!root || agent.environment?.value !== 'github-copilot') return;
    const pair = pairOf(root, 'description');
    if (pair && textOf(pair.value)?.trim() !== '') return;
    report({ span: pair ? spanOf(pair.key) : agent.environment.span, message: `GitHub Copilot requires a \`description\`, and \`${agent.id}\` is for it alone. Say in a sentence what the agent is for.` });
  },
};
