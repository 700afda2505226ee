// A rule past its `expires` date does not apply any more.
import { endOfDate } from '../../../text';
import { toPointer } from '../../../yaml';
import { rule } from '../examples';
import type { CodeDoc, Rule } from '../../rule';

const DOC: CodeDoc = {
  code: 'policy/expired-rule',
  severity: 'warning',
  title: 'A rule past its date',
  doc: 'A rule holds through the end of its `expires` day (UTC) and then no longer applies, whatever its effect: an expired denial denies nothing. Remove the rule, or give it a later date if it is still meant.',
  bad: rule('id: freeze\neffect: deny\nactions: [call]\nexpires: 2026-01-05\nreason: Year-end freeze.'),
  good: rule('id: freeze\neffect: deny\nactions: [call]\nexpires: 2099-01-05\nreason: Year-end freeze.'),
};

export const expiredRule: Rule = {
  codes: [DOC],
  check({ facts, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Policy') continue;
      for (const { node, path } of document.expiries) {
        const end = endOfDate(node.text);
        if (path[1] !== 'rules' || end === null || end >= queries.now) continue;
        const id = document.places.value(toPointer([...path.slice(0, 3), 'id']));
        report({
          code: DOC.code,
          span: { start: node.start, end: node.end },
          message: `This rule expired on ${node.text} and does not apply any more. Remove it, or give it a later date.`,
          related: id ? [{ span: id, message: 'The rule.' }] : [],
        });
      }
    }
  },
};
