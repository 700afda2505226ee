// The outline of a file: documents with their rules, requirements, cases, entries and blocks; of other tools' files agents and servers.
import { isKind, type Kind } from '../../core/documents';
import { resolve, textOf, valueOf, type MapNode, type Node, type Pair, type SeqNode, type SourceDocument } from '../../core/yaml';
import type { FileFacts, Workspace } from '../../core/workspace';
import { treeOf } from '../tree';
import type { DocumentSymbol, SymbolKind } from '../types';

/** A bound for files that are lists of thousands. */
const MAX_SYMBOLS = 20_000;

export function documentSymbols(workspace: Workspace, path: string): readonly DocumentSymbol[] {
  const facts = workspace.facts(path);
  if (!facts || facts.role === 'none') return [];
  if (facts.role === 'foreign') return foreignSymbols(facts);
  const tree = treeOf(workspace, path);
  if (!tree) return [];
  const budget = { left: MAX_SYMBOLS };
  if (facts.role === 'config') return blocks(tree.documents[0]?.root ?? null, budget);
  if (facts.role === 'snippets') return blocks(tree.documents[0]?.root ?? null, budget).map((symbol) => ({ ...symbol, kind: 'name', children: [] }));
  return tree.documents.flatMap((source, index) => {
    const known = facts.documents.find((document) => document.index === index);
    return known && source.root ? [documentSymbol(source, source.root, known.kind, budget)] : [];
  });
}

interface Budget {
  left: number;
}

function symbol(budget: Budget, name: string, kind: SymbolKind, whole: Node | { start: number; end: number }, selection: { start: number; end: number }, children: readonly DocumentSymbol[] = [], more: { detail?: string | null; deprecated?: boolean } = {}): DocumentSymbol[] {
  if (budget.left-- <= 0) return [];
  const span = { start: Math.min(whole.start, selection.start), end: Math.max(whole.end, selection.end) };
  return [{ name: name.trim() === '' ? '(no name)' : name.slice(0, 200), kind, span, selection: { start: selection.start, end: selection.end }, children, ...(more.detail ? { detail: more.detail.slice(0, 120) } : {}), ...(more.deprecated ? { deprecated: true } : {}) }];
}

function documentSymbol(source: SourceDocument, root: Node, kind: Kind | null, budget: Budget): DocumentSymbol {
  const metadata = valueOf(root, 'metadata');
  const name = textOf(valueOf(metadata, 'name'));
  const written = textOf(valueOf(root, 'kind'));
  const spec = valueOf(root, 'spec');
  const of = kind ?? (isKind(written) ? written : null);
  const at = valueOf(metadata, 'name') ?? valueOf(root, 'kind') ?? root;
  const children = of === 'Policy' ? policy(spec, budget) : of === 'Standard' ? listed(spec, 'requirements', 'requirement', 'id', 'message', budget) : of === 'PolicyTest' ? listed(spec, 'cases', 'case', 'name', 'expect', budget) : of === 'Catalog' ? catalog(spec, budget) : blocks(spec, budget);
  const lifecycle = textOf(valueOf(spec, 'lifecycle'));
  return {
    name: name ?? of ?? 'document', kind: of === 'Agent' ? 'agent' : 'document', detail: of ?? '', span: { start: Math.min(source.start, root.start), end: Math.max(root.end, root.start) }, selection: { start: at.start, end: at.end }, children,
    ...(of === 'Agent' && (lifecycle === 'retired' || lifecycle === 'suspended') ? { deprecated: true } : {}),
  };
}

function policy(spec: Node | null, budget: Budget): DocumentSymbol[] {
  const variables = pairs(valueOf(spec, 'variables')).flatMap(({ key, value }) => symbol(budget, key.text, 'variable', value, key, [], { detail: textOf(value) }));
  const group = pairOfMap(spec, 'variables');
  return [...(group && variables.length > 0 ? symbol(budget, 'variables', 'group', group.value, group.key, variables) : []), ...listed(spec, 'rules', 'rule', 'id', 'effect', budget)];
}

function listed(spec: Node | null, list: string, kind: SymbolKind, name: string, detail: string, budget: Budget): DocumentSymbol[] {
  return items(valueOf(spec, list)).flatMap((item) => {
    const at = valueOf(item, name);
    const map = resolve(item);
    const first = map?.kind === 'map' ? map.pairs[0]?.key : null;
    const effect = valueOf(item, detail);
    return symbol(budget, textOf(at) ?? '(no name)', kind, item, at ?? first ?? item, [], { detail: textOf(effect) ?? textOf(valueOf(effect, 'effect')) });
  });
}

function catalog(spec: Node | null, budget: Budget): DocumentSymbol[] {
  return pairs(spec).flatMap(({ key, value }) => {
    const entries = pairs(value).flatMap((entry) => symbol(budget, entry.key.text, key.text === 'tools' ? 'tool' : 'name', entry.value, entry.key, [], { detail: textOf(valueOf(entry.value, 'title')) ?? textOf(valueOf(entry.value, 'owner')) ?? textOf(valueOf(entry.value, 'name')) }));
    return symbol(budget, key.text, 'group', value, key, entries);
  });
}

/** The keys of a map, and of lists below them what has a name. */
function blocks(spec: Node | null, budget: Budget): DocumentSymbol[] {
  return pairs(spec).flatMap(({ key, value }) => {
    const node = resolve(value);
    const children = node?.kind === 'seq' ? items(node).flatMap((item) => named(item, budget)) : [];
    return symbol(budget, key.text, node?.kind === 'scalar' ? 'field' : 'group', value, key, children, { detail: node?.kind === 'scalar' ? node.text.split('\n')[0] ?? null : null });
  });
}

const NAMES = ['name', 'id', 'ref', 'source', 'gate', 'agent', 'channel', 'environment', 'framework', 'requirement'];

function named(item: Node, budget: Budget): DocumentSymbol[] {
  const text = textOf(item);
  if (text !== null) return symbol(budget, text, 'name', item, item);
  for (const key of NAMES) {
    const value = valueOf(item, key);
    const name = textOf(value);
    if (value && name !== null) return symbol(budget, name, 'name', item, value);
  }
  return [];
}

const pairs = (node: Node | null): readonly Pair[] => {
  const map = resolve(node);
  return map?.kind === 'map' ? (map as MapNode).pairs.filter((pair) => pair.key.text !== '') : [];
};

const items = (node: Node | null): readonly Node[] => {
  const list = resolve(node);
  return list?.kind === 'seq' ? (list as SeqNode).items : [];
};

const pairOfMap = (node: Node | null, key: string): Pair | null => pairs(node).find((pair) => pair.key.text === key) ?? null;

function foreignSymbols(facts: FileFacts): DocumentSymbol[] {
  const budget = { left: MAX_SYMBOLS };
  const foreign = facts.foreign;
  if (!foreign) return [];
  const agents = foreign.agents.flatMap((agent) => {
    const servers = agent.servers.flatMap((server) => symbol(budget, server.name, 'group', server.entry, server.span, [], { detail: server.transport }));
    const tools = agent.tools.filter((tool) => !tool.assumed).flatMap((tool) => symbol(budget, tool.pattern, 'tool', tool.span, tool.span));
    const children = [...tools, ...servers].sort((a, b) => a.span.start - b.span.start);
    const whole = children.reduce((span, child) => ({ start: Math.min(span.start, child.span.start), end: Math.max(span.end, child.span.end) }), agent.span);
    return symbol(budget, agent.title?.value ?? agent.id, 'agent', whole, agent.span, children, { detail: agent.id });
  });
  return [...agents, ...foreign.servers.flatMap((server) => symbol(budget, server.name, 'group', server.entry, server.span, [], { detail: server.transport }))];
}
