// A server's name that rules cannot be told apart from its tools.
import type { FormatRule } from '../../rule';
import type { PolicySubject } from './index';

const example = (name: string): { path: string; text: string } => ({ path: 'ci/gemini-policy.toml', text: `[[rule]]\nmcpName = "${name}"\ntoolName = "search"\ndecision = "deny"\npriority = 100\n` });

export const underscoreServer: FormatRule<PolicySubject> = {
  code: 'format/gemini/underscore-server',
  severity: 'warning',
  title: 'A server whose name breaks rules',
  documentation: `Tools of servers get names that join the server's and the tool's with underscores. With an underscore in the server's name the two cannot be told apart, and the rule may not match.

**Evidence:** the policy reference of Gemini CLI warns of underscores in the names of servers.

**Mend it:** name the server with hyphens, in the settings and here.`,
  bad: example('issue_tracker'),
  good: example('issue-tracker'),
  check({ rules }, report) {
    for (const { server } of rules) if (server?.value.includes('_')) report({ span: server.span, message: `With an underscore in \`${server.value}\` the server and its tools cannot be told apart, and this rule may not match. Use hyphens, in the settings too.` });
  },
};
