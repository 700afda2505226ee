// Conditions of Standards that fail when they are asked of a sound agent: found once for each, whichever agents it fails for.
import type { Shared, Workspace } from '../../workspace';
import { STANDARDS, type Standards } from './all';
import type { RequirementError } from './compile';
import { resultsOf } from './results';
import { subjectsOf } from './subject';

export interface Failure {
  /** of the requirement */
  readonly code: string;
  readonly error: RequirementError;
  /** the first agent for which it fails */
  readonly agent: string;
}

interface Failures {
  /** by the requirement's code */
  readonly all: ReadonlyMap<string, Failure>;
  readonly memo: ReadonlyMap<string, Known>;
}

/** What is known of a file while neither it nor what it is asked changes. */
interface Known {
  readonly facts: unknown;
  readonly standards: Standards;
  readonly found: readonly Failure[];
}

export const FAILURES: Shared<Failures> = {
  id: 'standard-failures',
  kinds: ['Agent', 'files', 'Standard'],
  make(workspace, before) {
    const standards = workspace.shared(STANDARDS);
    const [all, memo] = [new Map<string, Failure>(), new Map<string, Known>()];
    if (!standards.all.some(({ path }) => path !== null)) return { all, memo };
    for (const path of new Set([...workspace.filesOf('Agent'), ...workspace.filesOf('files')])) {
      const facts = workspace.facts(path);
      if (!facts || (facts.documents.length === 0 && !facts.foreign)) continue;
      const kept = before?.memo.get(path);
      const known = kept && kept.facts === facts && kept.standards === standards ? kept : { facts, standards, found: failuresIn(workspace, path) };
      memo.set(path, known);
      for (const failure of known.found) if (!all.has(failure.code)) all.set(failure.code, failure);
    }
    return { all, memo };
  },
};

/** An agent that is malformed itself proves nothing against a Standard. */
function failuresIn(workspace: Workspace, path: string): readonly Failure[] {
  const queries = workspace.ask();
  return subjectsOf(path, queries)
    .filter(({ document }) => document === null || (document.problems.length === 0 && document.syntax.length === 0))
    .flatMap((subject) => resultsOf(subject, queries).flatMap(({ standard, requirement, error }) => (error && standard.path !== null ? [{ code: requirement.code, error, agent: subject.agent.name }] : [])));
}
