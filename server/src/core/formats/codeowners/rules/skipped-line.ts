// A line that GitHub leaves out without a word.
import type { FormatRule } from '../../rule';
import type { Skipped } from '../read';

export const skippedLine: FormatRule<{ readonly skipped: readonly Skipped[] }> = {
  code: 'format/codeowners/skipped-line',
  severity: 'warning',
  title: 'A line of CODEOWNERS that counts for nothing',
  documentation: `GitHub skips a line of CODEOWNERS that it cannot read: one whose pattern uses \`!\`, \`[ ]\` or \`\\#\`, or that names something which is
neither a user, nor a team, nor a mail address. Nobody is then asked to review what the line was meant for, and an earlier line decides who owns it.

**Evidence:** GitHub's documentation of code owners ("CODEOWNERS syntax"), which lists what of .gitignore does not work.

**Mend it:** write the pattern with \`*\`, \`**\` and \`?\` alone, and owners as \`@user\`, \`@organisation/team\` or a mail address.`,
  bad: { path: '.github/CODEOWNERS', text: '* @acme/platform\n!agents/drafts/ @acme/research\n' },
  good: { path: '.github/CODEOWNERS', text: '* @acme/platform\nagents/drafts/ @acme/research # new ones\n' },
  check({ skipped }, report) {
    for (const { span, why } of skipped) report({ span, message: `GitHub skips this line: ${why}. An earlier line decides who owns what it was meant for.` });
  },
};
