// An example of a rule that the rule does not match: the file fails to load.
import type { FormatRule } from '../../rule';
import { fits, patternText, type PrefixRules } from '../prefix-rules';

const example = (command: string): { path: string; text: string } => ({ path: '.codex/rules/default.rules', text: `prefix_rule(
    pattern = ["cat", ".env"],
    decision = "forbidden",
    match = ["${command}"],
)
` });

export const exampleFails: FormatRule<PrefixRules> = {
  code: 'format/codex/example-fails',
  severity: 'error',
  title: 'An example that its rule does not fit',
  documentation: `The commands under \`match\` and \`not_match\` are tried when the file is loaded; one that does not behave as written makes the file fail. Words of a pattern are compared exactly:
\`["cat", ".env"]\` does not match \`cat .env.local\`.

**Evidence:** the documentation of Codex's rules; a public rule file lists exactly this example.

**Mend it:** correct the pattern, or the example. With a pattern that does not match, the command that it was to forbid runs.`,
  bad: example('cat .env.local'),
  good: example('cat .env'),
  check({ rules }, report) {
    for (const { pattern, match, notMatch } of rules) {
      for (const { value, span } of match) if (value.length > 0 && !fits(pattern, value)) report({ span, message: `\`${value.join(' ')}\` does not begin with \`${patternText(pattern)}\`, word by word, so the rules fail to load. Correct the pattern or the example.` });
      for (const { value, span } of notMatch) if (value.length > 0 && fits(pattern, value)) report({ span, message: `\`${value.join(' ')}\` begins with \`${patternText(pattern)}\`, though it is listed as one that must not, so the rules fail to load.` });
    }
  },
};
