// A condition that the engine always takes for false.
import { valueOf } from '../../../yaml';
import type { FormatRule } from '../../rule';
import { wholeNumbers } from '../go';
import { atomOf } from '../python-condition';
import type { AgtPolicy } from '../read-policy';
import { policyWith } from './example';
import { cutsText, operandsOf } from './operands';

export const neverMatches: FormatRule<AgtPolicy> = {
  code: 'format/agt/never-matches',
  severity: 'error',
  title: 'A condition that is always false',
  documentation: `The toolkit's Python engine understands \`name == 'text'\`, \`name != 'text'\`, \`name in ['a', 'b']\`, \`name > 1\` (and \`<\`, \`>=\`, \`<=\`) and a lone name, joined by \`and\` and \`or\`.
Everything else is false without a word: \`true\`, \`n == 5\`, \`not x\`, \`not in\`, texts without quotes, a leading parenthesis. A rule that denies then never denies.

A file of the Go engine has conditions as maps; its equality knows texts, fractions and truth values, so that a whole number (\`amount: 500\`, \`$in: [1, 2]\`) equals nothing, and \`$ne\` with one always holds.

**Evidence:** the toolkit's own evaluator was run: its "audit everything" rule with \`true\` as its condition never fires.

**Mend it:** Write the condition with what the engine understands: \`amount >= 5 and amount <= 5\` for a number, \`x != 'a'\` for a negation; in Go \`amount: { $gte: 5, $lte: 5 }\`. A file of the .NET or TypeScript engine is not reported.`,
  bad: policyWith('"amount == 500"'),
  good: policyWith('"amount > 500"'),
  check(policy, report) {
    if (policy.dialect === 'go') {
      for (const { map } of policy.rules) for (const { span, always } of wholeNumbers(valueOf(map, 'conditions'))) {
        report({ span, message: `The Go engine compares whole numbers with nothing: ${always ? 'this `$ne` always holds' : 'this is never equal, so that the rule does not match by it'}. Write \`{ $gte: n, $lte: n }\`${always ? ' under `$not`' : ''}.` });
      }
      return;
    }
    for (const { rule, text } of operandsOf(policy)) {
      if (!rule.condition || cutsText(rule.condition.value)) continue;
      const atom = atomOf(text);
      const word = atom?.kind === 'name' && /^(?:true|True|TRUE)$/.test(text);
      if (atom && !word) continue;
      const deny = (rule.action?.value ?? 'deny') === 'deny' ? ' The rule never denies anything.' : '';
      report({ span: rule.condition.span, message: `The engine does not understand \`${text}\` and takes it for false.${deny} ${word ? 'There is no literal `true`: compare something, or use `default_action`.' : 'It knows `==` and `!=` with a text in quotes, `in [...]`, comparisons with a number, and lone names.'}` });
    }
  },
};
