// How a requirement is met in the manifest: the snippet that it names, with tab stops, or the key that it asks for.
import type { Fix } from '../../text';
import type { Queries } from '../../workspace';
import { fromPointer, parseJson, plainValue } from '../../yaml';
import { SHIPPED_BODIES } from '../shipped';
import { insertExample, insertSnippet, type Target } from './insert';
import type { Subject } from './subject';
import type { Requirement } from './types';

/** Nothing for agents of other tools, whose files have no room for it, and for a manifest whose text is broken. */
export function requirementFixes(requirement: Requirement, { document }: Subject, text: string, json: boolean, queries: Queries): readonly Fix[] {
  if (!document || document.syntax.length > 0) return [];
  const target: Target = { text, json, root: document.root };
  const at = fromPointer(requirement.at ?? '');
  const body = requirement.fix === null ? null : snippetBody(requirement.fix, queries);
  const edits = body !== null ? insertSnippet(target, body, at) : asksForKey(requirement) ? insertExample(target, at) : [];
  if (edits.length === 0) return [];
  const name = requirement.fix ?? at.slice(1).join('.');
  return [{ title: `Insert \`${name}\` to meet \`${requirement.id}\``, safe: false, edits, snippet: true }];
}

/** Whether the requirement asks that the key be there, so that an example of it may help; of one that asks for a certain value it would be a guess. */
export function asksForKey({ require, at }: Requirement): boolean {
  const path = fromPointer(at ?? '');
  const name = `manifest.${path.join('.')}`;
  return path.length > 1 && (require.includes(`has(${name})`) || require.includes(`size(${name})`));
}

/** The body of a snippet, the workspace's own before a shipped one of the name. */
export function snippetBody(name: string, queries: Queries): string | null {
  const declared = queries.find('snippet', name)[0];
  const text = declared ? queries.text(declared.path) : null;
  if (declared && text !== null) {
    const all = plainValue(parseJson(text, { comments: true }).documents[0]?.root ?? null);
    for (const [key, value] of Object.entries(typeof all === 'object' && all !== null && !Array.isArray(all) ? all : {})) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      const prefixes = Array.isArray(value.prefix) ? value.prefix : [value.prefix];
      if (key !== name && !prefixes.includes(name)) continue;
      const lines = Array.isArray(value.body) ? value.body.filter((line): line is string => typeof line === 'string') : typeof value.body === 'string' ? value.body.split(/\r?\n/) : null;
      return lines ? lines.join('\n') : null;
    }
  }
  return SHIPPED_BODIES.get(name)?.replaceAll('$CURRENT_YEAR', String(new Date(queries.now).getUTCFullYear())) ?? null;
}
