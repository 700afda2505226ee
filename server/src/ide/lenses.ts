// Code lenses: whose a document is, "Run" over the cases of a PolicyTest, agents, tests and "Simulate" over rules and agents; and the request that the latter begins with.
import { ACTIONS, type Action } from '../core/documents';
import { RESOURCE_OF_ACTION, parseRequest } from '../core/model';
import { ENGINE, POLICIES, fitsAgent, mismatch, subjectOf, type CompiledRule } from '../core/policy';
import { AGENTS, CATALOG, type DocumentFacts, type Workspace } from '../core/workspace';
import type { PlainValue } from '../core/yaml';
import { lensOfDocument, lensesOfForeign } from './ownership/lens';
import { ruleUses, type RuleUses } from './rule-uses';
import { choicesOf } from './simulate';
import { casesOf } from './tests';
import type { Lens } from './types';

export const RUN_TEST = 'countersign.runTest';
export const SIMULATE_HERE = 'countersign.simulateHere';
/** Take the file's URI, the document and the rule: list the agents that it can be for, or the cases that it decides. */
export const SHOW_AGENTS = 'countersign.showAgentsOfRule';
export const SHOW_TESTS = 'countersign.showTestsOfRule';

/** A file of thousands of rules is a list that nobody reads rule by rule. */
const MAX_LENSES = 2000;
/** What is tried at most to find a request that a rule speaks of. */
const MAX_TRIES = 5000;

export function lenses(workspace: Workspace, path: string): readonly Lens[] {
  const facts = workspace.facts(path);
  if (facts?.role === 'foreign') return lensesOfForeign(workspace, facts);
  if (facts?.role !== 'countersign') return [];
  const found: Lens[] = [];
  const cases = casesOf(workspace, path);
  for (const document of facts.documents) {
    const at = document.root?.start ?? document.at.start;
    const here = { span: { start: at, end: at }, with: 'file' } as const;
    const owner = document.kind === null ? null : lensOfDocument(workspace, path, document, document.kind === 'Agent' ? workspace.shared(AGENTS).ofDocument(path, document.index) : null);
    if (owner) found.push(owner);
    if (document.kind === 'Agent' && isAgent(workspace, path, document)) found.push({ ...here, title: 'Simulate', command: SIMULATE_HERE, arguments: [document.index] });
    if (document.kind === 'PolicyTest') {
      const mine = cases.filter((one) => one.document === document.index);
      if (mine.length > 1) found.push({ ...here, title: `Run all ${mine.length}`, command: RUN_TEST, arguments: [mine.map((one) => one.id)] });
      found.push(...mine.map(({ id, whole }): Lens => ({ span: { start: whole.start, end: whole.start }, title: 'Run', command: RUN_TEST, arguments: [[id]], with: 'file' })));
    }
    if (document.kind === 'Policy') {
      const rules = policyOf(workspace, path, document.index)?.rules ?? [];
      const uses = ruleUses(workspace);
      for (const rule of rules.slice(0, MAX_LENSES)) found.push(...lensesOfRule(uses, document.index, rule));
    }
  }
  return found.slice(0, MAX_LENSES);
}

/** `2 agents · 1 test · Simulate`; a count that is not known is not drawn. */
function lensesOfRule(uses: RuleUses, document: number, rule: CompiledRule): readonly Lens[] {
  const here = { span: { start: rule.span.start, end: rule.span.start }, arguments: [document, rule.index], with: 'file' } as const;
  const counted = (list: readonly unknown[] | null, one: string, command: string): readonly Lens[] =>
    list === null ? [] : [{ ...here, title: list.length === 0 ? `No ${one}` : list.length === 1 ? `1 ${one}` : `${list.length.toLocaleString('en')} ${one}s`, command }];
  return [...counted(uses.agentsOf(rule), 'agent', SHOW_AGENTS), ...counted(uses.testsOf(rule), 'test', SHOW_TESTS), { ...here, title: 'Simulate', command: SIMULATE_HERE }];
}

/** The first request that the agent of the document can make, in the short form; null where the document is no agent. */
export function exampleOfAgent(workspace: Workspace, path: string, document: number): PlainValue {
  const agent = workspace.shared(AGENTS).all.find((one) => one.path === path && one.document === document);
  if (!agent) return null;
  const { chosen } = choicesOf(workspace, { agent: agent.id });
  const action = ACTIONS.find((one) => one === chosen.action) ?? 'call';
  return short(agent.id, action, chosen.resource, chosen.environment);
}

/** A request whose agent, action, resource and environment the rule names; undefined where there is no such rule, null where nobody can make one. */
export function exampleOfRule(workspace: Workspace, path: string, document: number, index: number, now: number): PlainValue | undefined {
  const rule = policyOf(workspace, path, document)?.rules.find((one) => one.index === index);
  return rule && requestFor(workspace, rule, now);
}

function requestFor(workspace: Workspace, rule: CompiledRule, now: number): PlainValue {
  const engine = workspace.shared(ENGINE);
  const catalog = workspace.shared(CATALOG);
  let refused: PlainValue = null;
  let tries = 0;
  for (const agent of workspace.shared(AGENTS).all) {
    const { name, roles } = subjectOf(agent, catalog);
    if (!fitsAgent(rule, name, roles)) continue;
    for (const action of ACTIONS) {
      if (rule.actions !== null && !rule.actions.matches(action)) continue;
      const { chosen, resources, environments } = choicesOf(workspace, { agent: agent.id, action });
      // of what an agent has nothing, its choices are of another action
      if (chosen.action !== action) continue;
      for (const resource of resources) {
        for (const environment of action === 'deploy' ? [''] : new Set([chosen.environment, ...environments.map((one) => one.name), ''])) {
          if (++tries > MAX_TRIES) return refused;
          const request = short(agent.id, action, resource.name, environment);
          const parsed = parseRequest(request);
          if ('bad' in parsed) continue;
          const target = engine.target(engine.prepare(parsed.request, { at: now }));
          if (!target || mismatch(rule, target.target) !== null) continue;
          if (target.denied === null) return request;
          refused ??= request;
        }
      }
    }
  }
  // what a rule would say of a request that is refused before it comes to the rules can still be read in the trace
  return refused;
}

function short(agent: string, action: Action, resource: string | null, environment: string): PlainValue {
  return { agent, action, resource: resource === null ? '' : `${RESOURCE_OF_ACTION[action]}:${resource}`, ...(environment === '' || action === 'deploy' ? {} : { environment }) };
}

const policyOf = (workspace: Workspace, path: string, document: number) => workspace.shared(POLICIES).all.find((policy) => policy.path === path && policy.document === document);

const isAgent = (workspace: Workspace, path: string, document: DocumentFacts): boolean => workspace.shared(AGENTS).all.some((agent) => agent.path === path && agent.document === document.index);
