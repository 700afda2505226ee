// A text in quotes is cut at an `or` or `and` in it.
import type { FormatRule } from '../../rule';
import type { AgtPolicy } from '../read-policy';
import { policyWith } from './example';
import { cutsText } from './operands';

export const splitInQuotes: FormatRule<AgtPolicy> = {
  code: 'format/agt/split-in-quotes',
  severity: 'error',
  title: 'A text that the engine cuts in two',
  documentation: `The toolkit's Python engine splits a condition at every \` or \` and \` and \`, also within quotes. \`message == 'delete or drop'\` becomes two halves that are both false, so the rule never matches.

**Evidence:** the toolkit's own evaluator was run with such texts.

**Mend it:** Compare with a text without these words, or with another field.`,
  bad: policyWith(`"message == 'delete or drop'"`),
  good: policyWith(`"message == 'delete'"`),
  check(policy, report) {
    if (policy.dialect !== 'python') return;
    for (const { condition } of policy.rules) {
      if (condition && cutsText(condition.value)) report({ span: condition.span, message: 'The engine splits this condition at the `or` or `and` within the quotes, so the text is never compared as a whole and the rule does not match. Compare with a text without these words.' });
    }
  },
};
