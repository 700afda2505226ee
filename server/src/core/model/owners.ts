// Who is meant by what CODEOWNERS and Backstage call an owner: a team of the Catalog, a person of it, or nobody that it knows.
import { entityRef } from '../formats';
import type { Catalog } from './catalog';
import { field, isMap, text } from './plain';

export interface Handles {
  /** by what GitHub and GitLab call them, `@` included, in small letters */
  readonly teams: ReadonlyMap<string, string>;
  /** by Backstage's reference, in small letters */
  readonly groups: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  readonly names: ReadonlySet<string>;
  /** by their names in the Catalog */
  readonly persons: ReadonlySet<string>;
  /** teams and people by their mail addresses, in small letters */
  readonly mails: ReadonlyMap<string, { readonly team: string | null; readonly person: string | null }>;
  /** organisations whose teams the Catalog knows by their handles */
  readonly organisations: ReadonlySet<string>;
}

/** An owner as another tool names it. */
export interface NamedOwner {
  /** the Catalog's team or, where it knows none, what is written */
  readonly shown: string;
  readonly team: string | null;
  readonly person: string | null;
}

const handle = (written: string): string => (written.startsWith('@') ? written : `@${written}`).toLowerCase();
const lastSegment = (written: string): string => written.slice(Math.max(written.lastIndexOf('/'), written.lastIndexOf(':'), written.lastIndexOf('@')) + 1);

export function handlesOf(catalog: Catalog): Handles {
  const [teams, groups, people] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()];
  const mails = new Map<string, { team: string | null; person: string | null }>();
  const organisations = new Set<string>();
  const put = <T>(map: Map<string, T>, key: string, value: T): void => void (map.has(key) || map.set(key, value));
  for (const [name, { github, backstage, contact }] of catalog.teams) {
    if (github !== null) {
      put(teams, handle(github), name);
      if (github.includes('/')) organisations.add(handle(github).split('/')[0] ?? '');
    }
    if (backstage !== null) put(groups, entityRef(backstage), name);
    if (contact?.includes('@') && !contact.includes(' ')) put(mails, contact.toLowerCase(), { team: name, person: null });
  }
  for (const name of catalog.people) {
    const entry = catalog.entries.get(`people/${name}`);
    const [github, email] = [text(field(entry, 'github')), text(field(entry, 'email'))];
    if (github !== null) put(people, handle(github), name);
    if (email !== null) put(mails, email.toLowerCase(), { team: null, person: name });
  }
  return { teams, groups, people, names: new Set(catalog.teams.keys()), persons: catalog.people, mails, organisations };
}

/** An owner of CODEOWNERS: by the Catalog's `github`, else by the name behind the last slash. */
export function ownerOfHandle(written: string, handles: Handles): NamedOwner {
  const own = (team: string | null, person: string | null): NamedOwner => ({ shown: team ?? written, team, person });
  if (!written.startsWith('@')) {
    const found = handles.mails.get(written.toLowerCase());
    return own(found?.team ?? null, found?.person ?? null);
  }
  const team = handles.teams.get(written.toLowerCase());
  if (team !== undefined) return own(team, null);
  const person = handles.people.get(written.toLowerCase());
  if (person !== undefined) return own(null, person);
  const named = lastSegment(written);
  return own(!written.startsWith('@@') && handles.names.has(named) ? named : null, null);
}

/** An owner of Backstage, as `kind:namespace/name`: by the Catalog's `backstage`, else by its name. */
export function ownerOfEntity(ref: string, handles: Handles): NamedOwner {
  const team = handles.groups.get(ref.toLowerCase());
  if (team !== undefined) return { shown: team, team, person: null };
  const named = lastSegment(ref);
  if (ref.startsWith('user:')) return { shown: ref, team: null, person: handles.persons.has(named) ? named : null };
  const known = handles.names.has(named) ? named : null;
  return { shown: known ?? ref, team: known, person: null };
}

/** What a file's own metadata calls its owner: a team's name, a handle, or a reference. */
export function ownerOfText(written: string, handles: Handles): NamedOwner {
  if (handles.names.has(written)) return { shown: written, team: written, person: null };
  if (written.startsWith('@') || handles.mails.has(written.toLowerCase())) return ownerOfHandle(written, handles);
  if (/^(?:group|user):/i.test(written)) return ownerOfEntity(entityRef(written), handles);
  return { shown: written, team: null, person: handles.persons.has(written) ? written : null };
}

/** The people of the Catalog behind an owner that is no team of it: `@jchen`, `user:default/j.chen`, a mail address. */
export function personBehind(owner: string, catalog: Catalog): string | null {
  if (owner.startsWith('user:')) {
    const name = lastSegment(owner);
    return catalog.people.has(name) ? name : null;
  }
  if (!owner.includes('@') || owner.includes('/')) return null;
  const [key, wanted] = owner.startsWith('@') ? ['github', owner.toLowerCase()] : ['email', owner.toLowerCase()];
  for (const name of catalog.people) {
    const entry = catalog.entries.get(`people/${name}`);
    const value = isMap(entry) ? text(field(entry, key)) : null;
    if (value !== null && (key === 'github' ? handle(value) : value.toLowerCase()) === wanted) return name;
  }
  return null;
}
