// The blanks of inserted snippets, filled with what the Catalog has: teams that may approve, systems, queues, environments.
import { choice, placeholder } from '../../core/documents';
import { CATALOG, type Workspace } from '../../core/workspace';
import type { PlainValue } from '../../core/yaml';

/** no list of choices is longer */
const MAX_CHOICES = 12;
/** a tab stop with a default of plain letters, as our own snippets have them */
const BLANK = /\$\{(\d+):([A-Za-z0-9.-]+)\}/g;

/** `owner`: the agent's own team and person, which are on call but do not approve. */
export function withKnownNames(workspace: Workspace, snippet: string, owner: { readonly team: string | null; readonly accountable: string | null }): string {
  const { teams, environments, entries } = workspace.shared(CATALOG);
  const oncall = owner.team === null ? null : (teams.get(owner.team)?.oncall ?? null);
  const systems = (kinds: readonly string[]): string[] => names(entries, 'systems', (value) => kinds.includes(String(fieldOf(value, 'kind'))));
  const known: Readonly<Record<string, () => readonly string[]>> = {
    team: () => [...teams.keys()].filter((name) => name !== owner.team),
    oncall: () => (oncall === null ? [] : [oncall]),
    person: () => (owner.accountable === null ? [] : [owner.accountable]),
    siem: () => systems(['siem', 'log']),
    servicenow: () => systems(['itsm']),
    L2: () => systems(['itsm']).slice(0, 1).flatMap((name) => texts(fieldOf(entries.get(`systems/${name}`), 'queues'))),
    production: () => [...environments].filter(([, { stage }]) => stage === 'production').map(([name]) => name),
    'eu-west-1': () => names(entries, 'regions', () => true),
  };
  return snippet.replace(BLANK, (blank, stop: string, word: string) => {
    const found = (Object.hasOwn(known, word) ? (known[word]?.() ?? []) : []).filter((name) => /^[\w./@-]+$/.test(name)).sort((a, b) => Number(b === word) - Number(a === word) || (a < b ? -1 : 1)).slice(0, MAX_CHOICES);
    const [first] = found;
    return first === undefined ? blank : found.length === 1 ? placeholder(Number(stop), first) : choice(Number(stop), found);
  });
}

const fieldOf = (value: PlainValue | undefined, key: string): PlainValue | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? value[key] : undefined);
const texts = (value: PlainValue | undefined): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);

function names(entries: ReadonlyMap<string, PlainValue>, section: string, keep: (value: PlainValue) => boolean): string[] {
  return [...entries].filter(([key, value]) => key.startsWith(`${section}/`) && keep(value)).map(([key]) => key.slice(section.length + 1));
}
