// `countersign test --suggest`: cases for what no test covers, as a PolicyTest to look over and keep.
import { differenceOf } from '../../core/analysis';
import type { Engine, RuleCoverage } from '../../core/policy';
import type { Workspace } from '../../core/workspace';
import { suggestTests, suggestedDocument } from '../../ide';
import { printable } from '../terminal/cells';
import { count } from '../terminal/wrap';

export interface SuggestedOutput {
  readonly out: string;
  /** what could not be covered, for stderr */
  readonly notes: readonly string[];
}

export function suggestOutput(workspace: Workspace, coverage: readonly RuleCoverage[], options: { readonly now: number; readonly json: boolean }): SuggestedOutput {
  const { now } = options;
  const found = suggestTests(workspace, coverage, { now, compare: (before: Engine, after: Engine) => differenceOf(before, after, { now }) });
  const notes = found.without.map(({ rule, why }) => `no case for \`${printable(rule)}\`: ${why}`);
  if (options.json) return { out: `${JSON.stringify({ cases: found.cases.map(({ rule, entry }) => ({ rule, ...entry })), without: found.without }, null, 2)}\n`, notes };
  if (found.cases.length === 0) return { out: '', notes: [...notes, 'nothing to suggest: the tests cover every rule that can be covered'] };
  return { out: `# ${count(found.cases.length, 'case')} for what no test covers, as it is decided now: keep those that are right.\n${suggestedDocument('suggested', found)}`, notes };
}
