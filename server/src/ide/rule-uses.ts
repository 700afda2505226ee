// For which agents a rule can say anything, and which test cases it decides: what the lens over a rule counts, and lists when asked.
import type { Agent } from '../core/model';
import { ENGINES, POLICIES, askerOf, couldApply, fitsAgent, runTests, speaksOf, type Asker, type CompiledRule, type Uses } from '../core/policy';
import { AGENTS, CATALOG, type DocumentFacts, type FileFacts, type Shared, type Workspace } from '../core/workspace';
import type { PlainValue } from '../core/yaml';
import { testPaths } from './tests';
import type { Place } from './types';

/** Pairs of a rule and an agent, and test cases, that are looked at for one answer; past them nothing is counted rather than something untrue. */
const MAX_PAIRS = 500_000;
const MAX_CASES = 5_000;
const MAX_KEPT = 20_000;

interface Askers {
  readonly all: readonly Asker[];
  /** what they declare, each once, with the agents that declare it */
  readonly uses: readonly { readonly use: Uses; readonly askers: readonly Asker[] }[];
  /** the answer for rules that did not change, by what they say */
  readonly agents: Map<string, readonly Agent[]>;
}

/** The agents as rules look at them. */
const ASKERS: Shared<Askers> = {
  id: 'agents that rules can be for',
  kinds: ['Agent', 'Catalog', 'files', 'owners'],
  make(workspace) {
    const all = workspace.shared(AGENTS).all.map((agent) => askerOf(agent, workspace.shared(CATALOG)));
    const uses = new Map<string, { readonly use: Uses; readonly askers: Asker[] }>();
    const add = (key: string, use: Uses, asker: Asker): void => {
      const known = uses.get(key);
      if (known) known.askers.push(asker);
      else uses.set(key, { use, askers: [asker] });
    };
    for (const asker of all) {
      for (const [name, actions] of asker.uses.named) add(`${actions.join()} ${name}`, { named: new Map([[name, actions]]), wild: [] }, asker);
      for (const [pattern, action] of asker.uses.wild) add(`${action} ${pattern} *`, { named: new Map(), wild: [[pattern, action]] }, asker);
    }
    return { all, uses: [...uses.values()], agents: new Map() };
  },
};

/** The cases of files that did not change, under rules and agents that did not. */
const TESTED: Shared<WeakMap<FileFacts, FileTests>> = { id: 'tests of rules', kinds: ['Agent', 'Policy', 'Catalog', 'files', 'owners'], make: () => new WeakMap() };

interface FileTests {
  /** decisions hang on the day, by expiries */
  readonly day: number;
  readonly cases: readonly TestedCase[];
}

interface TestedCase {
  readonly place: Place;
  /** names of rules that the case expects, and places of those that decide it */
  readonly names: ReadonlySet<string>;
  readonly deciding: ReadonlySet<string>;
}

export interface RuleUses {
  /** the agents that the rule can be for; null where there is too much to look at */
  agentsOf(rule: CompiledRule): readonly Agent[] | null;
  /** the test cases that name the rule in what they expect, or that it decides */
  testsOf(rule: CompiledRule): readonly Place[] | null;
}

/** Of all rules that one answer speaks of. */
export function ruleUses(workspace: Workspace): RuleUses {
  const askers = workspace.shared(ASKERS);
  let pairs = 0;
  let tests: ReadonlyMap<string, readonly Place[]> | null | undefined;
  return {
    agentsOf(rule) {
      const print = printOf(workspace, rule);
      const known = askers.agents.get(print);
      if (known) return known;
      const asked = new Set(askers.uses.flatMap(({ use, askers: of }) => (speaksOf(rule, use) ? of : [])));
      pairs += askers.uses.length + asked.size;
      if (pairs > MAX_PAIRS) return null;
      const found = askers.all.filter((asker) => asked.has(asker) && fitsAgent(rule, asker.agent.name, asker.agent.roles) && couldApply(rule, asker)).map(({ agent }) => agent);
      if (askers.agents.size > MAX_KEPT) askers.agents.clear();
      askers.agents.set(print, found);
      return found;
    },
    testsOf(rule) {
      if (tests === undefined) tests = testsByRule(workspace);
      return tests && [...new Set([...(tests.get(keyOf(rule.file, rule.span.start)) ?? []), ...(tests.get(rule.id) ?? [])])].sort(byPlace);
    },
  };
}

/** Where the agents and cases of a rule are to be seen; undefined where there is no such rule. */
export function placesOfRule(workspace: Workspace, at: { readonly path: string; readonly document: number; readonly rule: number }, what: 'agents' | 'tests'): { readonly span: CompiledRule['idSpan']; readonly places: readonly Place[] } | undefined {
  const rule = workspace.shared(POLICIES).all.find(({ path, document }) => path === at.path && document === at.document)?.rules.find(({ index }) => index === at.rule);
  if (!rule) return undefined;
  const uses = ruleUses(workspace);
  return { span: rule.idSpan, places: what === 'tests' ? (uses.testsOf(rule) ?? []) : (uses.agentsOf(rule) ?? []).map(({ path, span }) => ({ path, span })) };
}

/** What the agents hang on that a rule can be for: its own text, and what its policy says of all its rules. */
function printOf(workspace: Workspace, { policy, file, span }: CompiledRule): string {
  const text = workspace.text(file) ?? '';
  const { agents, roles, environments } = policy.scope;
  return `${text.slice(span.start, span.end)}\n${JSON.stringify([agents?.sources, roles?.sources, environments?.sources])}\n${variablesOf(workspace, policy.path, policy.document)}`;
}

function variablesOf(workspace: Workspace, path: string, document: number): string {
  const found = workspace.facts(path)?.documents.find(({ index }) => index === document);
  return JSON.stringify(found ? field(field(found.value, 'spec'), 'variables') : null);
}

const keyOf = (file: string, start: number): string => `${start} ${file}`;
const byPlace = (a: Place, b: Place): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start);

function testsByRule(workspace: Workspace): ReadonlyMap<string, readonly Place[]> | null {
  const found = new Map<string, Place[]>();
  const memo = workspace.shared(TESTED);
  const day = Math.floor(workspace.now / 86_400_000);
  let count = 0;
  for (const path of testPaths(workspace)) {
    const facts = workspace.facts(path);
    if (!facts) continue;
    let known = memo.get(facts);
    if (known?.day !== day) {
      count += facts.documents.reduce((sum, document) => sum + casesIn(document).length, 0);
      if (count > MAX_CASES) return null;
      memo.set(facts, (known = { day, cases: facts.documents.flatMap((document) => (document.kind === 'PolicyTest' ? testedCases(workspace, path, document) : [])) }));
    }
    for (const { place, names, deciding } of known.cases) {
      for (const key of [...names, ...deciding]) {
        const places = found.get(key);
        if (places) places.push(place);
        else found.set(key, [place]);
      }
    }
  }
  return found;
}

/** An oblige rule decides nothing; a case that says which obligations it expects tests those that it brings. */
function testedCases(workspace: Workspace, path: string, document: DocumentFacts): readonly TestedCase[] {
  const cases = casesIn(document);
  const trace = cases.some((one) => field(field(one, 'expect'), 'obligations') !== null);
  return runTests(path, document, workspace.shared(ENGINES), { now: workspace.now, trace }).map(({ index, span, decision }) => {
    const expect = field(cases[index] ?? null, 'expect');
    const names = field(expect, 'rules');
    const obliging = field(expect, 'obligations') === null ? [] : (decision?.trace ?? []).filter((entry) => entry.matched && entry.effect === 'oblige');
    return {
      place: { path, span },
      names: new Set(Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : []),
      deciding: new Set([...(decision?.rules ?? []).map((rule) => keyOf(rule.file, rule.span.start)), ...obliging.map((entry) => keyOf(entry.file, entry.span.start))]),
    };
  });
}

function casesIn(document: DocumentFacts): readonly PlainValue[] {
  const cases = field(field(document.value, 'spec'), 'cases');
  return Array.isArray(cases) ? cases : [];
}

const field = (value: PlainValue, name: string): PlainValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name) ? ((value as { readonly [key: string]: PlainValue })[name] ?? null) : null;
