// Rules that are not what they were meant to be: what they do until they are mended.
import { POLICIES, type MalformedRule } from '../../../policy';
import type { Span } from '../../../text';
import type { DocumentFacts } from '../../../workspace';
import { effectOf } from '../../condition-environment';
import type { CodeDoc, Rule } from '../../rule';
import { rule } from '../examples';
import { list, specOf, table } from '../values';

const DOC: CodeDoc = {
  code: 'policy/malformed-rule',
  severity: 'error',
  title: 'A rule that is not written as it must be',
  doc: 'Something in the rule, in the `scope` of its policy, or in a variable that it uses cannot be read. Such a rule never widens what is allowed: an `allow` does not apply at all; any other effect applies as if the faulty field were not there; a missing or unknown `effect` counts as `deny`; of a faulty `approval` nobody can approve. Decisions in which the rule took part are marked as incomplete.\n\nMend what the related findings name.',
  bad: rule('id: refunds\neffect: allow\nactions: [call]\nresources: ["tool:payments/refund"]\nwhen: args.amount >'),
  good: rule('id: refunds\neffect: allow\nactions: [call]\nresources: ["tool:payments/refund"]\nwhen: args.amount > 500'),
};

export const malformedRule: Rule = {
  codes: [DOC],
  check({ facts, path, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Policy') continue;
      const policy = queries.shared(POLICIES, []).all.find((one) => one.path === path && one.document === document.index);
      for (const { malformed, span, idSpan } of policy?.rules ?? []) {
        if (malformed) report({ code: DOC.code, span: idSpan !== span && idSpan.start < idSpan.end ? idSpan : placeOf(document, malformed.rule), message: message(document, malformed), related: malformed.causes.map(({ span, message }) => ({ span, message })) });
      }
    }
  },
};

/** The rule's id, else its first key, else what stands in its place. */
function placeOf(document: DocumentFacts, index: number): Span {
  const pointer = `/spec/rules/${index}`;
  const { places } = document;
  const id = places.value(`${pointer}/id`);
  if (id) return id.start < id.end ? id : (places.key(`${pointer}/id`) ?? id);
  const keys = Object.keys(table(list(specOf(document.value).rules)[index])).flatMap((key) => places.key(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`) ?? []);
  return keys.sort((a, b) => a.start - b.start)[0] ?? places.value(pointer) ?? document.at;
}

function message(document: DocumentFacts, { rule, absent, causes }: MalformedRule): string {
  const effect = effectOf(document, rule);
  const [what, are] = causes.length === 1 ? ['a fault', 'it is'] : [`${causes.length} faults`, 'they are'];
  if (effect === 'allow') return `This rule has ${what}, so it allows nothing until ${are} mended.`;
  const nobody = effect === 'require_approval' && absent.has('approval');
  const fields = [...absent].filter((name) => name !== 'rule' && !(nobody && name === 'approval')).map((name) => `\`${name.replace(/\.(\d+)$/, '[$1]')}\``);
  const does = effect === 'deny' ? 'it denies' : effect === 'require_approval' ? 'it asks for approval' : 'it obliges';
  return `This rule has ${what}; until ${are} mended, ${does}${fields.length > 0 ? ` as if ${fields.join(', ')} were not there` : ''}${nobody ? ', and nobody can approve' : ''}.`;
}
