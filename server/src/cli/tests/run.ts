// All PolicyTests of a workspace, run; what of it the reports need.
import { Coverage, ENGINES, POLICIES, decisionJson, engineOfTest, lcov, runTests } from '../../core/policy';
import type { CaseResult, CompiledPolicy, DecisionJson, RuleCoverage } from '../../core/policy';
import { LineIndex } from '../../core/text';
import type { Workspace } from '../../core/workspace';
import type { PlainValue } from '../../core/yaml';

export interface TestRun {
  readonly cases: readonly TestCase[];
  /** the malformed rules and unreadable files among the policies that are tested, as `file:line rule` */
  readonly incomplete: readonly string[];
  readonly coverage: readonly RuleCoverage[] | null;
}

export interface TestCase {
  readonly result: CaseResult;
  /** from 0 */
  readonly line: number;
  readonly expected: PlainValue;
  readonly decision: DecisionJson | null;
}

export interface TestRunOptions {
  readonly now: number;
  readonly coverage: boolean;
  within(path: string): boolean;
}

export function runAll(workspace: Workspace, options: TestRunOptions): TestRun {
  const { all } = workspace.shared(POLICIES);
  const engines = workspace.shared(ENGINES);
  const coverage = options.coverage ? new Coverage(all) : null;
  const lines = new Map<string, LineIndex>();
  const lineOf = (path: string, offset: number): number => {
    let index = lines.get(path);
    if (!index) lines.set(path, (index = new LineIndex(workspace.text(path) ?? '')));
    return index.position(offset).line;
  };
  const text = (path: string): string => workspace.text(path) ?? '';
  const tested = new Set<CompiledPolicy>();
  const cases: TestCase[] = [];
  for (const path of workspace.paths().filter(options.within)) {
    for (const document of workspace.facts(path)?.documents ?? []) {
      if (document.kind !== 'PolicyTest') continue;
      const results = runTests(path, document, engines, { now: options.now, trace: true, decided: (engine, request, at) => coverage?.add(engine, request, at) });
      if (results.length > 0) for (const policy of engineOfTest(engines, document).world.policies) tested.add(policy);
      for (const result of results) {
        cases.push({ result, line: lineOf(path, result.span.start), expected: expectedOf(document.value, result.index), decision: result.decision && decisionJson(result.decision, text) });
      }
    }
  }
  return { cases, incomplete: faults(workspace, tested, lineOf), coverage: coverage ? coverage.result(text) : null };
}

export function lcovOf(workspace: Workspace, coverage: readonly RuleCoverage[]): string {
  const lines = new Map<string, LineIndex>();
  return lcov(coverage, (path, offset) => {
    let index = lines.get(path);
    if (!index) lines.set(path, (index = new LineIndex(workspace.text(path) ?? '')));
    return index.position(offset).line;
  });
}

function faults(workspace: Workspace, tested: ReadonlySet<CompiledPolicy>, lineOf: (path: string, offset: number) => number): readonly string[] {
  const found: string[] = [];
  for (const policy of tested) {
    if (policy.broken) found.push(`${policy.path} does not parse`);
    for (const rule of policy.rules) if (rule.malformed) found.push(`${policy.path}:${lineOf(policy.path, rule.idSpan.start) + 1} ${rule.id} is malformed`);
  }
  if (found.length === 0 && workspace.shared(POLICIES).broken) found.push('a Policy file cannot be read');
  return found;
}

function expectedOf(value: PlainValue, index: number): PlainValue {
  let at: PlainValue = value;
  for (const key of ['spec', 'cases', index, 'expect']) at = (typeof at === 'object' && at !== null ? (at as { [key: string]: PlainValue })[key] : null) ?? null;
  return at;
}
