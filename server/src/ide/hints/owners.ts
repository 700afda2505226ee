// The team behind a tool, a data source, a channel or another agent; and the owner of what does not name one itself.
import type { NameKind } from '../../core/documents';
import type { Span } from '../../core/text';
import { ownershipOfAgent, ownershipOfDocument, ownershipOfName, type FileFacts, type Learned, type Ownership, type Queries, type Workspace } from '../../core/workspace';
import { briefSource, ownershipFacts } from '../ownership/words';
import type { Hint, HintKind } from '../types';

const OWNED: ReadonlySet<NameKind> = new Set<NameKind>(['tool', 'data', 'channel', 'agent']);

/** Documents that use what others own. */
const USERS: ReadonlySet<string> = new Set(['Agent', 'Policy']);

export function ownerHints(workspace: Workspace, facts: FileFacts, within: (span: Span) => boolean): readonly Hint[] {
  const queries = workspace.ask();
  const known = new Map<string, Ownership>();
  const ownerOf = (kind: NameKind, name: string): Ownership => {
    const key = `${kind} ${name}`;
    let found = known.get(key);
    if (!found) known.set(key, (found = ownershipOfName(queries, kind, name)));
    return found;
  };
  const behind = (kind: NameKind, name: string, span: Span): Hint[] => {
    const ownership = ownerOf(kind, name);
    return ownership.team === null ? [] : [hint(span.end, ownership.team, ownership)];
  };
  const found: Hint[] = [];
  for (const document of facts.documents) {
    if (within(document.at)) found.push(...nameHint(queries, facts, document.index, document.kind, document.at));
    if (!USERS.has(document.kind ?? '')) continue;
    for (const { kind, name, span, pattern, negated, path } of document.references) {
      if (OWNED.has(kind) && !pattern && !negated && within(span) && path[0] === 'spec') found.push(...behind(kind, name, span));
    }
  }
  for (const agent of facts.foreign?.agents ?? []) {
    if (within(agent.span)) found.push(...foreignHint(queries, facts, agent.id, agent.span));
    for (const tool of agent.tools) if (!tool.assumed && !tool.pattern.includes('*') && within(tool.span)) found.push(...behind('tool', tool.pattern, tool.span));
  }
  return found;
}

/** Beside the name of a document that leaves it to Backstage or CODEOWNERS whose it is. */
function nameHint(queries: Queries, facts: FileFacts, index: number, kind: string | null, at: Span): Hint[] {
  if (kind === null) return [];
  const agent = kind === 'Agent' ? queries.agents().ofDocument(facts.path, index) : null;
  const ownership = agent ? ownershipOfAgent(queries, agent) : ownershipOfDocument(queries, facts.path, index);
  return elsewhere(ownership, at, 'owner');
}

function foreignHint(queries: Queries, facts: FileFacts, id: string, span: Span): Hint[] {
  const agent = queries.agents().all.find((one) => (one.path === facts.path && one.name === id) || one.definition.includes(facts.path));
  return agent ? elsewhere(ownershipOfAgent(queries, agent), span, queries.governed() ? 'owner' : 'owners', agent.path !== facts.path) : [];
}

const elsewhere = (ownership: Ownership, span: Span, kind: HintKind, governed = false): Hint[] =>
  ownership.team !== null && ownership.source !== null && (governed || ownership.source === 'backstage' || ownership.source === 'codeowners') ? [hint(span.end, `${ownership.team} (${briefSource(ownership.source)})`, ownership, kind)] : [];

function hint(offset: number, text: string, ownership: Ownership, kind: HintKind = 'owners'): Hint {
  const target: Learned | null = ownership.learned;
  return { offset, text, kind, tooltip: ownershipFacts(ownership).join('  \n'), before: true, ...(target ? { target } : {}) };
}
