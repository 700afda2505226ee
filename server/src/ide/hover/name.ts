// A name in words: what it is, whose, where it is declared, how often it is used, and what is not known of it.
import { pattern } from '../../core/text';
import type { NameKind } from '../../core/documents';
import type { Workspace } from '../../core/workspace';
import type { NameAt } from '../names/at';
import { declarationsOf } from '../names/at';
import { describe } from '../names/describe';
import { usesOf } from '../names/navigate';
import { capitalised, code, codes, count, WORD } from '../names/words';

/** Kinds of which a name that nothing declares still deserves a word. */
const DECLARED_IN: Readonly<Partial<Record<NameKind, string>>> = {
  team: 'under `teams` of a Catalog', person: 'under `people` of a Catalog', role: 'under `roles` of a Catalog', environment: 'under `environments` of a Catalog', region: 'under `regions` of a Catalog', tool: 'under `tools` of a Catalog',
  server: 'under `servers` of a Catalog', data: 'under `data` of a Catalog', model: 'under `models` of a Catalog', channel: 'under `channels` of a Catalog', system: 'under `systems` of a Catalog', integration: 'under `integrations` of a Catalog',
  queue: 'in the `queues` of a system', agent: 'by a document of the kind `Agent`', policy: 'by a document of the kind `Policy`', rule: 'by a policy', requirement: 'by a document of the kind `Standard`',
};

const matches = (source: string, text: string): boolean => source.includes('*') && pattern(source).matches(text);

/** Markdown, or null where the schema has more to say. */
export function hoverName(workspace: Workspace, name: Pick<NameAt, 'kind' | 'name' | 'pattern' | 'role' | 'span'>): string | null {
  const declared = declarationsOf(workspace, name, matches);
  if (name.pattern && name.role === 'uses') return patternHover(name, declared.map((d) => d.name));
  const first = declared[0];
  const head = `**${capitalised(WORD[name.kind])} ${code(name.name)}**`;
  if (!first) {
    const where = DECLARED_IN[name.kind];
    return where ? `${head}\n\nNothing in this workspace declares it, so nothing more is known. It would be declared ${where}.` : null;
  }
  const { title, facts } = describe(workspace, first);
  const others = declared.length > 1 ? ` and in ${codes(declared.slice(1, 4).map((d) => d.path))}${declared.length > 4 ? ', …' : ''}` : '';
  const uses = usesOf(workspace, name, false);
  const byPattern = uses.filter((use) => use.pattern).length;
  const files = new Set(uses.map((use) => use.path)).size;
  const used = uses.length === 0 ? 'Nothing else uses it.' : `Used ${uses.length === 1 ? 'once' : count(uses.length, 'time')} in ${count(files, 'file')}${byPattern > 0 ? `, ${byPattern === uses.length ? '' : `${byPattern} of them `}by a pattern that matches it` : ''}.`;
  const by = first.name !== name.name ? ` by ${code(first.name)}` : '';
  return [title ? `${head} · ${title}` : head, facts.map((line) => `${line}  `).join('\n'), `Declared${by} in ${code(first.path)}${others}. ${used}`].filter(Boolean).join('\n\n');
}

function patternHover(name: Pick<NameAt, 'kind' | 'name'>, found: readonly string[]): string {
  const names = [...new Set(found)].sort();
  const head = `**Pattern ${code(name.name)}** over names of the kind ${WORD[name.kind]}`;
  if (names.length === 0) return `${head}\n\nMatches nothing that this workspace declares.`;
  return `${head}\n\nMatches ${names.length >= 200 ? 'at least ' : ''}${count(names.length, 'name')}: ${codes(names.slice(0, 12))}${names.length > 12 ? ', …' : ''}.`;
}
