// Whom a rule is for, and another tool's question about the arguments, as formulas.
import type { CompiledRule, NameMatcher } from '../policy';
import { builtInCalls } from '../model';
import { argumentFormula } from './argument-formula';
import { NO, YES, and, atomOf, attribute, not, or, type Formula } from './formula';
import { among } from './read-condition';
import type { Place } from './space';
import { partsOf } from './text-classes';

const AGENT_ID = attribute(['agent', 'id']);
const AGENT_ROLES = attribute(['agent', 'roles']);

/** The agents and roles of rule and policy, asked of an agent that is not known. */
export function matcherFormula(rule: CompiledRule): Formula {
  const { scope } = rule.policy;
  return and(agentsFormula(scope.agents), rolesFormula(scope.roles), agentsFormula(rule.agents), rolesFormula(rule.roles));
}

function agentsFormula(list: NameMatcher | null): Formula {
  if (!list) return YES;
  const entry = (source: string): Formula => {
    if (/^\*+$/.test(source)) return YES;
    return source.includes('*') ? atomOf({ kind: 'text', key: `agent.id ~ ${source}`, of: AGENT_ID, parts: partsOf(source) }) : among(AGENT_ID, [source]);
  };
  const included = list.sources.filter((source) => !source.startsWith('!'));
  const excluded = list.sources.filter((source) => source.startsWith('!')).map((source) => entry(source.slice(1)));
  return and(included.length === 0 ? (excluded.length > 0 ? YES : NO) : or(...included.map(entry)), not(or(...excluded)));
}

function rolesFormula(list: NameMatcher | null): Formula {
  if (!list) return YES;
  const entry = (source: string): Formula => atomOf({ kind: 'some', key: `agent.roles ~ ${source}`, of: AGENT_ROLES, parts: partsOf(source) });
  const included = list.sources.filter((source) => !source.startsWith('!'));
  const excluded = list.sources.filter((source) => source.startsWith('!')).map((source) => entry(source.slice(1)));
  // without roles an agent matches `*`, with roles one of them does
  const any = list.exclusionsOnly || included.some((source) => /^\*+$/.test(source));
  return and(any ? YES : or(...included.map(entry)), not(or(...excluded)));
}

/** Another tool's question about the arguments. */
export function whereFormula({ where: own, policy }: CompiledRule, place: Place, closed: boolean): Formula {
  if (!own) return YES;
  // rules that give the same are one question: each alone would be a variable
  const where = own.together ?? own;
  if (where.condition) return argumentFormula(where.condition);
  const known = place.action === 'call' ? builtInCalls(place.id) : null;
  const reads = where.args.filter((name) => !known?.isOfOthers(name)).map((name) => attribute(['args', name]));
  const certain = closed && known !== null && where.sure === true;
  return atomOf({
    kind: 'opaque', key: `${where.key} of ${place.resource}`, text: `${where.label === undefined ? where.words : `${where.label} applies`}${where.under === undefined ? '' : `, where ${where.under}`}`, expr: null, strict: [], reads, fails: !certain, input: {},
    question: { test: where, resource: place.resource },
    hints: where.examples ?? hintsOf(`${where.key} ${where.words}`, policy.path),
    evaluate: (input) => {
      const result = where.test((input['args'] ?? {}) as { readonly [name: string]: unknown }, place.resource);
      return typeof result === 'boolean' ? result : null;
    },
  });
}

/** Pieces of a foreign rule that its arguments may have to hold. */
function hintsOf(text: string, path: string): readonly string[] {
  const words = text.split(/\s+/).slice(0, 40);
  const hints = new Set<string>();
  words.forEach((_, index) => {
    const rest = words.slice(index).join(' ');
    for (const piece of [rest, words[index] ?? '']) for (const made of [piece, piece.replaceAll('*', ''), piece.replaceAll('*', 'x'), piece.replace(/:?\*+$/, ''), `${piece.replace(/:?\*+$/, '')} x`]) if (made !== '') hints.add(made);
  });
  return [...hints].slice(0, 200).concat(path);
}
