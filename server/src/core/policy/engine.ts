// The policy decision point of a workspace: compiled once, asked for each request.
import { createParseMemo, Evaluation, type ConditionInput, type MapValue, type Parse } from '../conditions';
import type { Action } from '../documents';
import { gateId, type Agent, type AgentGate, type Catalog, type Cause, type Decision, type DecisionEffect, type Request, type RuleRef } from '../model';
import { patternList } from '../text';
import { AGENTS, CATALOG, HOOKS, PERMISSIONS, type Agents, type Hooks, type Shared, type Workspace } from '../workspace';
import { kindOfFileName } from '../documents';
import { approvalsOf, type AskedBy } from './approvals';
import { RuleIndexes, SubjectRules, type Candidates } from './candidates';
import { unknownMap } from './could-apply';
import { decide, effectOf, type Outcome } from './decide';
import { digestOf } from './digest';
import { foreignSet } from './foreign';
import { isOpen, termsOf } from './gates';
import { hookWarnings } from './hook-warnings';
import { declaredFacts, inputOf } from './input';
import { possibilitiesOf, type Possibility } from './matrix';
import { uniteObligations } from './obligations';
import { compileOnce, keepOnly, policyMemo, type PolicyMemo } from './policy-memo';
import type { ApprovalTerms, CompiledPolicy } from './rule';
import { nativeSet, type PolicySet } from './set';
import { assumedSubject, subjectOf, type Subject } from './subject';
import { traceDefault } from './trace-foreign';
import { traceGate, traceRule } from './trace';

export interface DecideOptions {
  /** milliseconds since 1970, for a request that brings no time */
  readonly at: number;
  /** false leaves the trace out */
  readonly trace?: boolean;
}

/** A request joined with what the workspace knows; can be decided again and again. */
export interface Prepared {
  readonly request: Request;
  /** null where the workspace does not know the agent, or knows two of the name */
  readonly rules: SubjectRules | null;
  readonly refusal: Cause | null;
  /** `type:id` */
  readonly resource: string;
  readonly input: ConditionInput;
  readonly time: number;
  readonly warnings: readonly string[];
}

/** Past this many places the found candidates are dropped: requests come from anybody. */
const MAX_CANDIDATES = 100_000;
const MAX_FACTS = 50_000;

export interface World {
  readonly agents: Agents;
  readonly catalog: Catalog;
  readonly policies: readonly CompiledPolicy[];
  readonly sets: readonly PolicySet[];
  /** commands that may still stop a call; null where the files have none */
  readonly hooks: Hooks | null;
  /** rules may be lost: a Policy document cannot be read whole */
  readonly broken: boolean;
  text(path: string): string;
  digest(agent: Agent): string;
}

export class Engine {
  readonly #subjects = new Map<Agent, SubjectRules>();
  readonly #facts = new Map<string, MapValue>();
  readonly #digests = new Map<Agent, string>();
  readonly #evaluation = new Evaluation();
  readonly #indexes = new RuleIndexes();
  #candidates = 0;

  constructor(readonly world: World) {}

  /** Joins a request with the facts of the workspace. */
  prepare(request: Request, options: DecideOptions): Prepared {
    const { catalog } = this.world;
    const warnings = [...request.warnings];
    const time = request.time ?? options.at;
    const resource = `${request.resource.type}:${request.resource.id}`;
    const found = this.world.agents.find(request.agent);
    const agent = found === 'ambiguous' ? null : found;
    const described = request.assume && (!agent || (request.attributes !== null && Object.keys(request.attributes).length > 0));
    const rules = described ? new SubjectRules(assumedSubject(request.agent, request.attributes ?? {}), catalog, this.world.sets, false, this.#indexes)
      : agent ? (request.assume ? new SubjectRules(subjectOf(agent, catalog), catalog, this.world.sets, false, this.#indexes) : this.#rulesOf(agent)) : null;
    if (!rules) return { request, rules: null, refusal: found === 'ambiguous' ? 'ambiguous' : 'unknown-agent', resource, input: {}, time, warnings };
    const input = inputOf({ request, subject: rules.subject, catalog, time, facts: this.#factsOf(request, resource), warn: (message) => warnings.push(message) });
    return { request, rules, refusal: null, resource, input, time, warnings };
  }

  /** The effect alone: the fast path. */
  effect(prepared: Prepared): DecisionEffect {
    const { rules, request, resource, input, time } = prepared;
    if (!rules) return 'deny';
    const candidates = this.#find(rules, request.action, resource, request.environment);
    this.#evaluation.reset(input);
    return effectOf(candidates, this.#evaluation, time, (gate) => this.#isClosed(rules, gate, time));
  }

  decide(request: Request, options: DecideOptions): Decision {
    return this.decidePrepared(this.prepare(request, options), options.trace !== false);
  }

  decidePrepared(prepared: Prepared, trace = true): Decision {
    const { rules, request, refusal, resource, input, time, warnings } = prepared;
    const { broken } = this.world;
    if (!rules) return { effect: 'deny', cause: refusal ?? 'unknown-agent', rules: [], approvals: [], obligations: [], warnings, incomplete: broken, unknown: [], trace: [] };
    const candidates = this.#find(rules, request.action, resource, request.environment);
    this.#evaluation.reset(input);
    const outcome = decide(candidates, this.#evaluation, time, (gate) => this.#isClosed(rules, gate, time));
    const { agent } = rules.subject;
    const refs: RuleRef[] = outcome.deciding.map(({ id, file, span }) => ({ id, file, span }));
    if (agent) for (const gate of outcome.closed) refs.push({ id: gateId(agent, gate), file: agent.path, span: gate.span });
    return {
      effect: outcome.effect, cause: outcome.cause,
      rules: outcome.cause === 'rule' ? refs.sort(byId) : [],
      approvals: outcome.effect === 'require_approval' ? approvalsOf(askedBy(outcome, agent), { teams: rules.subject.teams, principal: request.principal?.id ?? null }, this.world.catalog) : [],
      obligations: uniteObligations(outcome.matched, outcome.effect === 'deny'),
      // a denial stands, whatever a hook says
      warnings: outcome.effect === 'deny' ? warnings : [...warnings, ...hookWarnings(this.world.hooks, agent, request.action, resource, this.world.text)],
      incomplete: outcome.incomplete || broken, unknown: outcome.unknown,
      trace: trace ? this.#trace(candidates, outcome, prepared, rules) : [],
    };
  }

  /** What of a decision its trace and the people who are left do not tell. */
  outcome({ rules, request, refusal, resource, input, time }: Prepared): Pick<Decision, 'effect' | 'cause' | 'obligations' | 'unknown'> & { readonly approvals: readonly ApprovalTerms[] } {
    if (!rules) return { effect: 'deny', cause: refusal ?? 'unknown-agent', approvals: [], obligations: [], unknown: [] };
    const candidates = this.#find(rules, request.action, resource, request.environment);
    this.#evaluation.reset(input);
    const outcome = decide(candidates, this.#evaluation, time, (gate) => this.#isClosed(rules, gate, time));
    return {
      effect: outcome.effect, cause: outcome.cause, unknown: outcome.unknown, obligations: uniteObligations(outcome.matched, outcome.effect === 'deny'),
      approvals: outcome.effect === 'require_approval' ? askedBy(outcome, rules.subject.agent).map(({ terms }) => terms) : [],
    };
  }

  /** Every effect that some arguments could give, strictest first. */
  possibilities(prepared: Prepared): readonly Possibility[] {
    const { rules, request, resource, input, time } = prepared;
    if (!rules) return [{ effect: 'deny', rules: [] }];
    const candidates = this.#find(rules, request.action, resource, request.environment);
    this.#evaluation.reset({ ...input, args: unknownMap() });
    return possibilitiesOf(candidates, this.#evaluation, time, () => candidates.gates.some((gate) => this.#isClosed(rules, gate, time)));
  }

  /** What decisions know of an agent of the workspace. */
  subject(agent: Agent): Subject {
    return this.#rulesOf(agent).subject;
  }

  /** What denies an agent of the workspace before any rule is asked; null where the rules decide. */
  refusal(agent: Agent, action: Action, resource: string, environment: string | null): Cause | null {
    return this.#rulesOf(agent).denied(action, resource, environment);
  }

  /** Who asks for what, where, and whether that alone denies it; null for an agent that is not known. */
  target(prepared: Prepared): Pick<Candidates, 'target' | 'denied'> | null {
    const { rules, request, resource } = prepared;
    return rules ? this.#find(rules, request.action, resource, request.environment) : null;
  }

  /** What a record of an approval of the agent must hold now. */
  digest(agent: Agent): string {
    let digest = this.#digests.get(agent);
    if (digest === undefined) this.#digests.set(agent, (digest = this.world.digest(agent)));
    return digest;
  }

  #isClosed({ subject: { agent } }: SubjectRules, gate: AgentGate, time: number): boolean {
    return agent !== null && !isOpen(gate, { agent, catalog: this.world.catalog, time, digest: () => this.digest(agent) });
  }

  /** Every rule of the sets that govern the agent; after a refusal only those that oblige. */
  #trace(candidates: Candidates, outcome: Outcome, prepared: Prepared, rules: SubjectRules): Decision['trace'] {
    const { input, time } = prepared;
    const { target } = candidates;
    this.#evaluation.reset(input);
    const options = { target, input, time, evaluation: this.#evaluation, text: this.world.text };
    const all = candidates.sets.flatMap((set) => set.set.rules);
    const entries = (candidates.denied === null ? all : all.filter((rule) => rule.effect === 'oblige')).map((rule) => traceRule(rule, options));
    // a set whose rules did not decide tells by what it fell back to another tool's default
    if (candidates.denied === null) for (const { set, otherwise } of candidates.sets) entries.push(...traceDefault(set, otherwise, outcome.defaults.includes(set), this.#evaluation));
    const { agent } = rules.subject;
    const guarded = outcome.effect === 'allow' || outcome.effect === 'require_approval';
    if (agent && guarded && candidates.denied === null) for (const gate of agent.gates) entries.push(traceGate(agent, gate, target, !this.#isClosed(rules, gate, time)));
    return entries;
  }

  #find(rules: SubjectRules, action: Action, resource: string, environment: string | null): Candidates {
    return rules.find(action, resource, environment, this.#count);
  }

  readonly #count = (): void => {
    if (++this.#candidates <= MAX_CANDIDATES) return;
    this.#candidates = 0;
    for (const rules of this.#subjects.values()) rules.forget();
  };

  #rulesOf(agent: Agent): SubjectRules {
    let rules = this.#subjects.get(agent);
    if (!rules) this.#subjects.set(agent, (rules = new SubjectRules(subjectOf(agent, this.world.catalog), this.world.catalog, this.world.sets, true, this.#indexes)));
    return rules;
  }

  #factsOf(request: Request, resource: string): MapValue {
    let facts = this.#facts.get(resource);
    if (!facts) {
      if (this.#facts.size > MAX_FACTS) this.#facts.clear();
      this.#facts.set(resource, (facts = declaredFacts(this.world.catalog, request.resource.type, request.resource.id)));
    }
    return facts;
  }
}

const byId = (a: RuleRef, b: RuleRef): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start);

function askedBy(outcome: Outcome, agent: Agent | null): readonly AskedBy[] {
  const asked: AskedBy[] = outcome.deciding.flatMap((rule) => (rule.approval ? [{ rule: rule.id, terms: rule.approval }] : []));
  for (const set of outcome.defaults) if (set.default.approval) asked.push({ rule: set.id, terms: set.default.approval });
  if (agent) for (const gate of outcome.closed) asked.push({ rule: gateId(agent, gate), terms: termsOf(gate) });
  return asked;
}

/** The compiled policies of a workspace; an edit compiles its own document only. */
export interface Policies {
  readonly all: readonly CompiledPolicy[];
  readonly broken: boolean;
  readonly memo: PolicyMemo;
}

/** Conditions parsed once for the whole workspace. */
export const PARSE: Shared<Parse> = { id: 'parsed conditions', kinds: [], make: () => createParseMemo() };

export const POLICIES: Shared<Policies> = {
  id: 'policies',
  kinds: ['Policy'],
  make(workspace, before) {
    const memo = before?.memo ?? policyMemo();
    const parse = workspace.shared(PARSE);
    const all: CompiledPolicy[] = [];
    let broken = false;
    for (const path of workspace.filesOf('Policy')) {
      const facts = workspace.facts(path);
      // a file of that name that could not be read, and a document whose kind is misspelt, hold rules that nobody sees
      if (facts && facts.problems.length > 0 && kindOfFileName(path) === 'Policy') broken = true;
      for (const document of facts?.documents ?? []) {
        if (document.kind === null && document.schema === 'policy') broken = true;
        if (document.kind !== 'Policy') continue;
        const policy = compileOnce(memo, path, document, workspace.text(path) ?? '', parse);
        broken ||= policy.broken;
        all.push(policy);
      }
    }
    keepOnly(memo, all);
    return { all, broken, memo };
  },
};

/** The engine over all policies. */
export const ENGINE: Shared<Engine> = {
  id: 'engine',
  kinds: ['Agent', 'Policy', 'Catalog', 'files'],
  make: (workspace) => engineOf(workspace, () => true),
};

/** An engine over the policies that `takes` names, as a PolicyTest asks for. */
export function engineOf(workspace: Workspace, takes: (policy: string) => boolean): Engine {
  const policies = workspace.shared(POLICIES);
  const catalog = workspace.shared(CATALOG);
  const taken = policies.all.filter((policy) => takes(policy.name));
  const foreign = workspace.shared(PERMISSIONS).sets.filter((set) => takes(set.id)).map(foreignSet);
  return new Engine({
    agents: workspace.shared(AGENTS), catalog, policies: taken, sets: [...(taken.length > 0 ? [nativeSet(taken)] : []), ...foreign], hooks: workspace.shared(HOOKS), broken: policies.broken,
    text: (path) => workspace.text(path) ?? '',
    // an approver signs all that can match the agent, whatever a test looks at
    digest: (agent) => digestOf(agent, workspace, policies.all, catalog),
  });
}

/** Engines over parts of the policies, each made once. */
export interface Engines {
  /** `policies`: a pattern list over their names; null for all */
  of(policies: readonly string[] | null): Engine;
}

export const ENGINES: Shared<Engines> = {
  id: 'engines',
  kinds: ['Agent', 'Policy', 'Catalog', 'files'],
  make(workspace) {
    const made = new Map<string, Engine>();
    return {
      of(policies) {
        if (policies === null || (policies.length === 1 && policies[0] === '*')) return workspace.shared(ENGINE);
        const key = JSON.stringify(policies);
        let engine = made.get(key);
        if (!engine) made.set(key, (engine = engineOf(workspace, patternList(policies).matches)));
        return engine;
      },
    };
  },
};
