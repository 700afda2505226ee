// All tools of a server run without a question.
import type { FormatRule } from '../../rule';
import type { GeminiSettings } from '../settings';

const example = (trust: string): { path: string; text: string } => ({ path: '.gemini/settings.json', text: `{ "mcpServers": { "tickets": { "command": "tickets-server"${trust} } } }\n` });

export const trustedServer: FormatRule<GeminiSettings> = {
  code: 'format/gemini/trusted-server',
  severity: 'warning',
  title: 'A server that never asks',
  documentation: `\`"trust": true\` lets every tool of the server run without a confirmation, also those that change something and those that the server gets later, for everybody who opens the repository.

**Evidence:** the configuration reference of Gemini CLI, \`mcpServers\`.

**Mend it:** remove \`trust\`, and allow the tools that only read with a rule of one's own.`,
  bad: example(', "trust": true'),
  good: example(''),
  check({ trusted }, report) {
    for (const { value, span } of trusted) report({ span, message: `Every tool of \`${value}\` runs without asking, because it is trusted. Remove \`trust\`, and allow the tools that only read.` });
  },
};
