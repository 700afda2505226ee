// Completion inside a condition: asked of the conditions' own layer, written into the scalar in which the condition stands.
import { completeCondition, type CompletionItem as ConditionItem } from '../../core/conditions';
import { yamlScalar } from '../../core/documents';
import { environmentIn } from '../conditions';
import type { CompletionItem, CompletionKind } from '../types';
import { namesHere } from './condition-names';
import type { Place } from './context';

const KIND: Readonly<Record<ConditionItem['kind'], CompletionKind>> = { field: 'field', variable: 'variable', function: 'function', macro: 'function', value: 'value', keyword: 'operator' };

/** Words that stay what they are in plain YAML text. */
const HARMLESS = /^[\w.()$[\]]*$/;

export function completeInCondition(place: Place): CompletionItem[] {
  const { cursor, workspace, path, text, offset } = place;
  const environment = environmentIn(workspace, path, offset, cursor.root, cursor.path);
  if (!environment) return [];
  const condition = cursor.typed + cursor.rest;
  const quote = cursor.quote === '"' || cursor.style === 'json' ? "'" : '"';
  const { replace, items: general } = completeCondition(condition, cursor.typed.length, environment, { quote });
  const named = namesHere(place, condition, cursor.typed.length, replace);
  const names = (named?.found ?? []).map(({ name, detail, documentation }): ConditionItem & { readonly documentation?: string } => {
    const insert = named?.inside ? name + named.close : `${quote}${name}${quote}`;
    return { label: name, kind: 'value', type: detail, doc: '', insert, snippet: false, ...(documentation ? { documentation: documentation() } : {}) };
  });
  const items = [...names, ...general.filter(({ label }) => !names.some((name) => name.label === label))];
  const before = condition.slice(replace.start, cursor.typed.length);
  const after = condition.slice(cursor.typed.length, replace.end);
  // escapes between would make the written text longer than the condition's
  if (text.slice(offset - before.length, offset) !== before || text.slice(offset, offset + after.length) !== after) return [];
  const empty = condition.trim() === '' && cursor.quote === null;
  // plain `when: true` would be no text
  const offered = empty && cursor.style !== 'json' ? items.filter(({ label }) => !/^(?:true|false|null)$/.test(label)) : items;
  return offered.map((item, index) => ({
    label: item.label,
    kind: names.includes(item) ? 'name' : item.kind === 'keyword' && /^\w/.test(item.label) && item.label !== 'in' ? 'keyword' : KIND[item.kind],
    ...(item.type ? { detail: item.type } : {}),
    ...documented(item),
    insert: (empty ? cursor.lead : '') + written(place, item, empty),
    snippet: item.snippet,
    replace: { start: offset - before.length, end: offset + after.length },
    sortText: String(index).padStart(4, '0'),
  }));
}

const documented = (item: ConditionItem & { readonly documentation?: string }): { readonly documentation?: string } => {
  const text = item.documentation ?? item.doc;
  return text === '' ? {} : { documentation: text };
};

/** As the quotes around ask for it; the first word of a plain scalar must not be taken for YAML's own. */
function written({ cursor }: Place, item: ConditionItem, first: boolean): string {
  if (cursor.quote === '"') return item.insert.replace(/"/g, '\\"') + (cursor.closed ? '' : '"');
  if (cursor.quote === "'") return item.insert.replaceAll("'", "''") + (cursor.closed ? '' : "'");
  if (cursor.style === 'json') return JSON.stringify(item.insert);
  if (first && !HARMLESS.test(item.insert) && !item.snippet) return yamlScalar(item.insert);
  return item.insert;
}

