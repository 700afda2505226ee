// The findings of prompt files.
import { pairOf, valueOf, type MapNode } from '../../../yaml';
import { spanOf, textField } from '../../fields';
import type { ForeignTool } from '../../format';
import type { FormatRule } from '../../rule';

export interface PromptSubject {
  readonly root: MapNode;
  readonly tools: readonly ForeignTool[];
}

const promptTools: FormatRule<PromptSubject> = {
  code: 'format/vscode-agent/prompt-tools',
  severity: 'information',
  title: 'The prompt\'s tools replace those of the agent',
  documentation: `A prompt file that names an agent and has \`tools\` of its own runs that agent with the prompt's tools: what the agent's file leaves out is there again while the prompt runs.

**Evidence:** Visual Studio Code's page on prompt files: the prompt's tools count before those of the agent it names, and these before those of the current agent.

**Mend it:** leave \`tools\` out, so that the agent's own count.`,
  bad: { path: '.github/prompts/review.prompt.md', text: "---\nagent: reviewer\ntools: ['edit']\n---\nReview the changes.\n" },
  good: { path: '.github/prompts/review.prompt.md', text: '---\nagent: reviewer\n---\nReview the changes.\n' },
  check({ root, tools }, report) {
    const agent = textField(root, 'agent');
    const pair = pairOf(root, 'tools');
    // the agents that come with the editor have every tool anyway
    if (!agent || !pair || /^(?:agent|ask|edit|plan)$/i.test(agent.value) || tools.length === 0 || valueOf(root, 'tools')?.kind !== 'seq') return;
    report({ span: spanOf(pair.key), message: `While this prompt runs, \`${agent.value}\` has these tools and not its own. Leave \`tools\` out, so that those of the agent count.` });
  },
};

export const promptRules: readonly FormatRule<PromptSubject>[] = [promptTools];
