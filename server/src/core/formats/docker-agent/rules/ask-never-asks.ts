// A question that an allowance answers before it is asked.
import type { FormatExample, FormatRule } from '../../rule';
import { globOf } from '../glob';
import type { TeamRule } from '../permissions';
import { keeper } from './example';
import type { TeamSubject } from './index';

const example = (allow: string): FormatExample => keeper(`permissions:\n  allow: [${allow}]\n  ask: ["shell:cmd=git push*"]\n`);

/** Whether whatever the second fits the first fits too, as far as texts tell: a glob over a glob. */
function covers(wide: TeamRule, narrow: TeamRule): boolean {
  const tool = globOf(wide.tool);
  if (!tool || !tool(narrow.tool) || /[[\\]/.test(`${narrow.tool}${narrow.written.value}`)) return false;
  return wide.args.every(({ name, glob }) => {
    const other = narrow.args.find((arg) => arg.name === name);
    const fits = globOf(glob);
    if (!other || !fits) return false;
    // an allowance by the beginning of a command is for single commands that go on behind a blank
    if (name === 'cmd') return glob === '*' || (!/[*?]/.test(other.glob) && glob === other.glob) || beginsAlike(glob, other.glob);
    return fits(other.glob);
  });
}

/** Whether single commands that the second fits begin as the first wants it, up to the end of a word. */
function beginsAlike(wide: string, narrow: string): boolean {
  const literal = wide.replace(/\*+$/, '');
  const begin = /^[^*?]*/.exec(narrow)?.[0] ?? '';
  if (literal === wide || literal.trim() === '' || /[*?]/.test(literal) || !begin.toLowerCase().startsWith(literal.toLowerCase())) return false;
  return /\s$/.test(literal) || /^\s/.test(begin.slice(literal.length));
}

/** Whether lines of several commands still ask: an allowance by a beginning is not for them. */
const forSingle = ({ args }: TeamRule): boolean => args.some(({ name, glob }) => name === 'cmd' && glob !== '*' && glob.endsWith('*'));

export const askNeverAsks: FormatRule<TeamSubject> = {
  code: 'format/docker-agent/ask-never-asks',
  severity: 'warning',
  title: 'A question that is never asked',
  documentation: `Docker's agent runtime looks at \`deny\` first, then at \`allow\`, and only then at \`ask\`: whatever an \`allow\` pattern fits runs, also where a narrower \`ask\` pattern fits too.
Other tools (Claude Code) ask first, so that the same lists mean the opposite there.

**Evidence:** the runtime's permission checker and the documentation of \`permissions\`: deny, allow, then ask; an explicit \`ask\` only overrides that tools which only read run by themselves.

**Mend it:** narrow the \`allow\` pattern so that it does not fit what is to be asked for, or move the pattern to \`deny\`.`,
  bad: example('shell'),
  good: example('"shell:cmd=git status"'),
  check({ permissions }, report) {
    for (const rule of permissions) {
      const wide = rule.effect === 'require_approval' ? permissions.find((other) => other.effect === 'allow' && covers(other, rule)) : undefined;
      if (wide) report({
        span: rule.written.span, related: [{ span: wide.written.span, message: 'what allows it' }],
        message: `This never asks${forSingle(wide) ? ' about a single command' : ''}: \`${wide.written.value}\` under \`allow\` fits the same calls, and is looked at before \`ask\`. Narrow it, or deny what is not to run.`,
      });
    }
  },
};
