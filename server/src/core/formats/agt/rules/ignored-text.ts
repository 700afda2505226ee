// Part of a condition that the engine does not read.
import type { FormatRule } from '../../rule';
import { atomOf } from '../python-condition';
import type { AgtPolicy } from '../read-policy';
import { policyWith } from './example';
import { cutsText, operandsOf } from './operands';

export const ignoredText: FormatRule<AgtPolicy> = {
  code: 'format/agt/ignored-text',
  severity: 'error',
  title: 'Text that a condition is judged without',
  documentation: `The toolkit's Python engine matches an operand at the beginning of the text and ignores whatever follows. In \`amount > 5 && region == 'eu'\` the right side is dropped; so is an addition, and a closing comment.

**Evidence:** the toolkit's own evaluator was run with \`&&\` and with text behind an operand.

**Mend it:** Join operands with \`and\` and \`or\`.`,
  bad: policyWith(`"amount > 500 && region == 'eu'"`),
  good: policyWith(`"amount > 500 and region == 'eu'"`),
  check(policy, report) {
    for (const { rule, text } of operandsOf(policy)) {
      const atom = atomOf(text);
      if (!rule.condition || !atom || atom.length >= text.length || cutsText(rule.condition.value)) continue;
      const rest = text.slice(atom.length).trim();
      if (rest !== '') report({ span: rule.condition.span, message: `The engine reads \`${text.slice(0, atom.length)}\` and ignores \`${rest}\`. Join operands with \`and\` or \`or\`.` });
    }
  },
};
