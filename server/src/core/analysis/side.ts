// One state of a workspace, seen from every context: which rules are for it, what their conditions say there, what is known of a request.
import { type ConditionInput, type Value } from '../conditions';
import { RESOURCE_OF_ACTION, builtInCalls, type Agent, type AgentGate, type Catalog } from '../model';
import { OPEN_FACTS, SubjectRules, declaredFacts, fitsAgent, fitsEnvironment, gatesFor, type CompiledPolicy, type CompiledRule, type Engine, type PolicySet, type Subject, type Target, type TargetPlace } from '../policy';
import { YES, and, attribute, type Attribute, type Formula } from './formula';
import { matcherFormula, whereFormula } from './matcher-formula';
import { catalogMemo, createAnalysisMemo, type AnalysisMemo, type CatalogMemo } from './memo';
import { ConditionReader, readRule, type View } from './read-condition';
import { indexOf, type PlaceRule, type RuleIndex } from './rule-index';
import { anything, shapeIn, shapeOf, type Shape } from './shape';
import type { Named, Place } from './space';
import type { PlainValue } from '../yaml';

/** An agent on one side; null where the side does not know it. */
export interface KnownAgent {
  readonly agent: Agent;
  readonly subject: Subject;
  readonly guard: SubjectRules;
}

/** Who asks: an agent of the workspace, one that a side does not know, or any. */
export type Asker = { readonly id: string; readonly known: KnownAgent | null } | 'any';

interface Reads {
  agent: boolean;
  environment: boolean;
  resource: boolean;
  action: boolean;
}

/** What the rules of several sides say: one that both have is read once. */
export interface SharedReading {
  readonly reads: Map<CompiledRule, Reads>;
  /** of conditions that look at no more of a context than at its action */
  readonly formulas: Map<CompiledRule, Map<string, Formula>>;
}

export const sharedReading = (): SharedReading => ({ reads: new Map(), formulas: new Map() });

const NO_RULES: readonly PlaceRule[] = [];
const FREE_AGENT = new Set(['id', 'roles', 'labels', 'team', 'lifecycle', 'autonomy', 'functions', 'capabilities']);
const ALWAYS_FREE = new Set(['time', 'via', 'labels', 'channel', 'cost', 'ext']);

export class SideView {
  readonly catalog: Catalog;
  readonly sets: readonly PolicySet[];
  readonly known: CatalogMemo;
  readonly #agents = new Map<string, KnownAgent | null>();
  readonly #formulas = new Map<CompiledRule, Map<string, Formula>>();
  readonly #facts = new Map<string, Record<string, Value>>();
  #index: RuleIndex | null = null;
  /** whether rules are for an agent, or an environment, by their order: 1 yes, 2 no, 0 not asked yet */
  readonly #forAgent = new Map<string, Uint8Array>();
  readonly #forEnvironment = new Map<string | null, Uint8Array>();
  readonly #targets = new Map<string | null, TargetPlace>();
  #obliging: boolean | null = null;
  readonly #wide = new Map<string, readonly PlaceRule[]>();
  readonly #governing = new Map<Agent | null, readonly number[]>();
  #last: { readonly place: Place; readonly named: readonly PlaceRule[]; readonly wide: readonly PlaceRule[] } | null = null;
  #asked: { readonly known: KnownAgent; readonly place: Place; readonly stopped: boolean } | null = null;

  constructor(
    readonly engine: Engine,
    private readonly untyped: boolean,
    readonly memo: AnalysisMemo = createAnalysisMemo(),
    private readonly reading: SharedReading = sharedReading(),
  ) {
    this.catalog = engine.world.catalog;
    this.known = catalogMemo(memo, this.catalog);
    this.sets = engine.world.sets;
  }

  asker(id: string | null): Asker {
    return id === null ? 'any' : { id, known: this.agent(id) };
  }

  agent(id: string): KnownAgent | null {
    let known = this.#agents.get(id);
    if (known === undefined) {
      const agent = this.engine.world.agents.find(id);
      if (agent === null || agent === 'ambiguous') known = null;
      else {
        known = this.known.agents.get(agent) ?? null;
        if (!known) {
          const subject = this.engine.subject(agent);
          this.known.agents.set(agent, (known = { agent, subject, guard: new SubjectRules(subject, this.catalog, [], true) }));
        }
      }
      this.#agents.set(id, known);
    }
    return known;
  }

  /** The rules that are for the place, whoever asks, in their order. */
  rulesAt(place: Place): readonly PlaceRule[] {
    const [named, wide] = [this.namedAt(place), this.wideAt(place)];
    return named.length === 0 ? wide : wide.length === 0 ? named : [...named, ...wide].sort((x, y) => x.order - y.order);
  }

  /** Those that name it. */
  namedAt(place: Place): readonly PlaceRule[] {
    return this.#at(place).named;
  }

  /** Those with patterns that it matches; one list for all places with the same rules. */
  wideAt(place: Place): readonly PlaceRule[] {
    return this.#at(place).wide;
  }

  #at(place: Place): { readonly place: Place; readonly named: readonly PlaceRule[]; readonly wide: readonly PlaceRule[] } {
    if (this.#last?.place === place) return this.#last;
    const index = this.#rules();
    const fits = ({ rule, set }: PlaceRule): boolean =>
      (rule.actions === null || rule.actions.matches(place.action)) && (rule.resources === null || rule.resources.matches(place.resource)) && ((this.sets[set] as PolicySet).covers?.matches(place.resource) ?? true);
    const mine = index.wide.flatMap((group, at) => (group[0] && fits(group[0]) ? [at] : []));
    const key = mine.join();
    let wide = this.#wide.get(key);
    if (!wide) this.#wide.set(key, (wide = mine.flatMap((at) => index.wide[at] ?? []).sort((x, y) => x.order - y.order)));
    return (this.#last = { place, wide, named: (index.named.get(place.resource) ?? NO_RULES).filter(fits) });
  }

  /** The sets that have a say. */
  setsFor(asker: Asker, place: Place): readonly number[] {
    const agent = asker === 'any' ? null : (asker.known?.agent ?? null);
    let governing = this.#governing.get(agent);
    if (!governing) this.#governing.set(agent, (governing = this.sets.flatMap((set, index) => (set.governs(agent) ? [index] : []))));
    return governing.every((index) => this.sets[index]?.covers === null) ? governing : governing.filter((index) => this.sets[index]?.covers?.matches(place.resource) ?? true);
  }

  /** Whether an agent is denied something wherever it asks: it is not known, stopped, or does not declare it. */
  refuses(id: string, place: Place): boolean {
    const known = this.agent(id);
    return known === null || this.#stopped(known, place);
  }

  /** Asked of one agent and place in all environments, one after the other. */
  #stopped(known: KnownAgent, place: Place): boolean {
    if (this.#asked?.known === known && this.#asked.place === place) return this.#asked.stopped;
    const { lifecycle } = known.agent;
    const stopped = lifecycle === 'suspended' || lifecycle === 'retired' || !known.subject.declares(place.action, place.id);
    this.#asked = { known, place, stopped };
    return stopped;
  }

  /** Whether steps 1 to 3 of a decision deny. */
  denied(asker: Asker, place: Place, environment: Named | null): boolean {
    if (asker === 'any') return false;
    const { known } = asker;
    if (!known || this.#stopped(known, place)) return true;
    const { lifecycle, hosting } = known.agent;
    return (lifecycle === 'draft' || hosting !== null) && known.guard.denied(place.action, place.resource, environment?.name ?? null) !== null;
  }

  gates(asker: Asker, place: Place, environment: Named | null): readonly AgentGate[] {
    return asker === 'any' || !asker.known || asker.known.agent.gates.length === 0 ? [] : gatesFor(asker.known.agent, this.#target(asker, place, environment));
  }

  /** Whether a rule can be for who asks. */
  fits({ rule, set, order }: PlaceRule, asker: Asker): boolean {
    const policies = this.sets[set] as PolicySet;
    if (asker === 'any') return policies.governs(null);
    if (asker.known === null) return false;
    const { agent, subject: { name, roles } } = asker.known;
    return this.#once(this.#forAgent, asker.id, order, () => policies.governs(agent) && fitsAgent(rule, name, roles));
  }

  /** Whether a rule can be for an environment. */
  fitsIn({ rule, order }: PlaceRule, environment: Named | null): boolean {
    return this.#once(this.#forEnvironment, environment?.name ?? null, order, () => this.fitsEnvironment(rule, environment));
  }

  #rules(): RuleIndex {
    if (this.#index) return this.#index;
    let index = this.memo.indexes.get(this.sets);
    if (!index) this.memo.indexes.set(this.sets, (index = indexOf(this.sets)));
    return (this.#index = index);
  }

  #once<K>(known: Map<K, Uint8Array>, key: K, order: number, ask: () => boolean): boolean {
    let answers = known.get(key);
    if (!answers) known.set(key, (answers = new Uint8Array(this.#rules().count)));
    let answer = answers[order];
    if (!answer) answers[order] = answer = ask() ? 1 : 2;
    return answer === 1;
  }

  /** Whether there is a rule at the place that obliges: such rules apply also to what is denied. */
  obliges(place: Place): boolean {
    return (this.#obliging ??= this.sets.some((set) => [...set.rules, ...set.otherwise].some((rule) => rule.effect === 'oblige'))) && this.rulesAt(place).some(({ rule }) => rule.effect === 'oblige');
  }

  fitsEnvironment(rule: CompiledRule, environment: Named | null): boolean {
    return fitsEnvironment(rule, this.#where(environment));
  }

  /** What of a context the conditions of a rule look at. */
  reads(rule: CompiledRule): Reads {
    const of = this.#twin(rule);
    const known = this.reading.reads.get(of);
    if (known) return known;
    const reading = { agent: false, environment: false, resource: false, action: false };
    for (const check of [rule.when, rule.unless]) {
      if (!check) continue;
      for (const { names: [root, field] } of this.reader(rule.policy).readings.of(check.ast)) {
        if (root === 'agent') {
          reading.agent = true;
          if (field === undefined || field === 'platform') reading.environment = true;
        } else if (root === 'context' && (field === undefined || field === 'environment' || field === 'stage')) reading.environment = true;
        else if (root === 'resource') reading.resource = true;
        else if (root === 'action') reading.action = true;
      }
    }
    this.reading.reads.set(of, reading);
    return reading;
  }

  /** The rule of the other side that is written alike, in a policy that is. */
  #twin(rule: CompiledRule): CompiledRule {
    return this.memo.twins.get(rule) ?? rule;
  }

  /** What the condition of a rule says in a context. */
  formula(rule: CompiledRule, asker: Asker, place: Place, environment: Named | null): Formula {
    const free = asker === 'any';
    if (!rule.when && !rule.unless && !rule.where) return free ? matcherFormula(rule) : YES;
    const reads = this.reads(rule);
    const key = `${reads.action ? place.action : place.action === 'call'}${free ? '\0any' : reads.agent ? `\0${asker.id}` : ''}${reads.environment ? `\0in ${environment ? `=${environment.name}` : ''}` : ''}${reads.resource || rule.where ? `\0on ${place.resource}` : ''}`;
    const alone = free || reads.agent || reads.environment || reads.resource || rule.where !== null;
    const [formulas, of] = alone ? [this.#formulas, rule] : [this.reading.formulas, this.#twin(rule)];
    let known = formulas.get(of);
    if (!known) formulas.set(of, (known = new Map()));
    let formula = known.get(key);
    if (!formula) {
      formula = rule.where ? whereFormula(rule, place, !this.untyped) : readRule(rule.when?.ast ?? null, rule.unless?.ast ?? null, this.reader(rule.policy), this.view(asker, place, environment));
      if (free) formula = and(matcherFormula(rule), formula);
      known.set(key, formula);
    }
    return formula;
  }

  reader(policy: CompiledPolicy): ConditionReader {
    const { readers } = this.memo;
    let reader = readers.get(policy);
    if (!reader) readers.set(policy, (reader = new ConditionReader(policy.variables, policy.reader)));
    return reader;
  }

  #target(asker: Asker, place: Place, environment: Named | null): Target {
    const subject = asker === 'any' ? null : (asker.known?.subject ?? null);
    return { agent: subject?.name ?? '', roles: subject?.roles ?? [], action: place.action, resource: place.resource, ...this.#where(environment) };
  }

  #where(environment: Named | null): TargetPlace {
    const name = environment?.name ?? null;
    let where = this.#targets.get(name);
    if (!where) this.#targets.set(name, (where = { environment: name, nowhere: name === null || (this.catalog.environments.size > 0 && !this.catalog.environments.has(name)) }));
    return where;
  }

  facts(place: Place): Record<string, Value> {
    let facts = this.#facts.get(place.resource);
    if (!facts) this.#facts.set(place.resource, (facts = declaredFacts(this.catalog, RESOURCE_OF_ACTION[place.action], place.id)));
    return facts;
  }

  /** What is known of a request of the context. */
  input(asker: Asker, place: Place, environment: Named | null): ConditionInput {
    const declared = environment ? this.catalog.environments.get(environment.name) : undefined;
    const attributes = asker === 'any' ? {} : (asker.known?.subject.attributes ?? {});
    const context: Record<string, Value> = { via: [], labels: [], ext: {} };
    if (environment) context['environment'] = environment.name;
    if (declared?.stage) context['stage'] = declared.stage;
    return {
      agent: declared?.platform ? { ...attributes, platform: declared.platform } : attributes,
      principal: {}, action: { name: place.action }, resource: this.facts(place), args: {}, context,
    };
  }

  view(asker: Asker, place: Place, environment: Named | null): View {
    const declared = environment ? this.catalog.environments.get(environment.name) : undefined;
    const type = RESOURCE_OF_ACTION[place.action];
    const facts = this.facts(place);
    return {
      input: this.input(asker, place, environment), untyped: this.untyped,
      free(names) {
        const [root, field] = names;
        switch (root) {
          case 'agent':
            if (asker !== 'any') return null;
            return field === undefined || (field === 'platform' ? !declared?.platform : FREE_AGENT.has(field)) ? attribute(names) : null;
          case 'principal':
            return field === undefined || field === 'id' || field === 'roles' || field === 'groups' ? attribute(names) : null;
          case 'resource':
            if (field === undefined) return attribute(names);
            if (field === 'id' || field === 'server') return place.sample && (field === 'id' || type === 'tool') ? attribute(names) : null;
            return OPEN_FACTS[type].includes(field) && facts[field] === undefined ? attribute(names) : null;
          case 'context':
            if (field === undefined || ALWAYS_FREE.has(field)) return attribute(names);
            if (field === 'stage') return declared?.stage ? null : attribute(names);
            return field === 'environment' && environment?.sample ? attribute(names) : null;
          case 'args':
            return place.action === 'call' ? attribute(names) : null;
          default:
            return null;
        }
      },
    };
  }

  /** The schema of a call's arguments: the Catalog's; else, in a closed world, what is certain of tools that come with a program. */
  schema({ action, id }: Place): PlainValue | undefined {
    if (action !== 'call') return undefined;
    return this.catalog.tools.get(id)?.input ?? (this.untyped ? undefined : builtInCalls(id)?.input);
  }

  /** What values a free field can have; null where this side knows it. */
  shape(of: Attribute, place: Place): Shape {
    const [root, field = '', ...rest] = of.names;
    const text = (missing: boolean): Shape => shapeOf(['text'], { missing, empty: false });
    if (rest.length > 0 && root !== 'args') return anything();
    switch (root) {
      case 'principal':
        return field === 'id' ? text(true) : shapeOf(['list']);
      case 'context':
        if (field === 'via' || field === 'labels') return shapeOf(['list'], { missing: false });
        if (field === 'ext') return shapeOf(['map'], { missing: false });
        return field === 'cost' ? shapeOf(['number']) : text(true);
      case 'agent':
        if (field === 'id') return text(false);
        if (field === 'roles' || field === 'functions') return shapeOf(['list'], { missing: false });
        if (field === 'labels') return shapeOf(['map'], { missing: false });
        return field === 'capabilities' ? shapeOf(['list']) : this.untyped ? anything() : text(true);
      case 'args':
        return shapeIn(this.schema(place), of.names.slice(1));
      default:
        return this.untyped || field === 'labels' || field === 'capabilities' ? anything() : text(true);
    }
  }
}

/** The maps that are always there. */
export const baseOf = ({ names: [root, field] }: Attribute): number => (root === 'context' && field === 'ext') || (root === 'agent' && field === 'labels') ? 2 : 1;

/** The text that a place fixes for a field. */
export function fixedText({ key }: Attribute, place: Place, environment: Named | null): string | null {
  if (key === 'resource.id' && place.sample) return place.id;
  if (key === 'resource.server' && place.sample) return place.id.includes('/') ? place.id.slice(0, place.id.indexOf('/')) : place.id;
  return key === 'context.environment' && environment?.sample ? environment.name : null;
}
