// Completion in files of other tools, only where the name is ours to know: tools and agents in an agent file, servers of the Catalog in a configuration.
import { escapeSnippet, type NameKind } from '../../core/documents';
import { textOf, valueOf, resolve } from '../../core/yaml';
import type { FileFacts, Workspace } from '../../core/workspace';
import { locate } from '../cursor/locate';
import { textAt } from '../names/plain';
import type { CompletionItem } from '../types';
import { candidates, documentation } from './candidates';
import type { Place } from './context';
import { insertion } from './insertion';

/** What stands where, by the path of keys in the frontmatter of an agent file. */
const IN_AGENTS: Readonly<Record<string, NameKind>> = { tools: 'tool', agents: 'agent', 'handoffs.agent': 'agent' };

/** The formats whose agent files write `server/tool` in a list. */
const AGENT_FORMATS: ReadonlySet<string> = new Set(['vscode-agent']);

export function completeForeign(workspace: Workspace, facts: FileFacts, text: string, offset: number): readonly CompletionItem[] {
  const json = /\.json$/i.test(facts.path);
  const inAgent = AGENT_FORMATS.has(facts.format ?? '') && offset <= frontmatterEnd(text);
  if (!inAgent && !(facts.format === 'mcp' && json)) return [];
  for (const cursor of locate(text, json, offset)) {
    const place: Place = { workspace, path: facts.path, text, offset, cursor, schema: null, expected: null };
    const found = inAgent ? namesOfAgentFile(place) : serversOfCatalog(place);
    if (found.length > 0) return found;
  }
  return [];
}

/** Where the frontmatter's closing line begins; -1 where there is none. */
function frontmatterEnd(text: string): number {
  if (!/^\ufeff?---[ \t]*\r?\n/.test(text)) return -1;
  const end = /\r?\n---[ \t]*(?:\r?\n|$)/.exec(text.slice(3));
  return end ? end.index + 3 : text.length;
}

function namesOfAgentFile(place: Place): CompletionItem[] {
  const { cursor, workspace, path } = place;
  const kind = IN_AGENTS[cursor.path.filter((step) => typeof step === 'string').join('.')];
  // one text with commas is left to its author
  const inList = cursor.list !== null || cursor.path.includes('handoffs');
  if (!kind || cursor.at === 'key' || (!inList && cursor.typed !== '')) return [];
  const taken = new Set((cursor.list?.items ?? []).map(textOf));
  const own = workspace.facts(path)?.foreign?.agents.map(({ id }) => id) ?? [];
  return candidates({ workspace, path, kind, pattern: kind === 'tool', typed: cursor.typed, beside: () => null })
    .filter(({ name }) => !taken.has(name) && !own.includes(name) && !name.startsWith('vscode/'))
    .map(({ name, detail, documentation: said, late }, index) => ({
      label: name, kind: 'name', detail, ...(said ? { documentation: said() } : {}), ...insertion(place, { scalar: name, wrap: !inList }), sortText: `${late ? '2' : '1'}${String(index).padStart(4, '0')}`,
    }));
}

/** Servers that the Catalog declares and this file does not configure yet, as it says they are run. */
function serversOfCatalog(place: Place): CompletionItem[] {
  const { cursor, workspace } = place;
  if (cursor.at !== 'key' || cursor.path.length !== 1 || !['servers', 'mcpServers'].includes(String(cursor.path[0]))) return [];
  const present = new Set(cursor.map?.pairs.map(({ key }) => key.text) ?? []);
  const items: CompletionItem[] = [];
  for (const name of [...workspace.names('server').keys()].sort()) {
    const declared = workspace.find('server', name).find((d) => d.ours);
    if (!declared || present.has(name)) continue;
    const [command, url] = [textAt(declared.value, 'command'), textAt(declared.value, 'url')];
    const body = url !== null ? `{ "type": "http", "url": ${JSON.stringify(url)} }` : `{ "command": ${JSON.stringify(command ?? '')} }`;
    const pair = cursor.colon ? null : command === null && url === null ? `${JSON.stringify(name)}: { "command": "$1" }` : escapeSnippet(`${JSON.stringify(name)}: ${body}`);
    items.push({
      label: name, kind: 'name', detail: textAt(declared.value, 'owner') ?? 'declared in the Catalog', documentation: documentation(workspace, 'server', name),
      ...insertion(place, pair === null ? { key: name } : { pair }), sortText: `1${String(items.length).padStart(4, '0')}`,
    });
  }
  return resolve(valueOf(cursor.root, String(cursor.path[0])))?.kind === 'map' ? items : [];
}
