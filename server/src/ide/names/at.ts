// The name that stands at an offset: declared or used, in our documents and in files of other tools.
import type { NameKind } from '../../core/documents';
import { touches, type Span } from '../../core/text';
import type { Declared, FileFacts, Workspace } from '../../core/workspace';

export interface NameAt {
  readonly kind: NameKind;
  readonly name: string;
  /** the name itself, without quotes, `!` and type */
  readonly span: Span;
  readonly role: 'declares' | 'uses';
  readonly pattern: boolean;
}

const length = (span: Span): number => span.end - span.start;

/** The innermost name at the offset, or null. */
export function nameAt(workspace: Workspace, path: string, offset: number): NameAt | null {
  const facts = workspace.facts(path);
  if (!facts) return null;
  const found = namesIn(workspace, facts).filter(({ span }) => touches(span, offset));
  return found.sort((a, b) => length(a.span) - length(b.span) || Number(a.role === 'uses') - Number(b.role === 'uses'))[0] ?? null;
}

/** Every name of a file, a party or a policy's rule as what it means. */
export function namesIn(workspace: Workspace, facts: FileFacts): NameAt[] {
  const names: NameAt[] = facts.declared.filter((d) => d.kind !== 'snippet' || facts.role === 'snippets').map((d) => ({ kind: d.kind, name: d.name, span: d.nameSpan, role: 'declares', pattern: d.pattern }));
  for (const document of facts.documents) for (const { kind, name, nameSpan, pattern } of document.references) names.push(...meant(workspace, kind, name, nameSpan, pattern));
  for (const agent of facts.foreign?.agents ?? []) {
    for (const tool of agent.tools) if (!tool.assumed) names.push({ kind: 'tool', name: tool.pattern, span: tool.span, role: 'uses', pattern: tool.pattern.includes('*') });
    for (const delegate of agent.delegates) names.push({ kind: 'agent', name: delegate.name, span: delegate.span, role: 'uses', pattern: delegate.name.includes('*') });
    for (const model of agent.models) names.push({ kind: 'model', name: model.value, span: model.span, role: 'uses', pattern: false });
    for (const server of agent.servers) names.push({ kind: 'server', name: server.name, span: server.span, role: 'declares', pattern: false });
  }
  return names;
}

/** A reference as the name that it means: a party is a team, an on-call or a person, a rule has its policy before it. */
function meant(workspace: Workspace, kind: NameKind, name: string, span: Span, pattern: boolean): NameAt[] {
  const use = (of: NameKind, text: string, from = 0, to = text.length): NameAt => ({ kind: of, name: text, span: span.end - span.start === name.length ? { start: span.start + from, end: span.start + from + to } : span, role: 'uses', pattern });
  if (kind === 'party') {
    if (name === 'user') return [];
    if (name.startsWith('team:')) return [use('team', name.slice(5), 5)];
    if (name.startsWith('person:')) return [use('person', name.slice(7), 7)];
    return [use(workspace.find('team', name).length === 0 && workspace.find('oncall', name).length > 0 ? 'oncall' : 'team', name)];
  }
  if (kind !== 'rule' && kind !== 'requirement') return [{ kind, name, span, role: 'uses', pattern }];
  const slash = name.indexOf('/');
  if (slash < 0 || name.includes('#')) return [use(kind, name)];
  const whole = name.length - slash - 1;
  return [
    use(kind === 'rule' ? 'policy' : 'standard', name.slice(0, slash), 0, slash),
    { ...use(kind, name), span: span.end - span.start === name.length ? { start: span.start + slash + 1, end: span.start + slash + 1 + whole } : span },
  ];
}

/** The declarations that a name means; of a model the patterns that match it, of a pattern all that it matches. */
export function declarationsOf(workspace: Workspace, { kind, name, pattern: isPattern }: NameAt, matches: (source: string, text: string) => boolean): readonly Declared[] {
  if (kind === 'model' && !isPattern) return [...workspace.names('model')].filter(([declared]) => declared === name || matches(declared, name)).flatMap(([, list]) => list);
  // a manifest says more than the file that it governs
  if (!isPattern) return [...workspace.find(kind, name)].sort((a, b) => Number(b.ours) - Number(a.ours));
  const found: Declared[] = [];
  for (const [declared, list] of workspace.names(kind)) {
    if (declared === name || matches(name, declared)) found.push(...list);
    if (found.length >= 200) break;
  }
  return found;
}
