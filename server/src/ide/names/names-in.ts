// Every name that a file declares or uses: in our documents, in conditions, in comments that hide findings, in files of other tools.
import type { NameKind } from '../../core/documents';
import type { Span } from '../../core/text';
import { nodeAt } from '../../core/yaml';
import type { ForeignAgent, ForeignRule, ForeignTool } from '../../core/formats';
import type { FileFacts, Workspace } from '../../core/workspace';
import { conditionNames } from './in-conditions';
import { meant } from './meant';

export interface NameAt {
  readonly kind: NameKind;
  /** the whole name; a rule's with its policy, a requirement's with its standard */
  readonly name: string;
  /** the name itself, without quotes, `!` and type */
  readonly span: Span;
  readonly role: 'declares' | 'uses';
  readonly pattern: boolean;
  /** what stands at the span, where it is the name or the end of it; null where escapes or another spelling hide it */
  readonly written: string | null;
  /** the scalar of a document that holds it, quotes included */
  readonly scalar?: Span;
  /** where it stands, when not in the value or key of a document */
  readonly within?: 'condition' | 'comment' | 'file';
  /** a condition in which several things have the name */
  readonly unsure?: boolean;
  /** in a condition: `catalog.teams.name`, which takes identifiers only */
  readonly field?: boolean;
  /** of a model written in two parts the first of them */
  readonly provider?: Span;
  /** of a policy's variable the one document in which it means something */
  readonly home?: { readonly path: string; readonly span: Span };
  /** of an entry of a pattern list: which entry, from the document's root */
  readonly entry?: { readonly document: number; readonly path: readonly (string | number)[]; readonly head: string };
}

export interface NamesOptions {
  /** also the server of each tool's name */
  readonly parts?: boolean;
  /** only names that hold one of these texts are wanted, the others may be left out; absent: all */
  readonly about?: readonly string[];
  /** with `about`: also patterns */
  readonly patterns?: boolean;
}

/** All names of a file; a party or a policy's rule as what it means. */
export function namesIn(workspace: Workspace, facts: FileFacts, { parts = false, about, patterns = false }: NamesOptions = {}): NameAt[] {
  const names: NameAt[] = [];
  const text = workspace.text(facts.path) ?? '';
  const wanted = (name: string, pattern: boolean): boolean => about === undefined || (pattern && patterns) || about.some((one) => name.includes(one));
  const add = (name: NameAt): void => {
    names.push(name);
    const slash = parts && name.kind === 'tool' ? name.name.indexOf('/') : -1;
    const server = name.name.slice(0, Math.max(0, slash));
    if (server === '' || server.includes('*')) return;
    const at = name.written === null ? -1 : serverIn(name.written, server);
    const span = at < 0 ? name.span : { start: name.span.start + at, end: name.span.start + at + server.length };
    names.push({ kind: 'server', name: server, span, role: 'uses', pattern: false, written: at < 0 ? null : server, ...(name.scalar ? { scalar: name.scalar } : {}), ...(name.within ? { within: name.within } : {}), ...(name.unsure ? { unsure: true } : {}) });
  };
  const inFile = (kind: NameKind, name: string, written: string, span: Span, role: 'declares' | 'uses'): void => {
    const raw = text.slice(span.start, span.end);
    const at = raw.indexOf(written);
    const inner = at >= 0 && raw.indexOf(written, at + 1) < 0 ? { start: span.start + at, end: span.start + at + written.length } : null;
    add({ kind, name, span: inner ?? span, role, pattern: name.includes('*'), written: inner ? written : null, within: 'file' });
  };

  for (const d of facts.declared) {
    if ((d.kind === 'snippet' && facts.role !== 'snippets') || !wanted(d.name, d.pattern)) continue;
    if (facts.foreign) inFile(d.kind, d.name, d.name, d.nameSpan, 'declares');
    else add({ kind: d.kind, name: d.name, span: d.nameSpan, role: 'declares', pattern: d.pattern, written: endOf(d.name, text.slice(d.nameSpan.start, d.nameSpan.end)), scalar: d.span });
  }
  for (const document of facts.documents) {
    for (const reference of document.references) {
      const { kind, name, nameSpan, span, pattern, path } = reference;
      if (!wanted(name, pattern)) continue;
      const raw = text.slice(nameSpan.start, nameSpan.end);
      const entry = pattern ? { document: document.index, path, head: headOf(text.slice(span.start, nameSpan.start)) } : undefined;
      for (const part of meant(workspace, kind, name)) {
        const common = { kind: part.kind, name: part.name, role: 'uses' as const, pattern, scalar: span, ...(entry ? { entry } : {}) };
        if (raw === name) add({ ...common, span: { start: nameSpan.start + part.from, end: nameSpan.start + part.to }, written: name.slice(part.from, part.to) });
        else if (part.kind === 'model' && name.endsWith(`/${raw}`)) add({ ...common, span: nameSpan, written: raw, provider: nodeAt(document.root, [...path.slice(0, -1), 'provider']) ?? nameSpan });
        else add({ ...common, span: nameSpan, written: null });
      }
    }
    for (const found of conditionNames(workspace, document, text, about ?? null).names) {
      if (!parts && found.kind === 'server' && names.some((other) => other.kind === 'tool' && other.span.start === found.span.start)) continue;
      names.push({
        kind: found.kind, name: found.name, span: found.span, role: 'uses', pattern: false, within: 'condition', written: found.exact ? endOf(found.name, text.slice(found.span.start, found.span.end)) : null,
        ...(found.unsure ? { unsure: true } : {}), ...(found.form === 'field' ? { field: true } : {}),
      });
    }
  }
  for (const { code, span } of facts.suppressions) {
    const start = text.indexOf(code, span.start);
    if (!code.startsWith('standard/') || start < 0) continue;
    for (const part of meant(workspace, 'code', code)) if (part.kind !== 'code') names.push({ kind: part.kind, name: part.name, span: { start: start + part.from, end: start + part.to }, role: 'uses', pattern: false, written: code.slice(part.from, part.to), within: 'comment' });
  }
  for (const agent of facts.foreign?.agents ?? []) {
    foreignNames(agent, inFile);
    // any text may stand there; one that is a team's name means the team
    if (agent.owner && workspace.find('team', agent.owner.value).length > 0) inFile('team', agent.owner.value, agent.owner.value, agent.owner.span, 'uses');
  }
  for (const rule of (facts.foreign?.permissions ?? []).flatMap(({ rules }) => rules)) permissionNames(rule, inFile);
  return names;
}

type Add = (kind: NameKind, name: string, written: string, span: Span, role: 'declares' | 'uses') => void;

function foreignNames(agent: ForeignAgent, add: Add): void {
  const tool = ({ pattern, written, span, assumed }: ForeignTool): void => {
    if (assumed) return;
    add('tool', pattern, spelling(written === '' ? pattern : written, pattern), span, 'uses');
  };
  agent.tools.forEach(tool);
  agent.except.forEach(tool);
  for (const { name, span } of agent.delegates) add('agent', name, name, span, 'uses');
  for (const { value, span } of agent.models) add('model', value, value, span, 'uses');
  for (const { name, span } of agent.servers) add('server', name, name, span, 'declares');
}

function permissionNames({ resources, written, span }: ForeignRule, add: Add): void {
  for (const resource of resources) {
    if (resource.startsWith('tool:')) add('tool', resource.slice(5), spelling(written, resource.slice(5)), span, 'uses');
    else if (resource.startsWith('agent:') && !resource.includes('*')) add('agent', resource.slice(6), resource.slice(6), span, 'uses');
  }
}

/** The part of what is written that names the tool: `mcp__server__tool` of `mcp__server__tool(path:*)`. */
function spelling(written: string, tool: string): string {
  const slash = tool.indexOf('/');
  const [server, own] = [tool.slice(0, Math.max(0, slash)), tool.slice(slash + 1)];
  const forms = slash > 0 ? [tool, `mcp__${server}__${own}`, ...(own === '*' ? [`mcp__${server}`] : [])] : [tool];
  return forms.find((form) => written.includes(form)) ?? written;
}

/** What is written, where it is the name or what follows its slash. */
const endOf = (name: string, written: string): string | null => (name === written || name.endsWith(`/${written}`) ? written : null);

/** `!`, `tool:`: what stands before the name in its scalar, behind a quote. */
const headOf = (before: string): string => before.replace(/^["']/, '');

/** Where a tool's server stands in what is written for the tool: `server/tool`, `server`, `mcp__server__tool`; -1 where it does not. */
export function serverIn(written: string, server: string): number {
  if (written === server || written.startsWith(`${server}/`)) return 0;
  return written === `mcp__${server}` || written.startsWith(`mcp__${server}__`) ? 5 : -1;
}

/** The names of a file that a text could be among, cheaply: false where it surely holds none of them. */
export function mayName(facts: FileFacts, texts: readonly string[], patterns: boolean): boolean {
  const holds = (text: string): boolean => texts.some((one) => text.includes(one));
  return (
    facts.foreign !== null || facts.declared.some((d) => holds(d.name)) || facts.suppressions.some((s) => holds(s.code)) ||
    facts.documents.some((document) => document.references.some((reference) => (patterns && reference.pattern) || holds(reference.name)) || document.conditions.some(({ node }) => holds(node.text)))
  );
}

