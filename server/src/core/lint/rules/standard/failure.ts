// A condition of a Standard that fails when it is asked: one finding at the condition, none at the agents.
import { FAILURES } from '../../standards/errors';
import { codeOf } from '../../standards/types';
import { list, specOf, table, text } from '../values';
import type { Rule } from '../../rule';
import { scalarMap } from '../../../yaml';

/**
 * What a condition must hold to fail for an agent whose document is sound: something that no schema types, a conversion, an index, arithmetic.
 * A Standard without any of it is not checked again with every agent.
 */
const RISKY = /annotations|catalog|x-|[[+*/%]|\s-\s|\b(?:duration|timestamp|int|uint|double|bytes|dyn|matches|variables)\b/;

export const standardFailure: Rule = {
  codes: [],
  check({ facts, queries, text: source, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Standard' || document.name === null || !document.conditions.some(({ node }) => RISKY.test(node.text))) continue;
      const failures = queries.shared(FAILURES).all;
      if (failures.size === 0) continue;
      list(specOf(document.value).requirements).forEach((value, index) => {
        const id = text(table(value).id);
        const failure = id === null ? undefined : failures.get(codeOf(document.name ?? '', id));
        const place = failure && document.conditions.find(({ path }) => path[1] === 'requirements' && Number(path[2]) === index && path[3] === failure.error.field);
        if (!failure || !place || (text(table(value)[failure.error.field]) ?? '') !== place.node.text) return;
        const { error } = failure.error;
        const span = scalarMap(source, place.node)?.span(error.span.start, error.span.end) ?? { start: place.node.start, end: place.node.end };
        report({ code: 'condition/type', span, message: `This fails for the agent \`${failure.agent}\`, so the requirement is not asked of it: ${error.message} Test for what you need first, for instance with \`has()\` or \`type()\`.` });
      });
    }
  },
};
