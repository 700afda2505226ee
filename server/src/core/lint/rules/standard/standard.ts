// The Standards, asked of every agent. A waiver that counts turns what is missing into a hint.
import { resultsOf, type RequirementResult } from '../../standards/results';
import { placeOf } from '../../standards/place';
import { requirementFixes } from '../../standards/fix';
import { subjectsOf, type Subject } from '../../standards/subject';
import type { Related } from '../../../text';
import type { Queries } from '../../../workspace';
import type { Rule, RuleContext } from '../../rule';
import { standardDocs } from './docs';

export const standard: Rule = {
  codes: standardDocs,
  check(context) {
    const { facts, path, queries } = context;
    if (!facts.foreign && !facts.documents.some(({ kind }) => kind === 'Agent')) return;
    for (const subject of subjectsOf(path, queries)) {
      for (const result of resultsOf(subject, queries)) if (result.verdict === 'unmet' || result.verdict === 'waived') report(context, subject, result);
    }
  },
};

function report(context: RuleContext, subject: Subject, { requirement, waiver, verdict, standard: { path } }: RequirementResult): void {
  const waived = verdict === 'waived';
  const sources = requirement.references.length > 0 ? ` (${requirement.references.join('; ')})` : '';
  const until = waived ? ` Waived until ${waiver?.expires ?? ''}, approved by \`${waiver?.approvedBy ?? ''}\`: ${waiver?.reason ?? ''}` : '';
  const whose = subject.document ? '' : ` This is asked of the agent \`${subject.agent.name}\`; what its own file cannot say, a manifest can, whose \`definition\` is this file.`;
  context.report({
    code: requirement.code,
    span: placeOf(subject, requirement.at),
    message: `${requirement.message.trim()}${sources}${until}${whose}`,
    ...(waived ? {} : { fixes: requirementFixes(requirement, subject, context.text, /\.json$/i.test(context.path), context.queries) }),
    ...(path === null ? {} : { related: relatedOf(`${requirement.standard}/${requirement.id}`, context.queries) }),
  }, requirement.severity, waived);
}

/** Where a Standard of the workspace asks for it. */
const relatedOf = (name: string, queries: Queries): Related[] => queries.places('requirement', name).slice(0, 1).map(({ path, span }) => ({ message: `\`${name}\` is asked for here`, path, span }));
