// Another tool's question about arguments, where it can be taken apart, as a formula.
import type { ArgumentCondition } from '../formats';
import { NO, YES, atomOf, attribute, conditional, not, or, sure, type Formula } from './formula';
import { among, compare, present } from './read-condition';

/** A question that can be taken apart: what one of them cannot answer is no. */
export function argumentFormula(condition: ArgumentCondition): Formula {
  return condition.kind === 'any' ? or(...condition.parts.map(argumentFormula)) : sure(formulaOf(condition));
}

function formulaOf(condition: ArgumentCondition): Formula {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? YES : NO;
    case 'not':
      return not(formulaOf(condition.part));
    case 'if':
      return conditional(formulaOf(condition.condition), formulaOf(condition.then), formulaOf(condition.otherwise));
    case 'any':
      return argumentFormula(condition);
    default: {
      const of = attribute(['args', ...condition.path]);
      if (condition.kind === 'present') return present(of);
      if (condition.kind === 'truth') return atomOf({ kind: 'truth', key: `${of.key} is true`, of });
      if (condition.kind === 'among') return among(of, condition.values);
      if (condition.kind === 'compare') return compare(of, condition.op, condition.value);
      return condition.pieces.length === 1 ? among(of, condition.pieces) : atomOf({ kind: 'text', key: `${of.key} ~ ${JSON.stringify(condition.pieces)}`, of, parts: condition.pieces });
    }
  }
}
