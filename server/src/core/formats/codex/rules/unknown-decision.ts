// A decision that the rules do not have.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import type { PrefixRules } from '../prefix-rules';

const DECISIONS = ['allow', 'prompt', 'forbidden'];
const example = (decision: string): { path: string; text: string } => ({ path: '.codex/rules/default.rules', text: `prefix_rule(pattern = ["git", "push"], decision = "${decision}")\n` });

export const unknownDecision: FormatRule<PrefixRules> = {
  code: 'format/codex/unknown-decision',
  severity: 'error',
  title: 'A decision that does not exist',
  documentation: `A rule decides \`allow\`, \`prompt\` or \`forbidden\`. With another word the file fails to load, and none of its rules holds.

**Evidence:** the documentation of Codex's rules.

**Mend it:** use one of the three. A rule without \`decision\` allows.`,
  bad: example('deny'),
  good: example('forbidden'),
  check({ rules }, report) {
    for (const { decision, effect } of rules) {
      if (!decision || effect !== null) continue;
      const meant = /^(?:deny|block|reject)/i.test(decision.value) ? 'forbidden' : /^(?:ask|confirm)/i.test(decision.value) ? 'prompt' : nearest(decision.value, DECISIONS);
      report({
        span: decision.span, message: `There is no decision \`${decision.value}\`, so the rules fail to load. ${meant ? `Did you mean \`${meant}\`?` : 'Use `allow`, `prompt` or `forbidden`.'}`,
        ...(meant ? { fixes: [{ title: `Change to \`${meant}\``, safe: false, edits: [{ span: decision.span, newText: `"${meant}"` }] }] } : {}),
      });
    }
  },
};
