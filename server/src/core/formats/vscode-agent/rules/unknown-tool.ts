// A name under `tools` that is nearly one of the editor's own.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import { ownNames } from '../tool-names';
import type { AgentSubject } from './index';

export const unknownTool: FormatRule<AgentSubject> = {
  code: 'format/vscode-agent/unknown-tool',
  severity: 'warning',
  title: 'No tool has this name',
  documentation: `A name that no tool, tool set or server has is dropped without a word: the agent lacks what was meant. Only names that are close to one of Visual Studio Code's own are reported;
extensions and servers bring names that cannot be known here, and names that have moved are still taken.

**Evidence:** Visual Studio Code's page on custom agents: names that are not available are ignored.

**Mend it:** write the name that is meant.`,
  bad: { path: '.github/agents/reviewer.agent.md', text: "---\ndescription: Reviews changes.\ntools: ['read', 'serach']\n---\n" },
  good: { path: '.github/agents/reviewer.agent.md', text: "---\ndescription: Reviews changes.\ntools: ['read', 'search']\n---\n" },
  check({ agent }, report) {
    for (const { written, span, unresolved } of agent.tools) {
      if (!unresolved || written.length < 4 || written.startsWith('!')) continue;
      const meant = nearest(written, ownNames());
      if (meant === null || Math.abs(meant.length - written.length) > 1) continue;
      report({ span, message: `No tool or tool set of Visual Studio Code is called \`${written}\`; unless a server or an extension brings it, it is dropped without a word. \`${meant}\` may be meant.` });
    }
  },
};
