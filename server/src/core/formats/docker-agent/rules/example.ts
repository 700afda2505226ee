// The team that examples of the findings are made of.
import type { FormatExample } from '../../rule';

/** One agent with a shell, and what the finding is about below it. */
export const keeper = (more: string): FormatExample => ({
  path: 'team.yaml',
  text: `agents:
  root:
    model: openai/gpt-5-mini
    description: Keeps the repository in order.
    instruction: Keep it in order.
    toolsets: [ { type: shell } ]
${more}`,
});
