// A policy with the rules of the files that it extends: theirs come first, and what a parent denies no rule of the same name lets through.
import type { Problem, Span } from '../../text';
import type { ForeignFile, OtherFiles } from '../format';
import { folders, resolveBeside } from '../paths';
import type { PlacedAgtRule, WholePolicy } from './permissions';
import type { PolicyFacts } from './read-policy';

export const UNUSABLE = 'format/agt/base-unusable';
export const WEAKENS = 'format/agt/weakens-parent';

export interface MergedPolicy extends WholePolicy {
  readonly problems: readonly Problem[];
}

/** What a file keeps for those that extend it. */
const detailOf = (file: ForeignFile | null): PolicyFacts | null => (file?.format === 'agt' && file.detail ? (file.detail as PolicyFacts) : null);

const MAX_BASES = 50;
const WORDS = { allow: 'allows', log: 'only logs' } as const;

export function mergePolicy(path: string, policy: PolicyFacts, others: OtherFiles): MergedPolicy {
  const problems: Problem[] = [];
  const unknown: string[] = [];
  let failure: WholePolicy['failure'] = null;
  let count = 0;

  /** The rules of a file, `at` where the file itself names the one through which it comes. */
  const rulesOf = (here: string, own: PolicyFacts, chain: readonly string[], at: Span | null): readonly PlacedAgtRule[] => {
    const parents: PlacedAgtRule[] = [];
    const names = new Set<string>();
    for (const { value: written, span: place } of own.bases) {
      const span = at ?? place;
      const fail = (why: string, said = at === null): void => {
        failure ??= { words: `\`${written}\` ${why}`, span };
        // a parent's own parent is said there
        if (said) problems.push({ code: UNUSABLE, span, message: `\`${written}\` ${why}. The engine refuses to load the policy then, and without a policy everything is denied.` });
      };
      const target = resolveBeside(here, written);
      const folder = folders(here).map((one) => `${one}/`).join('');
      if (++count > MAX_BASES) break;
      if (target === null || !target.startsWith(folder)) fail('lies outside the folder of the policy that extends it');
      else if (target === here || chain.includes(target)) fail('leads back to a policy that extends it', at === null || target === path);
      else {
        const base = detailOf(others.file(target));
        if (base) {
          // of parents with rules of one name the first counts
          for (const rule of rulesOf(target, base, [...chain, here], span)) {
            const name = rule.rule.name?.value ?? '';
            if (!names.has(name)) parents.push(rule);
            names.add(name);
          }
        } else if (others.exists(target)) unknown.push(`the rules of \`${written}\`, which it extends, are not read with it`);
        else fail('is not there');
      }
    }
    const denied = new Set(parents.filter(({ rule }) => (rule.action?.value ?? 'deny') === 'deny').map(({ rule }) => rule.name?.value ?? ''));
    const children = own.rules.map((rule): PlacedAgtRule => {
      const action = rule.action?.value ?? 'deny';
      if ((action !== 'allow' && action !== 'log') || !denied.has(rule.name?.value ?? '')) return { rule, at, ignored: null };
      const name = rule.name?.value ?? '';
      if (at === null) problems.push({ code: WEAKENS, span: rule.name?.span ?? { start: rule.start, end: rule.start }, message: `A policy that this one extends denies with a rule \`${name}\`, so the engine leaves out the one here, which ${WORDS[action]}. Give it another name and a condition of its own, or change the parent.` });
      return { rule, at, ignored: `A parent denies with a rule of this name, and a rule that ${WORDS[action]} cannot weaken it.` };
    });
    return [...parents, ...children];
  };

  const rules = policy.dialect === 'python' ? rulesOf(path, policy, [], null) : policy.rules.map((rule): PlacedAgtRule => ({ rule, at: null, ignored: null }));
  return { rules, failure, unknown, problems };
}
