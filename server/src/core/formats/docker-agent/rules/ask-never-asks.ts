// A question that an allowance answers before it is asked.
import type { FormatRule } from '../../rule';
import { globOf } from '../glob';
import type { TeamRule } from '../permissions';
import type { TeamSubject } from './index';

const example = (allow: string): string => `agents:
  root:
    model: openai/gpt-5-mini
    description: Keeps the repository in order.
    instruction: Keep it in order.
    toolsets: [ { type: shell } ]
permissions:
  allow: [${allow}]
  ask: ["shell:cmd=git push*"]
`;

/** Whether whatever the second fits the first fits too, as far as texts tell: a glob over a glob. */
function covers(wide: TeamRule, narrow: TeamRule): boolean {
  const tool = globOf(wide.tool);
  if (!tool || !tool(narrow.tool) || /[[\\]/.test(`${narrow.tool}${narrow.written.value}`)) return false;
  return wide.args.every(({ name, glob }) => {
    const other = narrow.args.find((arg) => arg.name === name);
    const fits = globOf(glob);
    if (!other || !fits) return false;
    // an allowance by the beginning of a command is for single commands only: lines of several still ask
    if (name === 'cmd') return glob === '*' || (!/[*?]/.test(other.glob) && glob === other.glob);
    return fits(other.glob);
  });
}

export const askNeverAsks: FormatRule<TeamSubject> = {
  code: 'format/docker-agent/ask-never-asks',
  severity: 'warning',
  title: 'A question that is never asked',
  documentation: `Docker's agent runtime looks at \`deny\` first, then at \`allow\`, and only then at \`ask\`: whatever an \`allow\` pattern fits runs, also where a narrower \`ask\` pattern fits too.
Other tools (Claude Code) ask first, so that the same lists mean the opposite there.

**Evidence:** the runtime's permission checker and the documentation of \`permissions\`: deny, allow, then ask; an explicit \`ask\` only overrides that tools which only read run by themselves.

**Mend it:** narrow the \`allow\` pattern so that it does not fit what is to be asked for, or move the pattern to \`deny\`.`,
  bad: { path: 'team.yaml', text: example('shell') },
  good: { path: 'team.yaml', text: example('"shell:cmd=git status"') },
  check({ permissions }, report) {
    for (const rule of permissions) {
      const wide = rule.effect === 'require_approval' ? permissions.find((other) => other.effect === 'allow' && covers(other, rule)) : undefined;
      if (wide) report({
        span: rule.written.span, related: [{ span: wide.written.span, message: 'what allows it' }],
        message: `This never asks: \`${wide.written.value}\` under \`allow\` fits the same calls, and is looked at before \`ask\`. Narrow it, or deny what is not to run.`,
      });
    }
  },
};
