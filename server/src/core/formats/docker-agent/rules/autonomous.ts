// A file that lets everything run without a question.
import type { FormatExample, FormatRule } from '../../rule';
import { keeper } from './example';
import type { TeamSubject } from './index';

const example = (mode: string): FormatExample => keeper(`runtime: { safety: ${mode} }\n`);

export const autonomous: FormatRule<TeamSubject> = {
  code: 'format/docker-agent/autonomous',
  severity: 'warning',
  title: 'Nobody is asked, unless the user says otherwise',
  documentation: `\`safety: autonomous\` lets every call run that no \`deny\` pattern fits, for everybody who runs the file and has not chosen a mode of their own. Patterns under \`ask\` do not ask either.

**Evidence:** the documentation of Docker's agent runtime ("Safety modes").

**Mend it:** use \`balanced\` or \`strict\`, and let whoever wants it choose \`--safety autonomous\` for a run.`,
  bad: example('autonomous'),
  good: example('balanced'),
  check({ modes }, report) {
    for (const { value, span } of modes) if (value === 'autonomous') report({ span, message: 'Every call that no `deny` pattern fits runs without a question, for everybody who runs this file. Use `balanced` or `strict`.', fixes: [{ title: 'Use `balanced`', safe: false, edits: [{ span, newText: 'balanced' }] }] });
  },
};
