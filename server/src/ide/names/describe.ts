// What is known of a declared name: one line for lists, a few for reading. What the Catalog does not say is called unknown.
import type { NameKind } from '../../core/documents';
import { ownershipOfName, type Declared, type Workspace } from '../../core/workspace';
import { ownershipFacts } from '../ownership/words';
import { at, textAt, textsAt } from './plain';
import { code, codes, count } from './words';

export interface Described {
  /** what it is called by people, where it says so */
  readonly title: string | null;
  /** a few words beside the name in a list */
  readonly brief: string;
  /** sentences or `label: value`, Markdown, in the order of what matters */
  readonly facts: readonly string[];
  /** on its way out, or forbidden */
  readonly deprecated: boolean;
}

type Describe = (value: Declared['value'], name: string, workspace: Workspace) => { readonly title?: string | null; readonly brief?: string | null; readonly facts: readonly (string | null)[]; readonly deprecated?: boolean };

const fact = (label: string, text: string | null | undefined): string | null => (text ? `${label}: ${text}` : null);
const named = (label: string, text: string | null): string | null => fact(label, text && code(text));

/** The owner with how to reach it. */
export function ownerFact(workspace: Workspace, team: string | null, label = 'Owner'): string {
  if (!team) return `${label}: unknown`;
  const declared = workspace.find('team', team)[0];
  const contact = textAt(declared?.value, 'contact');
  const oncall = textAt(declared?.value, 'oncall');
  return `${label}: ${code(team)}${contact ? `, reached at ${contact}` : ''}${oncall ? `, on call ${code(oncall)}` : ''}`;
}

function capabilities(value: Declared['value']): string {
  const known = textsAt(value, 'capabilities');
  return `Capabilities: ${known === null ? 'unknown' : known.length === 0 ? 'none' : codes(known)}`;
}

const DESCRIBE: Readonly<Partial<Record<NameKind, Describe>>> = {
  team: (v) => {
    const members = textsAt(v, 'members');
    return { title: textAt(v, 'title'), facts: [fact('Contact', textAt(v, 'contact') ?? 'unknown'), named('On call', textAt(v, 'oncall')), fact('Members', members && members.length > 0 ? codes(members.slice(0, 12)) + (members.length > 12 ? ', …' : '') : 'unknown')] };
  },
  oncall: (_, name, workspace) => {
    const teams = [...workspace.names('team').values()].flat().filter((team) => textAt(team.value, 'oncall') === name);
    return { brief: teams.length > 0 ? `on call for ${teams.map((t) => t.name).join(', ')}` : 'on call', facts: teams.map((team) => `On call for ${code(team.name)}${textAt(team.value, 'contact') ? `, reached at ${textAt(team.value, 'contact')}` : ''}`) };
  },
  person: (v) => ({ title: textAt(v, 'name'), facts: [fact('E-mail', textAt(v, 'email')), fact('GitHub', textAt(v, 'github'))] }),
  role: (v) => ({ brief: textAt(v, 'description'), facts: [textAt(v, 'description')] }),
  environment: (v) => ({
    brief: [textAt(v, 'stage'), textAt(v, 'platform')].filter(Boolean).join(', '),
    facts: [fact('Stage', textAt(v, 'stage') ?? 'unknown'), fact('Platform', textAt(v, 'platform') ?? 'unknown'), fact('Regions', codes(textsAt(v, 'regions') ?? []))],
  }),
  region: (v) => ({ brief: textAt(v, 'residency'), facts: [fact('Residency', textAt(v, 'residency') ?? 'unknown')] }),
  server: (v, _, workspace) => {
    const identity = named('Command', textAt(v, 'command')) ?? named('URL', textAt(v, 'url')) ?? named('Package', textAt(v, 'package'));
    const format = textAt(v, 'format');
    return { brief: textAt(v, 'owner') ?? (format ? `configured as ${format}` : null), facts: [identity, format ? `Configured by a file of the format ${code(format)}; the Catalog does not say whose it is.` : ownerFact(workspace, textAt(v, 'owner'))] };
  },
  tool: (v, _, workspace) => {
    const input = at(v, 'input', 'properties');
    const takes = input !== null && typeof input === 'object' && !Array.isArray(input) ? Object.keys(input) : [];
    return { brief: [textAt(v, 'owner'), textAt(v, 'description')].filter(Boolean).join(' · '), facts: [textAt(v, 'description'), ownerFact(workspace, textAt(v, 'owner')), capabilities(v), fact('Takes', codes(takes.slice(0, 16)))] };
  },
  data: (v, _, workspace) => ({
    brief: [textAt(v, 'classification'), textAt(v, 'owner')].filter(Boolean).join(' · '),
    facts: [fact('Classification', textAt(v, 'classification') ?? 'unknown'), ownerFact(workspace, textAt(v, 'owner')), fact('Residency', textAt(v, 'residency')), named('Read through', textAt(v, 'integration')), capabilities(v)],
  }),
  model: (v) => {
    const status = textAt(v, 'status');
    return { brief: status ?? 'status unknown', facts: [`Status: ${status ?? 'unknown'}`], deprecated: status === 'deprecated' || status === 'forbidden' };
  },
  channel: (v, _, workspace) => ({
    brief: [textAt(v, 'trust'), textAt(v, 'owner')].filter(Boolean).join(' · '),
    facts: [fact('Trust', textAt(v, 'trust') ?? 'unknown'), ownerFact(workspace, textAt(v, 'owner')), capabilities(v)],
  }),
  system: (v) => ({ brief: textAt(v, 'kind'), facts: [fact('Kind', textAt(v, 'kind') ?? 'unknown'), fact('Queues', codes(textsAt(v, 'queues') ?? []))] }),
  queue: (_, name, workspace) => {
    const systems = [...workspace.names('system').values()].flat().filter((system) => textsAt(system.value, 'queues')?.includes(name));
    return { brief: systems.map((s) => s.name).join(', '), facts: [fact('Queue of', codes(systems.map((s) => s.name)))] };
  },
  integration: (v, _, workspace) => ({ brief: textAt(v, 'platform'), facts: [fact('Platform', textAt(v, 'platform') ?? 'unknown'), ownerFact(workspace, textAt(v, 'owner'))] }),
  agent: (v, _, workspace) => {
    const format = textAt(v, 'format');
    if (format) return { brief: `agent file (${format})`, facts: [`An agent file of the format ${code(format)}.`, 'Owner: unknown'] };
    const lifecycle = textAt(v, 'spec', 'lifecycle') ?? 'draft';
    return {
      title: textAt(v, 'metadata', 'title'),
      brief: [textAt(v, 'spec', 'owner', 'team'), lifecycle].filter(Boolean).join(' · '),
      facts: [textAt(v, 'spec', 'purpose'), ownerFact(workspace, textAt(v, 'spec', 'owner', 'team')), `Lifecycle: ${lifecycle}`, fact('Autonomy', textAt(v, 'spec', 'autonomy') ?? 'unknown'), fact('Roles', codes(textsAt(v, 'spec', 'roles') ?? []))],
      deprecated: lifecycle === 'retired',
    };
  },
  policy: (v, _, workspace) => documentOf(v, workspace, 'rules', 'rule'),
  standard: (v, _, workspace) => documentOf(v, workspace, 'requirements', 'requirement'),
  policytest: (v, _, workspace) => documentOf(v, workspace, 'cases', 'case'),
  catalog: (v, _, workspace) => documentOf(v, workspace, '', ''),
  library: (v, _, workspace) => documentOf(v, workspace, 'snippets', 'path'),
  rule: (v, _, workspace) => {
    const effect = textAt(v, 'effect');
    const from = textsAt(v, 'approval', 'from');
    return {
      brief: [effect, textAt(v, 'reason')].filter(Boolean).join(' · '),
      facts: [textAt(v, 'reason'), named('Effect', effect), from && from.length > 0 ? `Approval from: ${codes(from)}` : null, named('When', textAt(v, 'when')), named('Unless', textAt(v, 'unless')), textAt(v, 'owner') ? ownerFact(workspace, textAt(v, 'owner')) : null, fact('Expires', textAt(v, 'expires'))],
    };
  },
  requirement: (v) => ({ brief: textAt(v, 'message'), facts: [textAt(v, 'message'), fact('Severity', textAt(v, 'severity') ?? 'warning'), named('Requires', textAt(v, 'require')), fact('References', (textsAt(v, 'references') ?? []).join('; '))] }),
  variable: (v) => ({ brief: typeof v === 'string' ? v : null, facts: [typeof v === 'string' ? code(v) : null] }),
  snippet: () => ({ facts: [] }),
};

function documentOf(value: Declared['value'], workspace: Workspace, list: string, word: string): ReturnType<Describe> {
  const items = list ? at(value, 'spec', list) : undefined;
  const owner = textAt(value, 'metadata', 'owner');
  return {
    title: textAt(value, 'metadata', 'title'),
    brief: textAt(value, 'metadata', 'title') ?? owner,
    facts: [textAt(value, 'metadata', 'description'), ownerFact(workspace, owner), Array.isArray(items) ? `Holds ${count(items.length, word)}.` : null],
  };
}

const OWNER = /^Owner: /;

/** Whose it is by all that tells it, where the declaration alone does not. */
function ownersOf(workspace: Workspace, declared: Declared, line: string): readonly string[] {
  const ownership = ownershipOfName(workspace.ask(), declared.kind, declared.name);
  return ownership.team === null ? [line] : ownershipFacts(ownership);
}

/** Describes a name by its first declaration. */
export function describe(workspace: Workspace, declared: Declared): Described {
  const made = DESCRIBE[declared.kind]?.(declared.value, declared.name, workspace) ?? { facts: [] };
  const title = made.title ?? null;
  const facts = made.facts.filter((line): line is string => Boolean(line)).flatMap((line) => (OWNER.test(line) ? ownersOf(workspace, declared, line) : [line]));
  return { title, brief: [title, made.brief && made.brief !== title ? made.brief : null].filter(Boolean).join(' · ').slice(0, 120), facts, deprecated: made.deprecated ?? false };
}
