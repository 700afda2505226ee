// Whole blocks at an empty key: the workspace's own snippets whose keys can stand there and do not stand there yet.
import { resolve, textOf, valueOf, type Node } from '../../core/yaml';
import type { Workspace } from '../../core/workspace';
import type { CompletionItem } from '../types';
import { dayAfter, type Place } from './context';
import { insertion } from './insertion';

/** A block of a document, in snippet syntax; its keys begin in the first column. */
export interface Block {
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
  /** the file that it comes from */
  readonly path: string;
}

const MAX_FILES = 50;
const MAX_BLOCKS = 500;
const MAX_BODY = 20_000;

/** Where blocks come from: the `*.code-snippets` files of the workspace. */
export function blockSource(workspace: Workspace): readonly Block[] {
  const paths = new Set([...workspace.names('snippet').values()].flatMap((list) => list.map(({ path }) => path)));
  const blocks: Block[] = [];
  for (const path of [...paths].sort().slice(0, MAX_FILES)) {
    const root = resolve(workspace.tree(path)?.documents[0]?.root);
    for (const { key, value } of root?.kind === 'map' ? root.pairs : []) {
      const body = textsOf(valueOf(value, 'body')).join('\n');
      const scope = textOf(valueOf(value, 'scope'));
      if (body === '' || body.length > MAX_BODY || (scope !== null && !/(?:^|,)\s*(?:countersign-yaml|yaml)\s*(?:,|$)/.test(scope))) continue;
      blocks.push({ name: key.text, prefix: textsOf(valueOf(value, 'prefix'))[0] ?? key.text, description: textsOf(valueOf(value, 'description')).join(' '), body, path });
      if (blocks.length >= MAX_BLOCKS) return blocks;
    }
  }
  return blocks;
}

/** A text, or the texts of a list. */
function textsOf(node: Node | null): readonly string[] {
  const text = textOf(node);
  if (text !== null) return [text];
  const list = resolve(node);
  return list?.kind === 'seq' ? list.items.flatMap((item) => textOf(item) ?? []) : [];
}

/** Today's date filled in, for editors that do not know these variables. */
function dated(body: string, now: number): string {
  const today = dayAfter(now, 0);
  const parts: Readonly<Record<string, string>> = { CURRENT_YEAR: today.slice(0, 4), CURRENT_MONTH: today.slice(5, 7), CURRENT_DATE: today.slice(8, 10) };
  return body.replace(/\$(?:\{(CURRENT_(?:YEAR|MONTH|DATE))\}|(CURRENT_(?:YEAR|MONTH|DATE))\b)/g, (written, braced?: string, bare?: string) => parts[braced ?? bare ?? ''] ?? written);
}

/** The blocks that can begin at the cursor; `allowed` are the keys that the map still takes. */
export function blocksAt(place: Place, allowed: ReadonlySet<string>): CompletionItem[] {
  const { cursor, workspace } = place;
  if (cursor.style !== 'block' || cursor.colon || cursor.quote) return [];
  const indent = cursor.eol + ' '.repeat(cursor.column);
  return blockSource(workspace).flatMap((block, index): CompletionItem[] => {
    const keys = block.body.split('\n').flatMap((line) => /^([A-Za-z][\w.-]*):(?:\s|$)/.exec(line)?.[1] ?? []);
    if (keys.length === 0 || !/^[A-Za-z]/.test(block.body) || !keys.every((key) => allowed.has(key))) return [];
    return [{
      label: block.prefix, kind: 'snippet', detail: block.name === block.prefix ? `block from ${block.path}` : `${block.name} · block from ${block.path}`, documentation: [block.description, `\`\`\`yaml\n${block.body}\n\`\`\``].filter(Boolean).join('\n\n'),
      ...insertion(place, { body: dated(block.body, workspace.now).split('\n').join(indent) }), filterText: `${block.prefix} ${keys.join(' ')}`, sortText: `4${String(index).padStart(4, '0')}`,
    }];
  });
}
