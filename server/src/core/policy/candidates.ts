// Which rules can match a request: found once for each agent, action, resource and environment, so that a decision looks at nothing else.
import type { Action } from '../documents';
import type { Catalog, Cause } from '../model';
import type { AgentGate } from '../model';
import { gatesFor } from './gates';
import { fitsAgent, fitsEnvironment, mismatch, type Target } from './match';
import type { CompiledRule } from './rule';
import type { Order, PolicySet, RuleEffect } from './set';
import type { Subject } from './subject';

/** The rules of one set that can match. */
export interface SetCandidates {
  readonly set: PolicySet;
  /** in the order of their strength */
  readonly steps: readonly { readonly effect: RuleEffect; readonly rules: readonly CompiledRule[] }[];
  /** where the first rule decides: all of them, in their order */
  readonly first: readonly CompiledRule[] | null;
  /** where none of them matches: the first of these that does */
  readonly otherwise: readonly CompiledRule[];
  readonly oblige: readonly CompiledRule[];
  /** an `allow` that is malformed never applies, but makes the result incomplete where it would match */
  readonly left: readonly CompiledRule[];
  /** one of the others is malformed */
  readonly malformed: boolean;
}

export interface Candidates {
  /** steps 2 and 3 of a decision, which look at nothing else */
  readonly denied: Cause | null;
  readonly target: Target;
  readonly sets: readonly SetCandidates[];
  readonly gates: readonly AgentGate[];
}

/** The rules of each set by action and resource, made once for all agents. */
export class RuleIndexes {
  readonly #known = new Map<PolicySet, Map<Action, ByResource>>();

  of(set: PolicySet, action: Action): ByResource {
    let byAction = this.#known.get(set);
    if (!byAction) this.#known.set(set, (byAction = new Map()));
    let index = byAction.get(action);
    if (!index) byAction.set(action, (index = indexOf(set.rules, action)));
    return index;
  }
}

/** The rules that may be for one agent, by action and then by resource. */
export class SubjectRules {
  readonly #sets: readonly PolicySet[];
  /** of each set and action the rules with patterns that are for the agent */
  readonly #mine = new Map<ByResource, readonly CompiledRule[]>();
  readonly #found: Map<Action, Map<string, Map<string | null, Candidates>>> = new Map();

  constructor(
    readonly subject: Subject,
    private readonly catalog: Catalog,
    sets: readonly PolicySet[],
    /** steps 2 and 3 are asked */
    private readonly guarded: boolean,
    private readonly indexes: RuleIndexes = new RuleIndexes(),
  ) {
    this.#sets = sets.filter((set) => set.governs(subject.agent));
  }

  /** `count` is called where the answer was not known. */
  find(action: Action, resource: string, environment: string | null, count: () => void): Candidates {
    let byResource = this.#found.get(action);
    if (!byResource) this.#found.set(action, (byResource = new Map()));
    let byEnvironment = byResource.get(resource);
    if (!byEnvironment) byResource.set(resource, (byEnvironment = new Map()));
    let candidates = byEnvironment.get(environment);
    if (!candidates) {
      count();
      byEnvironment.set(environment, (candidates = this.#make(action, resource, environment)));
    }
    return candidates;
  }

  forget(): void {
    this.#found.clear();
  }

  #make(action: Action, resource: string, environment: string | null): Candidates {
    const { subject, catalog } = this;
    const { environments } = catalog;
    const nowhere = environment === null || (environments.size > 0 && !environments.has(environment));
    const target: Target = { agent: subject.name, roles: subject.roles, action, resource, environment, nowhere };
    const denied = this.guarded ? this.denied(action, resource, environment) : null;
    const sets = this.#sets.filter((set) => set.covers?.matches(resource) ?? true).map((set): SetCandidates => {
      const index = this.indexes.of(set, action);
      return split(set, [...(index.named.get(resource) ?? []).filter(this.#fits), ...this.#patterns(index).filter((rule) => rule.resources === null || rule.resources.matches(resource))].filter((rule) => fitsEnvironment(rule, target)), target);
    });
    return { denied, target, sets, gates: subject.agent ? gatesFor(subject.agent, target) : [] };
  }

  readonly #fits = (rule: CompiledRule): boolean => fitsAgent(rule, this.subject.name, this.subject.roles);

  #patterns(index: ByResource): readonly CompiledRule[] {
    let mine = this.#mine.get(index);
    if (!mine) this.#mine.set(index, (mine = index.patterns.filter(this.#fits)));
    return mine;
  }

  /** What denies whatever the rules say: steps 2 and 3 of a decision. */
  denied(action: Action, resource: string, environment: string | null): Cause | null {
    const { agent, declares } = this.subject;
    if (!agent) return 'unknown-agent';
    const { lifecycle, hosting } = agent;
    if (lifecycle === 'suspended' || lifecycle === 'retired') return 'lifecycle';
    const stage = environment === null ? null : (this.catalog.environments.get(environment)?.stage ?? null);
    if (lifecycle === 'draft' && (stage === null || stage === 'production')) return 'lifecycle';
    if (!declares(action, resource.slice(resource.indexOf(':') + 1))) return 'undeclared';
    return hosting !== null && environment !== null && !hosting.includes(environment) ? 'undeclared' : null;
  }
}

/** Rules by the names of resources; those with patterns are tried one by one. */
interface ByResource {
  readonly named: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly patterns: readonly CompiledRule[];
}

function indexOf(rules: readonly CompiledRule[], action: Action): ByResource {
  const named = new Map<string, CompiledRule[]>();
  const patterns: CompiledRule[] = [];
  for (const rule of rules) {
    if (rule.actions !== null && !rule.actions.matches(action)) continue;
    const names = rule.resources?.literals;
    if (!names) patterns.push(rule);
    else for (const name of new Set(names)) {
      const there = named.get(name);
      if (there) there.push(rule);
      else named.set(name, [rule]);
    }
  }
  return { named, patterns };
}

function split(set: PolicySet, rules: readonly CompiledRule[], target: Target): SetCandidates {
  const [oblige, deciding, left]: [CompiledRule[], CompiledRule[], CompiledRule[]] = [[], [], []];
  let malformed = false;
  for (const rule of rules) {
    if (!rule.never) {
      malformed ||= rule.malformed !== null;
      (rule.effect === 'oblige' ? oblige : deciding).push(rule);
    } else if (rule.malformed !== null) left.push(rule);
  }
  const steps: { readonly effect: RuleEffect; readonly rules: readonly CompiledRule[] }[] = [];
  for (const effect of effectsOf(set.order)) {
    const mine = deciding.filter((rule) => rule.effect === effect);
    if (mine.length > 0) steps.push({ effect, rules: cheapFirst(mine) });
  }
  return {
    set, oblige, steps, left, malformed,
    first: set.order.kind === 'first' ? set.rules.filter((rule) => deciding.includes(rule)) : null,
    otherwise: set.otherwise.length === 0 ? set.otherwise : set.otherwise.filter((rule) => mismatch(rule, target) === null),
  };
}

const EFFECTS: readonly RuleEffect[] = ['deny', 'require_approval', 'allow'];
const effectsOf = (order: Order): readonly RuleEffect[] => (order.kind === 'strictest' ? order.effects : EFFECTS);

/** One that applies whatever the arguments decides at once. */
const cheapFirst = (rules: readonly CompiledRule[]): readonly CompiledRule[] => (rules.length < 2 ? rules : [...rules].sort((a, b) => cost(a) - cost(b)));
const cost = (rule: CompiledRule): number => (rule.when === null && rule.unless === null && rule.where === null ? 0 : 1);
