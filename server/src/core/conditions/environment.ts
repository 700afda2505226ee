// What conditions see, as types: built from plain facts that the caller takes from the workspace.
import { fromJsonSchema } from './json-schema-type';
import { DYN, type Field, join, listOf, mapOf, NUMBER, type ObjectType, oneOf, optional, required, someOf, STRING, TIMESTAMP, type Type } from './types';

export const RESOURCE_TYPES = ['tool', 'data', 'agent', 'model', 'channel', 'environment'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];
export const ACTIONS = ['call', 'read', 'write', 'delete', 'delegate', 'invoke', 'respond', 'deploy'] as const;
export const LIFECYCLES = ['draft', 'pilot', 'production', 'suspended', 'retired'] as const;
export const AUTONOMIES = ['assist', 'propose', 'act-with-approval', 'act'] as const;
export const STAGES = ['development', 'test', 'staging', 'production'] as const;
export const PLATFORMS = ['on-premises', 'private-cloud', 'public-cloud', 'edge'] as const;
export const CLASSIFICATIONS = ['public', 'internal', 'confidential', 'restricted'] as const;
export const CAPABILITIES = ['reads-private-data', 'ingests-untrusted-content', 'communicates-externally', 'changes-state', 'executes-code'] as const;
export const TRUST = ['trusted', 'internal', 'untrusted'] as const;
export const MODEL_STATUS = ['approved', 'deprecated', 'forbidden'] as const;

/** Names that the workspace declares: offered in completion, never checked in conditions (another one may exist at run time). */
export interface KnownNames {
  readonly agents?: readonly string[];
  readonly teams?: readonly string[];
  readonly roles?: readonly string[];
  readonly environments?: readonly string[];
  readonly regions?: readonly string[];
  readonly servers?: readonly string[];
  readonly channels?: readonly string[];
  readonly integrations?: readonly string[];
  readonly functions?: readonly string[];
  readonly people?: readonly string[];
  /** ids of the resources that the rule can match */
  readonly resources?: readonly string[];
}

export interface PolicyFacts {
  /** the resource types that the rule can match; absent: any */
  readonly resourceTypes?: readonly ResourceType[];
  /** the actions that the rule can match; absent: any */
  readonly actions?: readonly string[];
  /** the JSON Schemas of the arguments of the tools that the rule can match; null or absent: arguments are not typed */
  readonly inputs?: readonly unknown[] | null;
  /** the types of the policy's variables (`inferVariables`) */
  readonly variables?: ReadonlyMap<string, Type>;
  /** fields of `agent` that an agent which the rule can match lacks although manifests have them: `lifecycle`, `team` */
  readonly agentsLack?: readonly string[];
  readonly names?: KnownNames;
}

export interface StandardFacts {
  /** the JSON Schema of the normalised manifest */
  readonly manifest?: unknown;
  /** the JSON Schema of the merged Catalog; absent: its sections are known, their entries not checked */
  readonly catalog?: unknown;
  readonly agentsLack?: readonly string[];
  readonly names?: KnownNames;
}

/** The roots of a condition with their types and documentation. */
export interface TypeEnvironment {
  readonly roots: ReadonlyMap<string, Field>;
}

/** What `when`, `unless` and `variables` of a Policy see. */
export function policyEnvironment(facts: PolicyFacts = {}): TypeEnvironment {
  const names = facts.names ?? {};
  const variables: Record<string, Field> = {};
  for (const [name, type] of facts.variables ?? []) variables[name] = required(type, 'A variable of this policy.');
  return {
    roots: new Map<string, Field>([
      ['agent', required(agentType(names, facts.agentsLack), 'The agent that asks, as the workspace declares it.')],
      ['principal', required(principalType(names), 'The person on whose behalf the agent asks; empty when there is none.')],
      ['action', required(object('the action', { name: required(oneOf(ACTIONS, 'action'), 'What the agent wants to do.') }), 'What the agent wants to do.')],
      ['resource', required(resourceType(facts.resourceTypes ?? RESOURCE_TYPES, names), 'What the agent wants to use.')],
      ['args', required(argsType(facts), "The tool's arguments, typed by its `input`.")],
      ['context', required(contextType(names), 'The circumstances of the request.')],
      ['variables', required(object('the variables', variables), "The policy's own variables.")],
    ]),
  };
}

/** What `when` and `require` of a Standard see. */
export function standardEnvironment(facts: StandardFacts = {}): TypeEnvironment {
  const sections = ['teams', 'people', 'roles', 'environments', 'regions', 'servers', 'tools', 'data', 'models', 'channels', 'systems', 'integrations'];
  const catalog = object('the Catalog', Object.fromEntries(sections.map((name) => [name, optional(mapOf(DYN), `The Catalog's \`${name}\`, by name.`)])));
  const manifest = facts.manifest === undefined ? DYN : fromJsonSchema(facts.manifest);
  return {
    roots: new Map<string, Field>([
      ['manifest', required(manifest.kind === 'object' ? { ...manifest, name: 'the manifest' } : manifest, "The agent's whole document, with defaults filled in and short forms expanded.")],
      ['agent', required(agentType(facts.names ?? {}, facts.agentsLack), 'The agent, as policies see it.')],
      ['catalog', required(facts.catalog === undefined ? catalog : fromJsonSchema(facts.catalog), "The workspace's Catalogs, merged.")],
    ]),
  };
}

const object = (name: string, fields: Readonly<Record<string, Field>>): ObjectType => ({ kind: 'object', name, fields, open: false });

function agentType(names: KnownNames, lack: readonly string[] = []): Type {
  const sure = (name: string, type: Type, doc: string): Field => ({ type, optional: lack.includes(name), doc });
  return object('the agent', {
    id: required(someOf(names.agents, 'agent'), 'The name of the agent.'),
    roles: required(listOf(someOf(names.roles, 'role')), 'Its roles; empty when it has none.'),
    labels: required(mapOf(STRING), 'Its labels; an empty map when it has none.'),
    team: sure('team', someOf(names.teams, 'team'), 'The team that owns it (the first owner).'),
    lifecycle: sure('lifecycle', oneOf(LIFECYCLES, 'lifecycle'), 'Its lifecycle stage. Agents of formats without one lack it.'),
    autonomy: optional(oneOf(AUTONOMIES, 'autonomy'), 'How far it acts alone.'),
    functions: required(listOf(someOf(names.functions, 'function')), 'The business functions of its process; empty when not given.'),
    capabilities: required(listOf(oneOf(CAPABILITIES, 'capability')), 'What its tools, data and channels can do together. Membership is an error while a part is unknown.'),
    platform: optional(oneOf(PLATFORMS, 'platform'), "The platform of the request's environment."),
  });
}

function principalType(names: KnownNames): Type {
  return object('the principal', {
    id: optional(someOf(names.people, 'person'), 'The person; missing when the agent acts for nobody.'),
    roles: optional(listOf(STRING), "The person's roles."),
    groups: optional(listOf(STRING), "The person's groups."),
  });
}

function contextType(names: KnownNames): Type {
  return object('the context', {
    environment: optional(someOf(names.environments, 'environment'), 'The environment in which the agent runs.'),
    stage: optional(oneOf(STAGES, 'stage'), 'The stage of the environment.'),
    time: required(TIMESTAMP, 'When the request is made; the clock when it says nothing.'),
    channel: optional(someOf(names.channels, 'channel'), 'The channel through which the request came.'),
    via: required(listOf(someOf(names.agents, 'agent')), 'The agents that delegated, first to last; empty when none did.'),
    labels: required(listOf(STRING), 'Labels of the request; empty when it has none.'),
    cost: optional(NUMBER, 'What the request costs.'),
    ext: required(mapOf(DYN), 'Free keys.'),
  });
}

interface ResourceField {
  readonly types: readonly ResourceType[];
  readonly field: Field;
}

function resourceFields(names: KnownNames): Readonly<Record<string, ResourceField>> {
  const of = (types: readonly ResourceType[], field: Field): ResourceField => ({ types, field });
  return {
    type: of(RESOURCE_TYPES, required(oneOf(RESOURCE_TYPES, 'resource type'), 'What kind of thing it is.')),
    id: of(RESOURCE_TYPES, required(someOf(names.resources, 'resource'), 'Its name, such as `payments/refund`.')),
    owner: of(RESOURCE_TYPES, optional(someOf(names.teams, 'team'), 'The team that owns it.')),
    labels: of(RESOURCE_TYPES, optional(mapOf(STRING), 'Its labels.')),
    capabilities: of(RESOURCE_TYPES, optional(listOf(oneOf(CAPABILITIES, 'capability')), 'What it can do; missing when the Catalog does not list it.')),
    classification: of(['data'], optional(oneOf(CLASSIFICATIONS, 'classification'), 'How the data is classified.')),
    residency: of(['data'], optional(STRING, 'Where the data must stay.')),
    integration: of(['data'], optional(someOf(names.integrations, 'integration'), 'The integration through which the data is read.')),
    server: of(['tool'], required(someOf(names.servers, 'server'), 'The server of the tool.')),
    status: of(['model'], optional(oneOf(MODEL_STATUS, 'model status'), 'Whether the model is approved.')),
    stage: of(['environment'], optional(oneOf(STAGES, 'stage'), 'The stage of the environment.')),
    platform: of(['environment'], optional(oneOf(PLATFORMS, 'platform'), 'Where the environment runs.')),
    trust: of(['channel'], optional(oneOf(TRUST, 'trust'), 'How far the channel is trusted.')),
  };
}

/** The fields of what the rule can match. A field that only some of its types have may be missing. */
function resourceType(types: readonly ResourceType[], names: KnownNames): Type {
  const fields: Record<string, Field> = {};
  const elsewhere: Record<string, string> = {};
  const matched = types.length === 0 ? RESOURCE_TYPES : types;
  for (const [name, { types: owners, field }] of Object.entries(resourceFields(names))) {
    if (!matched.some((type) => owners.includes(type))) elsewhere[name] = `only ${owners.join(', ')} resources have it, and this rule matches ${matched.join(', ')}`;
    else fields[name] = matched.every((type) => owners.includes(type)) ? field : { ...field, optional: true };
  }
  return { kind: 'object', name: 'the resource', fields, elsewhere, open: false };
}

function argsType(facts: PolicyFacts): Type {
  const untyped: ObjectType = { kind: 'object', name: 'the arguments', fields: {}, open: true };
  if (!facts.inputs || facts.inputs.length === 0) return untyped;
  const types = facts.inputs.map((schema) => fromJsonSchema(schema));
  const joined = types.reduce((a, b) => join(a, b));
  if (joined.kind !== 'object') return untyped;
  // Only calls have arguments: a rule that matches other actions too meets requests without any.
  const callsOnly = isOnly(facts.actions, 'call') || isOnly(facts.resourceTypes, 'tool');
  const fields = callsOnly ? joined.fields : Object.fromEntries(Object.entries(joined.fields).map(([name, field]) => [name, { ...field, optional: true }]));
  return { ...joined, fields, name: 'the arguments' };
}

const isOnly = (list: readonly string[] | undefined, name: string): boolean => list !== undefined && list.length > 0 && list.every((entry) => entry === name);
