// What a written text names, part by part: a party is a team, an on-call or a person, a rule has its policy before it, a tool its server.
import { parseParty, type NameKind } from '../../core/documents';
import type { Workspace } from '../../core/workspace';

/** A stretch of a text that names something. */
export interface Part {
  readonly kind: NameKind;
  readonly name: string;
  /** where it is written within the text; of `policy/rule` the rule is the part behind the slash */
  readonly from: number;
  readonly to: number;
}

const RESOURCE = /^(tool|data|agent|model|channel|environment):/;

/** The names in a text that stands where the schema asks for a kind. `parts`: also the server of a tool. */
export function meant(workspace: Workspace, kind: NameKind, text: string, parts = false): readonly Part[] {
  const whole = (of: NameKind, from = 0): Part => ({ kind: of, name: text.slice(from), from, to: text.length });
  switch (kind) {
    case 'party': {
      const party = parseParty(text);
      if (party.kind === 'user') return [];
      if (party.kind !== 'any') return [whole(party.kind, party.offset)];
      return [whole(workspace.find('team', text).length === 0 && workspace.find('oncall', text).length > 0 ? 'oncall' : 'team')];
    }
    case 'resource': {
      const type = RESOURCE.exec(text);
      if (!type) return [whole(kind)];
      const from = type[0].length;
      return meant(workspace, type[1] as NameKind, text.slice(from), parts).map((part) => ({ ...part, from: part.from + from, to: part.to + from }));
    }
    case 'rule':
      return text.includes('#') ? [{ kind: 'agent', name: text.slice(0, text.indexOf('#')), from: 0, to: text.indexOf('#') }] : owned(text, 'policy', kind, 0);
    case 'requirement':
      return owned(text, 'standard', kind, 0);
    case 'code':
      return text.startsWith('standard/') && text.length > 9 && text !== 'standard/*' ? owned(text, 'standard', 'requirement', 9) : [whole(kind)];
    case 'tool': {
      const slash = text.indexOf('/');
      const server = text.slice(0, Math.max(0, slash));
      return parts && server !== '' && !server.includes('*') ? [whole(kind), { kind: 'server', name: server, from: 0, to: slash }] : [whole(kind)];
    }
    default:
      return [whole(kind)];
  }
}

/** `owner/name`, from an offset on: both; without a slash the name alone, behind `*` only the owner. */
function owned(text: string, owner: NameKind, kind: NameKind, from: number): readonly Part[] {
  const slash = text.indexOf('/', from);
  if (slash < 0) return [{ kind, name: text.slice(from), from, to: text.length }];
  const first: Part = { kind: owner, name: text.slice(from, slash), from, to: slash };
  return text.includes('*', slash) ? [first] : [first, { kind, name: text.slice(from), from: slash + 1, to: text.length }];
}
